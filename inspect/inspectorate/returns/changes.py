"""Which records were changed since a table was reported: where its differences come from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.scope import in_region
from ..audit.models import RecordEntry
from ..audit.words import EVENTS
from ..cases.models import Case
from ..complaints.models import Complaint
from ..extensions import db
from ..inspections.models import Inspection
from .models import Return

MOST = 200
"""Entries that are listed; the record has all."""

KINDS: tuple[tuple[str, Any, tuple[Permission, ...]], ...] = (
    ("case", Case, (Permission.CASE_READ, Permission.CASE_READ_DECIDED)),
    ("inspection", Inspection, (Permission.INSPECTION_READ,)),
    ("complaint", Complaint, (Permission.COMPLAINT_READ,)),
)


class Change(NamedTuple):
    """One entry of the record about something that tables count."""

    at: datetime
    who: str
    what: Any
    kind: str
    record: int
    number: str


def since(actor: Actor, row: Return, moment: datetime) -> Sequence[Change]:
    """What was done to the region's records after a moment, the newest first, as far as the actor sees them."""
    found: list[Change] = []
    for kind, model, permissions in KINDS:
        if any(map(actor.may, permissions)):
            found += _of_kind(actor, row, moment, kind, model)
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def _of_kind(actor: Actor, row: Return, moment: datetime, kind: str, model: Any) -> list[Change]:
    query = (
        select(RecordEntry.at, RecordEntry.actor_name, RecordEntry.event, model.id, model.number)
        .join(model, RecordEntry.subject_id == model.id)
        .where(RecordEntry.subject_type == kind, RecordEntry.at > moment)
        .where(in_region(model.region_code, row.region_code))
        .order_by(RecordEntry.id.desc())
        .limit(MOST)
    )
    if actor.sector is not None:
        query = query.where(model.sector == actor.sector)
    return [
        Change(at, who, EVENTS.get(event, event), kind, record, number or f"#{record}")
        for at, who, event, record, number in db.session.execute(query)
    ]
