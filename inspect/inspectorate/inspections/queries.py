"""Reading inspections and entry approvals, all within the actor's scope."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import defer, joinedload, selectinload

from ..accounts.actor import Actor
from ..accounts.models import Agency, User
from ..accounts.regions import covers
from ..accounts.scope import in_region, in_scope, scoped_get
from ..extensions import db
from ..paging import PART, Key, Part, count_of, part_of
from ..registry.models import Subject
from ..search.finding import arranged, bearing
from .models import SEARCHED, EntryApproval, Finding, Inspection, InspectionOfficer


def inspection(actor: Actor, inspection_id: int) -> Inspection:
    """One inspection in scope. Raises NotFound."""
    return scoped_get(Inspection, inspection_id, actor)


def inspection_by_key(key: str) -> Inspection | None:
    """The inspection that a device made under this key, if it has arrived already."""
    return db.session.scalar(select(Inspection).where(Inspection.source == "local", Inspection.key == key))


def of_subject(actor: Actor, subject_id: int) -> Sequence[Inspection]:
    """The inspections of one subject in scope, latest first."""
    query = (
        select(Inspection)
        .where(Inspection.subject_id == subject_id, Inspection.state != "withdrawn", in_scope(Inspection, actor))
        .order_by(Inspection.inspected_on.desc(), Inspection.id.desc())
        .options(selectinload(Inspection.findings), joinedload(Inspection.agency))
    )
    return db.session.scalars(query).unique().all()


def looked_at_again(actor: Actor, report: Inspection) -> bool:
    """Whether a later visit to the same subject is submitted: an order to correct then waits for no recheck."""
    visits = of_subject(actor, report.subject_id)
    return any(one.state == "submitted" and one.inspected_on > report.inspected_on for one in visits)


def order_to_recheck(actor: Actor, report: Inspection) -> Inspection | None:
    """The last report before this one that ordered the subject to correct something, where this one is a recheck."""
    if report.reason != "recheck":
        return None
    visits = (one for one in of_subject(actor, report.subject_id) if one.id != report.id and one.state == "submitted")
    return next((one for one in visits if one.order_correction and one.inspected_on <= report.inspected_on), None)


def _mine(actor: Actor) -> ColumnElement[bool]:
    """Made by the actor, or the actor is one of its officers: two short lists, not a condition on every row."""
    made = select(Inspection.id).where(Inspection.created_by_id == actor.user_id)
    there = select(InspectionOfficer.inspection_id).where(InspectionOfficer.officer_id == actor.officer_id)
    return Inspection.id.in_(made.union(there))


def my_drafts(actor: Actor) -> Sequence[Inspection]:
    """Reports that the actor has begun or takes part in and that are not submitted, latest first."""
    query = (
        select(Inspection)
        .where(Inspection.state == "draft", in_scope(Inspection, actor), _mine(actor))
        .order_by(Inspection.inspected_on.desc(), Inspection.id.desc())
        .options(joinedload(Inspection.subject), joinedload(Inspection.entry_approval))
    )
    return db.session.scalars(query).all()


def taking_part(actor: Actor, report: Inspection) -> bool:
    """Whether the actor may write this report: its maker or one of its officers."""
    officers = {one.officer_id for one in report.officers}
    return report.created_by_id == actor.user_id or (actor.officer_id is not None and actor.officer_id in officers)


# ---------------------------------------------------------------- entry approvals


def _of_authority(actor: Actor) -> ColumnElement[bool]:
    """Approvals of the actor's authority and of the teams that act for it."""
    return or_(Agency.id == actor.authority_id, Agency.acts_for_id == actor.authority_id)


def approval(actor: Actor, approval_id: int) -> EntryApproval:
    """One entry approval in scope. Raises NotFound."""
    return scoped_get(EntryApproval, approval_id, actor)


def approval_by_key(key: str) -> EntryApproval | None:
    """The request that was made under this key, if it has arrived already."""
    return db.session.scalar(select(EntryApproval).where(EntryApproval.key == key))


