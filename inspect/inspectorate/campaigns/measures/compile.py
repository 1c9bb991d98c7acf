"""A form's places compiled to few grouped statements, run once, and handed back as exact figures by address.

Places that count the same kind of event share one statement, grouped by whatever their filters look at. What may be
added over groups is added; what must be counted once (distinct subjects, cases with several respondents) is grouped by
exactly the filters concerned, so that nothing is counted twice or lost.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import literal_column, or_, select

from ...accounts.regions import significant
from ...extensions import db
from ..engine.definition import Condition, FormDefinition, Measure, Part
from ..engine.figures import Address, Filled, Value
from ..engine.vocabulary import Kind
from .dimensions import Dimension, as_number, attribute, dimension, joined_licences, plain
from .scope import Scope, in_asked_region, in_period, of_campaign
from .sources import Source, aggregate_column, entity_column, sources, with_extra
from .tables import BASES, PENALTY, annulled_clause

FOOT = "#foot"
"""Stands in for the row in the address of a footer's count."""

Counted = int | Decimal
"""What records add up to: whole numbers, fen, or an exact sum of an attribute."""


@dataclass(frozen=True)
class Wish:
    """One source's share of one figure: what it needs to look at, and which groups it takes.

    ``table``: which of several tables the figure stands in, for a break-down.
    """

    address: Address
    source: Source
    looks: tuple[tuple[Dimension, Condition], ...]
    money: bool = False
    table: str = ""

    @property
    def once(self) -> frozenset[str]:
        """The filters over which an entity may occur in several groups, so that groups must not be added."""
        return frozenset(d.id for d, _ in self.looks if not is_single(self.source, d))

    @property
    def adds_up(self) -> bool:
        """Whether taking groups and adding them counts everything once."""
        return all(is_single(self.source, d) or d.is_flag or (d.exact and len(c.values) == 1) for d, c in self.looks)


def is_single(source: Source, dim: Dimension) -> bool:
    """Whether each counted entity has one value in this dimension."""
    if source.entity == "subject":
        return dim.of_subject
    if source.entity == "case":
        return not (dim.of_subject or "respondent" in dim.needs)
    return True


@dataclass
class Statement:
    """One statement: the wishes that it answers."""

    source: Source
    listed: bool
    wishes: list[Wish] = field(default_factory=list)

    @cached_property
    def dimensions(self) -> list[Dimension]:
        found = {d.id: d for wish in self.wishes for d, _ in wish.looks}
        if self.source.weigh:
            weight = attribute(self.source.weigh)
            found[weight.id] = weight
        return list(found.values())

    @cached_property
    def sought(self) -> list["Sought"]:
        """The wishes with what they look up, worked out once for the statement."""
        return [Sought.of(wish) for wish in self.wishes]


class Sought(NamedTuple):
    """A wish: ``keys`` and ``values`` are looked up, ``tried`` must be asked of each group found so."""

    wish: Wish
    keys: tuple[str, ...]
    values: tuple[str, ...]
    tried: tuple[tuple[Dimension, Condition], ...]

    @classmethod
    def of(cls, wish: Wish) -> "Sought":
        """Dimensions in which one exact value is wanted are looked up; several filters on one are tried."""
        exact = {d.id: key for d, c in wish.looks if (key := _looked_up(d, c)) is not None}
        keys = tuple(sorted(exact))
        tried = tuple((d, c) for d, c in wish.looks if exact.get(d.id) != _looked_up(d, c) or d.id not in exact)
        return cls(wish, keys, tuple(exact[key] for key in keys), tried)


def wishes(form: FormDefinition, where: tuple[Condition, ...] = ()) -> list[Wish]:
    """Everything that the records must give for a form: cells that are no totals, and the footer's counts.

    ``where``: filters over the whole table.
    """
    blank = Filled(form, {})
    found: list[Wish] = []
    for address, slot in blank.slots.items():
        if blank.countable(slot) and slot.part.measure is not None:
            found += wishes_of(address, slot.part.measure, (*slot.conditions, *where), slot.part)
    for name, measure in form.foot_counts.items():
        found += wishes_of((FOOT, name), measure, where)
    return found


