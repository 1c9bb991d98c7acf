"""Ranking regions by an indicator: equal values share a rank, and who has no value has none."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple


class Ranked(NamedTuple):
    """One region with its value and rank; both None where it has no data (nothing to divide by)."""

    code: str
    name: str
    value: Fraction | None
    rank: int | None


def ranked(values: Sequence[tuple[str, str, Fraction | None]], *, highest_first: bool = True) -> list[Ranked]:
    """(code, name, value) in the order of their ranks: 1, 2, 2, 4. Equal ones, and those without data, by code."""
    known = sorted(
        ((code, name, value) for code, name, value in values if value is not None),
        key=lambda one: (-one[2] if highest_first else one[2], one[0]),
    )
    found: list[Ranked] = []
    for place, (code, name, value) in enumerate(known, start=1):
        tied = found and found[-1].value == value
        found.append(Ranked(code, name, value, found[-1].rank if tied else place))
    without = sorted((code, name) for code, name, value in values if value is None)
    return found + [Ranked(code, name, None, None) for code, name in without]
