"""Worked examples of fines, beside the data: what a lawyer reads, and what ``flask law check`` recomputes."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from ..money import parse_yuan
from .datafile import MalformedData, names, read
from .ranges import UNKNOWN, FineRange, NoRange, Unknown, range_for
from .statutes import Citation, law
from .violations import Violation, violation
from .words import COUNTED


class Example(NamedTuple):
    """One calculation: the bases in fen (heads or months where counted) and the fine that must come out."""

    violation: str
    tier: str
    subject: str
    bases: Mapping[str, int | Unknown]
    fine: FineRange | None


@cache
def examples() -> tuple[Example, ...]:
    """All examples, in the order of the files. Raises MalformedData."""
    return tuple(_example(record, name) for name in names("examples") for record in read(name)["examples"])


def current_day(entry: Violation) -> date:
    """The first day on which all provisions of a violation applied as the catalogue has them."""
    cited: list[Citation] = [*entry.violated, *entry.basis, *([entry.responsible.basis] if entry.responsible else [])]
    return max(law(citation.law).current.in_force_from for citation in cited)


def disagreement(example: Example) -> str | None:
    """What comes out instead of the example's fine; None where they agree. Raises UnknownViolation."""
    entry = violation(example.violation)
    try:
        found = range_for(
            entry, subject=example.subject, tier=example.tier, bases=example.bases, on=current_day(entry)
        ).fine
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


def _example(record: Mapping[str, Any], file: str) -> Example:
    try:
        fine = None
        if "max" in record:
            least, most = parse_yuan(record["min"]), parse_yuan(record["max"])
            fine = FineRange(least, most, not record.get("optional", False))
        bases = {name: base_amount(name, text) for name, text in record.get("bases", {}).items()}
        return Example(record["violation"], record["tier"], record["subject"], bases, fine)
    except (KeyError, ValueError, TypeError) as error:
        raise MalformedData(f"{file}: {record.get('violation', 'an example')}: {error}") from error
