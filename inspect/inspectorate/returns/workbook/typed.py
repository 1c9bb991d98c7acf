"""A copy typed after the printed form: taken only where every heading stands as printed."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from ...campaigns.engine.figures import Address
from ...campaigns.measures.wishes import FOOT
from ..reading import CellProblem, Given
from .cells import Figures
from .plan import SheetPlan, cell_name
from .sheets import Opened, OpenSheet, plain
from .structure import other_sheets

_MOST_HEADINGS = 20
"""Wrong headings that are listed."""


def read_typed(book: Opened, expected: SheetPlan) -> tuple[Given, Mapping[Address, str], str]:
    """Figures, the names of their cells and the name of the sheet."""
    best: tuple[list[CellProblem], OpenSheet, tuple[int, int]] | None = None
    for title in book.titles:
        sheet = book.sheet(title)
        for shift in () if sheet.is_hidden else _shifts(sheet, expected):
            found = (_different(sheet, expected, shift), sheet, shift)
            best = found if best is None or len(found[0]) < len(best[0]) else best
    given = Given()
    if best is None or best[0]:
        text = _l("The file is no blank of ours, and its headings are not those of “%(title)s”. Take the blank.",
                  title=expected.form.title)  # fmt: skip
        given.problems = [CellProblem("", "", text), *(best[0][:_MOST_HEADINGS] if best else [])]
        return given, {}, best[1].title if best else book.titles[0]
    _, sheet, shift = best
    given.problems += [*other_sheets(book, sheet.title), *_loose(sheet, expected, shift)]
    if given.problems:
        return given, {}, sheet.title
    figures = _Typed(expected, sheet, shift)
    return figures.read(), figures.names, sheet.title


def _shifts(sheet: OpenSheet, expected: SheetPlan) -> Iterator[tuple[int, int]]:
    """Where the sheet may begin: wherever its first heading stands."""
    first = min(expected.headings, key=lambda c: (c.row, c.col))
    row, col = expected.top + first.row, first.col
    for at in sheet.cells:
        if at[0] < row + 30 and at[1] < col + 20 and sheet.text(*at) == plain(first.text):
            yield at[0] - row, at[1] - col


def _different(sheet: OpenSheet, expected: SheetPlan, shift: tuple[int, int]) -> list[CellProblem]:
    found = []
    for cell in expected.headings:
        row, col = expected.top + cell.row + shift[0], cell.col + shift[1]
        if sheet.text(row, col) != plain(cell.text):
            reason = _l("“%(label)s” belongs here. Write it back, or take the blank anew.", label=cell.text)
            found.append(CellProblem("", "", reason, cell_name(row, col)))
    return found


def _loose(sheet: OpenSheet, expected: SheetPlan, shift: tuple[int, int]) -> Iterator[CellProblem]:
    """Figures in the grid that stand in no cell of the form, and figures that nobody sees."""
    known = {(expected.top + c.row + shift[0], c.col + shift[1]) for c in expected.layout.cells}
    first, last = expected.top + shift[0], expected.foot_row + shift[0]
    for (row, col), found in sorted(sheet.cells.items()):
        if first <= row < last and (row, col) not in known:
            reason = _l("This stands outside the form's cells. Move it to where it belongs, or delete it.")
            yield CellProblem("", "", reason, found.name)
        elif first <= row < last and sheet.hides(row, col):
            yield CellProblem(
                "", "", _l("This figure stands in a hidden row or column. Show it, and look at it."), found.name
            )


class _Typed(Figures):
    """Below the grid stand the footer's sentences, with the counts written into them."""

    def _below(self) -> tuple[dict[str, Any], dict[str, str]]:
        foot: dict[str, Any] = {}
        signers: dict[str, str] = {}
        start = self.own.foot_row + self.shift[0]
        for (row, _), found in sorted(self.sheet.cells.items()):
            if row < start or found.kind != "s":
                continue
            text = plain(found.value)
            for line in self.own.layout.foot:
                match = re.search(_sentence(line), text) if any(s.name for s in line) else None
                foot |= {name: share for name, share in (match.groupdict() if match else {}).items() if share}
            for signer in self.own.layout.signers:
                if match := re.search(rf"{re.escape(plain(signer))}:([^:_\d]{{1,20}}?)(?=_|$|[\u4e00-\u9fff]*:)", text):
                    signers[signer] = match[1]
        self.names |= {(FOOT, name): "" for name in foot}
        return foot, signers


def _sentence(line: Any) -> str:
    return "".join(
        re.escape(plain(segment.text)) if segment.name is None else rf"_*(?P<{segment.name}>[\d.,]*)_*"
        for segment in line
    )
