"""A form's places compiled to few grouped statements, run once, and handed back as exact figures by address.

Places that count the same kind of event share one statement, grouped by whatever their filters look at. What may be
added over groups is added; what must be counted once (distinct subjects, cases with several respondents) is grouped by
exactly the filters concerned, so that nothing is counted twice or lost.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import literal_column, or_, select

from ...extensions import db
from ..engine.definition import Condition, FormDefinition
from ..engine.figures import Address, Value
from .dimensions import Dimension, as_number, attribute, plain
from .scope import Scope, in_asked_region, in_period, of_campaign
from .sources import Source, aggregate_column, entity_column, with_extra
from .tables import BASES, PENALTY, annulled_clause
from .wishes import FOOT, Sought, Statement, Wish, statements, wishes

Counted = int | Decimal
"""What records add up to: whole numbers, fen, or an exact sum of an attribute."""


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
    found = statements(wish._replace(table=table) for table, where in tables for wish in wishes(form, where))
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
    """What each wish gets. One that no group concerns is not named: a wide form has many more places than groups."""
    taken: dict[int, list[_Group]] = {}
    for row in rows:
        group = _Group({dim.id: row[f"d{number}"] for number, dim in enumerate(statement.dimensions)}, row)
        for keys, by_values in statement.sought_by.items():
            for number in by_values.get(tuple(plain(group.values[key]) for key in keys), ()):
                if _takes(statement.sought[number], group):
                    taken.setdefault(number, []).append(group)
    for number, groups in taken.items():
        wish = statement.sought[number].wish
        yield wish, len({group.row["entity"] for group in groups}) if statement.listed else _added(wish, groups)


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
