"""What waits for a person: one query a kind of work, each for those who hold its permission."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from ..accounts.actor import Actor
from ..accounts.models import Agency, Officer
from ..accounts.permissions import Permission as P
from ..accounts.regions import covers, significant
from ..accounts.scope import in_scope
from ..campaigns.queries import all_campaigns
from ..cases.models import Case, CaseHandler, Opinion, Respondent
from ..cases.queries import ANSWERED_AT, states_waiting_for
from ..cases.rules import shown_name
from ..clock import local
from ..complaints.models import Complaint
from ..extensions import db
from ..inspections.models import EntryApproval, Inspection, InspectionOfficer
from ..inspections.queries import approvals_page, my_drafts, visits_on, waiting_approvals
from ..inspections.rules import AFTERWARDS_DAYS, TWO_OFFICERS
from ..joint.queries import meetings as joint_meetings
from ..joint.queries import rechecks as joint_rechecks
from ..procedure.states import State, actions_from
from ..returns import waiting
from .rules import Todo
from .typical_cases import typical_cases
from .words import STEPS

MOST = 200
"""Things of one kind that are looked up; the lists of the areas show all."""

ENTRY = "国办发〔2024〕54号"
CERTIFICATE_WARNING = 30
"""Calendar days before a certificate's last day from which its renewal is shown."""

CAMPAIGN_AFTERWARDS = 31
"""Calendar days for which a campaign stays on the list when it is over."""

LEVELS_BY_DIGITS = {0: "ministry", 2: "province", 4: "city", 6: "county"}
"""Levels of a campaign's chain by the significant digits of the region."""

Source = Callable[[Actor, date], Iterable[Todo]]


def todos(actor: Actor, today: date) -> list[Todo]:
    """Everything that waits for the actor, in no order."""
    return [todo for needed, source in SOURCES if actor.may(needed) for todo in source(actor, today)]


# ---------------------------------------------------------------- cases


def cases_to_handle(actor: Actor, _today: date) -> list[Todo]:
    """Own cases, where the next step is the handlers'; a case that nobody handles yet belongs to whoever entered it."""
    handled = select(CaseHandler.case_id).where(CaseHandler.officer_id == actor.officer_id)
    entered = and_(Case.created_by_id == actor.user_id, ~Case.handlers.any())
    return _cases(actor, P.CASE_HANDLE, or_(Case.id.in_(handled), entered))


def cases_to_review(actor: Actor, _today: date) -> list[Todo]:
    """Cases of the own authority before the legal reviewer, who must not have handled them."""
    return _cases(actor, P.CASE_REVIEW, _not_handled(actor))


def cases_to_approve(actor: Actor, _today: date) -> list[Todo]:
    """Cases of the own authority before its head."""
    return _cases(actor, P.CASE_APPROVE, _not_handled(actor))


def _not_handled(actor: Actor) -> ColumnElement[bool]:
    return ~exists().where(CaseHandler.case_id == Case.id, CaseHandler.officer_id == actor.officer_id)


def _cases(actor: Actor, permission: P, narrower: ColumnElement[bool]) -> list[Todo]:
    query = (
        select(Case)
        .where(
            in_scope(Case, actor), Case.agency_id == actor.authority_id, Case.state.in_(states_waiting_for(permission))
        )
        .where(narrower, Case.imported.is_(False))
        .order_by(Case.due_on.is_(None), Case.due_on, Case.id)
        .options(selectinload(Case.respondents).joinedload(Respondent.subject))
        .limit(MOST)
    )
    found = db.session.scalars(query).all()
    returned = _returned(found)
    places = {} if permission is P.CASE_HANDLE else ANSWERED_AT
    return [_case_todo(case, returned.get(case.id), places) for case in found]


def _case_todo(case: Case, returned: str | None, places: Mapping[State, str]) -> Todo:
    state = State(case.state)
    party = case.respondents[0].subject.name if case.respondents else None
    return Todo(
        what=STEPS[state],
        about=" · ".join(filter(None, [case.number, shown_name(case.name, party, case.state)])),
        endpoint=places.get(state, "cases.show"),
        arguments={"case_id": case.id},
        due_on=case.due_on,
        basis=next(iter(actions_from(state).values())).article,
        returned=returned,
    )


def _returned(cases: Sequence[Case]) -> dict[int, str]:
    """The reason of the last opinion on each case, where that opinion sent it back."""
    opinions = select(Opinion).where(Opinion.case_id.in_([case.id for case in cases])).order_by(Opinion.id)
    last = {opinion.case_id: opinion for opinion in db.session.scalars(opinions)}
    return {case_id: opinion.text or "" for case_id, opinion in last.items() if opinion.outcome == "returned"}


# ---------------------------------------------------------------- inspections


