"""The departments of a campaign, and what a department is called."""

from typing import NamedTuple

from ..accounts.words import SECTORS
from ..campaigns.catalogue import CampaignFacts


class Part(NamedTuple):
    """A department with a part in the campaign: its sector, and its name in the notice."""

    code: str
    name: str
    lead: bool = False


def parts_of(campaign: CampaignFacts) -> list[Part]:
    """The departments that the notice names; where it names none, those that inspect the campaign's targets."""
    named = {one.sector: Part(one.sector, one.name, one.lead) for one in reversed(campaign.departments)}
    if named:
        return [named[one] for one in dict.fromkeys(one.sector for one in campaign.departments)]
    sectors = dict.fromkeys(sector for category in campaign.categories for sector in category.sectors)
    return [Part(sector, department_name(sector)) for sector in SECTORS if sector in sectors]


def department_name(department: str) -> str:
    """The word for a sector; a department that is none is called by its own name."""
    return str(SECTORS.get(department, department))
