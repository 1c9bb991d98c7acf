"""The figures of a sheet, cell by cell: what stands there, and why it is no figure."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from flask_babel import lazy_gettext as _l

from ... import limits
from ...campaigns.engine.figures import Address, Filled, scale
from ...objections import N_
from ..reading import CellProblem, Given, label_at, read_values
from .formulas import Formulas
from .plan import SIGNER, Place, SheetPlan, cell_name
from .sheets import Found, OpenSheet

_SHOWN_AS_IS = re.compile(r"General|@|[#0?]+(?:,[#0?]{3})*(?:\.[#0?]+)?(?:_.|[ )\\]|;.*)*|G/通用格式", re.IGNORECASE)
"""Formats that show what a cell holds: no per cent, no thousands left out, no words around it."""

_A_DAY = N_(
    "The spreadsheet has made a date of this (%(value)s). "
    "Set the cell's format to text or number and type the figure again."
)
_FORMAT = N_(
    "The cell's format (%(format)s) shows another number than it holds (%(value)s). "
    "Set the format to General and look at the figure."
)
_STALE = N_(
    "The file shows the total %(shown)s, its parts give %(ours)s. "
    "Open it, let it be worked out again (F9), look at it and save it."
)


class Figures:
    """The figures of a sheet whose structure is the form's; ``shift``: how far it stands from where ours would."""

    def __init__(self, own: SheetPlan, sheet: OpenSheet, shift: tuple[int, int] = (0, 0)) -> None:
        self.own, self.sheet, self.shift = own, sheet, shift
        self.formulas = Formulas(own)
        self.problems: list[CellProblem] = []
        self.names: dict[Address, str] = {}
        self.totals: list[tuple[Place, Found]] = []

    def read(self) -> Given:
        cells: dict[str, dict[str, Any]] = {}
        for place in self.own.places:
            found = self._at(place.row, place.col)
            for address, _ in place.parts:
                self.names[address] = cell_name(place.row + self.shift[0], place.col + self.shift[1])
            if found is not None and (written := self._written(place, found)) is not None:
                for (row, col), share in written.items():
                    cells.setdefault(row, {})[col] = share
        foot, signers = self._below()
        return self._given({"cells": cells, "foot": foot, "signers": signers})

    def _at(self, row: int, col: int) -> Found | None:
        return self.sheet.cells.get((row + self.shift[0], col + self.shift[1]))

    def _given(self, document: dict[str, Any]) -> Given:
        given = read_values(self.own.form, document)
        given.problems = self.problems + [self._placed(one) for one in given.problems]
        given.remarks = [self._placed(one) for one in given.remarks]
        if not given.problems:
            given.problems = list(self._wrong_totals(given))
        return given

    def _placed(self, problem: CellProblem) -> CellProblem:
        address = problem.row, problem.col
        return problem._replace(at=self.names.get(address, ""), label=label_at(self.own.form, address))

    def _refuse(self, address: Address, found: Found, reason: Any) -> None:
        self.problems.append(CellProblem(*address, reason, found.name, label_at(self.own.form, address)))

    def _written(self, place: Place, found: Found) -> dict[Address, Any] | None:
        """What stands in a cell, by address; None where nothing is to be read."""
        if found.kind == "f":
            own = self.formulas.total(place) if place.is_total else None
            if own is not None and _same_formula(found.value, own):
                self.totals.append((place, found))
                return None
        value = self._readable(place.parts[0][0], found)
        if value is None:
            return None
        if not place.is_pair:
            return {place.parts[0][0]: value}
        shares = str(value).replace("／", "/").split(place.sep)
        if len(shares) != len(place.parts) or found.kind != "s":
            reason = _l("Two figures are due in this cell, written as text: 3%(sep)s22.08.", sep=place.sep)
            self._refuse(place.parts[0][0], found, reason)
            return None
        return {address: share.strip() for (address, _), share in zip(place.parts, shares, strict=True)}

    def _readable(self, address: Address, found: Found) -> Any:
        """A cell's number or text; a problem and None for whatever cannot be a figure."""
        reason: Any = None
        if found.kind == "f":
            reason = _l("A formula stands here (%(formula)s). Paste its value instead: %(value)s.",
                        formula=found.value[:60], value="?" if found.cached is None else found.cached)  # fmt: skip
        elif found.kind == "d":
            reason = _l(_A_DAY,
                        value=found.value)  # fmt: skip
        elif found.kind == "e":
            reason = _l("An error stands here (%(value)s). Write the figure itself.", value=found.value)
        elif found.kind == "b":
            reason = _l("TRUE or FALSE is no figure. Write the number.")
        elif found.kind == "n" and not _SHOWN_AS_IS.fullmatch(found.number_format):
            reason = _l(_FORMAT,
                        format=found.number_format, value=f"{found.value:.15g}")  # fmt: skip
        if reason is not None:
            self._refuse(address, found, reason)
            return None
        return found.value

    def _below(self) -> tuple[dict[str, Any], dict[str, str]]:
        foot: dict[str, Any] = {}
        signers: dict[str, str] = {}
        for entry in self.own.entries:
            found = self._at(entry.row, entry.col)
            self.names[entry.address] = entry.name
            if found is None:
                continue
            row, name = entry.address
            if row == SIGNER:
                signers[name] = str(found.value)[: limits.RETURN_WORDS]
            elif (value := self._readable(entry.address, found)) is not None:
                foot[name] = value
        return foot, signers

    def _wrong_totals(self, given: Given) -> Iterator[CellProblem]:
        """Totals that the file shows and that its parts do not give: it was changed without being worked out again."""
        filled = Filled(self.own.form, None, given.cells, given.foot)
        for place, found in self.totals:
            shown = [_decimal(share) for share in _shares(place, found.cached)]
            if None in shown or len(shown) != len(place.parts):
                continue
            ours = [_exact(filled, address) for address, _ in place.parts]
            if any(abs(Fraction(a or 0) - b) > Fraction(1, 10**6) for a, b in zip(shown, ours, strict=True)):
                address = place.parts[0][0]
                reason = _l(_STALE,
                            shown=found.cached, ours=place.sep.join(f"{float(one):.15g}" for one in ours))  # fmt: skip
                yield CellProblem(*address, reason, found.name, label_at(self.own.form, address))


def _shares(place: Place, cached: Any) -> list[str]:
    text = (
        ""
        if cached is None or isinstance(cached, bool)
        else f"{cached:.15g}"
        if isinstance(cached, float)
        else str(cached)
    )
    return text.split(place.sep) if place.is_pair else [text]


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _exact(filled: Filled, address: Address) -> Fraction:
    value = filled.value(address)
    return (
        Fraction(0) if value is None or isinstance(value, str) else Fraction(value) / scale(filled.slots[address].part)
    )


def _same_formula(found: str, own: str) -> bool:
    return _bare(found) == _bare(own)


def _bare(formula: str) -> str:
    return re.sub(r"[\s$]|_xlfn\.", "", formula).upper().lstrip("=+").replace(";", ",")