def waiting_approvals(actor: Actor) -> Select[Any]:
    """Entries of the actor's authority that wait for approval."""
    return _approvals(actor).where(EntryApproval.state == "requested")


def decided_approvals(actor: Actor) -> Select[Any]:
    """The entries of the actor's authority that are decided."""
    return _approvals(actor).where(EntryApproval.state != "requested")


def _approvals(actor: Actor) -> Select[Any]:
    return (
        select(EntryApproval)
        .join(EntryApproval.agency)
        .where(in_scope(EntryApproval, actor), _of_authority(actor))
        .options(joinedload(EntryApproval.subject), joinedload(EntryApproval.agency))
    )


def approvals_page(
    query: Select[Any],
    *,
    decided: bool = False,
    after: str | None = None,
    before: str | None = None,
    size: int = PART,
) -> Part[EntryApproval]:
    """A part of a list: urgent ones first and then by the first planned day, or those decided last first."""
    waiting = [Key(EntryApproval.urgent, down=True), Key(EntryApproval.planned_from), Key(EntryApproval.id)]
    last = [Key(EntryApproval.decided_at, down=True), Key(EntryApproval.id, down=True)]
    return part_of(query, last if decided else waiting, after=after, before=before, size=size)


def _unused(*, except_for: int | None = None) -> ColumnElement[bool]:
    """Approvals that no report uses; one approval covers one visit."""
    used = select(Inspection.entry_approval_id).where(
        Inspection.entry_approval_id.is_not(None), Inspection.state != "withdrawn"
    )
    if except_for is not None:
        used = used.where(Inspection.id != except_for)
    return EntryApproval.id.not_in(used)


def usable_approvals(actor: Actor, subject_id: int, report_id: int | None = None) -> Sequence[EntryApproval]:
    """Approvals of entry to one subject that the actor's authority may still use, for a report of its own perhaps."""
    query = (
        select(EntryApproval)
        .join(EntryApproval.agency)
        .where(
            EntryApproval.subject_id == subject_id,
            EntryApproval.state != "refused",
            _of_authority(actor),
            _unused(except_for=report_id),
        )
        .order_by(EntryApproval.planned_from.desc())
    )
    return db.session.scalars(query).all()


def visits_on(actor: Actor, day: date) -> Sequence[EntryApproval]:
    """Entries of the actor's own agency that may be made on a day and have no report yet: today's visits."""
    query = (
        select(EntryApproval)
        .where(
            EntryApproval.agency_id == actor.agency_id,
            or_(EntryApproval.state == "approved", and_(EntryApproval.urgent, EntryApproval.state == "requested")),
            EntryApproval.planned_from <= day,
            EntryApproval.planned_to >= day,
            _unused(),
        )
        .order_by((EntryApproval.requested_by_id == actor.user_id).desc(), EntryApproval.planned_to, EntryApproval.id)
        .options(joinedload(EntryApproval.subject))
        .limit(100)
    )
    return db.session.scalars(query).all()


def my_requests(actor: Actor) -> Sequence[EntryApproval]:
    """Entries that the actor asked for and that are not decided yet."""
    query = (
        select(EntryApproval)
        .where(EntryApproval.requested_by_id == actor.user_id, EntryApproval.state == "requested")
        .order_by(EntryApproval.planned_from, EntryApproval.id)
        .options(joinedload(EntryApproval.subject))
    )
    return db.session.scalars(query).all()


# ---------------------------------------------------------------- the list

OFFERED = 100
"""Agencies that a filter offers at most."""


class Filters(NamedTuple):
    """What a list of inspections lets through; None and "" let everything through."""

    words: str = ""
    state: str = ""
    campaign: str = ""
    category: str = ""
    reason: str = ""
    region: str = ""
    agency_id: int | None = None
    since: date | None = None
    until: date | None = None
    mine: bool = False

    def applied(self) -> int:
        """How many are in force."""
        return sum(map(bool, self))


