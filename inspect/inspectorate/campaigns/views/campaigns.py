"""The list of campaigns and the page of one."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.regions import region, region_name
from ...accounts.words import SECTORS
from ...audit.presentation import readable
from ...web import current_actor, refusals_on
from .. import actions, progress, queries
from ..forms import CampaignForm
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
        may_make=actor.may(Permission.CAMPAIGN_WRITE),
    )


@bp.route("/campaigns/new", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def new() -> Any:
    """Make a campaign of the own region; its categories are those that its tables count."""
    actor, form, titles = current_actor(), CampaignForm(), queries.form_titles()
    form.forms.choices = list(titles.items())
    if form.validate_on_submit() and form.date_from.data and form.date_to.data:
        with refusals_on(form):
            row = actions.create_campaign(
                actor,
                code=form.code.data or "",
                title=form.title.data or "",
                notice=form.notice.data,
                region_code=actor.region_code,
                date_from=form.date_from.data,
                date_to=form.date_to.data,
                forms=form.forms.data or [],
                categories=queries.categories_for(form.forms.data or []),
                due=form.due(),
            )
            flash(_("The campaign has been made."), "success")
            return redirect(url_for("campaigns.show", campaign_id=row.code))
    return render_template("campaigns/new.html", form=form)


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
        entries=readable(reversed(queries.history_of(campaign))),
    )


def _due(campaign: queries.CampaignFacts, actor: Actor) -> object:
    """The day by which the viewer's own level reports."""
    own = region(actor.region_code)
    return campaign.due_on(own.level) if own else None
