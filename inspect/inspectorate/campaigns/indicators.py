"""指标: quotients of a campaign's figures with their targets, in a region and in each region directly below."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from . import queries
from .facts import CampaignFacts
from .quotients import Indicator, told
from .summary import summarise

Days = tuple[date | None, date | None]


def indicators(
    campaign: CampaignFacts, region_code: str, *, today: date, days: Days | None = None
) -> Sequence[Indicator]:
    """The campaign's indicators in a region over its days, or the given ones; records and returns together."""
    return [one for one, _ in _told(campaign, region_code, today, days, by=None)]


def indicators_below(
    campaign: CampaignFacts, region_code: str, *, today: date, days: Days | None = None
) -> Sequence[tuple[Indicator, Mapping[str, Indicator]]]:
    """Each indicator in a region and, by code, in every region directly below."""
    return list(_told(campaign, region_code, today, days, by="region"))


def _told(
    campaign: CampaignFacts, region_code: str, today: date, days: Days | None, by: str | None
) -> Iterator[tuple[Indicator, Mapping[str, Indicator]]]:
    tables = {}
    for facts in campaign.indicators:
        form = queries.form(facts.form)
        if form is None:
            continue
        if form.id not in tables:
            tables[form.id] = summarise(form, region_code, today=today, campaign_id=campaign.id, days=days, by=by)
        table = tables[form.id]
        yield told(facts, table.filled), {part.key: told(facts, part.filled) for part in table.parts}
