"""行政区划 by GB/T 2260, provinces to counties, with the years in which each code was valid.

Source: the table in python-stdnum (codes with their years), and ``data/regions.toml`` for what has changed since.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from .actor import NATION

_PERIOD = re.compile(r"^(?:\[(\d{4})?-(\d{4})?\])?(.+)$")
_PLACEHOLDERS = {"市辖区", "县", "市区", "省直辖县级行政区划", "自治区直辖县级行政区划", "省直辖县级行政单位"}


def significant(region_code: str) -> str:
    """The leading digits that a region shares with everything below it: 2, 4, 6 or, for the nation, none."""
    if region_code == NATION:
        return ""
    if region_code.endswith("0000"):
        return region_code[:2]
    return region_code[:4] if region_code.endswith("00") else region_code


def covers(outer: str, inner: str) -> bool:
    """Whether one region is the other or lies above it."""
    return inner.startswith(significant(outer))


class Region(NamedTuple):
    """One code with its name in its years of validity (both ends included; None: open)."""

    code: str
    name: str
    first_year: int | None = None
    last_year: int | None = None

    @property
    def level(self) -> str:
        """nation, province, city or county."""
        return {0: "nation", 2: "province", 4: "city", 6: "county"}[len(significant(self.code))]

    def valid_in(self, year: int) -> bool:
        """Whether the code bore this name in a year; a code's last year counts."""
        return (self.first_year or 0) <= year <= (self.last_year or 9999)


@cache
def _all() -> dict[str, list[Region]]:
    table: dict[str, list[Region]] = {NATION: [Region(NATION, "全国")]}
    province = ""
    text = resources.files("stdnum.cn").joinpath("loc.dat").read_text(encoding="utf-8")
    for line in text.splitlines():
        if match := re.match(r'^(\d\d) province="(.+)"$', line):
            province = match[1]
        elif match := re.match(r'^\s+(\d{4}) county="(.+)"$', line):
            table[province + match[1]] = [_parse(province + match[1], part) for part in match[2].split(",")]
    for entry in tomllib.loads(Path(__file__).with_name("data").joinpath("regions.toml").read_text())["region"]:
        table.setdefault(entry["code"], []).append(
            Region(entry["code"], entry["name"], entry.get("first_year"), entry.get("last_year"))
        )
    return table


def _parse(code: str, text: str) -> Region:
    match = _PERIOD.match(text)
    if match is None:
        raise ValueError(f"unreadable region {code}: {text}")
    return Region(code, match[3], int(match[1]) if match[1] else None, int(match[2]) if match[2] else None)


def region(code: str, year: int | None = None) -> Region | None:
    """The region of a code in a year (default: its latest name), or None for a code that never was."""
    names = _all().get(code)
    if not names:
        return None
    if year is None:
        return names[-1]
    return next((name for name in names if name.valid_in(year)), None)


def region_name(code: str | None, *, full: bool = False) -> str:
    """The latest name of a code; ``full`` with the names above it (浙江省杭州市西湖区)."""
    if not code:
        return ""
    if not full or code == NATION:
        found = region(code)
        return found.name if found else code
    prefix = significant(code)
    codes = [prefix[:end].ljust(6, "0") for end in (2, 4, 6) if end <= len(prefix)]
    names = [region(one) for one in codes]
    parts = [name.name for name in names if name and name.name not in _PLACEHOLDERS]
    return "".join(parts) or code


def child_regions(code: str, year: int) -> list[Region]:
    """The regions directly below one, valid in a year, in the order of their codes.

    Placeholders such as 市辖区 are left out; in municipalities the counties stand directly below.
    """
    return list(_children(code, year))


@lru_cache(maxsize=4096)
def _children(code: str, year: int) -> tuple[Region, ...]:
    prefix = significant(code)
    if len(prefix) == 6:
        return ()
    return tuple(
        found
        for child, names in sorted(_all().items())
        if child != code and _directly_below(prefix, child)
        for found in names
        if found.valid_in(year) and found.name not in _PLACEHOLDERS
    )


def regions_towards(own: str, chosen: str | None, year: int) -> list[tuple[str, str]]:
    """(code, full name) of what lies directly below a region, and below each region on the way to a chosen one.

    A filter offers these: all three thousand counties of the nation would be the greater part of every page.
    """
    prefix = significant(chosen) if chosen and covers(own, chosen) else ""
    way = [own, *(prefix[:end].ljust(6, "0") for end in (2, 4, 6) if len(significant(own)) < end <= len(prefix))]
    found = {code for step in way for code in (step, *(child.code for child in child_regions(step, year)))}
    return [(code, region_name(code, full=True)) for code in sorted(found)]


def regions_within(code: str, year: int) -> list[Region]:
    """A region and all below it, valid in a year, in the order of their codes, without placeholders."""
    prefix = significant(code)
    return [
        found
        for below, names in sorted(_all().items())
        if below.startswith(prefix)
        for found in names
        if found.valid_in(year) and found.name not in _PLACEHOLDERS
    ]


def _directly_below(prefix: str, child: str) -> bool:
    own = significant(child)
    if not own.startswith(prefix) or own == prefix:
        return False
    step = {0: 2, 2: 4, 4: 6}[len(prefix)]
    if len(own) == step:
        return True
    return step == 4 and len(own) == 6 and own[2:4] in ("01", "02", "90") and _parent_is_placeholder(own)


def _parent_is_placeholder(code: str) -> bool:
    parent = region(code[:4] + "00")
    return parent is None or parent.name in _PLACEHOLDERS
