"""Use cases of joint meetings: written down, changed, withdrawn; resolutions, their follow-up, their end."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select

from ... import clock, files
from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.queries import own_agency
from ...accounts.regions import covers
from ...accounts.scope import check_version
from ...audit.actions import record
from ...errors import Forbidden, Refusal, refuse
from ...extensions import db
from ...inspections.uploads import Upload, check
from ...turns import take_turn
from .. import rules
from ..models import Attendance, Duty, FollowUp, JointMeeting, Resolution
from ..queries import meetings as queries
from .offices import campaign_to_write, of_office


class Came(NamedTuple):
    """A department at a meeting, or missing from it; ``persons`` are then the reason."""

    department: str
    persons: str | None
    present: bool = True


class MeetingFacts(NamedTuple):
    """A meeting as it is written down."""

    ordinal: int
    held_on: date
    place: str
    chair: str
    recorder: str | None
    agenda: Sequence[str]
    minutes: str | None
    attendance: Sequence[Came]


class ResolutionFacts(NamedTuple):
    """What was resolved; ``duties`` are pairs of department and region."""

    text: str
    due_on: date | None
    duties: Sequence[tuple[str, str]]


def hold_meeting(actor: Actor, campaign_id: str, facts: MeetingFacts, *, key: str) -> JointMeeting:
    """Write down a meeting; sent twice under one ``key`` it is written once. Raises Refusals, NotFound, Forbidden."""
    campaign = campaign_to_write(actor, campaign_id)
    take_turn("joint meeting", campaign.id, actor.region_code)
    known = db.session.scalar(select(JointMeeting.id).where(JointMeeting.key == key))
    if known:
        return queries.own_meeting(actor, known)
    row = JointMeeting(key=key, **of_office(actor, campaign.id))
    _write(actor, row, facts)
    db.session.add(row)
    db.session.flush()
    record(row, "joint:meeting:hold", actor)
    return row


def change_meeting(actor: Actor, meeting_id: int, facts: MeetingFacts, *, version: int | None) -> JointMeeting:
    """Mend what was written down; the record keeps what stood there. Raises Refusals, Stale, NotFound, Forbidden."""
    row = _live(actor, meeting_id, version)
    take_turn("joint meeting", row.campaign, row.region_code)
    _write(actor, row, facts)
    _touch(row)
    record(row, "joint:meeting:change", actor)
    return row


def withdraw_meeting(actor: Actor, meeting_id: int, *, reason: str, version: int | None) -> JointMeeting:
    """Withdraw a meeting entered by mistake; its number is free again and its resolutions bind nobody.

    Raises Refusal, Stale, NotFound, Forbidden.
    """
    row = _live(actor, meeting_id, version)
    row.withdrawn_reason = reason.strip()
    db.session.flush()
    record(row, "joint:meeting:withdraw", actor, reason=row.withdrawn_reason)
    return row


def resolve(actor: Actor, meeting_id: int, facts: ResolutionFacts, *, key: str) -> Resolution:
    """Add a resolution to a meeting; sent twice it is added once. Raises Refusals, NotFound, Forbidden."""
    meeting = _live(actor, meeting_id, None)
    take_turn("resolution", str(meeting.id))
    known = db.session.scalar(select(Resolution.id).where(Resolution.key == key))
    if known:
        return queries.resolution(actor, known)
    _refuse_duties(meeting, facts)
    row = Resolution(
        key=key,
        meeting=meeting,
        position=max((one.position for one in meeting.resolutions), default=0) + 1,
        campaign=meeting.campaign,
        region_code=meeting.region_code,
        sector=meeting.sector,
        text=facts.text,
        due_on=facts.due_on,
        duties=[Duty(department=department, region_code=code) for department, code in facts.duties],
    )
    db.session.add(row)
    db.session.flush()
    record(row, "joint:resolution:add", actor)
    return row


def change_resolution(actor: Actor, resolution_id: int, facts: ResolutionFacts, *, version: int | None) -> Resolution:
    """Mend a resolution, or give it another term or other departments. Raises Refusals, Stale, NotFound, Forbidden."""
    row = _settleable(actor, resolution_id, version)
    if row.state != "open":
        raise Refusal(_("This resolution is settled. Take it in hand again first."))
    _refuse_duties(row.meeting, facts)
    row.text, row.due_on = facts.text, facts.due_on
    if [(duty.department, duty.region_code) for duty in row.duties] != list(facts.duties):
        row.duties = [Duty(department=department, region_code=code) for department, code in facts.duties]
    _touch(row)
    record(row, "joint:resolution:change", actor)
    return row


def settle(
    actor: Actor, resolution_id: int, *, state: str, reason: str | None, today: date, version: int | None
) -> Resolution:
    """Say that a resolution is carried out (销号), dropped, or in hand again. Raises Refusals, Stale, Forbidden."""
    row = _settleable(actor, resolution_id, version)
    refuse(rules.check_settlement(row.state, state, reason, len(row.follow_ups)))
    row.state, row.settled_reason = state, reason
    row.settled_on = None if state == "open" else today
    db.session.flush()
    record(row, EVENTS[state], actor, reason=reason)
    return row


EVENTS = {"open": "joint:resolution:reopen", "done": "joint:resolution:finish", "dropped": "joint:resolution:drop"}
"""How the record calls the step by the state that it brought."""


def follow_up(
    actor: Actor,
    resolution_id: int,
    *,
    done_on: date,
    text: str,
    upload: Upload | None,
    today: date,
    key: str,
    version: int | None,
) -> FollowUp:
    """Add what was done, perhaps with a file; nothing of it is changed afterwards. Sent twice it is added once.

    For whoever called the meeting and the departments that it named. Raises Refusals, Stale, NotFound, Forbidden.
    """
    row = queries.resolution(actor, resolution_id)
    if not queries.may_follow_up(actor, row):
        raise Forbidden
    take_turn("follow-up", key)
    if known := queries.follow_up_by_key(key):
        return known
    check_version(row, version)
    if row.state != "open" or row.meeting.withdrawn_reason is not None:
        raise Refusal(_("This resolution is settled. Whoever called the meeting takes it in hand again first."))
    refuse(rules.check_follow_up(done_on, row.meeting.held_on, today))
    made = FollowUp(
        key=key,
        done_on=done_on,
        text=text,
        made_by=actor.name,
        agency_id=own_agency(actor).authority.id,
        made_at=clock.now(),
    )
    if upload is not None:
        found = check(upload)
        made.filename, made.media_type, made.size = found.filename, found.media_type, len(found.content)
        made.sha256 = files.put(found.content)
    row.follow_ups.append(made)
    _touch(row)
    record(row, "joint:resolution:follow_up", actor)
    return made


def _live(actor: Actor, meeting_id: int, version: int | None) -> JointMeeting:
    row = queries.own_meeting(actor, meeting_id)
    check_version(row, version)
    if row.withdrawn_reason is not None:
        raise Refusal(_("This meeting was withdrawn. Write it down anew."))
    return row


def _settleable(actor: Actor, resolution_id: int, version: int | None) -> Resolution:
    row = queries.resolution(actor, resolution_id)
    if not actor.may(Permission.CAMPAIGN_WRITE) or not queries.may_settle(actor, row):
        raise Forbidden
    check_version(row, version)
    return row


def _touch(row: JointMeeting | Resolution) -> None:
    """Raises the version although only rows below it changed, so that a late save is noticed."""
    row.version += 1
    db.session.flush()


def _refuse_duties(meeting: JointMeeting, facts: ResolutionFacts) -> None:
    refuse(rules.check_resolution(facts.due_on, meeting.held_on, facts.duties))
    if not all(covers(meeting.region_code, code) for _department, code in facts.duties):
        raise Refusal(_("A meeting binds departments of its own region and below. Choose another region."),
                      field="duties")  # fmt: skip


def _write(actor: Actor, row: JointMeeting, facts: MeetingFacts) -> None:
    campaign = campaign_to_write(actor, row.campaign)
    taken = queries.numbers_taken(campaign.id, actor.region_code, row.id)
    present = sum(one.present for one in facts.attendance)
    refuse(rules.check_meeting(facts.held_on, campaign.date_from, campaign.date_to, facts.ordinal, taken, present))
    for column in ("ordinal", "held_on", "place", "chair", "recorder", "minutes"):
        setattr(row, column, getattr(facts, column))
    if list(row.agenda or []) != list(facts.agenda):
        row.agenda = list(facts.agenda)
    if [Came(one.department, one.persons, one.present) for one in row.attendance] != list(facts.attendance):
        row.attendance = [Attendance(position=number, **one._asdict()) for number, one in enumerate(facts.attendance)]
