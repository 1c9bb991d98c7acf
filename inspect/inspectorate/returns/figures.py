"""What filed returns add to a table: one grouped statement over all that count, each figure once.

Never twice: of the returns of one office whose days nest, only the widest that lies within the asked days; of a stock
only the latest; nothing of the offices whose figures another return of their sector above them includes.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, literal, literal_column, or_, select
from sqlalchemy.orm import aliased

from ..accounts.models import Agency
from ..accounts.regions import significant
from ..campaigns.engine.definition import FormDefinition, Tree
from ..campaigns.engine.figures import Address, Slot, Value, slots_of
from ..campaigns.engine.vocabulary import Kind
from ..campaigns.measures.scope import Scope, in_asked_region
from ..campaigns.measures.wishes import FOOT
from ..extensions import db
from .lines import AGENCY, REGION, members_of, placed
from .models import Return, ReturnFigure
from .numbers import MILLION
from .rules import COUNTED

Figures = tuple[dict[Address, Value], dict[str, int]]
"""What returns add at each place of a form and to each count of its footer; exact, fen for money."""

_FIRST, _LAST = "0001-01-01", "9999-12-31"


class Supplier(NamedTuple):
    """Who added to a figure: the offices of a sector. ``name`` and ``region`` of the office where it is one alone."""

    sector: str
    kind: str
    offices: int
    name: str | None
    region: str | None
    value: Value


class Group(NamedTuple):
    """What the offices of a sector add at one place, from below one of the regions asked for."""

    prefixes: tuple[str, ...]
    agency: str | None
    sector: str
    kind: str
    offices: int
    name: str
    region: str
    row: str
    col: str
    number: int
    words: str | None


class Gathered(NamedTuple):
    """All that returns add to a table, by region below, agency and sector."""

    form: FormDefinition
    groups: Sequence[Group]

    def figures(self, *, region: str | None = None, agency: str | None = None) -> Figures:
        """The figures of the whole, or of what came from one region below, or from one agency."""
        cells: dict[Address, Value] = {}
        foot: dict[str, int] = {}
        for group in self._of(region, agency):
            if group.row == FOOT:
                foot[group.col] = foot.get(group.col, 0) + group.number
                continue
            for slot in self.places(group):
                _add(cells, slot, group)
        return cells, foot

    def suppliers(self) -> dict[Address, list[Supplier]]:
        """Who added to each figure, sector by sector."""
        found: dict[Address, dict[tuple[str, str], Supplier]] = defaultdict(dict)
        for group in self.groups:
            if group.row == FOOT:
                _supply(found[FOOT, group.col], group, group.number)
                continue
            for slot in self.places(group):
                _supply(found[slot.address], group, kept(group, slot))
        return {address: list(of.values()) for address, of in found.items()}

    def places(self, group: Group) -> list[Slot]:
        """Where the group's figure stands in this table; nowhere once the form has lost the place."""
        slots = slots_of(self.form)
        addresses = placed(self.form, (group.row, group.col), _child(self.form, group), group.agency)
        return [slots[address] for address in addresses if address in slots]

    def _of(self, region: str | None, agency: str | None) -> Iterable[Group]:
        for group in self.groups:
            if region is not None and significant(region) not in group.prefixes:
                continue
            if agency is None or group.agency == agency:
                yield group


def returned(form: FormDefinition, scope: Scope, *, besides: Return | None = None) -> Figures:
    """What all counted returns of a region and below add to a form expanded for it; ``besides`` one of them."""
    return gather(form, scope, besides=besides).figures()


def returned_by_region(form: FormDefinition, scope: Scope, regions: Sequence[str]) -> dict[str, Figures]:
    """The same for each of some regions below."""
    found = gather(form, scope, regions=regions)
    return {code: found.figures(region=code) for code in regions}


def suppliers(form: FormDefinition, scope: Scope) -> dict[Address, list[Supplier]]:
    """Who added to each figure of a table; (FOOT, name) for the footer."""
    return gather(form, scope).suppliers()


def gather(
    form: FormDefinition,
    scope: Scope,
    *,
    regions: Sequence[str] = (),
    by_agency: bool = False,
    besides: Return | None = None,
) -> Gathered:
    """Everything that returns add, told apart by ``regions`` and agencies where the form or the break-down asks it."""
    kinds = members_of(form)
    codes = [*regions, *(member.key for member in kinds if member.kind == REGION)]
    digits = tuple(sorted({len(significant(code)) for code in codes}))
    agencies = by_agency or any(member.kind == AGENCY for member in kinds)
    parameters = {**scope.parameters(), "form": form.id, "reported_for": scope.reported_for, "besides": _id(besides)}
    connection = db.session.connection()
    groups: list[Group] = []
    for lines in _demands(form):
        rows = connection.execute(_statement(digits, agencies, lines), parameters)
        groups += (_group(row, len(digits)) for row in rows)
    return Gathered(form, groups)