def visits(actor: Actor, today: date) -> list[Todo]:
    """Approved entries whose days have come."""
    return [
        Todo(
            what=_l("Inspect"),
            about=_place(approval),
            endpoint="inspections.approval",
            arguments={"approval_id": approval.id},
            due_on=approval.planned_to,
            basis=ENTRY,
        )
        for approval in visits_on(actor, today)
    ]


def drafts(actor: Actor, _today: date) -> list[Todo]:
    """Field reports begun and not submitted."""
    return [
        Todo(
            what=_l("Finish and submit the field report"),
            about=report.subject.name,
            endpoint="inspections.show",
            arguments={"inspection_id": report.id},
            due_on=report.inspected_on,
        )
        for report in my_drafts(actor)[:MOST]
    ]


def rechecks(actor: Actor, today: date) -> list[Todo]:
    """Own orders to correct whose deadline comes or has passed within half a year, not looked at again since."""
    later = aliased(Inspection)
    again = exists().where(
        later.subject_id == Inspection.subject_id,
        later.inspected_on > Inspection.inspected_on,
        later.state == "submitted",
    )
    there = select(InspectionOfficer.inspection_id).where(InspectionOfficer.officer_id == actor.officer_id)
    query = (
        select(Inspection)
        .where(Inspection.id.in_(there), in_scope(Inspection, actor), Inspection.state == "submitted")
        .where(Inspection.order_correction, Inspection.imported.is_(False), ~again)
        .where(Inspection.correction_due_on.between(today - timedelta(183), today + timedelta(14)))
        .order_by(Inspection.correction_due_on, Inspection.id)
        .options(joinedload(Inspection.subject))
        .limit(MOST)
    )
    return [
        Todo(
            what=_l("Check whether the order was followed"),
            about=report.subject.name,
            endpoint="inspections.show",
            arguments={"inspection_id": report.id},
            due_on=report.correction_due_on,
        )
        for report in db.session.scalars(query)
    ]


def entries_to_approve(actor: Actor, _today: date) -> list[Todo]:
    """Entries that need the head's approval: before the first planned day, afterwards within a day where urgent."""
    return [
        Todo(
            what=_l("Approve the urgent entry afterwards") if approval.urgent else _l("Decide on the entry"),
            about=_place(approval),
            endpoint="inspections.approval",
            arguments={"approval_id": approval.id},
            due_on=local(approval.requested_at).date() + timedelta(AFTERWARDS_DAYS)
            if approval.urgent
            else approval.planned_from,
            basis=ENTRY,
        )
        for approval in approvals_page(waiting_approvals(actor), size=MOST).rows
    ]


def _place(approval: EntryApproval) -> str:
    return _at(approval.subject.name, approval.subject.address)


def _at(name: str, address: str | None) -> str:
    return " · ".join(filter(None, [name, address]))


# ---------------------------------------------------------------- complaints


def complaints_to_assign(actor: Actor, _today: date) -> list[Todo]:
    """Complaints to the own authority that nobody has accepted or given to a handler."""
    open_ = and_(Complaint.closed_on.is_(None), or_(Complaint.accepted_on.is_(None), Complaint.handler_id.is_(None)))
    return _complaints(actor, and_(open_, Complaint.agency_id == actor.authority_id), _l("Accept and assign"))


def complaints_to_handle(actor: Actor, _today: date) -> list[Todo]:
    """Complaints assigned to the actor, until they are closed and answered."""
    mine = and_(Complaint.handler_id == actor.officer_id, Complaint.handler_id.is_not(None))
    return _complaints(actor, and_(mine, Complaint.closed_on.is_(None)), _l("Look into the complaint and reply"))


def _complaints(actor: Actor, narrower: ColumnElement[bool], what: object) -> list[Todo]:
    query = (
        select(Complaint)
        .where(in_scope(Complaint, actor), narrower, Complaint.imported.is_(False))
        .where(Complaint.withdrawn_reason.is_(None))
        .order_by(Complaint.received_on, Complaint.id)
        .options(joinedload(Complaint.subject))
        .limit(MOST)
    )
    return [
        Todo(
            what=what,
            about=" · ".join(
                filter(
                    None,
                    [complaint.number, complaint.subject.name if complaint.subject else complaint.subject_text],
                )
            ),
            endpoint="complaints.show",
            arguments={"complaint_id": complaint.id},
        )
        for complaint in db.session.scalars(query)
    ]


# ---------------------------------------------------------------- campaigns

TYPICAL_CASES = "typical_cases"
"""What a campaign asks for in whose notice they stand."""


