"""Joint meetings and what they resolved."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import selectinload

from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.scope import LARGEST_ID, in_region
from ...errors import NotFound
from ...extensions import db
from ..models import Duty, FollowUp, JointMeeting, Resolution
from ..rules import Standing
from .reach import is_own, may_write, own, readable

MOST = 200


def meetings(actor: Actor, campaign_id: str) -> Sequence[JointMeeting]:
    """The meetings of the region and below, the latest first; withdrawn ones stay readable."""
    query = (
        select(JointMeeting)
        .where(JointMeeting.campaign == campaign_id, in_region(JointMeeting.region_code, actor.region_code))
        .order_by(JointMeeting.held_on.desc(), JointMeeting.id.desc())
        .options(selectinload(JointMeeting.resolutions), selectinload(JointMeeting.attendance))
        .limit(MOST)
    )
    return db.session.scalars(query).all()


def meeting(actor: Actor, meeting_id: int) -> JointMeeting:
    """One of the region or below. Raises NotFound."""
    return readable(JointMeeting, meeting_id, actor)


def own_meeting(actor: Actor, meeting_id: int) -> JointMeeting:
    """One that the actor keeps. Raises NotFound, Forbidden."""
    return own(JointMeeting, meeting_id, actor)


def numbers_taken(campaign_id: str, region_code: str, besides: int | None = None) -> list[int]:
    """The numbers of the region's meetings."""
    query = select(JointMeeting.ordinal).where(
        JointMeeting.campaign == campaign_id,
        JointMeeting.region_code == region_code,
        JointMeeting.withdrawn_reason.is_(None),
    )
    return list(db.session.scalars(query.where(JointMeeting.id != besides) if besides else query))


def _answered_for_by(actor: Actor) -> ColumnElement[bool]:
    return exists().where(
        Duty.resolution_id == Resolution.id,
        Duty.department == actor.sector,
        Duty.region_code == actor.region_code,
    )


def _counting() -> ColumnElement[bool]:
    """Resolutions of a meeting that was withdrawn bind nobody."""
    live = select(JointMeeting.id).where(JointMeeting.withdrawn_reason.is_(None))
    return Resolution.meeting_id.in_(live)


def _seen_by(actor: Actor) -> ColumnElement[bool]:
    """Of the own region and below, and those from above that name the own department."""
    return or_(in_region(Resolution.region_code, actor.region_code), _answered_for_by(actor))


def resolutions(actor: Actor, campaign_id: str, standing: str, today: date) -> Select[Resolution]:
    """The resolutions in view, perhaps in one standing."""
    query: Select[Any] = select(Resolution).where(Resolution.campaign == campaign_id, _seen_by(actor), _counting())
    query = query.options(selectinload(Resolution.meeting), selectinload(Resolution.duties))
    late = and_(Resolution.state == "open", Resolution.due_on < today)
    narrower = {
        Standing.OVERDUE: late,
        Standing.OPEN: and_(Resolution.state == "open", or_(Resolution.due_on.is_(None), Resolution.due_on >= today)),
        Standing.DONE: Resolution.state == "done",
        Standing.DROPPED: Resolution.state == "dropped",
    }
    return query.where(narrower[Standing(standing)]) if standing in set(Standing) else query


def first_resolutions(query: Select[Resolution], most: int = MOST) -> Sequence[Resolution]:
    """What ends first stands first, what is settled last."""
    order = (Resolution.state != "open", Resolution.due_on.is_(None), Resolution.due_on, Resolution.id)
    return db.session.scalars(query.order_by(*order).limit(most)).all()


def resolution(actor: Actor, resolution_id: int) -> Resolution:
    """One in view. Raises NotFound."""
    found: Resolution | None = None
    if 0 < resolution_id <= LARGEST_ID:
        found = db.session.scalar(select(Resolution).where(Resolution.id == resolution_id, _seen_by(actor)))
    if found is None:
        raise NotFound
    return found


def answers_for(actor: Actor, row: Resolution) -> bool:
    """Whether the actor's office is named as responsible."""
    return any(duty.department == actor.sector and duty.region_code == actor.region_code for duty in row.duties)


def may_follow_up(actor: Actor, row: Resolution) -> bool:
    """Whoever called the meeting, and the departments that it named."""
    return actor.may(Permission.CAMPAIGN_WRITE) and (is_own(row, actor) or answers_for(actor, row))


def may_settle(actor: Actor, row: Resolution) -> bool:
    """Whoever called the meeting says when a thing is done (销号)."""
    return may_write(row, actor)


def follow_up(actor: Actor, follow_up_id: int) -> FollowUp:
    """A follow-up of a resolution in view. Raises NotFound."""
    row = db.session.get(FollowUp, follow_up_id) if 0 < follow_up_id <= LARGEST_ID else None
    if row is None:
        raise NotFound
    resolution(actor, row.resolution_id)
    return row


def follow_up_by_key(key: str) -> FollowUp | None:
    """The follow-up of a form that was sent before."""
    return db.session.scalar(select(FollowUp).where(FollowUp.key == key))


def waiting(actor: Actor, latest: date, most: int) -> Sequence[Resolution]:
    """Open ones that end until a day, called by the actor's office or to be answered for by it."""
    called = and_(Resolution.region_code == actor.region_code, Resolution.sector == actor.sector)
    query = (
        select(Resolution)
        .where(Resolution.state == "open", Resolution.due_on <= latest, or_(called, _answered_for_by(actor)))
        .where(_counting())
        .order_by(Resolution.due_on, Resolution.id)
        .options(selectinload(Resolution.meeting))
        .limit(most)
    )
    return db.session.scalars(query).all()
