"""What comes next in a case for the person who looks at it: where it is done, and what stands against it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from ..accounts.actor import Actor
from ..procedure.facts import CaseFacts
from ..procedure.next_steps import Possibility, possibilities, usual_action
from ..procedure.states import Action, NoSuchStep, State, objections, step
from .facts import actor_key, case_facts
from .models import Case, Respondent
from .words import ACTIONS, spoken

PLACES = {
    Action.PROPOSE_FILING: "cases.submit_filing",
    Action.APPROVE_FILING: "cases.approval",
    Action.SUBMIT_REPORT: "cases.report",
    Action.HOLD_COLLEGIAL: "cases.deliberation",
    Action.RESUME_INVESTIGATION: "cases.resume",
    Action.SEND_TO_REVIEW: "cases.send",
    Action.SEND_TO_HEAD: "cases.send",
    Action.AGREE_IN_REVIEW: "cases.review",
    Action.APPROVE_NOTICE: "cases.approval",
    Action.SERVE_NOTICE: "cases.serve_notice",
    Action.HEAR_DEFENCE: "cases.defence",
    Action.REVIEW_DEFENCE: "cases.review_defence",
    Action.PROPOSE_DECISION: "cases.submit_decision",
    Action.APPROVE_DECISION: "cases.approval",
    Action.SERVE_DECISION: "cases.serve_decision",
    Action.RECORD_PAYMENT: "cases.payment",
    Action.PROPOSE_CLOSING: "cases.closing",
    Action.APPROVE_CLOSING: "cases.approval",
    Action.WITHDRAW: "cases.withdraw",
    Action.TERMINATE: "cases.terminate",
}
"""Where a step is taken. The other answers of a head or reviewer stand on the same page as the approval."""

BY_PARTY = frozenset(
    {
        "cases.serve_notice",
        "cases.defence",
        "cases.review_defence",
        "cases.serve_decision",
        "cases.payment",
        "cases.execution",
        "cases.proposal",
    }
)


class Next(NamedTuple):
    """One thing that can be done now: where, and what stands against it."""

    label: str
    url: str
    missing: Sequence[str] = ()


def may_write(case: Case, actor: Actor) -> bool:
    """Whether the actor handles the case or opened it, in the authority it belongs to."""
    handles = actor.officer_id is not None and actor.officer_id in {row.officer_id for row in case.handlers}
    own = case.agency.authority.id == actor.authority_id
    return own and (handles or case.created_by_id == actor.user_id)


def next_of(case: Case, actor: Actor, today: date) -> tuple[Next | None, list[Next]]:
    """The one next step for this person, and the other ways; none for whoever has no part in it."""
    if case.agency.authority.id != actor.authority_id or case.imported:
        return None, []
    state, facts = State(case.state), case_facts(case, actor, today, reason="-")
    open_to = possibilities(state, facts, frozenset(permission.value for permission in actor.permissions))
    usual = usual_action(state, facts)
    main: Next | None = None
    others: list[Next] = []
    for one in open_to:
        if one.action not in PLACES or not _is_theirs(one, case, actor, facts):
            continue
        way = _next(one, case)
        if one.action is usual:
            main = _narrowed(case, way, one, facts)
        elif not any(way.url == other.url for other in [main, *others] if other):
            others.append(way)
    if state is State.EXECUTION and main:
        main, others = _execution(case, main, others, facts)
    return main, others


def _is_theirs(one: Possibility, case: Case, actor: Actor, facts: CaseFacts) -> bool:
    """Steps of handlers are shown to handlers, those of head and reviewer not to whoever handles the case."""
    handlers = {handler.person for handler in facts.handlers}
    if one.step.permission == "case:handle":
        return may_write(case, actor)
    return actor_key(actor) not in handlers


def _next(one: Possibility, case: Case) -> Next:
    missing = [str(_(objection.message) % objection.values) for objection in spoken(one.missing)]
    return Next(str(ACTIONS[one.action]), _place(PLACES[one.action], case), missing)


def _place(endpoint: str, case: Case, party: Respondent | None = None) -> str:
    if endpoint not in BY_PARTY:
        return url_for(endpoint, case_id=case.id)
    chosen = party or _waiting_party(endpoint, case)
    return url_for(endpoint, case_id=case.id, respondent_id=chosen.id if chosen else 0)


def _waiting_party(endpoint: str, case: Case) -> Respondent | None:
    """The first party that still waits for the step."""

    def waits(party: Respondent) -> bool:
        decision = party.decision
        match endpoint:
            case "cases.serve_notice":
                return party.notice_served_on is None
            case "cases.defence":
                return not any(not defence.superseded for defence in party.defences)
            case "cases.review_defence":
                return any(d.kind == "made" and not d.accepted and not d.superseded for d in party.defences)
            case "cases.serve_decision":
                return decision is not None and decision.served_on is None
            case "cases.payment":
                return decision is not None and decision.payable_fen > sum(
                    p.amount_fen for p in decision.payments if not p.late_fee
                )
            case "cases.execution":
                return decision is not None and decision.executed_on is None
        return party.decision is None

    parties = case.respondents
    return next(filter(waits, parties), parties[0] if parties else None)


def _narrowed(case: Case, way: Next, one: Possibility, facts: CaseFacts) -> Next:
    """During the investigation the next step is the first part that is not done: facts, then proposal, then report."""
    if one.action is Action.PROPOSE_FILING and way.missing:
        return Next(_("Complete the case"), url_for("cases.change", case_id=case.id), way.missing)
    if one.action is not Action.SUBMIT_REPORT:
        return way
    unproved = any(f.act_from is None or f.judgement is None for party in facts.respondents for f in party.findings)
    if unproved:
        return Next(_("Enter facts, days and amounts"), url_for("cases.investigation", case_id=case.id), way.missing)
    if any(not party.proposed for party in facts.respondents):
        return Next(_("Propose the penalties"), _place("cases.proposal", case), way.missing)
    return way


def _execution(case: Case, main: Next, others: list[Next], facts: CaseFacts) -> tuple[Next, list[Next]]:
    """First the money, then the other penalties, then the closing."""
    closing = next((other for other in others if other.url.endswith("/closing")), None)
    if any(party.due_fen > party.paid_fen for party in facts.respondents):
        return main, others
    if any(not party.other_penalties_executed for party in facts.respondents):
        execution = Next(_("Enter how it was carried out"), _place("cases.execution", case))
        return execution, [*others, main]
    return (closing, [main, *(other for other in others if other is not closing)]) if closing else (main, others)


def missing_for(case: Case, action: Action, actor: Actor, today: date) -> list[str]:
    """Everything that stands against a step, in words; empty when it can be taken."""
    try:
        row = step(State(case.state), action)
    except NoSuchStep:
        return []
    facts = case_facts(case, actor, today, reason="-")
    return [str(_(objection.message) % objection.values) for objection in spoken(objections(row, facts))]
