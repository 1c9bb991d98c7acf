"""What a kind of document needs to know. This is the contract with the areas that issue documents.

`required_fields("D34")` lists what the data of a decision must say, `problems_in` what is missing or of the wrong
shape; `snapshots.py` has the parts that many documents share (agency, party, officers).
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .layouts import holds, layout
from .values import SHAPES, has_shape, is_given
from .vocabulary import Field, Requirement, all_fields

Snapshot = Mapping[str, Any]
"""Field key → value in the JSON of its type: see `values.SHAPES`."""

GIVEN_BY_US = frozenset({"you", "confirm", "doc.date", "doc.number", "dec.total", "dec.fine"})
"""Worked out when the document is issued; nobody need send them."""


class Problem(NamedTuple):
    """What is wrong with one field of a snapshot."""

    field: Field
    missing: bool

    @property
    def shape(self) -> str:
        """What the field must look like."""
        return SHAPES[self.field.type]


def required_fields(kind: str) -> list[Requirement]:
    """Everything a document of this kind may print or ask for, each once, the strictest demand on each.

    A demand with `when` holds only where that condition does.
    """
    found: dict[str, Requirement] = {}
    for requirement in layout(kind).requirements():
        known = found.get(requirement.field.key)
        if known is None or _strictness(requirement) > _strictness(known):
            found[requirement.field.key] = requirement
    return list(found.values())


def _strictness(requirement: Requirement) -> tuple[bool, bool]:
    return requirement.required, not requirement.when


def problems_in(kind: str, data: Snapshot) -> Iterator[Problem]:
    """What is missing from the data of a document, or not of its field's shape.

    Raises KeyError for a key that no document knows: that is a slip of the program, not of a person.
    """
    for key, value in data.items():
        field = all_fields()[key]
        if is_given(value) and not has_shape(field.type, value, field.options):
            yield Problem(field, missing=False)
    demanded = {
        one.field.key: one.field for one in layout(kind).requirements() if one.required and holds(one.when, data)
    }
    for key, field in demanded.items():
        if key not in GIVEN_BY_US and not is_given(data.get(key)):
            yield Problem(field, missing=True)
