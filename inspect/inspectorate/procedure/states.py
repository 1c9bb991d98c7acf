"""The ordinary procedure as a table: from a state, by an action, to the next; who may, what must hold, which article.

No state of a case is set anywhere but through ``next_state``. Later branches are further rows.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from ..law.statutes import Citation
from ..objections import Objection
from . import guards as g
from .articles import apl
from .facts import CaseFacts
from .objections import Guard


class State(StrEnum):
    """Where a case stands, in the order of the procedure."""

    INTAKE = "intake"
    FILING_PROPOSED = "filing_proposed"
    INVESTIGATION = "investigation"
    REPORTED = "reported"
    LEGAL_REVIEW = "legal_review"
    NOTICE_APPROVAL = "notice_approval"
    NOTICE_ISSUED = "notice_issued"
    DEFENCE_TERM = "defence_term"
    DEFENCE_HEARD = "defence_heard"
    DECISION_DRAFT = "decision_draft"
    DECISION_APPROVAL = "decision_approval"
    DECIDED = "decided"
    EXECUTION = "execution"
    CLOSING_PROPOSED = "closing_proposed"
    CLOSED = "closed"
    NOT_FILED = "not_filed"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"


class Action(StrEnum):
    """What is done to a case."""

    PROPOSE_FILING = "propose_filing"
    APPROVE_FILING = "approve_filing"
    RETURN_FILING = "return_filing"
    REFUSE_FILING = "refuse_filing"
    SUBMIT_REPORT = "submit_report"
    HOLD_COLLEGIAL = "hold_collegial"
    SEND_TO_REVIEW = "send_to_review"
    SEND_TO_HEAD = "send_to_head"
    RESUME_INVESTIGATION = "resume_investigation"
    AGREE_IN_REVIEW = "agree_in_review"
    RETURN_FROM_REVIEW = "return_from_review"
    APPROVE_NOTICE = "approve_notice"
    RETURN_NOTICE = "return_notice"
    SERVE_NOTICE = "serve_notice"
    HEAR_DEFENCE = "hear_defence"
    WAIVE_DEFENCE = "waive_defence"
    END_DEFENCE_TERM = "end_defence_term"
    REVIEW_DEFENCE = "review_defence"
    PROPOSE_DECISION = "propose_decision"
    APPROVE_DECISION = "approve_decision"
    RETURN_DECISION = "return_decision"
    SERVE_DECISION = "serve_decision"
    RECORD_PAYMENT = "record_payment"
    PROPOSE_CLOSING = "propose_closing"
    APPROVE_CLOSING = "approve_closing"
    RETURN_CLOSING = "return_closing"
    WITHDRAW = "withdraw"
    TERMINATE = "terminate"


HANDLE, REVIEW, APPROVE = "case:handle", "case:review", "case:approve"
"""The permissions by name; ``accounts.permissions`` says which roles hold them."""


class Step(NamedTuple):
    """One row of the table. ``documents``: the papers that the step makes (D19, …)."""

    next: State
    permission: str
    guards: tuple[Guard, ...]
    article: Citation
    documents: tuple[str, ...] = ()


S, A = State, Action

IN_ORDER = (g.not_in_the_future, g.after_the_last_step)
STAFFED = (g.two_handlers, g.certificates_valid)
BY_HANDLER = (g.actor_is_handler, *IN_ORDER)
BY_HEAD = (g.approver_independent, *IN_ORDER)
CHARGED = (g.parties_charged, g.competent, g.within_limitation)
PROVED = (g.facts_stated, g.evidence_present, g.acts_dated)
PROPOSED = (
    g.penalties_proposed,
    g.fines_within_range,
    g.income_confiscated,
    g.correction_ordered,
    g.discretion_reasoned,
)
NOTIFIED = (g.notice_served, g.hearing_offered, g.defence_settled, g.hearing_held, g.not_increased, g.facts_as_noticed)

TRANSITIONS: dict[tuple[State, Action], Step] = {
    # Opening (立案)
    (S.INTAKE, A.PROPOSE_FILING): Step(
        S.FILING_PROPOSED, HANDLE, (*STAFFED, *BY_HANDLER, *CHARGED, g.summary_stated), apl(54, 2), ("D19",)
    ),
    (S.INTAKE, A.WITHDRAW): Step(S.WITHDRAWN, HANDLE, (*BY_HANDLER, g.reason_given), apl(47)),
    (S.FILING_PROPOSED, A.APPROVE_FILING): Step(
        S.INVESTIGATION, APPROVE, (*STAFFED, *BY_HEAD, *CHARGED), apl(54, 2), ("D19",)
    ),
    (S.FILING_PROPOSED, A.RETURN_FILING): Step(S.INTAKE, APPROVE, (*BY_HEAD, g.reason_given), apl(54, 2)),
    (S.FILING_PROPOSED, A.REFUSE_FILING): Step(S.NOT_FILED, APPROVE, (*BY_HEAD, g.reason_given), apl(54, 2)),
    # Investigation and proposal (调查取证、调查终结、合议)
    (S.INVESTIGATION, A.SUBMIT_REPORT): Step(
        S.REPORTED, HANDLE, (*STAFFED, *BY_HANDLER, *CHARGED, *PROVED, *PROPOSED), apl(57, 1), ("D23",)
    ),
    (S.REPORTED, A.HOLD_COLLEGIAL): Step(S.REPORTED, HANDLE, BY_HANDLER, apl(57, 1), ("D24",)),
    (S.REPORTED, A.RESUME_INVESTIGATION): Step(S.INVESTIGATION, HANDLE, (*BY_HANDLER, g.reason_given), apl(40)),
    (S.REPORTED, A.SEND_TO_REVIEW): Step(S.LEGAL_REVIEW, HANDLE, BY_HANDLER, apl(58, 1)),
    (S.REPORTED, A.SEND_TO_HEAD): Step(S.NOTICE_APPROVAL, HANDLE, (*BY_HANDLER, g.no_review_demanded), apl(57, 1)),
    # Legal review (法制审核)
    (S.LEGAL_REVIEW, A.AGREE_IN_REVIEW): Step(
        S.NOTICE_APPROVAL, REVIEW, (g.reviewer_independent, g.reviewer_qualified, *IN_ORDER), apl(58, 1), ("D25",)
    ),
    (S.LEGAL_REVIEW, A.RETURN_FROM_REVIEW): Step(
        S.INVESTIGATION, REVIEW, (g.reviewer_independent, *IN_ORDER, g.reason_given), apl(58, 1), ("D25",)
    ),
    # Prior notice, defence (事先告知、陈述申辩)
    (S.NOTICE_APPROVAL, A.APPROVE_NOTICE): Step(
        S.NOTICE_ISSUED, APPROVE, (*BY_HEAD, *CHARGED, *PROVED, *PROPOSED, g.review_passed), apl(44), ("D27", "D30")
    ),
    (S.NOTICE_APPROVAL, A.RETURN_NOTICE): Step(S.INVESTIGATION, APPROVE, (*BY_HEAD, g.reason_given), apl(57, 1)),
    (S.NOTICE_ISSUED, A.SERVE_NOTICE): Step(
        S.DEFENCE_TERM, HANDLE, (*BY_HANDLER, g.hearing_offered), apl(44), ("D37",)
    ),
    (S.DEFENCE_TERM, A.HEAR_DEFENCE): Step(
        S.DEFENCE_HEARD, HANDLE, (*BY_HANDLER, g.notice_served), apl(45, 1), ("D28",)
    ),
    (S.DEFENCE_TERM, A.WAIVE_DEFENCE): Step(S.DECISION_DRAFT, HANDLE, (*BY_HANDLER, g.notice_served), apl(62)),
    (S.DEFENCE_TERM, A.END_DEFENCE_TERM): Step(
        S.DECISION_DRAFT, HANDLE, (*BY_HANDLER, g.notice_served, g.defence_term_over), apl(45, 1)
    ),
    (S.DEFENCE_HEARD, A.REVIEW_DEFENCE): Step(
        S.DECISION_DRAFT, REVIEW, (g.reviewer_independent, *IN_ORDER, g.hearing_held), apl(45, 1), ("D29",)
    ),
    (S.DEFENCE_HEARD, A.HEAR_DEFENCE): Step(S.DEFENCE_HEARD, HANDLE, BY_HANDLER, apl(64), ("D28",)),
    # Decision (决定)
    (S.DECISION_DRAFT, A.PROPOSE_DECISION): Step(
        S.DECISION_APPROVAL,
        HANDLE,
        (*STAFFED, *BY_HANDLER, *PROPOSED, *NOTIFIED, g.crime_transferred),
        apl(57, 1),
    ),
    (S.DECISION_DRAFT, A.RESUME_INVESTIGATION): Step(S.INVESTIGATION, HANDLE, (*BY_HANDLER, g.reason_given), apl(44)),
    (S.DECISION_APPROVAL, A.APPROVE_DECISION): Step(
        S.DECIDED,
        APPROVE,
        (*BY_HEAD, *CHARGED, *PROVED, *PROPOSED, *NOTIFIED, g.review_passed, g.crime_transferred),
        apl(57, 1),
        ("D34",),
    ),
    (S.DECISION_APPROVAL, A.RETURN_DECISION): Step(S.DECISION_DRAFT, APPROVE, (*BY_HEAD, g.reason_given), apl(57, 1)),
    # Service, payment, closing (送达、执行、结案)
    (S.DECIDED, A.SERVE_DECISION): Step(S.EXECUTION, HANDLE, BY_HANDLER, apl(61, 1), ("D37",)),
    (S.EXECUTION, A.RECORD_PAYMENT): Step(S.EXECUTION, HANDLE, BY_HANDLER, apl(67, 3)),
    (S.EXECUTION, A.PROPOSE_CLOSING): Step(
        S.CLOSING_PROPOSED, HANDLE, (*BY_HANDLER, g.executed, g.crime_transferred), apl(66, 1), ("D43",)
    ),
    (S.CLOSING_PROPOSED, A.APPROVE_CLOSING): Step(
        S.CLOSED, APPROVE, (*BY_HEAD, g.executed, g.crime_transferred), apl(66, 1), ("D43",)
    ),
    (S.CLOSING_PROPOSED, A.RETURN_CLOSING): Step(S.EXECUTION, APPROVE, (*BY_HEAD, g.reason_given), apl(66, 1)),
}

TERMINABLE: tuple[State, ...] = (
    S.INVESTIGATION,
    S.REPORTED,
    S.LEGAL_REVIEW,
    S.NOTICE_APPROVAL,
    S.NOTICE_ISSUED,
    S.DEFENCE_TERM,
)
TERMINABLE += (S.DEFENCE_HEARD, S.DECISION_DRAFT, S.DECISION_APPROVAL)
"""Between filing and decision a case may end without one, by the head and with a reason."""

TRANSITIONS |= {
    # While it is investigated the facts may turn out not to hold; once the report states them, a crime is transferred.
    (state, A.TERMINATE): Step(
        S.TERMINATED,
        APPROVE,
        (*BY_HEAD, g.reason_given, *(() if state is S.INVESTIGATION else (g.crime_transferred,))),
        apl(57, 1),
    )
    for state in TERMINABLE
}

FINAL = frozenset({S.CLOSED, S.NOT_FILED, S.WITHDRAWN, S.TERMINATED})
"""Nothing more happens to these."""

OPEN = frozenset(State) - FINAL
"""Something is still to be done. Few of a province's cases: named one by one, so that an index leads to them."""

