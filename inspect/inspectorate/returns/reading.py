"""One reader for every way in which figures come: JSON, typed text and workbooks give the same document.

``{"cells": {row: {column: value}}, "foot": {name: value}, "from", "to", "reasons": {check: text}}``, in printed units.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from .. import limits
from ..campaigns.engine.definition import FormDefinition, Part
from ..campaigns.engine.figures import Address, Filled, Slot, Value, slots_of
from ..campaigns.engine.vocabulary import Kind
from ..campaigns.measures.wishes import FOOT
from ..campaigns.words import label_of
from ..objections import N_
from .models import Return, ReturnFigure
from .numbers import Misread, as_row, rate_of, understood

KEYS = frozenset({"cells", "foot", "from", "to", "reasons", "signers"})
DESCRIBING = frozenset({"form", "campaign", "region", "agency", "period"})
"""What a document may say about itself; whoever files it compares it."""


class CellProblem(NamedTuple):
    """Why a figure is not taken, and what to do. ``row`` is FOOT for a count of the footer, "" for the whole return."""

    row: str
    col: str
    reason: Any
    at: str = ""
    """The cell's name in the sheet (C7), where it came in one."""
    label: str = ""
    """The words at the head of its row and column."""

    def __str__(self) -> str:
        place = " ".join(part for part in (self.at, self.label or "·".join(filter(None, (self.row, self.col)))) if part)
        return f"{place}: {self.reason}" if place else str(self.reason)


@dataclass
class Given:
    """What a return says, in kept units. With problems nothing of it may be filed."""

    cells: dict[Address, Value] = field(default_factory=dict)
    foot: dict[str, int] = field(default_factory=dict)
    rates: dict[Address, Decimal] = field(default_factory=dict)
    """Rates as they are printed there: compared with those worked out, never kept."""
    problems: list[CellProblem] = field(default_factory=list)
    remarks: list[CellProblem] = field(default_factory=list)
    """How figures were understood that were not written plainly: told, not in the way."""
    start: date | None = None
    end: date | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    signers: dict[str, str] = field(default_factory=dict)

    def draft(self) -> Mapping[Address, Value]:
        """Cells and footer by address."""
        return {**self.cells, **{(FOOT, name): value for name, value in self.foot.items()}}


def read_values(form: FormDefinition, document: Any) -> Given:
    """The figures of a document for a form expanded for the region; every problem at once, each at its place."""
    given = Given()
    if not isinstance(document, Mapping):
        given.problems.append(CellProblem("", "", _l("A return is one JSON object with “cells” and “foot”.")))
        return given
    reader = _Reader(form, given)
    for key in document.keys() - KEYS - DESCRIBING:
        reader.refuse("", "", _l("“%(key)s” is unknown; a return has “cells” and “foot”.", key=_short(key)))
    for row, cells in reader.groups(document, "cells"):
        for col, written in reader.group(row, cells):
            reader.cell(row, str(col), written)
    for name, written in reader.group("foot", document.get("foot") or {}):
        reader.foot(str(name), written)
    given.start, given.end = reader.day(document, "from"), reader.day(document, "to")
    if given.start and given.end and given.end < given.start:
        reader.refuse("", "", _l("The last day lies before the first. Correct “from” or “to”."))
    given.reasons = reader.texts(document, "reasons")
    given.signers = reader.texts(document, "signers")
    return given


def foot_part(form: FormDefinition, name: str) -> Part:
    """A count of the footer as a part: whole numbers."""
    return Part(name, form.foot_counts[name], Kind.COUNT, None, None)


def label_at(form: FormDefinition, address: Address) -> str:
    """The words at the head of a place's row and column: 罚款金额 × 无证行医·机构."""
    if address[0] == FOOT:
        return label_of(address[1], form)
    slot = slots_of(form).get(address)
    if slot is None:
        return " × ".join(address)
    return " × ".join(_path(tree, node.id) for tree, node in ((form.rows, slot.row), (form.cols, slot.col)))


def _path(tree: Any, node_id: str) -> str:
    return "·".join(node.label for node in tree.path(node_id) if node.label) or node_id


