"""Which records were changed since a table was reported: where its differences come from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, String, cast, func, or_, select

from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.scope import in_region
from ..audit.models import RecordEntry
from ..audit.words import EVENTS
from ..cases.models import Case
from ..cases.queries import with_decision
from ..complaints.models import Complaint
from ..extensions import db
from ..inspections.models import Inspection
from .models import Return
from .tables import form_of

MOST = 200
"""Records that are listed; the record of what was done has all."""

KINDS: tuple[tuple[str, Any, Any, tuple[Permission, ...]], ...] = (
    ("case", Case, Case.filed_on, (Permission.CASE_READ, Permission.CASE_READ_DECIDED)),
    ("inspection", Inspection, Inspection.inspected_on, (Permission.INSPECTION_READ,)),
    ("complaint", Complaint, Complaint.received_on, (Permission.COMPLAINT_READ,)),
)
"""What is counted: its first day, before which it is in no table, and who reads it."""


class Change(NamedTuple):
    """A record that tables count, with the last thing that was done to it, of so many ``times``."""

    at: datetime
    who: object
    what: Any
    kind: str
    record: int
    number: str
    times: int


def since(actor: Actor, row: Return, moment: datetime) -> Sequence[Change]:
    """The records that this table can count and to which something was done after a moment, the newest first, as far as
    the actor sees them.
    """
    found: list[Change] = []
    for kind, model, first_day, permissions in KINDS:
        if any(map(actor.may, permissions)):
            clauses = [*_counted(row, model, first_day), *_readable(actor, kind, model)]
            found += _of_kind(row, moment, kind, model, clauses)
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def _counted(row: Return, model: Any, first_day: Any) -> list[ColumnElement[bool]]:
    """Records of the table's campaign that had begun by its last day, now or before their day was moved; nothing of how
    they are presented as typical cases.
    """
    clauses: list[ColumnElement[bool]] = [RecordEntry.event.not_like("typical:%")]
    if row.campaign and form_of(row).period.kind == "campaign":
        clauses.append(model.campaign == row.campaign)
    if row.period_to is not None:
        moved = cast(RecordEntry.changes, String).like(f'%"{first_day.key}":%["2%')
        clauses.append(or_(first_day <= row.period_to, moved))
    return clauses


def _readable(actor: Actor, kind: str, model: Any) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    if actor.sector is not None:
        clauses.append(model.sector == actor.sector)
    if kind == "case" and not actor.may(Permission.CASE_READ):
        clauses.append(with_decision())
    return clauses


def _of_kind(row: Return, moment: datetime, kind: str, model: Any, clauses: list[ColumnElement[bool]]) -> list[Change]:
    touched = (
        select(func.max(RecordEntry.id).label("entry"), func.count().label("times"), model.id, model.number)
        .join(model, RecordEntry.subject_id == model.id)
        .where(RecordEntry.subject_type == kind, RecordEntry.at > moment)
        .where(in_region(model.region_code, row.region_code), *clauses)
        .group_by(model.id, model.number)
    )
    last = touched.subquery()
    query = (
        select(RecordEntry, last.c.id, last.c.number, last.c.times)
        .join(last, RecordEntry.id == last.c.entry)
        .order_by(RecordEntry.id.desc())
        .limit(MOST)
    )
    return [
        Change(entry.at, _who(entry), EVENTS.get(entry.event, entry.event), kind, record, number or f"#{record}", times)
        for entry, record, number, times in db.session.execute(query)
    ]


def _who(entry: RecordEntry) -> object:
    return entry.actor_name if entry.actor_id is not None else _l("The system")
