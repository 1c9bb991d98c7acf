"""Figures as they stand in the fields of a page, and back: the document of a return in printed units. Pure."""

from fractions import Fraction
from typing import Any

from ..campaigns.engine.definition import FormDefinition, Part
from ..campaigns.engine.figures import Value, scale, slots_of
from ..campaigns.engine.printing import rounded
from ..campaigns.engine.vocabulary import Kind
from .reading import Given, foot_part


def document_of(form: FormDefinition, given: Given) -> dict[str, Any]:
    """What a return says as a document, each figure as one would type it."""
    slots = slots_of(form)
    cells: dict[str, dict[str, str]] = {}
    for (row, col), value in given.cells.items():
        cells.setdefault(row, {})[col] = typed(value, slots[row, col].part)
    for (row, col), rate in given.rates.items():
        cells.setdefault(row, {})[col] = f"{rate:f}"
    return {"cells": cells, "foot": {name: typed(value, foot_part(form, name)) for name, value in given.foot.items()}}


def typed(value: Value, part: Part) -> str:
    """A value as one would type it: exact, money in the unit of its place."""
    if isinstance(value, str):
        return value
    if part.kind is Kind.MONEY:
        return rounded(Fraction(value) / scale(part), None, 8)
    return rounded(Fraction(value), None, 6)