class _Reader:
    def __init__(self, form: FormDefinition, given: Given) -> None:
        self.form, self.given = form, given
        self.slots = slots_of(form)
        self.rates = Filled(form, None).rate_slots

    def refuse(self, row: str, col: str, reason: Any) -> None:
        label = label_at(self.form, (row, col)) if (row, col) in self.slots else ""
        self.given.problems.append(CellProblem(row, col, reason, label=label))

    def groups(self, document: Mapping[str, Any], key: str) -> Iterator[tuple[str, Any]]:
        found = document.get(key) or {}
        if not isinstance(found, Mapping):
            self.refuse("", "", _l("“%(key)s” is no object.", key=key))
            return
        yield from ((str(row), cells) for row, cells in found.items())

    def group(self, row: str, cells: Any) -> Iterator[tuple[Any, Any]]:
        if not isinstance(cells, Mapping):
            self.refuse(row, "", _l("The figures of “%(row)s” are no object: write {column: figure}.", row=_short(row)))
            return
        yield from cells.items()

    def cell(self, row: str, col: str, written: Any) -> None:
        address = (row, col)
        if address in self.rates:
            if _is_written(written):
                self._rate(address, written)
            return
        slot = self.slots.get(address)
        if slot is None:
            if not self._pair(row, col, written):
                self.refuse(_short(row), _short(col), self._unknown(row, col))
        elif not slot.applicable:
            if _is_written(written):
                self.refuse(row, col, _l("Nothing applies at this place (—). Leave it empty."))
        elif (value := self._understood(row, col, written, slot.part, slot)) is not None:
            self.given.cells[address] = value

    def _rate(self, address: Address, written: Any) -> None:
        """A quotient of the figures beside it: worked out, never taken, but what is written must agree."""
        try:
            self.given.rates[address] = rate_of(written)
        except Misread as error:
            self.refuse(*address, error.reason)

    def _pair(self, row: str, col: str, written: Any) -> bool:
        """Two figures in one cell, written as they are printed: 3/22.08. False where no pair stands."""
        tree, node_id = (self.form.rows, row) if self.form.measures_on == "rows" else (self.form.cols, col)
        node = tree.nodes.get(node_id)
        if node is None or len(node.parts) < 2:
            return False
        addresses = [(part.id, col) if self.form.measures_on == "rows" else (row, part.id) for part in node.parts]
        if not all(address in self.slots for address in addresses):
            return False
        if not _is_written(written):
            return True
        shares = str(written).replace("／", "/").split(node.sep or "/")
        if len(shares) != len(addresses):
            self.refuse(row, col, _l("Two figures are due here, written as 3%(sep)s22.08.", sep=node.sep or "/"))
            return True
        for address, share in zip(addresses, shares, strict=True):
            self.cell(*address, share)
        return True

    def _unknown(self, row: str, col: str) -> Any:
        ids = {node.id for tree in (self.form.rows, self.form.cols) for node in tree}
        parts = {part.id for tree in (self.form.rows, self.form.cols) for node in tree for part in node.parts}
        unknown = next((one for one in (row, col) if one not in ids | parts), None)
        if unknown is not None:
            return _l("“%(id)s” is no row or column of this form here. Take the form anew.", id=_short(unknown))
        return _l("No figure stands where this row and column cross. Write it at the level that the form fills.")

    def foot(self, name: str, written: Any) -> None:
        if name not in self.form.foot_counts:
            self.refuse(FOOT, _short(name), _l("The footer has no count “%(name)s”.", name=_short(name)))
            return
        value = self._understood(FOOT, name, written, foot_part(self.form, name), None)
        if isinstance(value, int):
            self.given.foot[name] = value

    def _understood(self, row: str, col: str, written: Any, part: Part, slot: Slot | None) -> Value | None:
        yes_or_no = slot is not None and "yesno" in (slot.row.type, slot.col.type)
        try:
            found = understood(written, part, yes_or_no=yes_or_no)
        except Misread as error:
            self.refuse(row, col, error.reason)
            return None
        if found.remark is not None:
            self.given.remarks.append(CellProblem(row, col, found.remark, label=label_at(self.form, (row, col))))
        return found.value

    def day(self, document: Mapping[str, Any], key: str) -> date | None:
        written = document.get(key)
        if written in (None, ""):
            return None
        try:
            return date.fromisoformat(written)
        except (TypeError, ValueError):
            self.refuse("", "", _l("“%(key)s” is no day. Write it as 2021-07-02.", key=key))
            return None

    def texts(self, document: Mapping[str, Any], key: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, text in self.groups(document, key):
            if not isinstance(text, str) or len(text) > limits.RETURN_WORDS or len(name) > limits.RETURN_NAME:
                self.refuse("", "", _l(_TOO_LONG, key=key, name=_short(name), most=limits.RETURN_WORDS))
            elif text.strip():
                found[name] = text.strip()
        return found


_TOO_LONG = N_("“%(key)s” of “%(name)s” is no text of at most %(most)s characters.")


def _is_written(written: Any) -> bool:
    return written is not None and str(written).strip() not in ("", "—", "——")


def _short(text: Any) -> str:
    return str(text)[:60]


def write_figures(row: Return, form: FormDefinition, given: Given) -> None:
    """The rows of a return become what it gives; those it had before are gone."""
    slots = slots_of(form)
    wanted: dict[Address, tuple[int | None, str | None]] = {
        address: as_row(value, slots[address].part) for address, value in given.cells.items()
    }
    wanted |= {(FOOT, name): (value, None) for name, value in given.foot.items()}
    there = {(figure.row, figure.col): figure for figure in row.figures}
    for address, former in there.items():
        if address not in wanted:
            row.figures.remove(former)
    for address, (value, words) in wanted.items():
        figure: ReturnFigure | None = there.get(address)
        if figure is None:
            row.figures.append(ReturnFigure(row=address[0], col=address[1], value=value, words=words))
        else:
            figure.value, figure.words = value, words
