"""The vocabulary of documents: every field with its label, type and origin, as `fields.toml` lists them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Field(NamedTuple):
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


class Requirement(NamedTuple):
    """A field on one kind of document; `when` names the condition under which it is printed at all."""

    field: Field
    required: bool
    when: str = ""


@cache
def all_fields() -> Mapping[str, Field]:
    """Every field by its key."""
    rows = tomllib.loads(Path(__file__).with_name("fields.toml").read_text(encoding="utf-8"))["field"]
    return {row["key"]: Field(**{**row, "options": tuple(row.get("options", ()))}) for row in rows}
