"""The filled table: a form, a region, a period; figures of records and of returns, kept apart and together; ready to be
drawn or sent."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import select

from ..accounts.models import Agency
from ..accounts.regions import child_regions, covers, region_name
from ..extensions import db
from ..returns.figures import Gathered, Supplier, any_filed, gather
from . import queries
from .catalogue import CampaignFacts
from .choices import narrowing
from .coverage import Chain, Coverage, chain_below, coverage
from .engine.checks import Outcome, evaluate
from .engine.definition import Condition, FormDefinition
from .engine.expansion import Member, expand, region_members
from .engine.figures import Address, Filled, Value
from .engine.layout import Layout, lay_out
from .measures.compile import Figures, figures, figures_of_each
from .measures.dimensions import attribute
from .measures.scope import Scope, in_asked_region
from .measures.tables import SUBJECT
from .periods import default_days
from .places import heading

ALWAYS_BY = ("region", "agency")
"""Break-downs that every form allows; others need an [[axis]]."""


class Part(NamedTuple):
    """The same table for one member of the break-down."""

    key: str
    label: str
    filled: Filled


class Summary(NamedTuple):
    """A table with its figures. ``filled`` is the total: what the records give and what filed returns add.

    ``chain``: how far the tables of the regions directly below are on their way up; None where none has been begun.
    """

    form: FormDefinition
    campaign: CampaignFacts | None
    campaign_id: str | None
    scope: Scope
    filled: Filled
    checks: tuple[Outcome, ...]
    coverage: Coverage
    by: str | None = None
    parts: tuple[Part, ...] = ()
    foot_returns: Mapping[str, int] = MappingProxyType({})
    suppliers: Mapping[Address, Sequence[Supplier]] = MappingProxyType({})
    chain: Chain | None = None

    @property
    def recorded(self) -> Filled:
        """What the records of the system give by themselves."""
        if not self.filled.returns and not self.foot_returns:
            return self.filled
        foot = {name: count - self.foot_returns.get(name, 0) for name, count in self.filled.foot.items()}
        return Filled(self.form, self.filled.records, {}, foot)

    @property
    def returned(self) -> Filled:
        """What returns add, totals included; nothing is said of what they leave empty."""
        return Filled(self.form, None, self.filled.returns, self.foot_returns)

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
    form: FormDefinition,
    region_code: str,
    campaign_id: str | None,
    days: tuple[date | None, date | None],
    campaign: CampaignFacts | None = None,
) -> Scope:
    """What a form counts: records of the campaign only where its period is the campaign's, and of what each province
    has chosen.
    """
    bound = campaign_id if form.period.kind == "campaign" else None
    where = narrowing(campaign, region_code)
    return Scope(
        region_code, days[0], days[1], bound, form.counts_annulled, where=where, reported_for=campaign_id or ""
    )


def summarise(
    form: FormDefinition,
    region_code: str,
    *,
    today: date,
    campaign_id: str | None = None,
    days: tuple[date | None, date | None] | None = None,
    by: str | None = None,
) -> Summary:
    """Fill a form. ``campaign_id`` defaults to the form's id, ``days``, or the one of them that is not given, to what
    the form is about.
    """
    campaign = queries.campaign(campaign_id or form.id)
    bound = campaign_id or (campaign.id if campaign else form.id if form.period.kind == "campaign" else None)
    usual = default_days(form, campaign, today)
    days = (days[0] or usual[0], days[1] or usual[1]) if days else usual
    year = (days[1] or today).year
    local = expand(form, members(form, region_code, year))
    scope = scope_for(local, region_code, bound, days, campaign)
    of = list(break_down(by, scope, year)) if by else []
    filed = any_filed(form, scope)
    gathered = _gathered(local, scope, by, of) if filed else Gathered(local, ())
    returns, foot_returns = gathered.figures()
    filled = fill(local, scope, returns, foot_returns)
    return Summary(
        form=local,
        campaign=campaign,
        campaign_id=bound,
        scope=scope,
        filled=filled,
        checks=evaluate(filled),
        coverage=coverage(region_code, year, scope if filed else None, form.id),
        by=by,
        parts=_parts(local, scope, of, gathered, by) if by else (),
        foot_returns=foot_returns,
        suppliers=gathered.suppliers(),
        chain=chain_below(form, campaign, scope, year, today) if filed else None,
    )


def fill(
    form: FormDefinition,
    scope: Scope,
    returns: Mapping[Address, Value] = MappingProxyType({}),
    foot_returns: Mapping[str, int] = MappingProxyType({}),
) -> Filled:
    """The form with the figures that the records of a scope give, and what returns add to them."""
    return _filled(form, figures(form, scope), (returns, foot_returns))


def _filled(
    form: FormDefinition,
    recorded: tuple[Mapping[Address, Value], Mapping[str, int]],
    returned: tuple[Mapping[Address, Value], Mapping[str, int]],
) -> Filled:
    foot = {name: count + returned[1].get(name, 0) for name, count in recorded[1].items()}
    return Filled(form, recorded[0], returned[0], foot)


def _gathered(form: FormDefinition, scope: Scope, by: str | None, of: Sequence[Member]) -> Gathered:
    """What returns add, told apart by the members of a break-down by region or agency."""
    return gather(form, scope, regions=[one.key for one in of] if by == "region" else (), by_agency=by == "agency")


def _parts(
    form: FormDefinition, scope: Scope, of: Sequence[Member], gathered: Gathered, by: str | None
) -> tuple[Part, ...]:
    """Each member with its own records, and its own returns where the break-down is by region or agency."""
    found = figures_of_each(form, scope, {one.key: (*scope.where, *one.where) for one in of})
    nothing: Figures = ({}, {})
    parts = []
    for one in of:
        own = gathered.figures(**{by: one.key}) if by in ALWAYS_BY else nothing
        parts.append(Part(one.key, one.label, _filled(form, found[one.key], own)))
    return tuple(parts)


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
