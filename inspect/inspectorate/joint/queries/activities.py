"""Publicity and training: the list, and sums of a month and since the beginning, each row counted once."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from ...accounts.actor import Actor
from ...accounts.regions import child_regions, region_name
from ...accounts.scope import in_region
from ...extensions import db
from ...paging import Key, Part, part_of
from ...standards.queries import regions_over
from ..models import Activity
from ..rules import PUBLICITY, TRAINING, ActivityFacts
from .reach import own, part_of_region, readable


class Sums(NamedTuple):
    """场次、人次、份数 of publicity; 期数 and persons of training."""

    events: int = 0
    reached: int = 0
    copies: int = 0
    courses: int = 0
    trained: int = 0

    def plus(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    def __bool__(self) -> bool:
        return any(self)


def _sums() -> list[ColumnElement[Any]]:
    of = {
        "events": (PUBLICITY, Activity.times),
        "reached": (PUBLICITY, Activity.people),
        "copies": (PUBLICITY, Activity.copies),
        "courses": (TRAINING, Activity.times),
        "trained": (TRAINING, Activity.people),
    }
    return [
        func.coalesce(func.sum(case((Activity.side == side, column), else_=0)), 0).label(name)
        for name, (side, column) in of.items()
    ]


def _counted(campaign_id: str, region_code: str, start: date | None, end: date | None) -> list[ColumnElement[bool]]:
    clauses = [
        Activity.campaign == campaign_id,
        in_region(Activity.region_code, region_code),
        Activity.withdrawn_reason.is_(None),
    ]
    if start is not None:
        clauses.append(Activity.held_on >= start)
    return [*clauses, Activity.held_on <= end] if end is not None else clauses


def sums(campaign_id: str, region_code: str, start: date | None = None, end: date | None = None) -> Sums:
    """What was held in a region and below it, in days that are both included."""
    row = db.session.execute(select(*_sums()).where(*_counted(campaign_id, region_code, start, end))).one()
    return Sums(*map(int, row))


class RegionSums(NamedTuple):
    """A region directly below, or the asked one's own level: the month, and everything until its end."""

    code: str
    name: str
    month: Sums
    whole: Sums
    own: bool = False


def by_region(campaign_id: str, region_code: str, month: date, year: int) -> list[RegionSums]:
    """The regions directly below that held anything, and the own level; together they are the region's sums."""
    last = end_of_month(month)
    monthly = _grouped(campaign_id, region_code, month.replace(day=1), last, year)
    whole = _grouped(campaign_id, region_code, None, last, year)
    codes = [child.code for child in child_regions(region_code, year)]
    lines = [RegionSums(region_code, f"{region_name(region_code)}本级", *_both(monthly, whole, region_code), own=True)]
    return lines + [RegionSums(code, region_name(code), *_both(monthly, whole, code)) for code in codes]


def _both(monthly: dict[str, Sums], whole: dict[str, Sums], code: str) -> tuple[Sums, Sums]:
    return monthly.get(code, Sums()), whole.get(code, Sums())


def _grouped(campaign_id: str, region_code: str, start: date | None, end: date, year: int) -> dict[str, Sums]:
    """Sums by the regions directly below; those of the own level under its own code."""
    part = part_of_region(region_code, year)
    query = select(Activity.region_code, *_sums()).where(*_counted(campaign_id, region_code, start, end))
    found: dict[str, Sums] = {}
    for code, *figures in db.session.execute(query.group_by(Activity.region_code)):
        found[part(code)] = found.get(part(code), Sums()).plus(Sums(*map(int, figures)))
    return found


def end_of_month(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


class Filter(NamedTuple):
    """What the list is narrowed to."""

    side: str = ""
    kind: str = ""
    region: str = ""
    since: date | None = None
    until: date | None = None


def activities(actor: Actor, campaign_id: str, filter: Filter) -> Select[Activity]:
    """The activities of the region and below; withdrawn ones stay readable and count nowhere."""
    query: Select[Any] = select(Activity).where(
        Activity.campaign == campaign_id, in_region(Activity.region_code, actor.region_code)
    )
    clauses = [
        Activity.side == filter.side if filter.side else None,
        Activity.kind == filter.kind if filter.kind else None,
        in_region(Activity.region_code, filter.region) if filter.region else None,
        Activity.held_on >= filter.since if filter.since else None,
        Activity.held_on <= filter.until if filter.until else None,
    ]
    return query.where(*(clause for clause in clauses if clause is not None))


def page(query: Select[Activity], *, after: str | None, before: str | None) -> Part[Activity]:
    """A part of the list, the latest first."""
    keys = [Key(Activity.held_on, down=True), Key(Activity.id, down=True)]
    return part_of(query, keys, after=after, before=before)


def activity(actor: Actor, activity_id: int) -> Activity:
    """One of the region or below. Raises NotFound."""
    return readable(Activity, activity_id, actor)


def own_activity(actor: Actor, activity_id: int) -> Activity:
    """One that the actor keeps. Raises NotFound, Forbidden."""
    return own(Activity, activity_id, actor)


def similar(campaign_id: str, region_code: str, facts: ActivityFacts, besides: int | None) -> Sequence[Activity]:
    """What may be the same activity: of the same day, kind and name, in the region, above it or below it."""
    near = or_(in_region(Activity.region_code, region_code), Activity.region_code.in_(regions_over(region_code)))
    query = select(Activity).where(
        Activity.campaign == campaign_id,
        Activity.side == facts.side,
        Activity.held_on == facts.held_on,
        Activity.title == facts.title,
        Activity.withdrawn_reason.is_(None),
        near,
    )
    return db.session.scalars(query.where(Activity.id != besides) if besides else query).all()
