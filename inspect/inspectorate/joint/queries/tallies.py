"""Results of re-checks, counted: by region, by days, and how many were mended (整改到位率)."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, select

from ...accounts.actor import Actor
from ...accounts.regions import region_name
from ...accounts.scope import in_region, in_scope
from ...extensions import db
from ..models import RecheckTask
from .reach import part_of_region
from .rechecks import contradicted


class Tally(NamedTuple):
    """Results counted; ``contradicted`` are among partly and unmended."""

    tasks: int = 0
    mended: int = 0
    partly: int = 0
    unmended: int = 0
    impossible: int = 0
    overdue: int = 0
    contradicted: int = 0

    def plus(self, other: "Tally") -> "Tally":
        """Both together."""
        return Tally(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def looked_at(self) -> int:
        """Places that could be inspected."""
        return self.mended + self.partly + self.unmended

    @property
    def waiting(self) -> int:
        """Tasks without a result."""
        return self.tasks - self.looked_at - self.impossible

    @property
    def rate(self) -> str:
        """整改到位率: mended ones among those that could be inspected, in per cent with one decimal; – without any."""
        if not self.looked_at:
            return "–"
        tenths = (2000 * self.mended + self.looked_at) // (2 * self.looked_at)
        return f"{tenths // 10}.{tenths % 10}%"


def _tallies(today: date) -> list[ColumnElement[Any]]:
    def counted(condition: ColumnElement[bool]) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    late = and_(RecheckTask.result.is_(None), RecheckTask.due_on < today)
    results = [counted(RecheckTask.result == result) for result in ("mended", "partly", "unmended", "impossible")]
    return [func.count(), *results, counted(late), counted(contradicted())]


def tally(campaign_id: str, region_code: str, today: date, start: date | None = None, end: date | None = None) -> Tally:
    """The tasks of places in a region and below; with days, those that got their result in them."""
    query = select(*_tallies(today)).where(*_counting(campaign_id, region_code))
    if start is not None:
        query = query.where(RecheckTask.result_on >= start)
    if end is not None:
        query = query.where(RecheckTask.result_on <= end)
    return Tally(*map(int, db.session.execute(query).one()))


def _counting(campaign_id: str, region_code: str, actor: Actor | None = None) -> list[ColumnElement[bool]]:
    clauses = [RecheckTask.campaign == campaign_id, in_region(RecheckTask.region_code, region_code)]
    clauses.append(RecheckTask.dropped_reason.is_(None))
    return [*clauses, in_scope(RecheckTask, actor)] if actor is not None else clauses


def by_region(actor: Actor, campaign_id: str, today: date) -> list[tuple[str, str, Tally]]:
    """Code, name and results of the regions directly below where something was to be looked at, and the own level."""
    part = part_of_region(actor.region_code, today.year)
    query = select(RecheckTask.region_code, *_tallies(today))
    query = query.where(*_counting(campaign_id, actor.region_code, actor)).group_by(RecheckTask.region_code)
    found: dict[str, Tally] = {}
    for code, *figures in db.session.execute(query):
        found[part(code)] = found.get(part(code), Tally()).plus(Tally(*map(int, figures)))
    return [(code, region_name(code), found[code]) for code in sorted(found)]
