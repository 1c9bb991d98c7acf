"""The one place where a case's state changes: along a row of ``procedure.states``, or not at all."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ... import clock
from ...accounts.actor import Actor
from ...accounts.models import Officer
from ...accounts.scope import check_version, in_scope
from ...errors import Forbidden, NotFound, Refusal, refuse
from ...extensions import db
from ...procedure.clocks import clocks_of, most_urgent
from ...procedure.states import FINAL, Action, NoSuchStep, State, next_state, step
from ..facts import case_dates, case_facts
from ..models import Case, Opinion, Respondent
from ..words import STATES, spoken


def load(actor: Actor, case_id: int, version: int | None = None) -> Case:
    """The case for writing: in scope, of the actor's own authority, as it was read.

    Raises NotFound, Stale, and Refusal for a case of another authority.
    """
    query = select(Case).where(Case.id == case_id, in_scope(Case, actor)).with_for_update(of=Case)
    case = db.session.scalar(query.execution_options(populate_existing=True))
    if case is None:
        raise NotFound
    refuse_other_office(actor, case)
    check_version(case, version)
    return case


def refuse_other_office(actor: Actor, case: Case) -> None:
    """Only the authority that a case belongs to changes it. Raises Refusal."""
    if case.agency.authority.id != actor.authority_id:
        raise Refusal(_("This case belongs to %(agency)s; only that office may change it.", agency=case.agency.name))


def respondent_of(case: Case, respondent_id: int) -> Respondent:
    """One party of the case. Raises NotFound."""
    found = next((party for party in case.respondents if party.id == respondent_id), None)
    if found is None:
        raise NotFound
    return found


def refuse_objections(
    case: Case,
    action: Action,
    actor: Actor,
    today: date,
    *,
    on: date | None = None,
    reason: str = "",
    respondent: Respondent | None = None,
) -> State:
    """Where the action would lead. Raises Forbidden, or Refusals with everything that stands against it."""
    try:
        row = step(State(case.state), action)
    except NoSuchStep:
        message = _("The case has moved on; it is now “%(state)s”. Open it again.", state=STATES[State(case.state)])
        raise Refusal(message) from None
    if row.permission not in actor.permissions:
        raise Forbidden
    qualified = action is not Action.AGREE_IN_REVIEW or _qualified(actor)
    facts = case_facts(case, actor, today, on=on, reason=reason, respondent=respondent, reviewer_qualified=qualified)
    target, against = next_state(State(case.state), action, facts)
    refuse(spoken(against))
    assert target is not None
    return target


def take(
    case: Case,
    action: Action,
    actor: Actor,
    today: date,
    *,
    on: date | None = None,
    reason: str = "",
) -> None:
    """Take a step with the whole case. Raises as ``refuse_objections``."""
    target = refuse_objections(case, action, actor, today, on=on, reason=reason)
    if target in FINAL and target is not State.CLOSED:
        case.ended_in, case.end_reason = case.state, reason
    if target is State.INVESTIGATION and case.state != State.FILING_PROPOSED:
        _start_over(case)
    case.state = target
    renew_clock(case, today)


def _start_over(case: Case) -> None:
    """Back in the investigation: what was reviewed and told no longer stands; the file keeps it."""
    case.reviewed_on = case.sent_to_review_on = None
    for party in case.respondents:
        party.notice, party.notice_issued_on, party.notice_served_on = {}, None, None
        for defence in party.defences:
            defence.superseded = True


def renew_clock(case: Case, today: date) -> None:
    """Keep the day by which the office must act next, so that queues sort by it."""
    urgent = most_urgent(clocks_of(case_dates(case), today))
    case.due_on = urgent.due if urgent else None


def touch(case: Case) -> None:
    """Raise the version of the case when only its parts change, so that a late save of any part is noticed."""
    case.version += 1


def give_opinion(
    case: Case,
    actor: Actor,
    step_name: str,
    outcome: str,
    text: str | None,
    today: date,
    points: dict[str, Any] | None = None,
) -> Opinion:
    """Put an opinion into the file."""
    opinion = Opinion(
        case_id=case.id,
        step=step_name,
        outcome=outcome,
        text=(text or "").strip() or None,
        points=points or {},
        officer_id=actor.officer_id,
        user_id=actor.user_id,
        given_on=today,
        given_at=clock.now(),
    )
    case.opinions.append(opinion)
    db.session.flush()
    return opinion


def _qualified(actor: Actor) -> bool:
    """Whether the legal qualification is on file (行政处罚法58(2)); a reviewer without officer's record has none."""
    officer = db.session.get(Officer, actor.officer_id) if actor.officer_id else None
    return officer is not None and officer.legal_qualification
