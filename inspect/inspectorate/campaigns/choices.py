"""What each province chooses for itself where a campaign lets it, and the filter that its choice puts on the tables."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from ..accounts.actor import NATION
from ..accounts.regions import significant
from ..extensions import db
from .engine.definition import Condition
from .facts import CampaignFacts, Choice
from .measures.dimensions import CHOSEN
from .models import CampaignChoice


def province_of(region_code: str) -> str | None:
    """The province in which a region lies; None for the nation."""
    return None if region_code == NATION else significant(region_code)[:2].ljust(6, "0")


def chosen_row(campaign_id: str, choice_id: str, region_code: str) -> CampaignChoice | None:
    """What a province has chosen."""
    return db.session.scalar(
        select(CampaignChoice).where(
            CampaignChoice.campaign == campaign_id,
            CampaignChoice.choice == choice_id,
            CampaignChoice.region_code == region_code,
        )
    )


def chosen(campaign: CampaignFacts, choice: Choice, region_code: str) -> Mapping[str, Sequence[str]]:
    """By province, what those that have chosen have chosen: of the region's own province, or of all for the nation."""
    query = select(CampaignChoice).where(CampaignChoice.campaign == campaign.id, CampaignChoice.choice == choice.id)
    province = province_of(region_code)
    if province is not None:
        query = query.where(CampaignChoice.region_code == province)
    return {row.region_code: list(row.values) for row in db.session.scalars(query.order_by(CampaignChoice.region_code))}


def narrowing(campaign: CampaignFacts | None, region_code: str) -> tuple[Condition, ...]:
    """The filters over all tables of a campaign: each province counts what it has chosen, and one that has not chosen
    yet everything that it may choose among.
    """
    if campaign is None:
        return ()
    return tuple(_narrowing(campaign, choice, region_code) for choice in campaign.choices)


def _narrowing(campaign: CampaignFacts, choice: Choice, region_code: str) -> Condition:
    made = chosen(campaign, choice, region_code)
    named = [f"{significant(province)}:{value}" for province, values in made.items() for value in values]
    usual = [f"*:{value}" for value, _ in choice.among]
    return Condition(f"{CHOSEN}{choice.filter}", (*sorted(named), *usual))
