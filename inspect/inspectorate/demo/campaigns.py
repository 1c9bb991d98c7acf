"""The campaigns of the year in food and at workplaces: the past's planned visits that fall into them are theirs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ..accounts.actor import SYSTEM, Actor
from ..campaigns.actions import choose_for_region, create_campaign
from ..campaigns.catalogue import shipped_campaigns
from ..campaigns.facts import CampaignFacts, further_of
from .subjects import Site

FOOD, WORKPLACES = "catering_canteens_2026", "migrant_health_2026"
INDUSTRIES = ("chemical", "building_materials", "electronics", "light_industry")
"""What the demo's province has chosen."""


@dataclass(frozen=True)
class YearlyCampaign:
    """A campaign of the demo's year: the one that ships, or, in another year, a copy."""

    pattern: CampaignFacts
    year: int

    @property
    def id(self) -> str:
        """What records are marked with."""
        return f"{self.pattern.id.rpartition('_')[0]}_{self.year}"

    @property
    def first(self) -> date:
        """The first day."""
        return self.pattern.date_from.replace(year=self.year)

    @property
    def last(self) -> date:
        """The last day."""
        return self.pattern.date_to.replace(year=self.year)

    def category_of(self, site: Site, on: date) -> str | None:
        """What a visit to a place is after on a day; None where it is no business of the campaign."""
        if not self.first <= on <= self.last:
            return None
        kind, attributes = site.variant.kind, site.record["attributes"]
        if self.pattern.id == FOOD:
            at_site = kind == "canteen" and attributes.get("host") == "construction_site"
            known = {"catering": "catering", "tableware_disinfection": "tableware"}
            return "site_canteen" if at_site else known.get(kind)
        return "employer" if kind == "workplace" and attributes.get("industry") in INDUSTRIES else None


def yearly_campaigns(today: date) -> tuple[YearlyCampaign, ...]:
    """Those of the year."""
    shipped = {one.id: one for one in shipped_campaigns()}
    return tuple(YearlyCampaign(shipped[one], today.year) for one in (FOOD, WORKPLACES))


def begin_yearly_campaigns(today: date) -> None:
    """Copies of those that ship with another year's days."""
    for one in yearly_campaigns(today):
        if one.id != one.pattern.id:
            later = today.year - one.pattern.date_from.year
            due = {level: _in_year(day, later) for level, day in one.pattern.due.items()}
            begin_again(one.pattern, one.id, one.first, one.last, due)


def begin_again(facts: CampaignFacts, code: str, first: date, last: date, due: Mapping[str, str]) -> None:
    """A copy of a campaign with other days, called the demo's."""
    create_campaign(
        SYSTEM,
        code=code,
        title=f"{facts.title}（{last.year}年，演示）",
        region_code=facts.region_code,
        date_from=first,
        date_to=last,
        forms=facts.forms,
        categories=[{"code": one.code, "label": one.label, "sectors": list(one.sectors)} for one in facts.categories],
        chain=facts.chain,
        due=due,
        further=further_of(facts),
    )


def _in_year(day: str, later: int) -> str:
    found = date.fromisoformat(day)
    return found.replace(year=found.year + later).isoformat()


def choose_industries(people: Mapping[str, Actor], today: date) -> None:
    """The province chooses its industries."""
    _food, workplaces = yearly_campaigns(today)
    (choice,) = workplaces.pattern.choices
    choose_for_region(people["province-office"], workplaces.id, choice.id, INDUSTRIES)
