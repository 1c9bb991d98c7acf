"""Worked examples of fines, beside the data: what a lawyer reads, and what ``flask law check`` recomputes."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from ..money import parse_yuan
from .datafile import MalformedData, read_table, tables
from .facts import UNKNOWN, Facts, NoRange, Unknown
from .fines import FineRange
from .ranges import range_for
from .statutes import Citation, law
from .violations import Violation, violation
from .words import COUNTED


class Example(NamedTuple):
    """One calculation: the bases in fen (heads or months where counted) and the fine that must come out.

    ``on``: the day whose law applies; None for the law as the catalogue has it now.
    """

    violation: str
    tier: str
    subject: str
    on: date | None
    bases: Mapping[str, int | Unknown]
    fine: FineRange | None


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the order of the files. Raises MalformedData."""
    return tuple(_example(row, where) for name in tables("examples") for where, row in read_table(name))


def current_day(entry: Violation) -> date:
    """The first day on which all provisions of a violation applied as the catalogue has them, its last at most."""
    cited: list[Citation] = [*entry.violated, *entry.basis, *([entry.responsible.basis] if entry.responsible else [])]
    first = max(law(citation.law).current.in_force_from for citation in cited)
    first = max(first, entry.since or first)
    return min(first, entry.until or first)


def disagreement(example: Example) -> str | None:
    """What comes out instead of the example's fine; None where they agree. Raises UnknownViolation."""
    entry = violation(example.violation)
    try:
        facts = Facts(example.subject, example.tier, example.bases)
        found = range_for(entry, facts, example.on or current_day(entry)).fine
    except NoRange as refusal:
        return str(refusal)
    return None if found == example.fine else f"{found} instead of {example.fine}"


def base_amount(name: str, text: str) -> int | Unknown:
    """A base as written: ``unknown``, a number of heads or months, or yuan. Raises ValueError."""
    if text == "unknown":
        return UNKNOWN
    fen = parse_yuan(text)
    if name not in COUNTED:
        return fen
    count, part = divmod(fen, 100)
    if part:
        raise ValueError(f"{name} counts whole {COUNTED[name].en}: {text!r}")
    return count


def _example(row: Mapping[str, str], where: str) -> Example:
    try:
        given = (pair.partition("=") for pair in row["facts"].split(";") if pair.strip())
        bases = {name.strip(): base_amount(name.strip(), text.strip()) for name, _, text in given}
        on = date.fromisoformat(row["on"]) if row["on"] else None
        return Example(row["violation"], row["tier"], row["subject"], on, bases, _fine(row))
    except (KeyError, ValueError) as error:
        raise MalformedData(f"{where}: {row.get('violation', 'an example')}: {error}") from error


def _fine(row: Mapping[str, str]) -> FineRange | None:
    if row["fine"] == "none":
        return None
    if row["fine"] not in ("must", "may"):
        raise ValueError(f"fine is must, may or none, not {row['fine']!r}")
    return FineRange(parse_yuan(row["min"]), parse_yuan(row["max"]), row["fine"] == "must")
