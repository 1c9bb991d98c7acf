"""Where everything stands in a return's sheet: one plan for the blank that is written and the file that is read."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from ...campaigns.engine.definition import FormDefinition, Node, Part, Tree
from ...campaigns.engine.expansion import Member, Members, expand
from ...campaigns.engine.figures import Address, Filled, Slot, Value
from ...campaigns.engine.layout import Cell, Layout, Role, lay_out
from ...campaigns.measures.wishes import FOOT
from ..periods import days_of

SIGNER = "#signer"
"""Stands in for the row in the address of a signer's name."""

ENTRIES_TITLE = "以下逐项填写，上方的语句随之填好（本区不打印）"

Names = Mapping[str, tuple[tuple[str, str], ...]]
"""The lines of expanded nodes as (key, label), by what they stand for."""


class Identity(NamedTuple):
    """Whose return a workbook is; empty where the blank leaves it open."""

    form: str
    sha256: str = ""
    region: str = ""
    campaign: str = ""
    period: str = ""
    agency: str = ""
    members: tuple[tuple[str, str, str], ...] = ()
    """(what is expanded, key, label) of each line that depends on the region."""

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day of the period; None without."""
        return days_of(self.period) if self.period else (None, None)

    def expanded(self, form: FormDefinition) -> FormDefinition:
        """The form with the lines that this workbook has."""
        lines: dict[str, list[Member]] = {}
        for kind, key, label in self.members:
            lines.setdefault(kind, []).append(Member(key, label))
        return expand(form, lines)


def named(members: Members) -> tuple[tuple[str, str, str], ...]:
    """The lines of expanded nodes as an identity keeps them."""
    return tuple((kind, one.key, one.label) for kind, lines in members.items() for one in lines)


class Place(NamedTuple):
    """One cell for figures: a figure, or the two of a pair. ``slot`` is that of the first; none for an entry below."""

    row: int
    col: int
    rowspan: int
    colspan: int
    parts: tuple[tuple[Address, Part], ...]
    sep: str = ""
    slot: Slot | None = None
    is_open: bool = True

    @property
    def name(self) -> str:
        """As the spreadsheet calls it: C7."""
        return cell_name(self.row, self.col)

    @property
    def is_pair(self) -> bool:
        return len(self.parts) > 1

    @property
    def is_total(self) -> bool:
        return self.slot is not None and self.slot.is_total


class Entry(NamedTuple):
    """A line below the sheet where a blank of the footer or a signer is filled in; row and column are the cell's."""

    address: Address
    label: str
    row: int
    col: int

    @property
    def name(self) -> str:
        return cell_name(self.row, self.col)


def column_letters(col: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, col: int) -> str:
    """C7 for (6, 2)."""
    return f"{column_letters(col)}{row + 1}"


