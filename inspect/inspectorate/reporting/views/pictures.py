"""统计图: progress by region, week by week, what was found and imposed, who is late; each picture beside its table."""

from typing import Any

from flask import render_template, request, url_for

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...campaigns.catalogue import CampaignFacts
from ...campaigns.progress import days_of
from ...campaigns.region_choice import region_choices
from .. import maps
from ..forms import PicturesFilter
from ..gathering import Gathered
from ..pictures import FIGURES, Picture, by_region, by_week, map_of, of_delays, of_penalties, of_violations
from .blueprint import asked, bp


@bp.route("/campaigns/<campaign_id>/pictures", permission=Permission.CAMPAIGN_READ)
def pictures(campaign_id: str) -> str:
    """The pictures of a campaign in a region."""
    actor, campaign, region = asked(campaign_id)
    days = days_of(campaign, clock.today())
    filters = PicturesFilter(request.args)
    filters.region.choices, filters.region.data = region_choices(actor, region, days.last.year), region
    filters.figure.choices = [(key, str(label)) for key, label in FIGURES.items()]
    if filters.figure.data not in FIGURES:
        filters.figure.data = next(iter(FIGURES))
    return render_template(
        "reporting/pictures.html",
        campaign=campaign,
        filters=filters,
        pictures=_pictures(campaign, region, str(filters.figure.data)),
        days_=days,
        place=region_name(region, full=True),
        applied=sum(bool(request.args.get(name)) for name in ("region", "figure")),
    )


def _pictures(campaign: CampaignFacts, region: str, figure: str) -> list[Picture]:
    gathered = Gathered(campaign, region, clock.today())
    _whole, shares = gathered.counted

    def link(code: str) -> Any:
        if not campaign.forms:
            return url_for("reporting.pictures", campaign_id=campaign.id, region=code)
        return url_for("campaigns.table", campaign_id=campaign.id, form_id=campaign.forms[0], region=code)

    outlines = maps.outlines(region, [one.code for one in shares])
    found = [by_region(figure, shares, link)] if shares else []
    if outlines:
        found.append(map_of(figure, shares, outlines, link))
    found += [by_week(gathered.weeks), of_violations(gathered.violations), of_penalties(gathered.penalties)]
    return found + ([of_delays(gathered.league)] if gathered.league else [])
