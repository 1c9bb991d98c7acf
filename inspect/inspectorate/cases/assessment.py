"""The statutory range of a finding as it stands in the case, and what it says of the proposed fine."""

from datetime import date
from typing import NamedTuple

from ..law.discretion import Judgement, Outcome, judge_amount
from ..law.ranges import UNKNOWN, Bases, Facts, NoRange, PenaltyRange, Unknown, range_for
from ..law.violations import UnknownViolation, Violation, violation
from .models import CaseFinding

COLUMN_BASES = {"illegal_income": "illegal_income_fen", "goods_value": "goods_value_fen"}
"""Bases that have a column of their own; all others are kept in ``bases``."""


class Assessment(NamedTuple):
    """A finding against the law. ``found`` None: no range can be given, ``problem`` says why.

    ``assumed_today``: the version in force on the day of the act is not recorded here, so today's law is shown and
    nothing is refused on it (行政处罚法37).
    """

    finding: CaseFinding
    violation: Violation | None
    found: PenaltyRange | None
    problem: NoRange | None
    fine_fen: int | None
    judgement: Judgement | None
    assumed_today: bool = False


def bases_of(finding: CaseFinding) -> Bases:
    """The amounts that the range is computed from: fen, counts, or unknown."""
    given: dict[str, int | Unknown] = {
        name: UNKNOWN if value == "unknown" else int(value) for name, value in (finding.bases or {}).items()
    }
    for name, column in COLUMN_BASES.items():
        value = getattr(finding, column)
        if value is not None:
            given[name] = value
    return given


def known_violation(code: str) -> Violation | None:
    """The entry of the catalogue, or None for a code that it does not have (imported cases)."""
    try:
        return violation(code)
    except UnknownViolation:
        return None


def proposed_fine(finding: CaseFinding) -> int | None:
    """The fine proposed for the finding, in fen; None while nothing is proposed for the respondent."""
    decision = finding.respondent.decision
    if decision is None:
        return None
    return sum(p.amount_fen or 0 for p in decision.penalties if p.kind == "fine" and p.case_finding_id == finding.id)


def assess(
    finding: CaseFinding, today: date, fine_fen: int | None = None, grounds: list[str] | None = None
) -> Assessment:
    """The finding's range on the day of the act (its end), and the judgement of ``fine_fen`` (in fen)."""
    entry = known_violation(finding.violation)
    if entry is None:
        return Assessment(finding, None, None, None, fine_fen, None)
    day = finding.act_to or finding.act_from or today
    answer, assumed = _range(entry, finding, day), False
    if isinstance(answer, NoRange) and answer.code == "not_in_force" and day != today:
        answer, assumed = _range(entry, finding, today), True
    if isinstance(answer, NoRange):
        return Assessment(finding, entry, None, answer, fine_fen, None, assumed)
    found = answer
    judgement = judge_amount(found, fine_fen, finding.grounds if grounds is None else grounds)
    if judgement.refused and assumed:
        judgement = judgement._replace(outcome=Outcome.WARNING)
    return Assessment(finding, entry, found, None, fine_fen, judgement, assumed)


def _range(entry: Violation, finding: CaseFinding, day: date) -> PenaltyRange | NoRange:
    try:
        return range_for(entry, Facts(finding.liability, finding.tier, bases_of(finding)), day)
    except NoRange as refused:
        return refused
