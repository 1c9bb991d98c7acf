"""Whose office acts: what every use case of the joint side asks first."""

from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.queries import own_agency
from ...campaigns import queries as campaigns
from ...campaigns.catalogue import CampaignFacts
from ...errors import Forbidden


def campaign_to_write(actor: Actor, campaign_id: str) -> CampaignFacts:
    """The campaign, for those who keep its records. Raises NotFound, Forbidden."""
    campaign = campaigns.campaign_for(actor, campaign_id)
    if not actor.may(Permission.CAMPAIGN_WRITE):
        raise Forbidden
    return campaign


def of_office(actor: Actor, campaign_id: str) -> dict[str, object]:
    """The columns by which a new row belongs to the actor's office."""
    authority = own_agency(actor).authority
    return {
        "campaign": campaign_id,
        "region_code": actor.region_code,
        "sector": actor.sector or authority.sector,
        "agency_id": authority.id,
    }
