"""The filled table: a form, a region, a period; its figures, checks and coverage, ready to be drawn or sent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import func, select

from ..accounts.models import Agency
from ..accounts.regions import child_regions, covers, region_name, significant
from ..extensions import db
from . import queries
from .catalogue import CampaignFacts
from .engine.checks import Outcome, evaluate
from .engine.definition import Condition, FormDefinition
from .engine.expansion import Member, expand, region_members
from .engine.figures import Filled
from .engine.layout import Layout, lay_out
from .measures.compile import figures, figures_of_each
from .measures.dimensions import attribute
from .measures.scope import Scope, in_asked_region
from .measures.tables import SUBJECT
from .periods import default_days
from .places import heading

ALWAYS_BY = ("region", "agency")
"""Break-downs that every form allows; others need an [[axis]]."""


class Coverage(NamedTuple):
    """Over whom the total is: of the regions directly below, how many take part, and which are missing."""

    expected: int
    reported: int
    late: int
    missing: tuple[str, ...]


class Part(NamedTuple):
    """The same table for one member of the break-down."""

    key: str
    label: str
    filled: Filled


class Summary(NamedTuple):
    """A table with its figures."""

    form: FormDefinition
    campaign: CampaignFacts | None
    campaign_id: str | None
    scope: Scope
    filled: Filled
    checks: tuple[Outcome, ...]
    coverage: Coverage
    by: str | None = None
    parts: tuple[Part, ...] = ()

    @property
    def period_words(self) -> str:
        """2021年6月1日至2021年12月31日."""
        start, end = self.scope.start, self.scope.end
        words = [f"{day.year}年{day.month}月{day.day}日" if day else "" for day in (start, end)]
        if not any(words):
            return "全部"
        return f"{words[0] or '最初'}至{words[1] or '今'}"

    def layout(self) -> Layout:
        """The sheet of the whole."""
        return self._layout(self.filled, region_name(self.scope.region, full=True))

    def layouts(self) -> list[tuple[str, Layout]]:
        """The sheets with their names: the whole, then the members of the break-down."""
        whole = [(region_name(self.scope.region), self.layout())]
        return whole + [(part.label, self._layout(part.filled, part.label)) for part in self.parts]

    def _layout(self, filled: Filled, of: str) -> Layout:
        sheet = lay_out(filled)
        note = f"统计范围：{of}　统计期间：{self.period_words}"
        return sheet._replace(head=heading(sheet.head, self.scope.region), note=note)


def scope_for(
    form: FormDefinition, region_code: str, campaign_id: str | None, days: tuple[date | None, date | None]
) -> Scope:
    """What a form counts: records of the campaign only where its period is the campaign's."""
    bound = campaign_id if form.period.kind == "campaign" else None
    return Scope(region_code, days[0], days[1], bound, form.counts_annulled, reported_for=campaign_id or "")


def summarise(
    form: FormDefinition,
    region_code: str,
    *,
    today: date,
    campaign_id: str | None = None,
    days: tuple[date | None, date | None] | None = None,
    by: str | None = None,
) -> Summary:
    """Fill a form from the records. ``campaign_id`` defaults to the form's id, ``days``, or the one of them that is not
    given, to what the form is about.
    """
    campaign = queries.campaign(campaign_id or form.id)
    bound = campaign_id or (campaign.id if campaign else form.id if form.period.kind == "campaign" else None)
    usual = default_days(form, campaign, today)
    days = (days[0] or usual[0], days[1] or usual[1]) if days else usual
    year = (days[1] or today).year
    local = expand(form, members(form, region_code, year))
    scope = scope_for(local, region_code, bound, days)
    filled = fill(local, scope)
    parts = _parts(local, scope, break_down(by, scope, year)) if by else ()
    return Summary(local, campaign, bound, scope, filled, evaluate(filled), coverage(region_code, year), by, parts)


def fill(form: FormDefinition, scope: Scope) -> Filled:
    """The form with the figures of a scope."""
    cells, foot = figures(form, scope)
    return Filled(form, cells, {}, foot)


def _parts(form: FormDefinition, scope: Scope, of: Iterable[Member]) -> tuple[Part, ...]:
    of = list(of)
    found = figures_of_each(form, scope, {one.key: one.where for one in of})
    return tuple(Part(one.key, one.label, Filled(form, found[one.key][0], {}, found[one.key][1])) for one in of)


def members(form: FormDefinition, region_code: str, year: int) -> Mapping[str, Sequence[Member]]:
    """What the lines per child region and per agency stand for here; asked for only where the form has such lines."""
    wanted = {node.expand for tree in (form.cols, form.rows) for node in tree}
    found: dict[str, Sequence[Member]] = {}
    if "child_regions" in wanted:
        found["child_regions"] = region_members((r.code, r.name) for r in child_regions(region_code, year))
    if "agencies" in wanted:
        found["agencies"] = _agencies(region_code)
    return found


def _agencies(region_code: str) -> list[Member]:
    rows = db.session.execute(select(Agency.id, Agency.key, Agency.name, Agency.region_code).order_by(Agency.id))
    inside = [row for row in rows if covers(region_code, row.region_code)]
    return [Member(row.key, row.name, (Condition("agency", (row.id,)),)) for row in inside]


def break_down(by: str, scope: Scope, year: int) -> Iterable[Member]:
    """The members of an axis: child regions, agencies, or the values of an attribute that occur in the region."""
    if by == "region":
        return region_members((r.code, r.name) for r in child_regions(scope.region, year))
    if by == "agency":
        return _agencies(scope.region)
    column = attribute(by).expression
    query = select(column).where(in_asked_region(SUBJECT.c.region_code), column.is_not(None)).distinct()
    values = sorted(str(value) for value in db.session.scalars(query, scope.parameters()))
    return [Member(value, value, (Condition(f"attr.{by}", (value,)),)) for value in values]


def axes_of(form: FormDefinition) -> list[str]:
    """The break-downs that may be asked for."""
    return list(dict.fromkeys([*ALWAYS_BY, *(choice for axis in form.axes for choice in axis.choices)]))


def coverage(region_code: str, year: int) -> Coverage:
    """A region directly below takes part when an agency of it, or below it, works with the system."""
    expected = [r.code for r in child_regions(region_code, year)] or [region_code]
    prefix = significant(region_code)
    bound = {"region_low": prefix.ljust(6, "0"), "region_high": prefix.ljust(6, "9")}
    digits = tuple(sorted({len(significant(code)) for code in expected}))
    present = {prefix for row in db.session.connection().execute(_reporting(digits), bound) for prefix in row}
    missing = tuple(code for code in expected if significant(code) not in present)
    return Coverage(len(expected), len(expected) - len(missing), 0, missing)


@cache
def _reporting(digits: tuple[int, ...]) -> Any:
    """The leading digits, so many of them, of the regions in which an agency works with the system; built once."""
    columns = [func.substr(Agency.region_code, 1, number) for number in digits]
    return select(*columns).where(in_asked_region(Agency.region_code)).distinct()
