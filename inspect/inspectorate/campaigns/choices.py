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


def chooser_of(campaign: CampaignFacts, region_code: str) -> str | None:
    """Who chooses for a region: its province, or whoever has ordered a campaign of less than the nation.

    None for the nation, which leaves it to the provinces.
    """
    if campaign.region_code != NATION:
        return campaign.region_code
    return None if region_code == NATION else significant(region_code)[:2].ljust(6, "0")


def chosen_row(campaign_id: str, choice_id: str, region_code: str) -> CampaignChoice | None:
    """What a region has chosen."""
    return db.session.scalar(
        select(CampaignChoice).where(
            CampaignChoice.campaign == campaign_id,
            CampaignChoice.choice == choice_id,
            CampaignChoice.region_code == region_code,
        )
    )


def chosen(campaign: CampaignFacts, choice: Choice, region_code: str) -> Mapping[str, Sequence[str]]:
    """What has been chosen for a region, by who chose it; for the nation, what each province has chosen."""
    query = select(CampaignChoice).where(CampaignChoice.campaign == campaign.id, CampaignChoice.choice == choice.id)
    chooser = chooser_of(campaign, region_code)
    if chooser is not None:
        query = query.where(CampaignChoice.region_code == chooser)
    return {row.region_code: list(row.values) for row in db.session.scalars(query.order_by(CampaignChoice.region_code))}


def narrowing(campaign: CampaignFacts | None, region_code: str) -> tuple[Condition, ...]:
    """The filters over all tables of a campaign: counted is what was chosen, and where nobody has chosen yet everything
    that may be chosen.
    """
    if campaign is None:
        return ()
    return tuple(_narrowing(campaign, choice, region_code) for choice in campaign.choices)


def _narrowing(campaign: CampaignFacts, choice: Choice, region_code: str) -> Condition:
    made = chosen(campaign, choice, region_code)
    all_of_them = [value for value, _ in choice.among]
    if campaign.region_code != NATION:
        counted = made.get(campaign.region_code, all_of_them)
        return Condition(f"{CHOSEN}{choice.filter}", tuple(f"*:{value}" for value in counted))
    named = [f"{significant(province)}:{value}" for province, values in made.items() for value in values]
    return Condition(f"{CHOSEN}{choice.filter}", (*sorted(named), *(f"*:{value}" for value in all_of_them)))
