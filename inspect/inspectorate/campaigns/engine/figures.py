"""From base figures to every printed figure: which cells there are, totals, rates, and the four kinds of empty.

Values are exact: whole numbers for counts, integer fen for money, decimals for quantities. Nothing is rounded here.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from .definition import Condition, FormDefinition, Node, Part, Rate, Tree
from .expressions import names
from .expressions import value as rate_value
from .vocabulary import MONEY_UNITS, Kind

Value = int | Decimal | Fraction | str
Address = tuple[str, str]
"""(row id, column id); the part of a pair stands in for its node: ("direct", "fine.2")."""


class Empty(StrEnum):
    """Why a cell has no figure. The fourth kind of empty, zero, is a figure."""

    NOT_APPLICABLE = "not_applicable"
    BLANK = "blank"
    NOT_REPORTED = "not_reported"


class Figure(NamedTuple):
    """What stands in a cell: a value, or why there is none."""

    value: Value | None = None
    empty: Empty | None = None


class Slot(NamedTuple):
    """A place for one figure: where it stands, what it counts and under which filters."""

    row: Node
    col: Node
    part: Part
    address: Address
    conditions: tuple[Condition, ...]
    applicable: bool
    is_total: bool
    from_records: bool


@lru_cache(maxsize=256)
def slots_of(form: FormDefinition) -> Mapping[Address, Slot]:
    """Every place for a figure or word, row by row; worked out once for a form."""
    rows = _fillable(form.rows, form.cols)
    cols = _fillable(form.cols, form.rows)
    return {slot.address: slot for row in rows for col in cols for slot in _slots_at(form, row, col)}


def _fillable(tree: Tree, other: Tree) -> list[Node]:
    merged = {node_id for node in other for node_id in node.cells}
    return [node for node in tree if tree.has_own_line(node) or node.id in merged]


def _slots_at(form: FormDefinition, row: Node, col: Node) -> Iterator[Slot]:
    if row.block and col.block and row.block != col.block:
        return
    if not _meets(row, col, form.cols) or not _meets(col, row, form.rows):
        return
    if "unit" in (row.type, col.type):
        return
    measured, other = (row, col) if form.measures_on == "rows" else (col, row)
    inside = _covered(row, col, form.cols) and _covered(col, row, form.rows)
    struck = _named(row.na, col.id, form.cols) or _named(col.na, row.id, form.rows)
    for part in measured.parts if other.type != "text" else (_words(other),):
        address = (part.id, other.id) if form.measures_on == "rows" else (other.id, part.id)
        is_total = bool(row.total or col.total)
        records = part.measure is not None and part.measure.from_records and row.source == col.source == "system"
        yield Slot(
            row, col, part, address, (*row.where, *col.where), inside and not struck, is_total,
            records and other.type != "text" and row.expand is None and col.expand is None,
        )  # fmt: skip


def _words(node: Node) -> Part:
    return Part(node.id, None, Kind.TEXT, None, None)


def _meets(node: Node, crossing: Node, tree: Tree) -> bool:
    """Whether a cell stands where the node crosses the other: a merged cell at its heading, a plain one at a line."""
    if crossing.id in node.cells:
        return True
    return tree.has_own_line(crossing) and not any(a.id in node.cells for a in tree.ancestors(crossing.id))


def _covered(node: Node, crossing: Node, tree: Tree) -> bool:
    """Outside the cells that a node lists, there is nothing to fill."""
    return not node.cells or crossing.id in node.cells


def _named(ids: tuple[str, ...], node_id: str, tree: Tree) -> bool:
    return bool(ids) and (node_id in ids or any(a.id in ids for a in tree.ancestors(node_id)))


class Filled:
    """A form with figures: `records` from the system's records, `returns` from returns, both exact.

    A slot that records can fill and that `records` does not name is zero; a slot that neither fills is empty.
    With `records=None` the form is blank.
    """

    def __init__(
        self,
        form: FormDefinition,
        records: Mapping[Address, Value] | None,
        returns: Mapping[Address, Value] | None = None,
        foot: Mapping[str, int] | None = None,
    ) -> None:
        self.form, self.records, self.returns = form, records, returns or {}
        self.foot: Mapping[str, int] = foot or {}
        self.slots = slots_of(form)
        self._known: dict[Address, Value | None] = {}

    def figure(self, address: Address) -> Figure:
        """The figure in a cell, or which kind of empty it is."""
        slot = self.slots.get(address)
        if slot is not None and not slot.applicable:
            return Figure(empty=Empty.NOT_APPLICABLE)
        value = self.value(address)
        if value is not None:
            return Figure(value)
        if address in self.rate_slots and self.records is not None:
            return Figure(empty=self._why_no_rate(address))
        may_be_blank = self.records is None or self.form.report.empty == "blank-ok"
        words = slot is not None and slot.part.kind is Kind.TEXT
        return Figure(empty=Empty.BLANK if may_be_blank or words else Empty.NOT_REPORTED)

    def value(self, address: Address) -> Value | None:
        """The exact value at an address: a slot, a rate, or a heading (the sum of what stands under it)."""
        if address not in self._known:
            self._known[address] = self._value(address)
        return self._known[address]

    def _value(self, address: Address) -> Value | None:
        if address in self.rate_slots:
            return self._rate(address)
        slot = self.slots.get(address)
        if slot is None:
            return self._sum_under(address)
        if not slot.applicable:
            return None
        own = self._own(slot)
        if not slot.is_total:
            return own
        return _add([own, *(self.value(part) for part in self.summands(slot))])

    def _own(self, slot: Slot) -> Value | None:
        """What records and returns say about the slot itself, added; None when neither says anything."""
        recorded: Value | None = None
        if self.records is not None:
            recorded = self.records.get(slot.address, 0 if self.countable(slot) else None)
        return _add([recorded, self.returns.get(slot.address)])

    def countable(self, slot: Slot) -> bool:
        """Whether the records give this figure themselves (a total of counted parts is only added up)."""
        if not slot.from_records or not slot.applicable:
            return False
        return not slot.is_total or not any(map(self._counts_something, self.summands(slot)))

    def _counts_something(self, address: Address) -> bool:
        """Whether the records give a figure at an address or under it."""
        slot = self.slots.get(address)
        if slot is None:
            return any(map(self._counts_something, self.under(address)))
        return slot.from_records or (slot.is_total and any(map(self._counts_something, self.summands(slot))))

    def summands(self, slot: Slot) -> list[Address]:
        """The addresses that a total adds up."""
        row_part, col_part = slot.address
        if slot.row.total:
            suffix = row_part[len(slot.row.id) :] if form_parts(slot.row) else ""
            return [(node_id + suffix, col_part) for node_id in slot.row.total]
        suffix = col_part[len(slot.col.id) :] if form_parts(slot.col) else ""
        return [(row_part, node_id + suffix) for node_id in slot.col.total]

    def _sum_under(self, address: Address) -> Value | None:
        return _add(self.value(part) for part in self.under(address))

    def under(self, address: Address) -> list[Address]:
        """What a heading adds up: its children, without totals, memo lines and parts that are counted already."""
        row_id, col_id = address
        if (rows := _below(self.form, self.form.rows, row_id)) is not None:
            return [(one, col_id) for one in rows]
        if (cols := _below(self.form, self.form.cols, col_id)) is not None:
            return [(row_id, one) for one in cols]
        return []

    @cached_property
    def crossings(self) -> Mapping[tuple[str, str], list[Slot]]:
        """The places by the ids of the row and column that cross there; a pair has two."""
        found: dict[tuple[str, str], list[Slot]] = {}
        for slot in self.slots.values():
            found.setdefault((slot.row.id, slot.col.id), []).append(slot)
        return found

    @cached_property
    def rate_slots(self) -> dict[Address, Rate]:
        """Rates stand as lines after the others, at each line of the other axis."""
        on_rows = self.form.rates_on == "rows"
        other = self.form.cols if on_rows else self.form.rows
        return {
            ((rate.id, node.id) if on_rows else (node.id, rate.id)): rate
            for rate in self.form.rates
            for node in other.lines(self.block_of(rate))
            if node.is_figure
        }

    def block_of(self, rate: Rate) -> str | None:
        """The block in which a rate stands: that of the figures which it divides."""
        tree = self.form.rows if self.form.rates_on == "rows" else self.form.cols
        found = [tree[name].block for name in names(rate.expression) if name in tree]
        return next((block for block in found if block is not None), self.form.blocks[0])

    def _rate(self, address: Address) -> Fraction | None:
        rate = self.rate_slots[address]
        on_rows = self.form.rates_on == "rows"
        result = rate_value(rate.expression, lambda i: self.printed((i, address[1]) if on_rows else (address[0], i)))
        return None if result is None else result * (100 if rate.per_cent else 1)

    def _why_no_rate(self, address: Address) -> Empty:
        """Nothing to divide by is not applicable; a rate of what is not there is as empty as that."""
        on_rows = self.form.rates_on == "rows"
        ids = names(self.rate_slots[address].expression)
        places = [(name, address[1]) if on_rows else (address[0], name) for name in ids]
        found = [self.figure(place).empty for place in places if place in self.slots]
        if Empty.NOT_APPLICABLE in found:
            return Empty.NOT_APPLICABLE
        return next((empty for empty in found if empty is not None), Empty.NOT_APPLICABLE)

    def printed(self, address: Address) -> Fraction | None:
        """The exact value in the unit in which it is printed (万元 …), for checks and rates."""
        found = self.value(address)
        if found is None or isinstance(found, str):
            return None
        return Fraction(found) / self._scale(address)

    def _scale(self, address: Address) -> int:
        slot = self.slots.get(address)
        while slot is None and (parts := self.under(address)):
            address = parts[0]
            slot = self.slots.get(address)
        return scale(slot.part) if slot else 1


def form_parts(node: Node) -> bool:
    """Whether the node's figures are addressed by part (id.1, id.2)."""
    return len(node.parts) > 1


