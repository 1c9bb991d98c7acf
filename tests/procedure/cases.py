"""A case that is in order, to be spoiled one fact at a time."""

from datetime import date
from typing import Any

from inspectorate.law.discretion import Judgement, Outcome
from inspectorate.procedure.articles import apl
from inspectorate.procedure.facts import (
    CaseFacts,
    Defence,
    FindingFacts,
    Handler,
    OfficeRules,
    PenaltyLine,
    RespondentFacts,
)

TODAY = date(2026, 6, 15)

HANDLERS = (
    Handler("officer:1", "王芳", date(2028, 12, 31)),
    Handler("officer:2", "李强", date(2027, 6, 30)),
)

FINDING = FindingFacts(
    violation="无医疗机构执业许可证开展医疗美容",
    facts_stated=True,
    basis=apl(9),
    act_from=date(2026, 1, 10),
    act_until=date(2026, 3, 1),
    discovered_on=date(2026, 3, 1),
    judgement=Judgement(Outcome.OK, "在法定幅度内", "within the statutory range"),
)

PENALTIES = (PenaltyLine("fine", 18_400_000), PenaltyLine("confiscate_income", 3_680_000))

RESPONDENT = RespondentFacts(
    name="杭州某美容店",
    findings=(FINDING,),
    proposed=PENALTIES,
    noticed=PENALTIES,
    reasons_stated=True,
    correction_ordered=True,
    illegal_income_fen=3_680_000,
    hearing_offered=True,
    notice_issued_on=date(2026, 5, 6),
    notice_served_on=date(2026, 5, 7),
    defence=Defence.WAIVED,
)

IN_ORDER = CaseFacts(
    today=TODAY,
    on=TODAY,
    actor="user:9",
    received_on=date(2026, 3, 1),
    filed_on=date(2026, 3, 5),
    last_event_on=date(2026, 5, 20),
    summary_stated=True,
    handlers=HANDLERS,
    reviewers=frozenset({"user:8"}),
    evidence_count=3,
    review_agreed=True,
    reason="理由",
    office=OfficeRules(),
    respondents=(RESPONDENT,),
)


def case(**changes: Any) -> CaseFacts:
    """The case in order with some facts of the case changed."""
    return IN_ORDER._replace(**changes)


def case_with_respondent(**changes: Any) -> CaseFacts:
    """The case in order with some facts of its party changed."""
    return IN_ORDER._replace(respondents=(RESPONDENT._replace(**changes),))


def case_with_finding(**changes: Any) -> CaseFacts:
    """The case in order with some facts of its violation changed."""
    return case_with_respondent(findings=(FINDING._replace(**changes),))
