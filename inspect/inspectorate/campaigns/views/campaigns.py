"""The list of campaigns and the page of one."""

from flask import render_template

from ... import clock
from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...accounts.words import SECTORS
from ...web import current_actor
from .. import progress, queries
from ..words import LEVELS, state_of
from .blueprint import bp


@bp.route("/campaigns", permission=Permission.CAMPAIGN_READ)
def index() -> str:
    """The campaigns that concern the viewer's region, running ones first."""
    actor, today = current_actor(), clock.today()
    found = sorted(queries.campaigns(actor), key=lambda one: not one.runs_on(today))
    return render_template(
        "campaigns/index.html",
        campaigns=[(one, state_of(one, today), _due(one, actor)) for one in found],
        titles=queries.form_titles(),
    )


@bp.route("/campaigns/<campaign_id>", permission=Permission.CAMPAIGN_READ)
def show(campaign_id: str) -> str:
    """What the campaign is, its figures so far, how far each region is, its tables and typical cases."""
    actor, today = current_actor(), clock.today()
    campaign = queries.campaign_for(actor, campaign_id)
    forms = [form for form in map(queries.form, campaign.forms) if form is not None]
    figures, shares = progress.progress(campaign, actor.region_code, min(today, campaign.date_to).year)
    return render_template(
        "campaigns/show.html",
        campaign=campaign,
        state_=state_of(campaign, today),
        forms=forms,
        figures=figures,
        shares=shares,
        chain_words=" → ".join(str(LEVELS.get(level, level)) for level in campaign.chain),
        sectors=SECTORS,
        due=[(LEVELS.get(level, level), campaign.due_on(level), day) for level, day in campaign.due.items()],
        place=region_name(actor.region_code, full=True),
        region=actor.region_code,
        may_choose=actor.may(Permission.CAMPAIGN_WRITE),
    )


def _due(campaign: queries.CampaignFacts, actor: Actor) -> object:
    return next((day for day in map(campaign.due_on, campaign.due) if day), None)
