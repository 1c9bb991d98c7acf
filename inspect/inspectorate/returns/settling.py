"""What of a return is kept where it says a total and its parts, or a rate and its figures. Pure.

A total that equals its parts is not kept beside them; one whose parts nobody gave stands for itself; one that differs
is refused with the residue, and kept as that residue once somebody has written why.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from flask_babel import lazy_gettext as _l

from ..campaigns.engine.definition import FormDefinition
from ..campaigns.engine.figures import Address, Filled, Slot, Value
from ..campaigns.engine.printing import print_rate, print_value
from ..campaigns.measures.wishes import FOOT
from .reading import CellProblem, Given, label_at


class Residue(NamedTuple):
    """A total that is not the sum of its parts, exact and in kept units."""

    address: Address
    stated: Value
    summed: Value

    @property
    def key(self) -> str:
        """Under which a written reason explains it."""
        return f"total:{self.address[0]}@{self.address[1]}"


def settled(form: FormDefinition, given: Given) -> Given:
    """The return without the totals that its parts give; whatever contradicts itself becomes a problem."""
    table = _Stated(form, given)
    found = replace(given, problems=list(given.problems))
    for residue in table.residues():
        if not given.reasons.get(residue.key):
            found.problems.append(_problem(form, residue))
    found.problems += _rates(form, table, given)
    found.cells = table.kept()
    return found


def restated(form: FormDefinition, given: Given) -> Given:
    """What was kept as it was said: each total whole again, not what its parts leave of it."""
    filled = Filled(form, None, given.cells)
    return replace(given, cells={address: _whole(filled, address, value) for address, value in given.cells.items()})


def _whole(filled: Filled, address: Address, value: Value) -> Value:
    stated = filled.value(address) if address in filled.slots and filled.slots[address].is_total else None
    return value if stated is None else stated


class _Stated:
    """What a return says at an address: as given, else as its parts give it."""

    def __init__(self, form: FormDefinition, given: Given) -> None:
        self.form, self.given = form, given
        self.blank = Filled(form, None)

    def at(self, address: Address) -> Value | None:
        if address in self.given.cells:
            return self.given.cells[address]
        slot = self.blank.slots.get(address)
        return _sum(self, self.blank.under(address) if slot is None else self.parts(slot))

    def parts(self, slot: Slot) -> list[Address]:
        return self.blank.summands(slot) if slot.is_total else []

    def totals(self) -> Iterator[tuple[Slot, Value]]:
        for address, value in self.given.cells.items():
            slot = self.blank.slots[address]
            if slot.is_total and not isinstance(value, str):
                yield slot, value

    def residues(self) -> Iterator[Residue]:
        """A corner where two totals cross is compared both ways."""
        for slot, value in self.totals():
            across = slot._replace(row=slot.row._replace(total=())) if slot.row.total and slot.col.total else None
            for one in filter(None, (slot, across)):
                summed = _sum(self, self.blank.summands(one))
                if summed is not None and summed != value:
                    yield Residue(slot.address, value, summed)
                    break

    def kept(self) -> dict[Address, Value]:
        cells = dict(self.given.cells)
        for slot, value in self.totals():
            summed = _sum(self, self.parts(slot))
            if summed is not None:
                del cells[slot.address]
                if value != summed:
                    cells[slot.address] = value - summed  # type: ignore[operator]
        return cells


def _sum(table: _Stated, addresses: list[Address]) -> Value | None:
    known = [value for value in map(table.at, addresses) if value is not None and not isinstance(value, str)]
    return sum(known[1:], known[0]) if known else None


def _problem(form: FormDefinition, residue: Residue) -> CellProblem:
    part = Filled(form, None).slots[residue.address].part
    difference = residue.stated - residue.summed  # type: ignore[operator]
    stated, summed, left = (print_value(value, part) for value in (residue.stated, residue.summed, difference))
    reason = _l(
        "The total is %(stated)s, its parts add up to %(summed)s: a difference of %(left)s. Correct it, or write the"
        " reason under “%(key)s”.",
        stated=stated, summed=summed, left=left, key=residue.key,
    )  # fmt: skip
    return CellProblem(*residue.address, reason, label=label_at(form, residue.address))


def rate_key(address: Address) -> str:
    """Under which a written reason explains a rate that is not what its figures give."""
    return f"rate:{address[0]}@{address[1]}"


def _rates(form: FormDefinition, table: _Stated, given: Given) -> Iterator[CellProblem]:
    """Rates are worked out of the figures given beside them; one that is printed otherwise is a mistake somewhere."""
    if not given.rates:
        return
    filled = Filled(form, None, table.kept())
    for address, stated in given.rates.items():
        rate, value = filled.rate_slots[address], filled.value(address)
        if value is None or given.reasons.get(rate_key(address)):
            continue
        printed = print_rate(Fraction(value), rate.places)
        if Fraction(printed) != Fraction(stated):
            reason = _l(
                "The rate is %(stated)s, its figures give %(printed)s. Correct one of them, or write the reason under"
                " “%(key)s”.",
                stated=stated, printed=printed, key=rate_key(address),
            )  # fmt: skip
            yield CellProblem(*address, reason, label=rate.label)


def unexplained(form: FormDefinition, returns: Mapping[Address, Value]) -> list[Residue]:
    """Totals of filed returns to which their parts do not add up, explained when they were filed."""
    filled = Filled(form, None, returns)
    found = []
    for address, value in returns.items():
        slot = filled.slots.get(address)
        if address[0] == FOOT or slot is None or not slot.is_total or isinstance(value, str) or not value:
            continue
        stated = filled.value(address)
        if stated is not None and not isinstance(stated, str) and stated != value:
            found.append(Residue(address, stated, stated - value))  # type: ignore[operator]
    return found
