"""Regions on a map, the darker the more, with what each kind of filling stands for."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from .shapes import SIZE, Area, Box, Drawing, Fill, Line, Shape, Words

_LEGEND = 20


class Place(NamedTuple):
    """One region: its rings, its figure, what is told of it, where it leads."""

    rings: Sequence[Sequence[tuple[float, float]]]
    value: float
    told: str
    href: str | None = None


def fill_of(value: float, highest: float) -> Fill:
    """Empty for nothing, then a quarter of the highest figure each, its upper end included."""
    if value <= 0 or highest <= 0:
        return Fill.EMPTY
    return Fill(min(4, ceil(4 * value / highest)))


def regions(
    title: str, description: str, height: float, places: Sequence[Place],
    lines: Sequence[Sequence[tuple[float, float]]], legend: Mapping[Fill, str],
) -> Drawing:  # fmt: skip
    """The map with its legend below."""
    highest = max((place.value for place in places), default=0)
    shapes: list[Shape] = [Area(place.rings, fill_of(place.value, highest), place.href, place.told) for place in places]
    for line in lines:
        shapes += [Line(x1, y1, x2, y2) for (x1, y1), (x2, y2) in pairwise(line)]
    for number, (fill, words) in enumerate(legend.items()):
        top = height + 10 + number * _LEGEND
        shapes += [Box(0, top, 26, 14, fill), Words(34, top + SIZE, words)]
    return Drawing(title, description, height + 10 + len(legend) * _LEGEND, shapes)