def filtered(actor: Actor, filters: Filters) -> Select[Any]:
    """The inspections in scope that the filters let through, without order."""
    query = select(Inspection).where(in_scope(Inspection, actor))
    for column, value in (
        (Inspection.campaign, filters.campaign),
        (Inspection.category, filters.category),
        (Inspection.reason, filters.reason),
        (Inspection.agency_id, filters.agency_id),
    ):
        if value:
            query = query.where(column == value)
    query = query.where(Inspection.state == filters.state if filters.state else Inspection.state != "withdrawn")
    if filters.region:
        query = query.where(in_region(Inspection.region_code, filters.region))
    if filters.since:
        query = query.where(Inspection.inspected_on >= filters.since)
    if filters.until:
        query = query.where(Inspection.inspected_on <= filters.until)
    if filters.mine:
        query = query.where(_mine(actor))
    return bearing(query, SEARCHED, filters.words, actor, region=filters.region)


def agencies_to_choose(actor: Actor, region: str | None, chosen: int | None) -> Sequence[Agency]:
    """Agencies for a filter, the widest first: more than a list can show are found by narrowing the region."""
    inside = in_region(Agency.region_code, region) if region and covers(actor.region_code, region) else true()
    query = select(Agency).where(in_scope(Agency, actor))
    found = list(db.session.scalars(query.where(inside).order_by(Agency.region_code, Agency.id).limit(OFFERED)))
    if chosen and all(one.id != chosen for one in found):
        found += db.session.scalars(query.where(Agency.id == chosen))
    return found


def count(query: Select[Any]) -> int:
    """How many rows, counted no further than a list says."""
    return count_of(query)


def page(
    query: Select[Any], *, sort: str = "", after: str | None = None, before: str | None = None
) -> Part[Inspection]:
    """A part of a list, the latest visit first; ``day`` turns the order round."""
    down = sort != "day"
    loaded = query.options(
        defer(Inspection.seen), defer(Inspection.remarks), defer(Inspection.party_statement),
        defer(Inspection.correction_text), defer(Inspection.opinion_text),
        joinedload(Inspection.subject).load_only(Subject.name),
        joinedload(Inspection.agency).load_only(Agency.name),
        selectinload(Inspection.findings).load_only(Finding.inspection_id, Finding.position),
    )  # fmt: skip
    arrangement = arranged(loaded, [Key(Inspection.inspected_on, down), Key(Inspection.id, down)], down=down)
    return part_of(*arrangement, after=after, before=before)


def whole(query: Select[Any]) -> Select[Any]:
    """A list for a file, the latest visit first, with all that a line tells."""
    loaded = query.options(
        joinedload(Inspection.subject),
        joinedload(Inspection.agency),
        selectinload(Inspection.findings),
        selectinload(Inspection.officers).joinedload(InspectionOfficer.officer),
    )
    return loaded.order_by(Inspection.inspected_on.desc(), Inspection.id.desc())


def makers(reports: Sequence[Inspection | EntryApproval]) -> dict[int, str]:
    """Names of the people behind the rows, by user id."""
    ids = {
        getattr(row, name, None) for row in reports for name in ("created_by_id", "requested_by_id", "decided_by_id")
    }
    query = select(User.id, User.display_name).where(User.id.in_(ids - {None}))
    return {user_id: name for user_id, name in db.session.execute(query)}


def makers_within(report: Inspection) -> dict[int, str]:
    """Names of those who wrote the supplements of a report or added its evidence, by user id."""
    ids = {one.made_by_id for one in report.supplements} | {one.added_by_id for one in report.evidence}
    query = select(User.id, User.display_name).where(User.id.in_(ids - {None}))
    return {user_id: name for user_id, name in db.session.execute(query)}


def report_under(actor: Actor, approval_id: int) -> Inspection | None:
    """The report in scope that uses an approval, if there is one."""
    query = select(Inspection).where(
        Inspection.entry_approval_id == approval_id, Inspection.state != "withdrawn", in_scope(Inspection, actor)
    )
    return db.session.scalars(query.limit(1)).first()
