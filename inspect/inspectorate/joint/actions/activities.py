"""Use cases of publicity and training: entered, corrected with a reason, withdrawn."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from ...accounts.actor import Actor
from ...accounts.regions import region_name
from ...accounts.scope import check_version
from ...audit.actions import record
from ...audit.capture import has_changes
from ...campaigns.catalogue import CampaignFacts
from ...errors import Refusal, refuse
from ...extensions import db
from ...turns import take_turn
from .. import rules
from ..models import Activity
from ..queries import activities as queries
from ..rules import ActivityFacts
from .offices import campaign_to_write, of_office

COLUMNS = ("side", "kind", "held_on", "title", "place", "times", "people", "copies")


def enter_activity(
    actor: Actor, campaign_id: str, facts: ActivityFacts, today: date, *, key: str, source: str = "local"
) -> Activity:
    """Enter what the own office held; sent twice under one ``key`` it counts once.

    Refused where an office above, below or beside has entered the same, unless it is said to be another one.
    Raises Refusals, NotFound, Forbidden.
    """
    campaign = campaign_to_write(actor, campaign_id)
    take_turn("activity", campaign.id)
    known = db.session.scalar(select(Activity.id).where(Activity.source == source, Activity.key == key))
    if known:
        return queries.own_activity(actor, known)
    row = Activity(source=source, key=key, **of_office(actor, campaign.id))
    _write(row, campaign, facts, today)
    db.session.add(row)
    db.session.flush()
    record(row, "joint:activity:enter", actor)
    return row


def correct_activity(
    actor: Actor, activity_id: int, facts: ActivityFacts, today: date, *, reason: str, version: int | None
) -> Activity:
    """Correct what was entered, with the reason; figures before and after stand in the record.

    What changes nothing is no correction. Raises Refusals, Stale, NotFound, Forbidden.
    """
    row = _live(actor, activity_id, version)
    campaign = campaign_to_write(actor, row.campaign)
    take_turn("activity", campaign.id)
    _write(row, campaign, facts._replace(side=row.side), today)
    if not has_changes(db.session()):
        return row
    row.corrections += 1
    db.session.flush()
    record(row, "joint:activity:correct", actor, reason=reason.strip())
    return row


def withdraw_activity(actor: Actor, activity_id: int, *, reason: str, version: int | None) -> Activity:
    """Withdraw what was entered by mistake or twice; it stays readable and counts nowhere. Raises Refusal, Stale."""
    row = _live(actor, activity_id, version)
    row.withdrawn_reason = reason.strip()
    db.session.flush()
    record(row, "joint:activity:withdraw", actor, reason=row.withdrawn_reason)
    return row


def _live(actor: Actor, activity_id: int, version: int | None) -> Activity:
    row = queries.own_activity(actor, activity_id)
    check_version(row, version)
    if row.withdrawn_reason is not None:
        raise Refusal(_("This activity was withdrawn. Enter it anew."))
    return row


def _write(row: Activity, campaign: CampaignFacts, facts: ActivityFacts, today: date) -> None:
    refuse(rules.check_activity(facts, campaign.date_from, campaign.date_to, today))
    same = queries.similar(campaign.id, row.region_code, facts, row.id)
    if same and not facts.apart:
        place = region_name(same[0].region_code, full=True)
        message = _("%(place)s has entered an activity of this day and name. Tick below if it is another one.")
        raise Refusal(message % {"place": place}, field="apart")
    for column in COLUMNS:
        setattr(row, column, getattr(facts, column))
