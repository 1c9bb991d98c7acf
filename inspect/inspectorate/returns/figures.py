"""What filed returns add to a table: one grouped statement over all that count (`counted`)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from ..accounts.regions import significant
from ..campaigns.engine.definition import FormDefinition
from ..campaigns.engine.figures import Address, Slot, Value, slots_of
from ..campaigns.engine.vocabulary import Kind
from ..campaigns.measures.scope import Scope
from ..campaigns.measures.wishes import FOOT
from ..extensions import db
from .counted import ANY, bound_to, demands, statement
from .lines import AGENCY, REGION, members_of, placed
from .models import Return
from .numbers import MILLION

Figures = tuple[dict[Address, Value], dict[str, int]]
"""What returns add at each place of a form and to each count of its footer; exact, fen for money."""


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
        """Who added to each figure, sector by sector; (FOOT, name) for the footer."""
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
    parameters = bound_to(form, scope, besides)
    connection = db.session.connection()
    groups: list[Group] = []
    for lines in demands(form):
        rows = connection.execute(statement(digits, agencies, lines), parameters)
        groups += (_group(row, len(digits)) for row in rows)
    return Gathered(form, groups)


def any_filed(form: FormDefinition, scope: Scope) -> bool:
    """Whether anybody in the region has begun a return of the form: the one statement that a table without takes."""
    return db.session.connection().execute(ANY, bound_to(form, scope)).first() is not None


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
    lines = _region_lines(form)
    return next((lines[prefix] for prefix in group.prefixes if prefix in lines), None)


@lru_cache(maxsize=64)
def _region_lines(form: FormDefinition) -> Mapping[str, str]:
    """The regions of the form's lines by the digits that all below them share."""
    return {significant(member.key): member.key for member in members_of(form) if member.kind == REGION}


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
