"""Reading complaints: in the own region and sector; the reporter only by those who handle or assign."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from ..accounts.actor import Actor
from ..accounts.permissions import Permission as P
from ..accounts.scope import in_region, in_scope, scoped_get
from ..cases.models import Case
from ..extensions import db
from ..inspections.models import Inspection
from ..paging import Key, Part, part_of
from ..search.finding import arranged, bearing
from .models import SEARCHED, Complaint
from .rules import State

EVENTS: dict[str, tuple[Any, ColumnElement[bool] | None]] = {
    "received": (Complaint.received_on, None),
    "closed": (Complaint.closed_on, None),
    "penalised": (Complaint.closed_on, Complaint.penalised.is_(True)),
    "replied": (Complaint.replied_on, None),
    "satisfied": (Complaint.replied_on, Complaint.satisfied.is_(True)),
}
"""What the 2021 annex counts, each by its own day (measures of the interchange contract)."""


class Filter(NamedTuple):
    """What a list is narrowed to. ``since`` and ``until`` (both included) bound the day of ``event``."""

    words: str | None = None
    state: str | None = None
    event: str = "received"
    since: date | None = None
    until: date | None = None
    channel: str | None = None
    region: str | None = None
    campaign: str | None = None
    category: str | None = None
    mine: bool = False


def complaint(actor: Actor, complaint_id: int) -> Complaint:
    """One complaint in scope. Raises NotFound."""
    return scoped_get(Complaint, complaint_id, actor)


def may_assign(actor: Actor, row: Complaint) -> bool:
    """Whether the actor accepts and assigns complaints of the authority that received this one."""
    return actor.may(P.COMPLAINT_ASSIGN) and row.agency_id == actor.authority_id


def may_work_on(actor: Actor, row: Complaint) -> bool:
    """Whether the actor handles this complaint or assigns in its authority."""
    handles = actor.officer_id is not None and row.handler_id == actor.officer_id
    return may_assign(actor, row) or (handles and actor.may(P.COMPLAINT_HANDLE))


def may_see_reporter(actor: Actor, row: Complaint) -> bool:
    """The reporter is shielded from everyone but those who assign complaints and the one who handles this one."""
    return actor.may(P.COMPLAINT_ASSIGN) or may_work_on(actor, row)


def complaints(actor: Actor, filter: Filter) -> Select[Complaint]:
    """The complaints in scope that a filter lets through."""
    day, condition = EVENTS[filter.event]
    counted = filter.event != "received" or filter.since or filter.until
    clauses = [
        in_scope(Complaint, actor),
        day.is_not(None),
        condition,
        _state_clause(filter.state) if filter.state else Complaint.withdrawn_reason.is_(None) if counted else None,
        day >= filter.since if filter.since else None,
        day <= filter.until if filter.until else None,
        Complaint.channel == filter.channel if filter.channel else None,
        in_region(Complaint.region_code, filter.region) if filter.region else None,
        Complaint.campaign == filter.campaign if filter.campaign else None,
        Complaint.category == filter.category if filter.category else None,
        Complaint.handler_id == actor.officer_id if filter.mine else None,
    ]
    query = select(Complaint).options(joinedload(Complaint.subject), joinedload(Complaint.handler))
    narrowed = query.where(*(clause for clause in clauses if clause is not None))
    return bearing(narrowed, SEARCHED, filter.words or "", actor, region=filter.region)


def _state_clause(state: str) -> ColumnElement[bool]:
    alive = Complaint.withdrawn_reason.is_(None)
    open_ = and_(alive, Complaint.closed_on.is_(None))
    return {
        "open": open_,
        State.RECEIVED: and_(open_, Complaint.accepted_on.is_(None)),
        State.HANDLING: and_(open_, Complaint.accepted_on.is_not(None)),
        State.CLOSED: and_(alive, Complaint.closed_on.is_not(None), Complaint.replied_on.is_(None)),
        State.REPLIED: and_(alive, Complaint.closed_on.is_not(None), Complaint.replied_on.is_not(None)),
        State.WITHDRAWN: ~alive,
    }[state]


def page(query: Select[Any], *, oldest_first: bool, after: str | None, before: str | None) -> Part[Complaint]:
    """A part of a list by the day of receipt."""
    keys = [Key(Complaint.received_on, down=not oldest_first), Key(Complaint.id, down=not oldest_first)]
    return part_of(*arranged(query, keys, down=not oldest_first), after=after, before=before)


def counts(actor: Actor, filter: Filter) -> dict[str, int]:
    """Received, closed, penalised, replied and satisfied within the filter's days, each by its own day."""
    measures = [func.count().filter(_within(*EVENTS[event], filter)).label(event) for event in EVENTS]
    clauses = [
        in_scope(Complaint, actor),
        Complaint.withdrawn_reason.is_(None),
        in_region(Complaint.region_code, filter.region) if filter.region else None,
        Complaint.channel == filter.channel if filter.channel else None,
        Complaint.campaign == filter.campaign if filter.campaign else None,
        Complaint.category == filter.category if filter.category else None,
    ]
    row = db.session.execute(
        select(*measures).select_from(Complaint).where(*(clause for clause in clauses if clause is not None))
    ).one()
    return {event: int(getattr(row, event)) for event in EVENTS}


def _within(day: Any, condition: ColumnElement[bool] | None, filter: Filter) -> ColumnElement[bool]:
    clauses = [
        day.is_not(None),
        condition,
        day >= filter.since if filter.since else None,
        day <= filter.until if filter.until else None,
    ]
    return and_(*(clause for clause in clauses if clause is not None))


def inspections_of(actor: Actor, row: Complaint) -> Sequence[Inspection]:
    """The inspections made because of a complaint, as far as the actor may see them."""
    if not actor.may(P.INSPECTION_READ):
        return []
    query = select(Inspection).where(Inspection.complaint_id == row.id, in_scope(Inspection, actor))
    return db.session.scalars(query.where(Inspection.state != "withdrawn").order_by(Inspection.inspected_on)).all()


def cases_of(actor: Actor, row: Complaint) -> Sequence[Case]:
    """The cases opened because of a complaint, directly or after its inspection, as far as the actor may see them."""
    if not actor.may(P.CASE_READ):
        return []
    after = select(Inspection.id).where(Inspection.complaint_id == row.id)
    origin = or_(Case.complaint_id == row.id, Case.inspection_id.in_(after))
    return db.session.scalars(select(Case).where(origin, in_scope(Case, actor)).order_by(Case.id)).all()


def led_to_penalty(cases: Sequence[Case]) -> bool:
    """Whether a decision with a penalty came out of one of the cases."""
    decisions = [one.decision for found in cases for one in found.respondents if one.decision]
    return any(decision.decided_on and decision.penalties and not decision.annulled_on for decision in decisions)
