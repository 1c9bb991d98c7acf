"""When the hearing right must be offered and when legal review is demanded."""

from .facts import CaseFacts, OfficeRules, PenaltyLine, RespondentFacts

HEAVY_KINDS = frozenset(
    {
        "downgrade_licence",
        "revoke_licence",
        "suspend_business",
        "close_business",
        "restrict_business",
        "practice_ban",
    }
)
"""Kinds for which a hearing is always offered (行政处罚法63(1)(3), (4))."""

MONEY_KINDS = frozenset({"fine", "confiscate_income", "confiscate_goods"})
"""Kinds whose amount decides about the hearing (行政处罚法63(1)(1), (2))."""


def hearing_demanded(party: str, penalties: tuple[PenaltyLine, ...], office: OfficeRules) -> bool:
    """Whether the right to a hearing must be offered (行政处罚法63(1)); without a threshold any sum is a large one."""
    threshold = office.hearing_fine_person_fen if party == "person" else office.hearing_fine_org_fen
    sums = {
        "fine": sum(line.amount_fen or 0 for line in penalties if line.kind == "fine"),
        "confiscation": sum(line.amount_fen or 0 for line in penalties if line.kind.startswith("confiscate_")),
    }
    has_money = any(line.kind in MONEY_KINDS for line in penalties)
    large = has_money if threshold is None else any(amount >= threshold for amount in sums.values())
    return large or any(line.kind in HEAVY_KINDS for line in penalties)


def respondent_may_be_heard(respondent: RespondentFacts, office: OfficeRules) -> bool:
    """Whether this respondent's proposed penalties fall under the hearing right."""
    return hearing_demanded(respondent.party, respondent.proposed, office)


def legal_review_demanded(facts: CaseFacts) -> bool:
    """Whether the decision needs legal review first (行政处罚法58(1), or the office's own list of major decisions)."""
    if facts.office.review_always or facts.public_interest or facts.complex:
        return True
    if any(respondent.hearing_held for respondent in facts.respondents):
        return True
    lines = [line for respondent in facts.respondents for line in respondent.proposed]
    if any(line.kind in HEAVY_KINDS for line in lines):
        return True
    limit = facts.office.review_fine_from_fen
    return limit is not None and any(line.kind == "fine" and (line.amount_fen or 0) >= limit for line in lines)
