"""Over whom a table is: which regions directly below take part, and how far their tables are on the way up."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import func, select

from ..accounts.models import Agency
from ..accounts.regions import child_regions, region, significant
from ..clock import local
from ..extensions import db
from ..returns.counted import concerned
from ..returns.models import Return
from ..returns.periods import key_of
from ..returns.rules import State, Timeliness, timeliness
from .catalogue import CampaignFacts
from .engine.definition import FormDefinition
from .measures.scope import Scope, in_asked_region


class Coverage(NamedTuple):
    """Over whom the total is: of the regions directly below, how many take part, and which are missing.

    ``late``: those whose own table came, or would come today, after its last day.
    """

    expected: int
    reported: int
    late: int
    missing: tuple[str, ...]


class Chain(NamedTuple):
    """The tables of the regions directly below: state by region, and which are late or have not come."""

    states: Mapping[str, str]
    late: tuple[str, ...]
    missing: tuple[str, ...]

    def count(self, state: State) -> int:
        """How many are in a state."""
        return sum(one == state for one in self.states.values())


def coverage(region_code: str, year: int, scope: Scope | None = None, form_id: str = "") -> Coverage:
    """A region directly below takes part when an agency of it, or below it, works with the system, or, where returns
    have been filed (``scope``), when one of it counts.
    """
    expected = [r.code for r in child_regions(region_code, year)] or [region_code]
    prefix = significant(region_code)
    bound: dict[str, Any] = {"region_low": prefix.ljust(6, "0"), "region_high": prefix.ljust(6, "9")}
    digits = tuple(sorted({len(significant(code)) for code in expected}))
    present = {prefix for row in db.session.connection().execute(_working(digits), bound) for prefix in row}
    if scope is not None:
        asked = {**scope.parameters(), "form": form_id, "reported_for": scope.reported_for, "besides": -1}
        present |= {prefix for row in db.session.connection().execute(_filing(digits), asked) for prefix in row}
    missing = tuple(code for code in expected if significant(code) not in present)
    return Coverage(len(expected), len(expected) - len(missing), 0, missing)


@cache
def _working(digits: tuple[int, ...]) -> Any:
    """The leading digits, so many of them, of the regions in which an agency works with the system; built once."""
    columns = [func.substr(Agency.region_code, 1, number) for number in digits]
    return select(*columns).where(in_asked_region(Agency.region_code)).distinct()


@cache
def _filing(digits: tuple[int, ...]) -> Any:
    """The same of the regions of which a return counts."""
    columns = [func.substr(Return.region_code, 1, number) for number in digits]
    return select(*columns).where(concerned(Return)).distinct()


def chain_below(
    form: FormDefinition, campaign: CampaignFacts | None, scope: Scope, year: int, today: date
) -> Chain | None:
    """How far the tables of the regions directly below are; None where none has been begun for these days."""
    below = [child.code for child in child_regions(scope.region, year)]
    columns = (Return.region_code, Return.state, Return.due_on, Return.submitted_at)
    query = select(*columns).where(
        Return.form == form.id,
        Return.campaign == scope.reported_for,
        Return.region_code.in_(below),
        Return.kind == "level",
        Return.period == key_of(scope.start, scope.end),
    )
    rows = {row.region_code: row for row in db.session.execute(query)} if below else {}
    if not rows:
        return None
    usual = max((row.due_on for row in rows.values() if row.due_on is not None), default=None)
    late, missing = [], []
    for code in below:
        row = rows.get(code)
        due = row.due_on if row is not None else _due(campaign, code) or usual
        came = local(row.submitted_at).date() if row is not None and row.submitted_at else None
        when = timeliness(due, came, today)
        if when in (Timeliness.LATE, Timeliness.MISSING):
            late.append(code)
        if came is None:
            missing.append(code)
    return Chain({code: row.state for code, row in rows.items()}, tuple(late), tuple(missing))


def _due(campaign: CampaignFacts | None, code: str) -> date | None:
    found = region(code)
    return campaign.due_on(found.level) if campaign is not None and found is not None else None