BEFORE_DECISION = frozenset({S.INTAKE, S.FILING_PROPOSED, *TERMINABLE, S.NOT_FILED, S.WITHDRAWN, S.TERMINATED})
"""The party is only suspected: the case name carries 涉嫌."""


class NoSuchStep(Exception):
    """The action does not exist in the case's state; ``state`` and ``action`` say which."""

    def __init__(self, state: State, action: Action) -> None:
        super().__init__(f"{action} is not a step from {state}")
        self.state, self.action = state, action


def step(state: State, action: Action) -> Step:
    """The row of the table. Raises NoSuchStep where there is none."""
    try:
        return TRANSITIONS[state, action]
    except KeyError:
        raise NoSuchStep(state, action) from None


def actions_from(state: State) -> dict[Action, Step]:
    """Everything that can be done in a state, in the order of the table."""
    return {action: row for (origin, action), row in TRANSITIONS.items() if origin is state}


def objections(row: Step, facts: CaseFacts) -> list[Objection]:
    """All that stands against a step, from every one of its guards."""
    return [objection for guard in row.guards for objection in guard(facts)]


def next_state(state: State, action: Action, facts: CaseFacts) -> tuple[State | None, list[Objection]]:
    """Where the action leads, or None with everything that stands against it. Raises NoSuchStep."""
    row = step(state, action)
    against = objections(row, facts)
    return (None if against else row.next), against


def reachable(start: State = State.INTAKE) -> Iterable[State]:
    """All states to which some path leads from ``start``, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        for row in actions_from(waiting.pop()).values():
            if row.next not in seen:
                seen.add(row.next)
                waiting.append(row.next)
    return seen