@dataclass(frozen=True, eq=False)
class SheetPlan:
    """The sheet of one return. Rows and columns count from 0."""

    form: FormDefinition
    identity: Identity
    layout: Layout
    supplied: Callable[[Slot], bool]
    given: frozenset[Address] = frozenset()
    """Where figures stand to begin with; a total among them was given without its parts."""

    @property
    def top(self) -> int:
        """The row on which the layout begins: below title and heading line."""
        return 1 + bool(self.layout.head)

    @cached_property
    def filled(self) -> Filled:
        """The form without figures: its places, rates and totals."""
        return Filled(self.form, None)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every cell for figures or words to which something applies."""
        return tuple(place for cell in self.layout.cells if (place := self._place(cell)) is not None)

    def _place(self, cell: Cell) -> Place | None:
        if cell.role not in (Role.FIGURE, Role.WORDS):
            return None
        slots = [self.filled.slots[figure.address] for figure in cell.figures if figure.address in self.filled.slots]
        if not slots or not all(slot.applicable for slot in slots):
            return None
        parts = tuple((slot.address, slot.part) for slot in slots)
        is_open = not slots[0].is_total and any(self.supplied(slot) for slot in slots)
        row = self.top + cell.row
        return Place(row, cell.col, cell.rowspan, cell.colspan, parts, cell.sep, slots[0], is_open)

    @cached_property
    def by_address(self) -> Mapping[Address, Place]:
        return {address: place for place in self.places for address, _ in place.parts}

    @cached_property
    def rate_cells(self) -> Mapping[Address, tuple[int, int]]:
        """Where each rate stands."""
        return {
            figure.address: (self.top + cell.row, cell.col)
            for cell in self.layout.cells
            for figure in cell.figures
            if figure.address in self.filled.rate_slots
        }

    @property
    def foot_row(self) -> int:
        """The first line below the grid."""
        return self.top + self.layout.height

    @property
    def bottom(self) -> int:
        """The first line below what is printed."""
        return self.foot_row + len(self.layout.foot_lines)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The footer's counts and the signers, each on a line of its own below the printed sheet."""
        found = [((FOOT, name), label) for name, label in foot_labels(self.layout)]
        found += [((SIGNER, signer), signer) for signer in self.layout.signers]
        first = self.bottom + 2
        return tuple(
            Entry(address, label, first + number, self.layout.width - 1)
            for number, (address, label) in enumerate(found)
        )

    @property
    def height(self) -> int:
        """Rows of the sheet, the entries below the printed part included."""
        return self.entries[-1].row + 1 if self.entries else self.bottom

    @cached_property
    def headings(self) -> tuple[Cell, ...]:
        """The cells whose words tell whether the layout is still the form's."""
        return tuple(c for c in self.layout.cells if c.text and c.role in _HEADINGS)

    def names(self) -> Mapping[Address, str]:
        """The name of the cell in which each figure stands."""
        found = {address: place.name for address, place in self.by_address.items()}
        return found | {entry.address: entry.name for entry in self.entries}


_HEADINGS = (Role.CORNER, Role.COLUMN_HEAD, Role.ROW_HEAD, Role.UNIT)


def plan(
    form: FormDefinition,
    identity: Identity,
    *,
    head: str | None = None,
    supplies: tuple[str, ...] = (),
    values: Mapping[Address, Value] | None = None,
) -> SheetPlan:
    """The sheet for a form as it was loaded. ``head``: its heading line where a region fills it; ``supplies``: the rows
    and columns that whoever files it fills in, none: all; ``values``: figures to begin with.
    """
    expanded = identity.expanded(form)
    counts = {name: int(v) for (row, name), v in (values or {}).items() if row == FOOT and not isinstance(v, str)}
    layout = lay_out(Filled(expanded, None, values or {}, counts))
    layout = layout._replace(head=head if head is not None else layout.head)
    return SheetPlan(expanded, identity, layout, _supplied(expanded, frozenset(supplies)), frozenset(values or {}))


def _supplied(form: FormDefinition, supplies: frozenset[str]) -> Callable[[Slot], bool]:
    known = {node_id for node_id in supplies if node_id in form.rows or node_id in form.cols}

    def supplied(slot: Slot) -> bool:
        return not known or any(
            node.id in known for node in (*_chain(form.rows, slot.row), *_chain(form.cols, slot.col))
        )

    return supplied


def _chain(tree: Tree, node: Node) -> Iterator[Node]:
    yield node
    yield from tree.ancestors(node.id)


_CUT = re.compile(r"[:：;；,，。、（(]")


def foot_labels(layout: Layout) -> list[tuple[str, str]]:
    """(name, words before the blank and unit behind it) of each count of the footer: ("closed", "办结（件）")."""
    found = []
    for segments in layout.foot:
        for number, segment in enumerate(segments):
            if segment.name is None:
                continue
            before = _CUT.split(segments[number - 1].text)[-1].strip() if number else ""
            after = segments[number + 1].text if number + 1 < len(segments) else ""
            unit = _CUT.split(after)[0].strip()
            found.append((segment.name, f"{before or segment.name}（{unit}）" if unit else before or segment.name))
    return found
