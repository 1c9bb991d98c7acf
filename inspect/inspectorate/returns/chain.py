"""Who reports to whom: the levels of a campaign over the regions that exist. Pure."""

from collections.abc import Sequence
from functools import lru_cache

from ..accounts.actor import NATION
from ..accounts.regions import child_regions, covers, region, significant

LEVELS = {0: "ministry", 2: "province", 4: "city", 6: "county"}
"""Levels of a chain by the significant digits of a region."""

EVERY_LEVEL = ("county", "city", "province", "ministry")


def level_of(code: str) -> str:
    """county, city, province or ministry."""
    return LEVELS[len(significant(code))]


def steps_of(chain: Sequence[str]) -> tuple[str, ...]:
    """The levels of a chain that regions have; all of them where it names none."""
    return tuple(level for level in chain if level in EVERY_LEVEL) or EVERY_LEVEL


def above(code: str, chain: Sequence[str], top: str = NATION) -> str | None:
    """The region that one reports to: the next level of the chain that exists, None at the chain's end.

    ``top`` is the campaign's region, above which nobody reports. Counties of a municipality report to it directly.
    """
    prefix = significant(code)
    levels = steps_of(chain)
    for end in range(len(prefix) - 2, -1, -2):
        candidate = prefix[:end].ljust(6, "0")
        if not covers(top, candidate):
            return None
        if LEVELS[end] in levels and _stands(candidate):
            return candidate
    return None


def below(code: str, chain: Sequence[str], year: int) -> tuple[str, ...]:
    """The regions that report to one, in the order of their codes; levels that the chain lacks are passed over."""
    return _below(code, steps_of(chain), year)


@lru_cache(maxsize=4096)
def _below(code: str, levels: tuple[str, ...], year: int) -> tuple[str, ...]:
    found: list[str] = []
    for child in child_regions(code, year):
        found += [child.code] if level_of(child.code) in levels else _below(child.code, levels, year)
    return tuple(found)


def way_up(code: str) -> tuple[str, ...]:
    """A region and everything above it, the nation first."""
    prefix = significant(code)
    return tuple(prefix[:end].ljust(6, "0") for end in range(0, len(prefix) + 1, 2))


def _stands(code: str) -> bool:
    """Whether a code is a region, not a placeholder such as 市辖区."""
    if code == NATION:
        return True
    found = region(code)
    parent = significant(code)[:-2].ljust(6, "0")
    return found is not None and any(child.code == code for child in child_regions(parent, found.last_year or 2020))
