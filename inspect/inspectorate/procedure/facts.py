"""What the procedure needs to know of a case: a small frozen view, made from the records by ``cases``.

People are compared by a key such as ``officer:7`` or ``user:3``, since an approver may not be an officer.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from ..law.discretion import Judgement
from ..law.model import Violation
from ..law.statutes import Citation


class Defence(StrEnum):
    """What became of the party's right to be heard (行政处罚法44, 45, 62)."""

    OPEN = "open"
    WAIVED = "waived"
    RUN_OUT = "run_out"
    HEARD = "heard"
    REVIEWED = "reviewed"


class Handler(NamedTuple):
    """One of the inspectors to whom the case is assigned; the certificate's last day, None without a certificate."""

    person: str
    name: str
    certificate_until: date | None


class PenaltyLine(NamedTuple):
    """One penalty on one respondent; ``amount_fen`` for fines and confiscations."""

    kind: str
    amount_fen: int | None = None


class FindingFacts(NamedTuple):
    """One violation charged against a respondent.

    ``entry``: what the catalogue has of it, None for a code that it does not know. ``judgement``: what
    ``law.discretion`` says of the proposed fine; None while the range cannot be computed.
    """

    violation: str
    facts_stated: bool
    basis: Citation | None = None
    act_from: date | None = None
    act_until: date | None = None
    discovered_on: date | None = None
    health_harm: bool = False
    competent: bool = True
    judgement: Judgement | None = None
    entry: Violation | None = None


class RespondentFacts(NamedTuple):
    """One party of the case: charged with what, told what, decided how, executed how far."""

    name: str
    party: str = "org"
    findings: tuple[FindingFacts, ...] = ()
    proposed: tuple[PenaltyLine, ...] = ()
    noticed: tuple[PenaltyLine, ...] = ()
    reasons_stated: bool = False
    correction_ordered: bool = False
    illegal_income_fen: int | None = None
    income_refunded_fen: int = 0
    hearing_offered: bool = False
    facts_changed_since_notice: bool = False
    notice_issued_on: date | None = None
    notice_served_on: date | None = None
    defence: Defence = Defence.OPEN
    hearing_requested: bool = False
    hearing_held: bool = False
    decision_issued_on: date | None = None
    decision_served_on: date | None = None
    due_fen: int = 0
    paid_fen: int = 0
    other_penalties_executed: bool = True
    for_the_police: tuple[Citation, ...] = ()
    """Provisions by which the act is to be handed to the police, such as a third penalty for illegal practice."""


class OfficeRules(NamedTuple):
    """What the law leaves to the office. Thresholds in fen; None: not set, and the right always offered."""

    hearing_fine_org_fen: int | None = None
    hearing_fine_person_fen: int | None = None
    review_always: bool = False
    review_fine_from_fen: int | None = None
    defence_working_days: int = 5


class CaseFacts(NamedTuple):
    """A case on the day when somebody takes a step: ``actor`` at ``today``, for an event that happened ``on``."""

    today: date
    on: date
    actor: str | None = None
    office: OfficeRules = OfficeRules()
    received_on: date | None = None
    filed_on: date | None = None
    last_event_on: date | None = None
    summary_stated: bool = False
    handlers: tuple[Handler, ...] = ()
    reviewers: frozenset[str] = frozenset()
    reviewer_qualified: bool = True
    approvers: frozenset[str] = frozenset()
    evidence_count: int = 0
    public_interest: bool = False
    complex: bool = False
    review_agreed: bool = False
    transferred: bool = False
    """Handed to the judicial organs (行政处罚法27)."""
    reason: str = ""
    respondents: tuple[RespondentFacts, ...] = ()
