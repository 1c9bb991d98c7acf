"""What handlers choose for one violation when they weigh its fine: as it is saved, or as it is being typed."""

from collections.abc import Sequence
from typing import NamedTuple

from .models import CaseFinding


class FineProposal(NamedTuple):
    """The fine for one finding in fen (None: no fine), with what it rests on.

    ``grounds``: grounds of discretion that are established, ``reason`` by which facts. ``local_tier``: 阶次 of the
    local standard, ``departure`` why the fine leaves it. ``law_day``: act or decision, whose law is the lighter one
    where the ranges cross (行政处罚法37). ``governs``: the act is fined under this rule where those of its rules cross
    (29). ``proposed`` False: nothing is proposed for the party yet, so that no fine says nothing.
    """

    finding_id: int
    amount_fen: int | None
    grounds: Sequence[str] = ()
    reason: str | None = None
    local_tier: str | None = None
    departure: str | None = None
    law_day: str | None = None
    law_reason: str | None = None
    governs: bool = False
    governs_reason: str | None = None
    proposed: bool = True


def proposed_fine(finding: CaseFinding) -> int | None:
    """The fine proposed for the finding, in fen; None while nothing is proposed for the respondent."""
    decision = finding.respondent.decision
    if decision is None:
        return None
    return sum(p.amount_fen or 0 for p in decision.penalties if p.kind == "fine" and p.case_finding_id == finding.id)


def saved_choice(finding: CaseFinding) -> FineProposal:
    """What is saved for a finding."""
    return FineProposal(
        finding_id=finding.id,
        amount_fen=proposed_fine(finding),
        grounds=tuple(finding.grounds or ()),
        reason=finding.discretion_reason,
        local_tier=finding.local_tier,
        departure=finding.departure_reason,
        law_day=finding.law_day,
        law_reason=finding.law_reason,
        governs=finding.governs,
        governs_reason=finding.governs_reason,
        proposed=finding.respondent.decision is not None,
    )
