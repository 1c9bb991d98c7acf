"""The whole past in one piece: offices, establishments, inspections, cases and complaints as interchange records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ..interchange.reading import Entry
from .chance import Chance
from .complaints import complaints
from .history import CampaignDays, History
from .numbers import Series, give_numbers
from .oddities import make_odd
from .offices import Offices, Record
from .subjects import Registry, Site

WEST_LAKE, TIANHE = "330106", "440106"
STRANGERS = 5

LONGEST_STORY = 150
"""Calendar days before today in which no live case began."""

PAST_CAMPAIGN = CampaignDays("medical_cosmetology_2021", date(2021, 6, 1), date(2021, 12, 31))


def campaign_on(today: date) -> CampaignDays:
    """The demo's campaign of the year, so that what is entered today shows in a table today.

    Early in a year it has begun in the year before: live cases of the last months belong to it too.
    """
    first = min(date(today.year, 1, 1), today - timedelta(LONGEST_STORY))
    return CampaignDays(f"medical_cosmetology_{today.year}", first, date(today.year, 12, 31))


@dataclass(frozen=True)
class World:
    """Everything invented, and what the living part goes on from."""

    offices: Offices
    sites: list[Site]
    records: list[Record]
    series: Series
    last_serials: dict[str, int]
    odd: list[str]
    live_persons: dict[str, list[tuple[str, str]]]
    """By county: key and name of persons who have no past, for the live cases."""

    def entries(self) -> Iterator[Entry]:
        """The records as if they had been read from a file."""
        for number, record in enumerate(self.records, 1):
            yield Entry(f"demo record {number}", record)


def invent(establishments: int, seed: int, today: date) -> World:
    """The past of so many establishments, the same for the same seed on the same day."""
    offices = Offices(Chance(seed, "offices"), today)
    registry = Registry(Chance(seed, "subjects"), today)
    registry.fill(establishments)
    campaigns = [PAST_CAMPAIGN, campaign_on(today)]
    history = History(Chance(seed, "history"), offices, registry, campaigns, today)
    history.make()
    odd = [*filter(None, history.odd), *make_odd(history.inspections, history.cases, history.odd)]
    series = give_numbers(history.cases)
    strangers = {region: _strangers(registry, region) for region in (WEST_LAKE, TIANHE)}
    told = complaints(Chance(seed, "complaints"), offices, registry.sites, campaigns, history.last_day)
    records = [
        *offices.records,
        *(site.record for site in registry.sites),
        *registry.persons,
        *history.inspections,
        *history.cases,
        *told,
    ]
    return World(offices, registry.sites, records, series, history.last_serials, odd, strangers)


def _strangers(registry: Registry, region: str) -> list[tuple[str, str]]:
    site = next((one for one in registry.sites if one.place.code == region), None)
    made = [registry.person(site) for _ in range(STRANGERS)] if site else []
    return [(one["key"], one["name"]) for one in made]
