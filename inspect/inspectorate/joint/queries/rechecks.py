"""回头看: places that may be looked at again, orders, tasks with their results, and what contradicts a report."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from ...accounts.actor import Actor
from ...accounts.models import Agency
from ...accounts.permissions import Permission
from ...accounts.scope import in_region, in_scope, scoped_get
from ...cases.models import Case
from ...extensions import db
from ...inspections.models import Finding, Inspection, InspectionOfficer
from ...paging import Key, Part, part_of
from ..models import RecheckOrder, RecheckTask
from ..rules import Standing
from .reach import may_write, own

RECHECK = "recheck"
NOT_MENDED = ("partly", "unmended")


class Criteria(NamedTuple):
    """What the places are narrowed to; empty: not by this. ``earlier`` is a key of ``words.EARLIER``."""

    region: str = ""
    category: str = ""
    earlier: str = "any"
    since: date | None = None
    until: date | None = None

    def as_kept(self) -> dict[str, str]:
        """As the order keeps them."""
        return {name: str(value) for name, value in self._asdict().items() if value}


def candidates(actor: Actor, campaign_id: str, criteria: Criteria) -> Select[Inspection]:
    """The last report of each place that was inspected in the campaign and waits for no other re-check."""
    later, waiting = aliased(Inspection), aliased(RecheckTask)
    newer = or_(
        later.inspected_on > Inspection.inspected_on,
        and_(later.inspected_on == Inspection.inspected_on, later.id > Inspection.id),
    )
    superseded = exists().where(
        later.subject_id == Inspection.subject_id, later.campaign == campaign_id, later.state == "submitted", newer
    )
    waits = exists().where(
        waiting.subject_id == Inspection.subject_id,
        waiting.campaign == campaign_id,
        waiting.result.is_(None),
        waiting.dropped_reason.is_(None),
    )
    clauses = [
        Inspection.campaign == campaign_id,
        Inspection.state == "submitted",
        in_scope(Inspection, actor),
        in_region(Inspection.region_code, criteria.region) if criteria.region else None,
        Inspection.category == criteria.category if criteria.category else None,
        Inspection.inspected_on >= criteria.since if criteria.since else None,
        Inspection.inspected_on <= criteria.until if criteria.until else None,
        _earlier(criteria.earlier),
        ~superseded,
        ~waits,
    ]
    query: Select[Any] = select(Inspection).where(*(clause for clause in clauses if clause is not None))
    return query


def _earlier(result: str) -> ColumnElement[bool] | None:
    found = exists().where(Finding.inspection_id == Inspection.id)
    closed = exists().where(Case.inspection_id == Inspection.id, Case.state == "closed")
    ordered = Inspection.order_correction.is_(True)
    return {"found": found, "clean": ~found, "ordered": ordered, "closed": closed}.get(result)


def population(query: Select[Inspection], most: int) -> list[int]:
    """The ids of the inspections, in their order, one more than ``most`` at most."""
    ids = query.with_only_columns(Inspection.id).order_by(Inspection.id).limit(most + 1)
    return list(db.session.scalars(ids))


def first_candidates(query: Select[Inspection], most: int) -> Sequence[Inspection]:
    """The latest of them, to be ticked."""
    order = (Inspection.inspected_on.desc(), Inspection.id.desc())
    return db.session.scalars(query.options(joinedload(Inspection.subject)).order_by(*order).limit(most)).all()


def inspections(ids: Sequence[int]) -> Mapping[int, Inspection]:
    """Those of some ids, with their places."""
    query = select(Inspection).where(Inspection.id.in_(ids)).options(joinedload(Inspection.subject))
    return {row.id: row for row in db.session.scalars(query)}


class Claim(NamedTuple):
    """What the office below had reported: a key of ``words.CLAIMS``, its day, and the case it is about, if any."""

    as_what: str | None = None
    on: date | None = None
    case_id: int | None = None


def claims(reports: Sequence[Inspection], before: date) -> dict[int, Claim]:
    """By report: whether its matter had been reported as mended before a day. Two statements for all.

    A case that came of the report and is closed says so; else a follow-up that found nothing any more.
    """
    found = {report.id: Claim() for report in reports}
    cases = select(Case).where(Case.inspection_id.in_(list(found))).order_by(Case.id)
    for row in db.session.scalars(cases):
        closed = row.state == "closed" and row.closed_on is not None and row.closed_on <= before
        report_id = row.inspection_id or 0
        found[report_id] = Claim("case_closed", row.closed_on, row.id) if closed else Claim(case_id=row.id)
    by_subject = {report.subject_id: report for report in reports}
    clean = ~exists().where(Finding.inspection_id == Inspection.id)
    follow_ups = select(Inspection.subject_id, Inspection.inspected_on, Inspection.id).where(
        Inspection.subject_id.in_(list(by_subject)),
        Inspection.state == "submitted",
        Inspection.reason.in_(("follow_up", RECHECK)),
        Inspection.order_correction.is_(False),
        Inspection.inspected_on < before,
        clean,
    )
    for subject_id, on, report_id in db.session.execute(follow_ups.order_by(Inspection.inspected_on)):
        report = by_subject[subject_id]
        known = found[report.id]
        if (on, report_id) > (report.inspected_on, report.id) and known.as_what is None:
            found[report.id] = Claim("follow_up", on, known.case_id)
    return found


def offices(actor: Actor) -> dict[str, Agency]:
    """The authorities of the own sector in the region and below, by region: the oldest of each."""
    query = select(Agency).where(in_scope(Agency, actor), Agency.acts_for_id.is_(None)).order_by(Agency.id.desc())
    return {agency.region_code: agency for agency in db.session.scalars(query)}


# ---------------------------------------------------------------- orders and tasks


def orders(actor: Actor, campaign_id: str) -> Sequence[RecheckOrder]:
    """The orders of the region and below, the latest first."""
    query = (
        select(RecheckOrder)
        .where(RecheckOrder.campaign == campaign_id, in_scope(RecheckOrder, actor))
        .order_by(RecheckOrder.ordered_on.desc(), RecheckOrder.id.desc())
        .options(joinedload(RecheckOrder.agency))
        .limit(100)
    )
    return db.session.scalars(query).all()


def places_of(orders: Sequence[RecheckOrder]) -> Mapping[int, int]:
    """How many places each order names, by its id."""
    named = select(RecheckTask.order_id, func.count()).group_by(RecheckTask.order_id)
    rows = db.session.execute(named.where(RecheckTask.order_id.in_([one.id for one in orders])))
    return {order_id: places for order_id, places in rows}


def order(actor: Actor, order_id: int) -> RecheckOrder:
    """One in scope. Raises NotFound."""
    return scoped_get(RecheckOrder, order_id, actor)


def order_by_key(key: str) -> RecheckOrder | None:
    """The order of a form that was sent before."""
    return db.session.scalar(select(RecheckOrder).where(RecheckOrder.key == key))


def task(actor: Actor, task_id: int) -> RecheckTask:
    """One whose place lies in scope. Raises NotFound."""
    return scoped_get(RecheckTask, task_id, actor)


def own_order(actor: Actor, order_id: int) -> RecheckOrder:
    """One that the actor has ordered. Raises NotFound, Forbidden."""
    return own(RecheckOrder, order_id, actor)


def may_answer(actor: Actor, row: RecheckTask) -> bool:
    """The officers of the authority to which the task was given."""
    return actor.may(Permission.INSPECTION_WRITE) and row.agency_id == actor.authority_id


def may_drop(actor: Actor, row: RecheckTask) -> bool:
    """Whoever ordered it."""
    return row.result is None and row.dropped_reason is None and may_write(row.order, actor)


def _narrowed(standing: str, today: date) -> ColumnElement[bool]:
    live = RecheckTask.dropped_reason.is_(None)
    waiting = and_(live, RecheckTask.result.is_(None))
    return {
        Standing.OPEN: and_(waiting, RecheckTask.due_on >= today),
        Standing.OVERDUE: and_(waiting, RecheckTask.due_on < today),
        Standing.DONE: and_(live, RecheckTask.result.is_not(None)),
        Standing.DROPPED: ~live,
    }.get(Standing(standing), false())


class TaskFilter(NamedTuple):
    """What the list of tasks is narrowed to; ``contradicted``: only where the result belies an earlier report."""

    region: str = ""
    standing: str = ""
    result: str = ""
    order_id: int | None = None
    contradicted: bool = False


def tasks(actor: Actor, campaign_id: str, filter: TaskFilter, today: date) -> Select[RecheckTask]:
    """The tasks in scope that a filter lets through."""
    clauses = [
        RecheckTask.campaign == campaign_id,
        in_scope(RecheckTask, actor),
        in_region(RecheckTask.region_code, filter.region) if filter.region else None,
        _narrowed(filter.standing, today) if filter.standing else None,
        RecheckTask.result == filter.result if filter.result else None,
        RecheckTask.order_id == filter.order_id if filter.order_id else None,
        contradicted() if filter.contradicted else None,
    ]
    query: Select[Any] = select(RecheckTask).options(
        joinedload(RecheckTask.subject), joinedload(RecheckTask.agency), joinedload(RecheckTask.order)
    )
    return query.where(*(clause for clause in clauses if clause is not None))


def page(query: Select[RecheckTask], *, after: str | None, before: str | None) -> Part[RecheckTask]:
    """A part of the list; what ends first stands first."""
    return part_of(query, [Key(RecheckTask.due_on), Key(RecheckTask.id)], after=after, before=before)


def contradicted() -> ColumnElement[bool]:
    """The office below had reported it as mended, and it is not."""
    return and_(RecheckTask.claimed.is_not(None), RecheckTask.result.in_(NOT_MENDED))


def contradictions(actor: Actor, campaign_id: str, today: date, most: int = 20) -> Sequence[RecheckTask]:
    """The latest results that belie a report."""
    query = tasks(actor, campaign_id, TaskFilter(contradicted=True), today)
    return db.session.scalars(query.order_by(RecheckTask.result_on.desc(), RecheckTask.id.desc()).limit(most)).all()


def reports_for(row: RecheckTask) -> Sequence[Inspection]:
    """Submitted re-checks of the place since the order, by the office that was to go there: the latest first."""
    team = select(Agency.id).where(or_(Agency.id == row.agency_id, Agency.acts_for_id == row.agency_id))
    query = select(Inspection).where(
        Inspection.subject_id == row.subject_id,
        Inspection.state == "submitted",
        Inspection.reason == RECHECK,
        Inspection.inspected_on >= row.order.ordered_on,
        Inspection.agency_id.in_(team),
    )
    return db.session.scalars(query.order_by(Inspection.inspected_on.desc(), Inspection.id.desc())).all()


def drafts_for(row: RecheckTask, actor: Actor) -> Sequence[Inspection]:
    """Drafts of a re-check of the place in which the actor takes part."""
    there = select(InspectionOfficer.inspection_id).where(InspectionOfficer.officer_id == actor.officer_id)
    query = select(Inspection).where(
        Inspection.subject_id == row.subject_id,
        Inspection.state == "draft",
        Inspection.reason == RECHECK,
        or_(Inspection.id.in_(there), Inspection.created_by_id == actor.user_id),
    )
    return db.session.scalars(query.order_by(Inspection.id.desc())).all()


def assigned(actor: Actor, most: int) -> Sequence[RecheckTask]:
    """Tasks of the actor's authority that wait for a result, what ends first first."""
    query = (
        select(RecheckTask)
        .where(RecheckTask.agency_id == actor.authority_id, RecheckTask.result.is_(None))
        .where(RecheckTask.dropped_reason.is_(None), in_scope(RecheckTask, actor))
        .order_by(RecheckTask.due_on, RecheckTask.id)
        .options(joinedload(RecheckTask.subject))
        .limit(most)
    )
    return db.session.scalars(query).all()
