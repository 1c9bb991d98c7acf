"""The typical cases that an office has chosen, as its letters tell them: names masked."""

from typing import NamedTuple

from ..accounts.actor import Actor
from ..campaigns import queries as campaigns
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.progress import Days
from ..typical.completeness import missing
from ..typical.material import entry_of, template_of
from ..typical.parties import decided_respondents
from ..typical.queries import chosen, style_of


class TypicalCase(NamedTuple):
    """Name and account of a chosen case, both masked."""

    name: str
    text: str


def typical_cases(
    actor: Actor, campaign: CampaignFacts, region_code: str, days: Days | None = None
) -> list[TypicalCase]:
    """The region's chosen cases that lack nothing, in the office's order; of those decided on some days where given."""
    forms = [campaign.template] if campaign.template else campaign.forms
    form = next(filter(None, map(campaigns.form, forms)), None)
    if form is None:
        return []
    found, template, style = [], template_of(form), style_of(campaign.id, region_code)
    for number, one in enumerate(chosen(actor, campaign.id, region_code), start=1):
        decided = [decision.decided_on for _respondent, decision in decided_respondents(one.case)]
        if missing(one.case) or (days and not any(days.first <= day <= days.last for day in decided if day)):
            continue
        entry = entry_of(number, one, template, style)
        found.append(TypicalCase(entry.name, entry.account))
    return found
