"""Who may impose a penalty: the sector, and the level of authority that the rule or the size of the fine asks for."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from ..money import yuan
from .datafile import MalformedData, in_words, line_naming, read
from .imposable import Imposable
from .statutes import Citation, holds_on
from .words import LEVELS, SECTORS, term

ORDER = ("county", "city", "province", "national")
_FILE = "jurisdiction.toml"


class Incompetent(NamedTuple):
    """Why an authority may not decide. ``field``: sector or level; ``grave``: the rule was compared with its text, so
    that this refuses; else it only warns."""

    field: str
    zh: str
    en: str
    citations: tuple[Citation, ...]
    grave: bool = True


class ByAmount(NamedTuple):
    """Fines from ``least`` fen on under these laws need this level or above, in these sectors (none: in all)."""

    laws: tuple[str, ...]
    sectors: tuple[str, ...]
    least: int
    level: str
    citation: Citation


def competent(found: Imposable, fine_fen: int | None, sector: str, level: str) -> tuple[Incompetent, ...]:
    """What speaks against an authority of this sector and level imposing this fine; empty where it may.

    ``fine_fen``: the fine proposed, None for none. Raises ValueError for a level that there is not.
    """
    if level not in ORDER:
        raise ValueError(f"no level of authority: {level!r}; there are {', '.join(ORDER)}")
    return (*_sector(found, sector), *_level(found, level), *_amount(found, fine_fen or 0, sector, level))


def level_needed(found: Imposable, fine_fen: int | None, sector: str) -> tuple[str, Citation]:
    """The lowest level of authority that may impose this fine, and the provision that says so."""
    default, citation = _rules()[0]
    needed = [(default, citation)]
    entry = found.violation
    if entry.level:
        needed.append((entry.level, entry.level_basis or found.basis[0]))
    needed += [(rule.level, rule.citation) for rule in _by_amount(found, fine_fen or 0, sector)]
    return max(needed, key=lambda one: ORDER.index(one[0]))


def _sector(found: Imposable, sector: str) -> Iterator[Incompetent]:
    entry = found.violation
    if sector not in entry.sectors:
        zh = "、".join(term(SECTORS, name).zh for name in entry.sectors)
        en = ", ".join(term(SECTORS, name).en for name in entry.sectors)
        yield Incompetent(
            "sector",
            f"{entry.code} 由{zh}部门处罚，{term(SECTORS, sector).zh}部门应当移送",
            f"{entry.code} is punished by {en}, not by {term(SECTORS, sector).en}: hand it over",
            found.basis,
            found.verification == "text",
        )


def _level(found: Imposable, level: str) -> Iterator[Incompetent]:
    named = found.violation.level
    if named and ORDER.index(level) < ORDER.index(named):
        basis = found.violation.level_basis
        yield Incompetent(
            "level",
            f"{found.violation.code} 由{LEVELS[named].zh}主管部门决定",
            f"{found.violation.code} is decided by an authority of {LEVELS[named].en}",
            (basis,) if basis else found.basis,
            found.verification == "text",
        )


def _amount(found: Imposable, fine_fen: int, sector: str, level: str) -> Iterator[Incompetent]:
    for rule in _by_amount(found, fine_fen, sector):
        if ORDER.index(level) < ORDER.index(rule.level):
            yield Incompetent(
                "level",
                f"罚款{yuan(fine_fen)}元，达到{yuan(rule.least)}元以上，由{LEVELS[rule.level].zh}主管部门决定",
                f"a fine of {yuan(fine_fen)} yuan, {yuan(rule.least)} or more, is decided by {LEVELS[rule.level].en}",
                (rule.citation,),
            )


def _by_amount(found: Imposable, fine_fen: int, sector: str) -> Iterator[ByAmount]:
    laws = {citation.law for citation in found.basis}
    for rule in _rules()[1]:
        named = laws & set(rule.laws) and (not rule.sectors or sector in rule.sectors)
        if named and fine_fen >= rule.least and holds_on(rule.citation, found.on):
            yield rule


def by_amount() -> tuple[ByAmount, ...]:
    """The limits in force, in the order of the file. Raises MalformedData."""
    return _rules()[1]


@cache
def _rules() -> tuple[tuple[str, Citation], tuple[ByAmount, ...]]:
    data = read(_FILE)
    try:
        default = data["default"]
        by_amount = tuple(_by(record) for record in data["by_amount"])
        return (_known(default["level"]), Citation.from_dict(default["citation"])), by_amount
    except (TypeError, KeyError, ValueError) as error:
        said = in_words(error)
        raise MalformedData(f"{_FILE}:{line_naming(_FILE, said)}: {said}") from error


def _by(record: dict[str, Any]) -> ByAmount:
    least = int(record["from"] * 100)
    laws, sectors = tuple(record["laws"]), tuple(record.get("sectors", ()))
    return ByAmount(laws, sectors, least, _known(record["level"]), Citation.from_dict(record["citation"]))


def _known(level: str) -> str:
    if level not in ORDER:
        raise ValueError(f"no level of authority: {level!r}")
    return level
