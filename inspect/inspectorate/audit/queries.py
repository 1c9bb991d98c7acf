"""Reading the record: a subject's history, and the events of a region."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from ..accounts.actor import Actor
from ..accounts.models import Agency, User
from ..accounts.scope import in_region
from ..extensions import db
from ..paging import Key, Part, part_of
from .models import RecordEntry
from .words import ACCESS


def history(subject: Any) -> Sequence[RecordEntry]:
    """All entries of one subject, oldest first. The caller has loaded the subject within the actor's scope."""
    query = (
        select(RecordEntry)
        .where(RecordEntry.subject_type == subject.record_type, RecordEntry.subject_id == subject.id)
        .order_by(RecordEntry.seq)
    )
    return db.session.scalars(query).all()


def _in_region(actor: Actor, kind: str) -> Select[RecordEntry]:
    """Entries by people of agencies in the actor's region, and those about their sign-ins, whoever tried.

    Those of the operator as well, where the region holds all agencies.
    """
    people = select(User.id).join(User.agency).where(in_region(Agency.region_code, actor.region_code))
    if actor.sector is not None:
        people = people.where(Agency.sector == actor.sector)
    about_them = and_(RecordEntry.subject_type == "user", RecordEntry.subject_id.in_(people))
    if kind == "sign_ins":
        return select(RecordEntry).where(about_them)
    by_nobody: ColumnElement[bool] = RecordEntry.actor_id.is_(None)
    if db.session.scalar(select(Agency.id).where(~in_region(Agency.region_code, actor.region_code)).limit(1)):
        by_nobody = and_(by_nobody, about_them)
    return select(RecordEntry).where(or_(RecordEntry.actor_id.in_(people), by_nobody))


def events(
    actor: Actor,
    *,
    words: str = "",
    kind: str = "",
    subject_type: str = "",
    after: str | None = None,
    before: str | None = None,
) -> Part[RecordEntry]:
    """The events of the actor's region, newest first."""
    query = _in_region(actor, kind)
    if words:
        query = query.where(
            or_(
                RecordEntry.actor_name.contains(words, autoescape=True),
                RecordEntry.event.contains(words, autoescape=True),
                RecordEntry.reason.contains(words, autoescape=True),
            )
        )
    if kind == "changes":
        query = query.where(RecordEntry.event.not_in([event for events in ACCESS.values() for event in events]))
    elif kind in ACCESS:
        query = query.where(RecordEntry.event.in_(ACCESS[kind]))
    if subject_type:
        query = query.where(RecordEntry.subject_type == subject_type)
    return part_of(query, [Key(RecordEntry.id, down=True)], after=after, before=before)
