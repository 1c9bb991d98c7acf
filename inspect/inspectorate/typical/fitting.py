"""Whether the fines of a decision lie within what the law lets an office impose, and how near they come to the maximum.

Cases from elsewhere do not tell for which violation each fine was imposed: there the sum of the fines is held against
the ranges of all that was found.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..cases.assessment import Assessment, assess_party
from ..cases.models import Respondent
from .parties import Decided
from .ranking import OUTSIDE, UNKNOWN, WITHIN


class Fit(NamedTuple):
    """``range``: within, outside or unknown. ``of_maximum``: the fine as a share of the statutory maximum, or None."""

    range: str
    of_maximum: float | None


def fit_of(decided: Sequence[Decided], today: date) -> Fit:
    """How the decisions of a case stand to the law: outside where one is, within where all are known to be."""
    found = [_of_party(respondent, list(assess_party(respondent, today).values())) for respondent, _d in decided]
    ranges = {one.range for one in found}
    shares = [one.of_maximum for one in found if one.of_maximum is not None]
    standing = next((one for one in (OUTSIDE, UNKNOWN, WITHIN) if one in ranges), UNKNOWN)
    return Fit(standing, max(shares, default=None))


def _of_party(respondent: Respondent, weighed: Sequence[Assessment]) -> Fit:
    assert respondent.decision is not None
    fines = [penalty for penalty in respondent.decision.penalties if penalty.kind == "fine"]
    if any(fine.case_finding_id is None for fine in fines):
        return _by_sum(respondent, weighed, sum(fine.amount_fen or 0 for fine in fines))
    shares = [
        (one.fine_fen or 0) / one.found.fine.max
        for one in weighed
        if one.found is not None and one.found.fine is not None and one.found.fine.max
    ]
    if any(one.judgement is not None and one.judgement.refused for one in weighed):
        return Fit(OUTSIDE, max(shares, default=None))
    known = bool(weighed) and all(one.found is not None or one.judgement is not None for one in weighed)
    return Fit(WITHIN if known else UNKNOWN, max(shares, default=None))


def _by_sum(respondent: Respondent, weighed: Sequence[Assessment], fined: int) -> Fit:
    """The sum of the fines against all ranges: no more than their maxima together, no less than the highest minimum
    unless a ground is recorded."""
    ranges = [one.found.fine for one in weighed if one.found is not None and one.found.fine is not None]
    if not ranges or len(ranges) < len(respondent.findings):
        return Fit(UNKNOWN, None)
    most, least = sum(fine.max for fine in ranges), max(fine.min for fine in ranges)
    eased = any(finding.grounds for finding in respondent.findings)
    lawful = fined <= most and (fined >= least or eased)
    return Fit(WITHIN if lawful else OUTSIDE, fined / most if most else None)
