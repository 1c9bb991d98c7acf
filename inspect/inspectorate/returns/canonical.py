"""Figures as text that is the same for the same figures on every machine and database, and its SHA-256. Pure."""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..campaigns.engine.figures import Address, Value

Kept = int | str | dict[str, str]
"""A value in JSON: counts and fen are numbers, words strings, decimals and fractions ``{"exact": "3/2"}``."""

Cells = dict[str, dict[str, Kept]]


def canonical(document: Any) -> str:
    """One JSON text for one document: keys sorted, no spaces, characters as they are."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(document: Any) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def kept(value: Value) -> Kept:
    """A value as it is kept in a snapshot."""
    if isinstance(value, int | str):
        return value
    exact = Fraction(value)
    return int(exact) if exact.denominator == 1 else {"exact": str(exact)}


def read_back(value: Kept) -> Value:
    """The value that was kept; quantities come back as decimals where they have an end."""
    if not isinstance(value, dict):
        return value
    exact = Fraction(value["exact"])
    shifted = exact * 10**6
    return Decimal(shifted.numerator).scaleb(-6).normalize() if shifted.denominator == 1 else exact


def cells_of(values: Mapping[Address, Value]) -> Cells:
    """Values by row, then column."""
    found: Cells = {}
    for (row, col), value in values.items():
        found.setdefault(row, {})[col] = kept(value)
    return found


def values_of(cells: Mapping[str, Mapping[str, Kept]]) -> dict[Address, Value]:
    """The values that `cells_of` kept."""
    return {(row, col): read_back(value) for row, line in cells.items() for col, value in line.items()}
