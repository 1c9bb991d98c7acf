"""The list of campaigns and the page of one."""

from collections.abc import Callable, Sequence

from flask import render_template

from ... import clock
from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.regions import child_regions, region, region_name
from ...accounts.words import SECTORS
from ...audit.presentation import readable
from ...web import current_actor
from .. import progress, queries
from ..choices import chooser_of, chosen
from ..engine.definition import FormDefinition
from ..indicators import indicators, indicators_below
from ..words import ASK_WORDS, LEVELS, label_of, state_of
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


@bp.route("/campaigns/<campaign_id>", permission=Permission.CAMPAIGN_READ)
def show(campaign_id: str) -> str:
    """What the campaign is, its figures so far, how far each region is, its tables and typical cases."""
    actor, today = current_actor(), clock.today()
    campaign = queries.campaign_for(actor, campaign_id)
    forms = [form for form in map(queries.form, campaign.forms) if form is not None]
    figures, shares = progress.counted(campaign, actor.region_code, progress.days_of(campaign, today))
    return render_template(
        "campaigns/show.html",
        campaign=campaign,
        state_=state_of(campaign, today),
        forms=forms,
        figures=figures,
        shares=shares,
        label_of=_labels(forms),
        indicators=indicators(campaign, actor.region_code, today=today),
        chain_words=" → ".join(str(LEVELS.get(level, level)) for level in campaign.chain),
        sectors=SECTORS,
        asks=ASK_WORDS,
        due=[(LEVELS.get(level, level), campaign.due_on(level), day) for level, day in campaign.due.items()],
        monthly=[(LEVELS.get(level, level), day) for level, day in campaign.monthly_due.items()],
        choices=[(one, chosen(campaign, one, actor.region_code)) for one in campaign.choices],
        chooses=chooser_of(campaign, actor.region_code) == actor.region_code,
        may_change=actor.may(Permission.CAMPAIGN_WRITE)
        and not campaign.ships
        and campaign.region_code == actor.region_code,
        place=region_name(actor.region_code, full=True),
        region=actor.region_code,
        may_choose=actor.may(Permission.CAMPAIGN_WRITE),
        entries=readable(reversed(queries.history_of(campaign))),
    )


def _labels(forms: Sequence[FormDefinition]) -> Callable[[str], str]:
    """The words of a column or row by its id, in whichever form has it."""

    def label(node_id: str) -> str:
        return next((found for form in forms if (found := label_of(node_id, form)) != node_id), node_id)

    return label


@bp.route("/campaigns/<campaign_id>/indicators", permission=Permission.CAMPAIGN_READ)
def indicator_table(campaign_id: str) -> str:
    """The indicators in the own region and in each directly below."""
    actor, today = current_actor(), clock.today()
    campaign = queries.campaign_for(actor, campaign_id)
    year = min(today, campaign.date_to).year
    return render_template(
        "campaigns/indicators.html",
        campaign=campaign,
        found=indicators_below(campaign, actor.region_code, today=today),
        regions=[(one.code, one.name) for one in child_regions(actor.region_code, year)],
        place=region_name(actor.region_code, full=True),
    )


def _due(campaign: queries.CampaignFacts, actor: Actor) -> object:
    """The day by which the viewer's own level reports."""
    own = region(actor.region_code)
    return campaign.due_on(own.level) if own else None