def any_filed(form: FormDefinition, scope: Scope) -> bool:
    """Whether anybody in the region has begun a return of the form: the one statement that a table without takes."""
    parameters = {**scope.parameters(), "form": form.id, "reported_for": scope.reported_for}
    return db.session.connection().execute(_ANY, parameters).first() is not None


def kept(group: Group, slot: Slot) -> Value:
    """The group's figure in the units of its place."""
    if slot.part.kind is Kind.TEXT:
        return group.words or ""
    return _whole(Decimal(group.number) / MILLION) if slot.part.kind is Kind.QUANTITY else group.number


def _whole(number: Decimal) -> Value:
    return int(number) if number == number.to_integral_value() else number


def _add(cells: dict[Address, Value], slot: Slot, group: Group) -> None:
    value, before = kept(group, slot), cells.get(slot.address)
    if before is None:
        cells[slot.address] = value
    elif isinstance(before, str) or isinstance(value, str):
        cells[slot.address] = f"{before}；{value}"
    else:
        cells[slot.address] = before + value  # type: ignore[operator]


def _supply(found: dict[tuple[str, str], Supplier], group: Group, value: Value) -> None:
    key = (group.sector, group.kind)
    alone = group.offices == 1
    own = Supplier(*key, group.offices, group.name if alone else None, group.region if alone else None, value)
    before = found.get(key)
    if before is not None:
        total = value if isinstance(value, str) or isinstance(before.value, str) else before.value + value  # type: ignore[operator]
        own = Supplier(*key, before.offices + group.offices, None, None, total)
    found[key] = own


def _child(form: FormDefinition, group: Group) -> str | None:
    """The region among the form's lines from below which the group came."""
    return next((code for code in _region_lines(form) if significant(code) in group.prefixes), None)


@lru_cache(maxsize=64)
def _region_lines(form: FormDefinition) -> tuple[str, ...]:
    return tuple(dict.fromkeys(member.key for member in members_of(form) if member.kind == REGION))


def _group(row: Any, digits: int) -> Group:
    named = row._mapping
    return Group(
        prefixes=tuple(named[f"prefix{number}"] for number in range(digits)),
        agency=named["agency"],
        sector=named["sector"],
        kind=named["kind"],
        offices=named["offices"],
        name=named["name"],
        region=named["region"],
        row=named["row"],
        col=named["col"],
        number=int(named["number"] or 0),
        words=named["words"],
    )


def _id(row: Return | None) -> int:
    return row.id if row is not None and row.id is not None else -1


class _Lines(NamedTuple):
    """Which figures a statement takes: rows and columns that are stocks, or all others; ``words``: one by one."""

    rows: tuple[str, ...]
    cols: tuple[str, ...]
    stock: bool
    words: bool


@lru_cache(maxsize=256)
def _demands(form: FormDefinition) -> tuple[_Lines, ...]:
    """One statement for what happened, one more for stocks, where the form has any."""
    words = any(slot.part.kind is Kind.TEXT for slot in slots_of(form).values())
    usual = _Lines(_stocks(form.rows), _stocks(form.cols), stock=False, words=words)
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


_ANY = (
    select(literal(1))
    .where(Return.form == bindparam("form"), Return.campaign == bindparam("reported_for"))
    .where(in_asked_region(Return.region_code))
    .limit(1)
)


def _same_office(other: Any, table: Any) -> ColumnElement[bool]:
    return and_(
        other.form == table.form,
        other.campaign == table.campaign,
        other.region_code == table.region_code,
        other.reporter == table.reporter,
        other.id != table.id,
    )


def _first(table: Any) -> Any:
    return func.coalesce(table.period_from, literal_column(f"'{_FIRST}'"))


def _last(table: Any) -> Any:
    return func.coalesce(table.period_to, literal_column(f"'{_LAST}'"))


def _superseded(table: Any, *, stock: bool) -> ColumnElement[bool]:
    """The same office has a return that goes before: one with wider days around it; of stocks, a later one."""
    other = aliased(Return)
    wider = and_(_first(other) <= _first(table), _last(other) >= _last(table))
    later = or_(_last(other) > _last(table), and_(_last(other) == _last(table), _first(other) < _first(table)))
    return exists().where(_same_office(other, table), concerned(other), later if stock else wider)


def _included_above(table: Any, sector: Any) -> ColumnElement[bool]:
    """An office of the same sector above includes the figures of those below it."""
    other, its = aliased(Return), aliased(Agency)
    code = table.region_code
    above = (
        literal("000000"),
        func.substr(code, 1, 2).concat("0000"),
        func.substr(code, 1, 4).concat("00"),
    )
    return exists().where(
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


@lru_cache(maxsize=64)
def _statement(digits: tuple[int, ...], agencies: bool, lines: _Lines) -> Any:
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
        .where(concerned(Return), ~_superseded(Return, stock=lines.stock))
        .where(or_(Return.kind != "department", ~_included_above(Return, Agency.sector)))
    )  # fmt: skip
    if lines.rows or lines.cols:
        of_stocks = or_(ReturnFigure.row.in_(lines.rows), ReturnFigure.col.in_(lines.cols))
        query = query.where(of_stocks if lines.stock else ~of_stocks)
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
