"""Boundaries from a package that may be there or not; here a small one of two squares and an islet."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.reporting import maps

POINT = st.tuples(st.floats(0, 400), st.floats(0, 400))


def square(west: float, south: float, side: float) -> list[list[float]]:
    corners = [(0, 0), (side, 0), (side, side), (0, side), (0, 0)]
    return [[west + x, south + y] for x, y in corners]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "land").mkdir()
    (tmp_path / "maritime").mkdir()
    islet = square(120.5, 31.5, 0.0001)
    shapes: dict[str, Any] = {
        "land/330100": {"type": "MultiPolygon", "coordinates": [[square(120, 30, 1)], [islet]]},
        "land/330200": {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [square(121, 30, 1)]}},
        "maritime/100000": {"type": "MultiLineString", "coordinates": [[[119, 29], [123, 29]]]},
    }
    for name, shape in shapes.items():
        (tmp_path / f"{name}.geojson").write_text(json.dumps(shape))
    monkeypatch.setattr(maps, "_root", lambda: tmp_path)
    maps._outlines.cache_clear()
    return tmp_path


def test_regions_lie_as_on_the_ground_and_fill_the_width(package: Path) -> None:
    found = maps.outlines("330000", ["330100", "330200"])
    assert found is not None and not found.lines
    (west,), (east,) = found.rings["330100"], found.rings["330200"]
    assert min(x for x, _y in west) == 0 and max(x for x, _y in east) == pytest.approx(400)
    assert max(x for x, _y in west) == pytest.approx(min(x for x, _y in east))
    assert len(west) == 5, "the islet is too small to be seen"


def test_the_nation_has_its_maritime_line(package: Path) -> None:
    found = maps.outlines("000000", ["330100", "330200"])
    assert found is not None and len(found.lines) == 1


@pytest.mark.parametrize("codes", [["330100", "339900"], ["330100"], []])
def test_a_map_that_would_leave_a_region_out_or_show_one_alone_is_not_drawn(package: Path, codes: list[str]) -> None:
    assert maps.outlines("330000", codes) is None


def test_without_the_package_there_is_no_map(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "find_spec", lambda name: None)
    maps._root.cache_clear()
    assert maps.outlines("330000", ["330100", "330200"]) is None
    maps._root.cache_clear()


@given(st.lists(POINT, min_size=2, max_size=40), st.floats(0.1, 50))
def test_a_simplified_line_keeps_its_ends_and_strays_no_further_than_told(line: list[Any], finest: float) -> None:
    kept = maps.simplified(tuple(line), finest)
    assert (kept[0], kept[-1]) == (line[0], line[-1])
    places = iter(line)
    assert all(point in places for point in kept), "in the order of the line"
    first = 0
    for begun, ended in pairwise(kept):
        last = line.index(ended, first + 1) if ended in line[first + 1 :] else len(line) - 1
        assert all(distance(point, begun, ended) <= finest + 1e-6 for point in line[first:last])
        first = last


def distance(point: Any, begun: Any, ended: Any) -> float:
    (x, y), (x1, y1), (x2, y2) = point, begun, ended
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    if not length:
        return float(((x - x1) ** 2 + (y - y1) ** 2) ** 0.5)
    return float(abs((x2 - x1) * (y1 - y) - (y2 - y1) * (x1 - x)) / length)
