"""Which regions an address names. Pure.

Only names where an address has them are read: at its beginning or after a break, province before city before county,
with or without their 省 and 市 when another name follows (浙江杭州西湖区). A street called 南京路 names no region.
"""

import re
from collections.abc import Iterator
from functools import cache

from ..accounts.actor import NATION
from ..accounts.regions import Region, covers, regions_within

_BREAK = re.compile(r"[\s,，、;；:：()（）]+")
_GENERIC = {"东区", "西区", "城区", "郊区", "矿区", "新区", "市区"}
"""Counties whose name is a common word: alone they name no region."""

Codes = frozenset[str]
_ANYWHERE: Codes = frozenset({NATION})
_CONTRADICTION: Codes = frozenset({"contradiction"})
"""A county of another city, as in 杭州市朝阳区: no region at all."""

_DEPTH = {"province": 1, "city": 2, "county": 3}


@cache
def _names(year: int) -> tuple[dict[str, list[Region]], dict[str, list[Region]]]:
    """Full names and short ones (without 省 or 市) of the regions valid in a year."""
    full: dict[str, list[Region]] = {}
    short: dict[str, list[Region]] = {}
    for region in regions_within(NATION, year):
        if region.level == "nation":
            continue
        full.setdefault(region.name, []).append(region)
        brief = _brief(region)
        if brief:
            short.setdefault(brief, []).append(region)
    return full, short


def _brief(region: Region) -> str | None:
    if region.level == "province":
        return region.name[:3] if region.name.startswith(("内蒙古", "黑龙江")) else region.name[:2]
    return region.name[:-1] if region.level == "city" and region.name.endswith("市") and len(region.name) > 2 else None


def _names_at(text: str, start: int, names: dict[str, list[Region]]) -> Iterator[tuple[int, list[Region]]]:
    """Names that begin at a place, the longest first, with the place behind them."""
    for length in range(min(15, len(text) - start), 1, -1):
        found = names.get(text[start : start + length])
        if found:
            yield start + length, found


def _read(text: str, start: int, above: Codes, depth: int, year: int) -> Codes | None:
    """The codes that the names from a place on can mean, below the ones already read; None: no name there."""
    full, short = _names(year)
    for end, regions in _names_at(text, start, full):
        deeper = [region for region in regions if _DEPTH[region.level] > depth]
        below = _below(deeper, above)
        if not deeper or (text[start:end] in _GENERIC and (depth == 0 or not below)):
            continue
        if not below:
            return _CONTRADICTION
        codes = frozenset(region.code for region in below)
        return _read(text, end, codes, min(_DEPTH[region.level] for region in below), year) or codes
    for end, regions in _names_at(text, start, short):
        deeper = _below([region for region in regions if _DEPTH[region.level] > depth], above)
        if deeper:
            codes = frozenset(region.code for region in deeper)
            further = _read(text, end, codes, min(_DEPTH[region.level] for region in deeper), year)
            if further:
                return further
    return None


def _below(regions: list[Region], above: Codes) -> list[Region]:
    return [region for region in regions if any(covers(code, region.code) for code in above)]


def foreign_region(address: str, region_code: str, year: int) -> str | None:
    """The words of an address that name a region which neither is, nor contains, nor lies in the given one, or None."""
    for part in _BREAK.split(address):
        codes = _read(part, 0, _ANYWHERE, 0, year) or _ANYWHERE
        fitting = (code for code in codes - _CONTRADICTION if covers(code, region_code) or covers(region_code, code))
        if not any(fitting):
            return _words_of(part, year)
    return None


def _words_of(part: str, year: int) -> str:
    """The regions' names at the beginning of a part of an address."""
    full, short = _names(year)
    end = 0
    while end < len(part):
        following = next(_names_at(part, end, full), None) or next(_names_at(part, end, short), None)
        if following is None:
            break
        end = following[0]
    return part[:end]
