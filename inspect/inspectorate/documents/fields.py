"""The fields of documents: what each is called, its type, where it comes from, and which of them a kind of document needs.

This is the contract with the areas that issue documents: `required_fields("D34")` lists what the data of a decision must say, and
`problems_in` says in words what is missing or of the wrong shape.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .values import SHAPES, has_shape, is_given

Snapshot = Mapping[str, Any]
"""Field key → value in the JSON of its type: see `values.SHAPES`."""


@dataclass(frozen=True)
class Field:
    """One thing a document can say."""

    key: str
    label: str
    type: str
    origin: str
    note: str = ""
    options: tuple[str, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Written by hand on the printed paper where the program does not know it."""
        return self.origin == "hand"


@dataclass(frozen=True)
class Requirement:
    """A field on one kind of document; `when` names the condition under which it is printed at all."""

    field: Field
    required: bool
    when: str = ""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field of a snapshot."""

    field: Field
    missing: bool

    @property
    def shape(self) -> str:
        """What the field must look like."""
        return SHAPES[self.field.type]


@cache
def all_fields() -> Mapping[str, Field]:
    """Every field by its key."""
    rows = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))["field"]
    return {row["key"]: Field(**{**row, "options": tuple(row.get("options", ()))}) for row in rows}


def required_fields(kind: str) -> list[Requirement]:
    """Everything a document of this kind prints, in the order of the paper, each once; `required` says what may not be missing."""
    from .layouts import layout

    found: dict[str, Requirement] = {}
    for requirement in layout(kind).requirements():
        known = found.get(requirement.field.key)
        if known is None or (requirement.required and not known.required):
            found[requirement.field.key] = requirement
    return list(found.values())


def problems_in(kind: str, data: Snapshot) -> Iterator[Problem]:
    """What is missing from the data of a document, or not of its field's shape.

    Raises KeyError for a key that no document knows: that is a slip of the program, not of a person.
    """
    from .layouts import holds

    for key, value in data.items():
        field = all_fields()[key]
        if is_given(value) and not has_shape(field.type, value, field.options):
            yield Problem(field, missing=False)
    for requirement in required_fields(kind):
        applies = requirement.required and holds(requirement.when, data)
        if applies and not is_given(data.get(requirement.field.key)):
            yield Problem(requirement.field, missing=True)
