"""What a program reads of a workbook before the figures: whose return it is, and in which cell each figure stands."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...campaigns.engine.figures import Address
from ..periods import ALL, days_of
from .plan import Identity, SheetPlan

SHEET = "inspectorate"
"""A very hidden sheet: spreadsheets do not offer to show it."""

WIDTH = 4
"""Columns of a marker."""

_VERSION = "1"
_FIELDS = ("form", "sha256", "region", "campaign", "period", "agency")


def lines_of(plan: SheetPlan, sheet: str) -> Iterator[tuple[str, ...]]:
    """The marker line by line."""
    yield "inspectorate-return", _VERSION
    yield "sheet", sheet
    for name in _FIELDS:
        yield name, getattr(plan.identity, name)
    for member in plan.identity.members:
        yield "member", *member
    for (row, col), name in plan.names().items():
        yield "cell", row, col, name


def write(sheet: Any, plan: SheetPlan, name: str) -> None:
    """Fill the marker's sheet."""
    for number, line in enumerate(lines_of(plan, name)):
        for col, word in enumerate(line):
            sheet.write_string(number, col, word)
    sheet.very_hidden()


class Marker:
    """A marker as it was found."""

    def __init__(self, sheet: str, identity: Identity, cells: dict[Address, str]) -> None:
        self.sheet, self.identity, self.cells = sheet, identity, cells


def read(rows: Iterable[Sequence[Any]]) -> Marker | None:
    """The marker of a workbook; None where it is of another kind or version."""
    fields: dict[str, str] = {}
    members: list[tuple[str, str, str]] = []
    cells: dict[Address, str] = {}
    for row in rows:
        words = ["" if word is None else str(word) for word in row[:WIDTH]]
        words += [""] * (WIDTH - len(words))
        if words[0] == "member":
            members.append((words[1], words[2], words[3]))
        elif words[0] == "cell":
            cells[words[1], words[2]] = words[3]
        else:
            fields.setdefault(words[0], words[1])
    if fields.get("inspectorate-return") != _VERSION:
        return None
    known = {name: fields.get(name, "") for name in _FIELDS}
    try:
        days_of(known["period"] or ALL)
    except ValueError:
        return None
    return Marker(fields.get("sheet", ""), Identity(**known, members=tuple(members)), cells)
