"""Which filed returns count in a table, each figure once, and the statements that add them up.

Of the returns of one office whose days nest, only the widest that lies within the asked days; of a stock only the
latest; nothing of the offices whose figures another return of their sector above them includes.
"""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, literal, literal_column, or_, select
from sqlalchemy.orm import aliased

from ..accounts.models import Agency
from ..campaigns.engine.definition import FormDefinition, Tree
from ..campaigns.engine.figures import slots_of
from ..campaigns.engine.vocabulary import Kind
from ..campaigns.measures.scope import Scope, in_asked_region
from .models import Return, ReturnFigure
from .rules import COUNTED

_FIRST, _LAST = "0001-01-01", "9999-12-31"


def bound_to(form: FormDefinition, scope: Scope, besides: Return | None = None) -> dict[str, Any]:
    """What the statements are bound to; ``besides``: one return is left out."""
    left_out = besides.id if besides is not None and besides.id is not None else -1
    return {**scope.parameters(), "form": form.id, "reported_for": scope.reported_for, "besides": left_out}


class Lines(NamedTuple):
    """Which figures a statement takes: rows and columns that are stocks, or all others; ``words``: one by one."""

    rows: tuple[str, ...]
    cols: tuple[str, ...]
    stock: bool
    words: bool


@lru_cache(maxsize=256)
def demands(form: FormDefinition) -> tuple[Lines, ...]:
    """One statement for what happened, one more for stocks, where the form has any; a form as of a day is all stock."""
    words = any(slot.part.kind is Kind.TEXT for slot in slots_of(form).values())
    if form.period.kind == "as-of":
        return (Lines((), (), stock=True, words=words),)
    usual = Lines(_stocks(form.rows), _stocks(form.cols), stock=False, words=words)
    return (usual, usual._replace(stock=True)) if usual.rows or usual.cols else (usual,)


def _stocks(tree: Tree) -> tuple[str, ...]:
    return tuple(sorted({line for node in tree if node.stock for line in (node.id, *(p.id for p in node.parts))}))


def concerned(table: Any) -> ColumnElement[bool]:
    """A counted return of the form, within the asked region and days."""
    return and_(
        table.form == bindparam("form"),
        table.campaign == bindparam("reported_for"),
        in_asked_region(table.region_code),
        table.state.in_(sorted(COUNTED)),
        or_(table.period_from.is_(None), table.period_from >= bindparam("start")),
        or_(table.period_to.is_(None), table.period_to <= bindparam("end")),
        table.id != bindparam("besides"),
    )


ANY = (
    select(literal(1))
    .where(Return.form == bindparam("form"), Return.campaign == bindparam("reported_for"))
    .where(in_asked_region(Return.region_code))
    .limit(1)
)
"""Whether anybody in the region has begun a return of the form."""


def _first(table: Any) -> Any:
    return func.coalesce(table.period_from, literal_column(f"'{_FIRST}'"))


def _last(table: Any) -> Any:
    return func.coalesce(table.period_to, literal_column(f"'{_LAST}'"))


def _that_count(*, stock: bool) -> Select[Any]:
    """Ids of the returns of which nothing else of the same office goes before: one with wider days around it, which
    begins earlier and has not ended yet when this one does; of stocks, a later one.
    """
    office = (Return.region_code, Return.reporter)
    if stock:
        place = func.row_number().over(partition_by=office, order_by=(_last(Return).desc(), _first(Return)))
        each = select(Return.id, place.label("place")).where(concerned(Return)).subquery()
        return select(each.c.id).where(each.c.place == 1)
    around = func.max(_last(Return)).over(
        partition_by=office, order_by=(_first(Return), _last(Return).desc()), rows=(None, -1)
    )
    each = select(Return.id, _last(Return).label("ends"), around.label("around")).where(concerned(Return)).subquery()
    return select(each.c.id).where(or_(each.c.around.is_(None), each.c.around < each.c.ends))


def _included_above(table: Any, sector: Any) -> ColumnElement[bool]:
    """An office of the same sector above includes the figures of those below it; asked only where one does at all."""
    other, its, covering = aliased(Return), aliased(Agency), aliased(Return)
    code = table.region_code
    above = (
        literal("000000"),
        func.substr(code, 1, 2).concat("0000"),
        func.substr(code, 1, 4).concat("00"),
    )
    any_covers = exists().where(concerned(covering), covering.covers_below)
    of_this = exists().where(
        concerned(other),
        other.region_code.in_(above),
        other.region_code != code,
        other.kind == "department",
        other.covers_below,
        its.id == other.agency_id,
        its.sector == sector,
        _first(other) <= _last(table),
        _last(other) >= _first(table),
    )
    return and_(any_covers, of_this)


@lru_cache(maxsize=64)
def statement(digits: tuple[int, ...], agencies: bool, lines: Lines) -> Any:
    """What all counted returns add, by place, sector and, where they must be told apart, region and agency."""
    prefixes = [func.substr(Return.region_code, 1, number).label(f"prefix{n}") for n, number in enumerate(digits)]
    agency = Agency.key.label("agency") if agencies else literal_column("NULL").label("agency")
    words = ReturnFigure.words.label("words") if lines.words else literal_column("NULL").label("words")
    place = [ReturnFigure.row.label("row"), ReturnFigure.col.label("col")]
    groups: list[Any] = [*prefixes, Agency.sector.label("sector"), Return.kind.label("kind"), *place]
    query = (
        select(
            *groups, agency, words, func.sum(ReturnFigure.value).label("number"),
            func.count(Return.agency_id.distinct()).label("offices"),
            func.min(Agency.name).label("name"), func.min(Return.region_code).label("region"),
        )
        .join_from(Return, ReturnFigure, ReturnFigure.return_id == Return.id)
        .join(Agency, Agency.id == Return.agency_id)
        .where(counts(lines))
    )  # fmt: skip
    # by name: an expression with bound values is, to PostgreSQL, another one each time it is written
    by: list[Any] = [
        *(literal_column(prefix.name) for prefix in prefixes),
        Agency.sector,
        Return.kind,
        ReturnFigure.row,
        ReturnFigure.col,
    ]
    by += [Agency.key] * agencies + [ReturnFigure.words] * lines.words
    # in an order that does not depend on who filed first, for words are joined
    return query.group_by(*by).order_by(
        ReturnFigure.row, ReturnFigure.col, func.min(Return.region_code), func.min(Return.reporter)
    )


def counts(lines: Lines) -> ColumnElement[bool]:
    """The figures of these lines that count, each once; over `Return`, `ReturnFigure` and `Agency`."""
    found = and_(
        Return.id.in_(_that_count(stock=lines.stock)),
        or_(Return.kind != "department", ~_included_above(Return, Agency.sector)),
    )
    if not (lines.rows or lines.cols):
        return found
    of_stocks = or_(ReturnFigure.row.in_(lines.rows), ReturnFigure.col.in_(lines.cols))
    return and_(found, of_stocks if lines.stock else ~of_stocks)
