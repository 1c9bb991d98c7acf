"""Use cases of 行政检查审批: asking for an entry, approving or refusing it (国办发〔2024〕54号).

Where it is urgent the inspection may begin at once; the approval then follows within a day, and shows as late when not.
"""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock
from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.queries import own_agency
from ..accounts.regions import covers
from ..accounts.scope import check_version
from ..audit.actions import record
from ..campaigns.queries import open_campaigns
from ..errors import Forbidden, Refusal, Refusals, refuse
from ..extensions import db
from ..registry import queries as registry
from ..registry.models import Establishment, Subject
from ..turns import take_turn
from . import queries, rules
from .models import EntryApproval, Inspection, InspectionOfficer
from .rules import Request
from .words import ITEMS_BY_KIND, ITEMS_OTHERWISE


def request_entry(actor: Actor, request: Request, today: date) -> EntryApproval:
    """Ask for an entry; the head of the authority decides. Raises Refusals, NotFound, Forbidden."""
    if not actor.may(Permission.INSPECTION_WRITE):
        raise Forbidden
    take_turn("entry approval", request.key)
    if known := queries.approval_by_key(request.key):
        return queries.approval(actor, known.id)
    subject = registry.subject(actor, request.subject_id)
    refuse(rules.request_objections(request, today))
    running = {one.id for one in open_campaigns(request.planned_from, subject.region_code)}
    if request.campaign and request.campaign not in running:
        raise Refusal(
            _("This campaign does not run here on the first planned day. Choose another, or a later day."),
            field="campaign",
        )
    agency = own_agency(actor)
    refuse_other_region(agency.region_code, subject)
    entry = EntryApproval(
        **request._asdict() | {"urgent_reason": request.urgent_reason if request.urgent else None},
        agency_id=agency.id,
        region_code=subject.region_code,
        sector=agency.sector,
        requested_by_id=actor.user_id,
        requested_at=clock.now(),
    )
    db.session.add(entry)
    db.session.flush()
    record(entry, "inspections:entry:request", actor, reason=entry.urgent_reason)
    return entry


def refuse_other_region(agency_region: str, subject: Subject) -> None:
    """An agency inspects in its own region. Raises Refusal."""
    if not covers(agency_region, subject.region_code):
        raise Refusal(
            _("This place lies outside the region of your agency. Pass it on to the agency there."), field="subject_id"
        )


def approve_entry(actor: Actor, approval_id: int, *, version: int | None = None, opinion: str | None = None) -> None:
    """Approve an entry, before it or, where urgent, afterwards. Raises Refusal, Stale, NotFound, Forbidden."""
    entry = _decide(actor, approval_id, "approved", version=version, opinion=opinion)
    record(entry, "inspections:entry:approve", actor, reason=opinion)


def refuse_entry(actor: Actor, approval_id: int, *, version: int | None = None, opinion: str | None) -> None:
    """Refuse an entry with the reason. Raises Refusal, Stale, NotFound, Forbidden."""
    if not opinion:
        raise Refusal(_("Write why the entry is refused, so that the inspector knows what to change."), field="opinion")
    entry = _decide(actor, approval_id, "refused", version=version, opinion=opinion)
    record(entry, "inspections:entry:refuse", actor, reason=opinion)


def approve_entries(actor: Actor, approval_ids: Sequence[int]) -> int:
    """Approve several at once, all or none; returns how many. Raises Refusals naming the places and why not.

    In the order of their ids: two heads who ticked the same in different orders would each hold what the other needs.
    """
    if not approval_ids:
        raise Refusal(_("Tick at least one entry."))
    refusals = []
    for approval_id in sorted(set(approval_ids)):
        try:
            approve_entry(actor, approval_id)
        except Refusal as refusal:
            name = queries.approval(actor, approval_id).subject.name
            refusals.append(Refusal(_("%(name)s: %(why)s", name=name, why=refusal.message)))
    if refusals:
        raise Refusals(refusals)
    return len(set(approval_ids))


def _decide(actor: Actor, approval_id: int, state: str, *, version: int | None, opinion: str | None) -> EntryApproval:
    entry = queries.approval(actor, approval_id)
    if not actor.may(Permission.INSPECTION_APPROVE):
        raise Forbidden
    check_version(entry, version)
    if entry.state != "requested":
        raise Refusal(_("This entry has been decided already. Reload the page to see by whom."))
    if entry.agency.authority.id != actor.authority_id:
        raise Refusal(_("Only the head of the authority that inspects may decide."))
    if entry.requested_by_id == actor.user_id or _took_part(actor, entry):
        raise Refusal(_("You asked for this entry or took part in it. Another head decides."))
    entry.state, entry.opinion = state, opinion
    entry.decided_by_id, entry.decided_at = actor.user_id, clock.now()
    db.session.flush()
    return entry


def _took_part(actor: Actor, entry: EntryApproval) -> bool:
    if actor.officer_id is None:
        return False
    query = (
        select(InspectionOfficer.id)
        .join(Inspection, Inspection.id == InspectionOfficer.inspection_id)
        .where(Inspection.entry_approval_id == entry.id, InspectionOfficer.officer_id == actor.officer_id)
        .limit(1)
    )
    return db.session.scalar(query) is not None


def proposed_items(subject: Subject) -> str:
    """检查事项 proposed for a kind of subject, to be changed to the office's published list."""
    kind = subject.kind if isinstance(subject, Establishment) else None
    return ITEMS_BY_KIND.get(kind or "", ITEMS_OTHERWISE)


def is_late(entry: EntryApproval, today: date) -> bool:
    """Whether an urgent entry should have been approved by now."""
    return entry.urgent and entry.state == "requested" and today > rules.approval_due_on(entry.requested_at)


def may_start(entry: EntryApproval, today: date) -> bool:
    """Whether the visit may be made today: approved, or urgent and not yet refused, within its days."""
    open_ = entry.state == "approved" or (entry.urgent and entry.state == "requested")
    return open_ and entry.planned_from <= today <= entry.planned_to


def entry_is_needed(subject: Subject) -> bool:
    """Whether this subject is inspected only with an approved entry (see ``rules.entry_needed``)."""
    uscc = subject.uscc if isinstance(subject, Establishment) else None
    return rules.entry_needed(subject.party, uscc, bool(subject.licences))
