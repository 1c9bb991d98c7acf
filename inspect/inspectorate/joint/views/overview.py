"""The joint side at a glance."""

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...web import current_actor
from ..queries import doings, liaison, meetings, rechecks
from ..rules import Standing, standing_of_resolution
from ..words import CLAIMS, RESULT_TONES, RESULTS, STANDINGS
from .blueprint import bp, campaign_shown, shown

FEW = 5


@bp.route("/campaigns/<campaign_id>/joint", permission=Permission.CAMPAIGN_READ)
def index(campaign_id: str) -> str:
    """What was done together, who is missing, what is overdue, and what a re-check belied."""
    actor, today = current_actor(), clock.today()
    campaign = campaign_shown(campaign_id)
    own = liaison.directory(campaign, [actor.region_code])[0]
    late = meetings.first_resolutions(meetings.resolutions(actor, campaign.id, Standing.OVERDUE, today), FEW)
    held = [one for one in meetings.meetings(actor, campaign.id) if one.withdrawn_reason is None]
    return shown(
        "index",
        campaign,
        figures=doings(campaign.id, actor.region_code),
        place=region_name(actor.region_code, full=True),
        missing=own.missing(today),
        late=late,
        meetings=held[:FEW],
        contradictions=rechecks.contradictions(actor, campaign.id, today, FEW),
        standing_of=lambda row: STANDINGS[standing_of_resolution(row.state, row.due_on, today)],
        results=RESULTS,
        tones=RESULT_TONES,
        claims=CLAIMS,
        may_write=actor.may(Permission.CAMPAIGN_WRITE),
        asks=campaign.asks,
    )