def wishes_of(
    address: Address, measure: Measure, conditions: Iterable[Condition], part: Part | None = None
) -> list[Wish]:
    """The shares that add up to one figure; a filter that a kind of record does not know lets nothing through."""
    found = []
    for term in measure.terms:
        for source in sources(term):
            base = BASES[source.base]
            asked = joined_licences((*conditions, *source.conditions))
            looks = [(dimension(base, condition), condition) for condition in asked]
            known = tuple((d, c) for d, c in looks if d is not None)
            if len(known) == len(looks):
                found.append(Wish(address, source, known, part is not None and part.kind is Kind.MONEY))
    return found


def statements(found: Iterable[Wish]) -> list[Statement]:
    """Wishes gathered into as few statements as can answer them."""
    made: dict[tuple[Any, ...], Statement] = {}
    for wish in found:
        source, listed = wish.source, not wish.adds_up
        once = frozenset(d.id for d, _ in wish.looks) if listed else wish.once
        day = "" if source.by_its_own_day and not listed else source.day
        key = (source.base, day, source.extra, source.entity, source.weigh, once, listed)
        made.setdefault(key, Statement(source, listed)).wishes.append(wish)
    return list(made.values())


Figures = tuple[dict[Address, Value], dict[str, int]]
"""What the records give for each place of a form, and for each count of its footer; exact, fen for money."""


def figures(form: FormDefinition, scope: Scope) -> Figures:
    """The figures of a table."""
    return figures_of_each(form, scope, {"": scope.where})[""]


def figures_of_each(
    form: FormDefinition, scope: Scope, tables: Mapping[str, tuple[Condition, ...]]
) -> dict[str, Figures]:
    """The figures of several tables that differ in a filter over the whole, by the same few statements as one."""
    cells: dict[str, dict[Address, Any]] = {table: {} for table in tables}
    connection, parameters = db.session.connection(), scope.parameters()
    for statement, query in _plan(form, tuple(tables.items()), scope.campaign is not None, scope.annulled):
        rows = connection.execute(query, parameters).mappings().all()
        for wish, value in _answers(statement, rows):
            own = cells[wish.table]
            own[wish.address] = own.get(wish.address, 0) + value
    return {
        table: (own, {name: int(own.pop((FOOT, name), 0)) for name in form.foot_counts}) for table, own in cells.items()
    }


@lru_cache(maxsize=256)
def _plan(
    form: FormDefinition, tables: tuple[tuple[str, tuple[Condition, ...]], ...], of_one_campaign: bool, annulled: bool
) -> tuple[tuple[Statement, Any], ...]:
    """The statements of a form, built once: building costs more than running them on a county."""
    found = statements(replace(wish, table=table) for table, where in tables for wish in wishes(form, where))
    return tuple(
        (statement, build(statement, of_one_campaign=of_one_campaign, annulled=annulled)) for statement in found
    )


def build(statement: Statement, *, of_one_campaign: bool, annulled: bool) -> Any:
    """The SQL of a statement: live records of the scope, groups by dimension, the aggregates that are asked for."""
    source, dims = statement.source, statement.dimensions
    columns = [dim.expression.label(f"d{number}") for number, dim in enumerate(dims)]
    splits = sorted({wish.source.split for wish in statement.wishes if wish.source.split})
    if splits:
        columns.append(PENALTY.c.kind.label("split"))
    query = select(*columns).select_from(origin(source, dims)[0])
    days = {wish.source.day for wish in statement.wishes}
    query = query.where(*clauses(source, dims, days, of_one_campaign=of_one_campaign, annulled=annulled))
    if splits:
        query = query.where(PENALTY.c.kind.in_(splits))
    if statement.listed:
        return query.add_columns(entity_column(source).label("entity")).distinct()
    # by name: an expression with bound values is, to PostgreSQL, another one each time it is written
    groups: list[Any] = [literal_column(column.name) for column in columns]
    wanted = {wish.source.column: wish.source for wish in statement.wishes}
    return query.add_columns(*map(aggregate_column, wanted.values())).group_by(*groups)