def scale(part: Part) -> int:
    """How many of the kept units (fen for money) make one printed unit."""
    return 100 * 10 ** MONEY_UNITS[part.unit or "元"] if part.kind is Kind.MONEY else 1


def _below(form: FormDefinition, tree: Tree, address: str) -> list[str] | None:
    """What a heading, or what stands under an expanded node, adds up on its axis; None for a line of its own."""
    if address in form.copies:
        return list(form.copies[address])
    node_id, part = address, ""
    if address not in tree and address.endswith((".1", ".2")):
        node_id, part = address[:-2], address[-2:]
    if node_id not in tree or tree.has_own_line(tree[node_id]):
        return None
    return [node.id + part for node in _counted(tree, node_id)]


def _counted(tree: Tree, node_id: str) -> list[Node]:
    return [n for n in tree.children_of(node_id) if not (n.total or n.memo or n.subset) and n.is_figure]


def _add(values: Iterable[Value | None]) -> Value | None:
    """The sum of what is known; None when nothing is. Words are joined."""
    known = [v for v in values if v is not None]
    if not known:
        return None
    words = [v for v in known if isinstance(v, str)]
    if words:
        return "；".join(words)
    numbers = [v for v in known if not isinstance(v, str)]
    if any(isinstance(v, Fraction) for v in numbers):
        return sum((Fraction(v) for v in numbers), Fraction(0))
    return sum(numbers[1:], numbers[0])
