"""The catalogue of violations: what is forbidden, by which provision, and what each provision lets an office impose."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from .datafile import MalformedData, line_of, names, read
from .model import FineRule, ResponsibleRule, Tier, Violation
from .records import read_violation
from .statutes import laws

__all__ = [
    "FineRule",
    "ResponsibleRule",
    "Tier",
    "UnknownViolation",
    "Violation",
    "catalogue",
    "predecessors",
    "violation",
    "violations",
]


class UnknownViolation(KeyError):
    """The catalogue has no violation of that code."""

    def __str__(self) -> str:
        return f"the catalogue has no violation {self.args[0]!r}"


def violation(code: str) -> Violation:
    """The violation with that code. Raises UnknownViolation."""
    try:
        return catalogue()[code]
    except KeyError:
        raise UnknownViolation(code) from None


def violations(
    *,
    domain: str | None = None,
    sector: str | None = None,
    category: str | None = None,
    subject: str | None = None,
    law: str | None = None,
    on: date | None = None,
    among: Iterable[Violation] | None = None,
) -> list[Violation]:
    """The violations that answer all the filters given, in the order of the data: by law, then article.

    ``law`` is the id of a law among the bases; ``on`` leaves out what was not in force that day. ``among``: only these
    are looked at, in their order.
    """
    return [
        entry
        for entry in (catalogue().values() if among is None else among)
        if (domain is None or entry.domain == domain)
        and (sector is None or sector in entry.sectors)
        and (category is None or entry.category == category)
        and (subject is None or entry.subject == subject)
        and (law is None or any(citation.law == law for citation in entry.basis))
        and (on is None or entry.in_force(on))
    ]


@cache
def catalogue() -> Mapping[str, Violation]:
    """All violations by code, read once."""
    laws()  # what is wrong there is told first
    entries: dict[str, Violation] = {}
    for name in names("violations"):
        for record in _records(name):
            entry = read_violation(record, name)
            if entry.code in entries:
                raise MalformedData(f"{name}:{line_of(name, 'code', entry.code)}: {entry.code} is there twice")
            entries[entry.code] = entry
    return entries


def predecessors(code: str) -> tuple[Violation, ...]:
    """The violations whose place this one took, in the order of the data."""
    return _predecessors().get(code, ())


@cache
def _predecessors() -> Mapping[str, tuple[Violation, ...]]:
    found: dict[str, tuple[Violation, ...]] = {}
    for entry in catalogue().values():
        for code in entry.replaced_by:
            found[code] = (*found.get(code, ()), entry)
    return found


def _records(name: str) -> Sequence[Mapping[str, Any]]:
    tables = read(name)
    for other in tables:
        if other != "violation":
            raise MalformedData(f"{name}:1: [[{other}]] is no table of violations; write [[violation]]")
    records: Sequence[Mapping[str, Any]] = tables.get("violation", ())
    return records
