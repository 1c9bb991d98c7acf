"""Is a sheet that came back still the form's? Headings, merged cells, nothing hidden, nothing beside it."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from ...campaigns.engine.layout import Cell, Role
from ...objections import N_
from ..reading import CellProblem, label_at
from . import marker
from .plan import SheetPlan, cell_name
from .sheets import Opened, OpenSheet, plain
from .writing import NOTE_SHEET

OWN_SHEETS = (NOTE_SHEET, marker.SHEET)

_MOVED = N_(
    "“%(label)s” belongs here; it stands in %(now)s now. "
    "Rows or columns were moved, inserted or deleted: undo that, or take the blank anew."
)


def other_sheets(book: Opened, main: str) -> Iterator[CellProblem]:
    """A sheet that nobody sees, and one that is no part of the return."""
    if book.sheet(main).is_hidden:
        yield CellProblem(
            "", "", _l("The sheet “%(sheet)s” is hidden. Show it and look at the figures first.", sheet=main)
        )
    for title in book.titles:
        if title in (main, *OWN_SHEETS):
            continue
        sheet = book.sheet(title)
        if sheet.cells and sheet.is_hidden:
            yield CellProblem(
                "", "", _l("The hidden sheet “%(sheet)s” holds something. Show it, and delete it.", sheet=title)
            )
        elif sheet.cells:
            yield CellProblem("", "", _l("The sheet “%(sheet)s” is no part of the return. Delete it.", sheet=title))


class Structure:
    """Is this still the form's sheet? Headings, merged cells, nothing hidden, nothing beside it."""

    def __init__(self, own: SheetPlan, sheet: OpenSheet) -> None:
        self.own, self.sheet = own, sheet

    def problems(self) -> list[CellProblem]:
        moved = list(self._headings())
        return moved or [*self._merged(), *self._hidden(), *self._beside()]

    def _headings(self) -> Iterator[CellProblem]:
        expected = [(self.own.top + c.row, c.col, c.text) for c in self.own.headings]
        expected += [(entry.row, 0, entry.label) for entry in self.own.entries]
        where: dict[str, list[str]] = {}
        for row, col in self.sheet.cells:
            where.setdefault(self.sheet.text(row, col), []).append(cell_name(row, col))
        for row, col, label in expected:
            if self.sheet.text(row, col) == plain(label):
                continue
            elsewhere = where.get(plain(label), [])
            reason = (
                _l(_MOVED,
                   label=label, now=elsewhere[0])
                if len(elsewhere) == 1
                else _l("“%(label)s” belongs here. Write it back, or take the blank anew.", label=label)
            )  # fmt: skip
            yield CellProblem("", "", reason, cell_name(row, col))

    def _merged(self) -> Iterator[CellProblem]:
        own = {_span(c, self.own.top) for c in self.own.layout.cells if c.rowspan > 1 or c.colspan > 1}
        body = range(self.own.top, self.own.foot_row)
        for area in sorted(own - self.sheet.merged):
            yield CellProblem(
                "", "", _l("The cells %(area)s were one cell. Merge them again.", area=area), _first(area)
            )
        for area in sorted(self.sheet.merged - own):
            if _row(area) in body:
                yield CellProblem(
                    "", "", _l("The cells %(area)s were merged. Part them again.", area=area), _first(area)
                )

    def _hidden(self) -> Iterator[CellProblem]:
        for place in self.own.places:
            found = self.sheet.cells.get((place.row, place.col))
            if found and found.kind != "f" and self.sheet.hides(place.row, place.col):
                address = place.parts[0][0]
                reason = _l("This figure stands in a hidden row or column. Show it, and look at it.")
                yield CellProblem(*address, reason, place.name, label_at(self.own.form, address))

    def _beside(self) -> Iterator[CellProblem]:
        """Whatever stands where the form has nothing."""
        covered = {(place.row, place.col) for place in self.own.places} | set(self.own.rate_cells.values())
        covered |= {(entry.row, entry.col) for entry in self.own.entries}
        words = {(self.own.top + c.row, c.col): c for c in self.own.layout.cells}
        labels = {(entry.row, 0) for entry in self.own.entries}
        for (row, col), found in sorted(self.sheet.cells.items()):
            if (row, col) in covered or (row, col) in labels or self._is_frame(row, col):
                continue
            cell = words.get((row, col))
            if cell is not None and cell.role in (Role.FIGURE, Role.WORDS):
                if plain(found.value) not in ("—", "-", "——"):
                    address = cell.figures[0].address
                    reason = _l("Nothing applies at this place (—). Leave it empty.")
                    yield CellProblem(*address, reason, found.name, label_at(self.own.form, address))
            elif cell is None or not cell.text:
                reason = _l("This stands outside the form's cells. Move it to where it belongs, or delete it.")
                yield CellProblem("", "", reason, found.name)

    def _is_frame(self, row: int, col: int) -> bool:
        """Title, heading line, footers and the title of the entries."""
        if col:
            return False
        title = self.own.entries[0].row - 1 if self.own.entries else -1
        return row < self.own.top or self.own.foot_row <= row < self.own.bottom or row == title


def _span(cell: Cell, top: int) -> str:
    first = cell_name(top + cell.row, cell.col)
    return f"{first}:{cell_name(top + cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1)}"


def _first(area: str) -> str:
    return area.partition(":")[0]


def _row(area: str) -> int:
    return int(_first(area).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