def typical_cases_to_choose(actor: Actor, today: date) -> list[Todo]:
    """Campaigns in the actor's region that ask for typical cases, until a month after its level's due day.

    Their tables stand on the list as returns (`returns_to_submit`).
    """
    level = LEVELS_BY_DIGITS[len(significant(actor.region_code))]
    found = []
    for campaign in all_campaigns():
        due = campaign.due_on(level)
        last = max(campaign.date_to, due or campaign.date_to) + timedelta(CAMPAIGN_AFTERWARDS)
        asked = TYPICAL_CASES in campaign.asks and covers(campaign.region_code, actor.region_code)
        if asked and campaign.date_from <= today <= last:
            found.append(
                Todo(
                    what=_l("Choose the typical cases"),
                    about=campaign.title,
                    endpoint="typical.index",
                    arguments={"campaign_id": campaign.id},
                    due_on=due,
                    basis=campaign.notice,
                )
            )
    return found


RESOLUTION_WARNING = 14
"""Calendar days before a resolution's last day from which it is shown."""

CARRY_OUT = {True: _l("Carry out the resolution"), False: _l("Have the resolution carried out")}
"""By whether the own office is responsible, or called the meeting."""


def resolutions_to_carry_out(actor: Actor, today: date) -> list[Todo]:
    """Resolutions of joint meetings that the own office called, or that name it as responsible."""
    return [
        Todo(
            what=CARRY_OUT[joint_meetings.answers_for(actor, row)],
            about=row.text,
            endpoint="joint.resolution",
            arguments={"resolution_id": row.id},
            due_on=row.due_on,
        )
        for row in joint_meetings.waiting(actor, today + timedelta(RESOLUTION_WARNING), MOST)
    ]


def rechecks_ordered(actor: Actor, _today: date) -> list[Todo]:
    """Places that an office, the own one or one above, wants to be looked at again (回头看)."""
    return [
        Todo(
            what=_l("Look at the place again"),
            about=_at(row.subject.name, row.subject.address),
            endpoint="joint.task",
            arguments={"task_id": row.id},
            due_on=row.due_on,
        )
        for row in joint_rechecks.assigned(actor, MOST)
    ]


def returns_to_submit(actor: Actor, today: date) -> list[Todo]:
    """Own tables due within three days, late, sent back, or asked for by the office above."""
    return [Todo(**one._asdict()) for one in waiting.to_report(actor, today)]


def returns_to_accept(actor: Actor, today: date) -> list[Todo]:
    """Tables that came from below and wait for an answer."""
    return [Todo(**one._asdict()) for one in waiting.to_accept(actor, today)]


def returns_to_sign(actor: Actor, today: date) -> list[Todo]:
    """签发: tables of the own region that go up only with the head's name."""
    return [Todo(**one._asdict()) for one in waiting.to_sign(actor, today)]


# ---------------------------------------------------------------- people


def certificates(actor: Actor, today: date) -> list[Todo]:
    """Officers of the own authority whose certificate ends soon or has ended: without one they may not act."""
    query = (
        select(Officer)
        .join(Officer.agency)
        .where(or_(Agency.id == actor.authority_id, Agency.acts_for_id == actor.authority_id))
        .where(Officer.certificate_to <= today + timedelta(CERTIFICATE_WARNING))
        .order_by(Officer.certificate_to, Officer.id)
        .options(selectinload(Officer.agency))
        .limit(MOST)
    )
    return [
        Todo(
            what=_l("Have the certificate renewed"),
            about=f"{officer.name} · {officer.certificate}",
            endpoint="accounts.officer",
            arguments={"officer_id": officer.id},
            due_on=officer.certificate_to,
            basis=TWO_OFFICERS,
        )
        for officer in db.session.scalars(query)
    ]


SOURCES: tuple[tuple[P, Source], ...] = (
    (P.CASE_APPROVE, cases_to_approve),
    (P.CASE_REVIEW, cases_to_review),
    (P.CASE_HANDLE, cases_to_handle),
    (P.INSPECTION_WRITE, visits),
    (P.INSPECTION_WRITE, drafts),
    (P.INSPECTION_WRITE, rechecks),
    (P.INSPECTION_WRITE, rechecks_ordered),
    (P.INSPECTION_APPROVE, entries_to_approve),
    (P.COMPLAINT_ASSIGN, complaints_to_assign),
    (P.COMPLAINT_HANDLE, complaints_to_handle),
    (P.CAMPAIGN_WRITE, typical_cases_to_choose),
    (P.CAMPAIGN_WRITE, typical_cases),
    (P.CAMPAIGN_WRITE, resolutions_to_carry_out),
    (P.CAMPAIGN_WRITE, returns_to_submit),
    (P.CAMPAIGN_WRITE, returns_to_accept),
    (P.CAMPAIGN_SIGN, returns_to_sign),
    (P.OFFICERS_WRITE, certificates),
)