def origin(source: Source, dims: Iterable[Dimension]) -> tuple[Any, list[Any]]:
    """FROM with the joins that the source and the dimensions need, and what the source demands besides."""
    base = BASES[source.base]
    needs = frozenset[str]().union(*(dim.needs for dim in dims))
    if source.entity == "subject":
        needs |= {"respondent"}
    return with_extra(source, base.joins(base.table, needs))


def clauses(
    source: Source, dims: Iterable[Dimension], days: Iterable[str], *, of_one_campaign: bool, annulled: bool
) -> list[Any]:
    """WHERE: live records of the region, the campaign and the period, bound to the scope when they are run.

    ``days``: the columns of which one at least lies in the period; "" where the aggregates look themselves.
    """
    base = BASES[source.base]
    found = [base.live, in_asked_region(base.record.c.region_code), *origin(source, dims)[1]]
    found.append(annulled_clause(base, annulled))
    if of_one_campaign and base.name != "register":
        found.append(of_campaign(base.record.c.campaign))
    if any(days := sorted(days)):
        found.append(or_(*(in_period(base.table.c[day]) for day in days)))
    return found


class _Group(NamedTuple):
    values: dict[str, Any]
    row: Any


def _answers(statement: Statement, rows: Iterable[Any]) -> Iterable[tuple[Wish, Value]]:
    dims = statement.dimensions
    groups = [_Group({dim.id: row[f"d{number}"] for number, dim in enumerate(dims)}, row) for row in rows]
    index = _Index(groups)
    for sought in statement.sought:
        wish = sought.wish
        taken = [group for group in index.candidates(sought) if _takes(sought, group)]
        if statement.listed:
            yield wish, len({group.row["entity"] for group in taken})
        else:
            yield wish, _added(wish, taken)


def _takes(sought: Sought, group: _Group) -> bool:
    split = sought.wish.source.split
    if split is not None and group.row["split"] != split:
        return False
    return all(dim.matches(condition, group.values[dim.id]) for dim, condition in sought.tried)


def _added(wish: Wish, groups: Iterable[_Group]) -> Counted:
    if wish.source.weigh is None:
        return sum(int(group.row[wish.source.column]) for group in groups)
    weight = attribute(wish.source.weigh).id
    return weighed(wish, ((group.values[weight], group.row["n"]) for group in groups))


def weighed(wish: Wish, weights: Iterable[tuple[Any, Any]]) -> Counted:
    """The sum of an attribute from (its value, how many subjects have it); fen for money, which is kept in yuan."""
    total = sum(((as_number(weight) or Decimal(0)) * int(times) for weight, times in weights), Decimal(0))
    return round(total * 100) if wish.money else _whole(total)


def _whole(number: Decimal) -> Counted:
    return int(number) if number == number.to_integral_value() else number


class _Index:
    """Groups by the values of the dimensions in which a wish asks for one exact value: no cell reads every group."""

    def __init__(self, groups: list[_Group]) -> None:
        self.groups = groups
        self.by: dict[tuple[str, ...], dict[tuple[str, ...], list[_Group]]] = {}

    def candidates(self, sought: Sought) -> list[_Group]:
        keys = sought.keys
        if not keys:
            return self.groups
        if keys not in self.by:
            table: dict[tuple[str, ...], list[_Group]] = {}
            for group in self.groups:
                table.setdefault(tuple(plain(group.values[key]) for key in keys), []).append(group)
            self.by[keys] = table
        return self.by[keys].get(sought.values, [])


def _looked_up(dim: Dimension, condition: Condition) -> str | None:
    """The one value that groups let through by a filter have; None where groups must be tried."""
    if not dim.exact or dim.is_flag or len(condition.values) != 1:
        return None
    if not dim.id.startswith("region:"):
        return plain(condition.values[0])
    prefix = significant(str(condition.values[0]))
    return prefix if dim.id == f"region:{len(prefix)}" else None
