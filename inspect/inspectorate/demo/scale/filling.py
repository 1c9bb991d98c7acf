"""Filling a database that holds the small demo up to a province's size and beyond."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from ...cases.models import Case, Penalty
from ...extensions import db
from ...inspections.models import Inspection
from ...search.entries import rebuild
from ..chance import Chance, QuickChance
from ..history import QUIET_DAYS, CampaignDays
from ..offices import Offices
from ..subjects import Registry
from ..world import PAST_CAMPAIGN, campaign_on
from .bulk import Bulk, room_to_work
from .land import all_counties
from .past import Past, Wanted
from .people import People
from .requests import approvals, complaints

COUNTIES = 2850


@dataclass(frozen=True)
class Size:
    """How much there is at factor 1."""

    inspections: int = 1_000_000
    cases: int = 200_000
    penalties: int = 300_000
    establishments: int = 200_000
    complaints: int = 80_000
    approvals: int = 30_000

    def times(self, factor: float) -> "Size":
        """So many times as much; 1 at least."""
        return Size(*(max(round(number * factor), 1) for number in vars(self).values()))


def fill_up(factor: float, seed: int, today: date, tell: Callable[[str], None]) -> Mapping[str, int]:
    """Add what is missing to the size, in the present transaction. Returns rows by table."""
    size = Size().times(factor)
    connection = db.session.connection()
    with room_to_work(connection):
        bulk = Bulk(connection, tell)
        places = all_counties(Chance(seed, "scale/land"), today, _counties(factor))
        offices = Offices(Chance(seed, "scale/offices"), today, places)
        people = People(bulk, offices, Registry(QuickChance(seed, "scale/subjects"), today, "scale"))
        tell(f"{len(places):,} counties, {len(offices.all):,} offices")
        people.open_offices()
        tell(f"{size.establishments:,} establishments")
        people.register(QuickChance(seed, "scale/places"), places, size.establishments)
        last_day = today - timedelta(QUIET_DAYS)
        campaigns: list[CampaignDays] = [PAST_CAMPAIGN, campaign_on(today)]
        complaints(QuickChance(seed, "scale/complaints"), bulk, people, campaigns, size.complaints, last_day)
        approvals(QuickChance(seed, "scale/approvals"), bulk, people, size.approvals, last_day)
        past = Past(seed, bulk, people, campaigns, _missing(size), last_day)
        past.make()
        written = bulk.finish()
        tell("the index that is searched")
        return {**written, **dict(rebuild(connection))}


def _counties(factor: float) -> int:
    """Small factors play in fewer counties, so that each still has a life."""
    return max(min(round(COUNTIES * factor * 4), COUNTIES), 40) if factor < 1 else 10 * COUNTIES


def _missing(size: Size) -> Wanted:
    def there(model: type) -> int:
        return db.session.scalar(select(func.count()).select_from(model)) or 0

    return Wanted(
        max(size.inspections - there(Inspection), 1),
        max(size.cases - there(Case), 1),
        max(size.penalties - there(Penalty), 1),
    )
