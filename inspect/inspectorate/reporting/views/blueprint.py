"""The blueprint of reporting and what its screens share."""

from flask import request
from markupsafe import Markup

from ...accounts.actor import Actor
from ...campaigns import queries as campaigns
from ...campaigns.catalogue import CampaignFacts
from ...campaigns.region_choice import chosen_region
from ...web import Area, current_actor
from ..drawing.shapes import Drawing
from ..drawing.svg import as_svg

bp = Area("reporting", __name__)


@bp.app_template_filter("as_svg")
def drawn(drawing: Drawing, key: str) -> Markup:
    """A picture in a page."""
    return Markup(as_svg(drawing, key))


def campaign_of(campaign_id: str) -> tuple[Actor, CampaignFacts]:
    """Who asks, and the campaign. Raises NotFound."""
    actor = current_actor()
    return actor, campaigns.campaign_for(actor, campaign_id)


def asked(campaign_id: str) -> tuple[Actor, CampaignFacts, str]:
    """Who asks, the campaign, and the region asked for, the own one by default. Raises NotFound."""
    actor = current_actor()
    return actor, campaigns.campaign_for(actor, campaign_id), chosen_region(actor, request.args.get("region"))
