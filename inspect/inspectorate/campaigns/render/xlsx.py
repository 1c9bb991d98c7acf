"""The sheet as an Excel workbook: real merges, numbers as numbers, A4 landscape on one page, no formula anywhere."""

import io
from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any

import xlsxwriter

from ..engine.layout import Cell, Layout, Role

A4 = 9
FONT = "宋体"
MADE = datetime(2000, 1, 1)
"""A fixed time of making: the same figures give the same file."""

OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Nothing is guessed: a text stays a text."""


def render_xlsx(sheets: Sequence[tuple[str, Layout]]) -> bytes:
    """A workbook with one sheet for each (name, layout); names are cut to what Excel allows and told apart."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": sheets[0][1].title, "created": MADE})
        formats = Formats(book)
        names: set[str] = set()
        for name, layout in sheets:
            Sheet(book.add_worksheet(sheet_name(name, names)), formats, layout).draw()
    return buffer.getvalue()


def sheet_name(name: str, taken: set[str]) -> str:
    """What Excel allows of a name, told apart from those taken."""
    plain = "".join(c for c in name if c not in "[]:*?/\\'")[:27] or "1"
    free = next(n for n in (plain, *(f"{plain} {i}" for i in range(2, 1000))) if n.lower() not in taken)
    taken.add(free.lower())
    return free


class Formats:
    """The cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **more: Any) -> Any:
        properties = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True} | more
        key = tuple(sorted(properties.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(properties)
        return self.made[key]

    def title(self) -> Any:
        return self.get(font_name="黑体", font_size=16, align="center")

    def line(self) -> Any:
        return self.get(align="left", font_size=11)

    def of(self, cell: Cell) -> Any:
        if cell.role is Role.FIGURE:
            return self.get(border=1, align="center", text_wrap=False, shrink=True, num_format=_number_format(cell))
        heading = cell.role in (Role.CORNER, Role.COLUMN_HEAD, Role.ROW_HEAD)
        return self.get(border=1, align="left" if cell.role is Role.WORDS else "center", bold=heading)


def _number_format(cell: Cell) -> str:
    """With the decimals that are printed: a spreadsheet's own choice of them depends on the column's width."""
    if len(cell.figures) != 1 or cell.figures[0].empty:
        return "General"
    decimals = len(cell.text.partition(".")[2])
    return "0." + "0" * decimals if decimals else "0"


_TITLE_WIDTH, _LINE_WIDTH, _HEAD_WIDTH = 3.6, 2.4, 2.3
"""How many digits of the columns' measure one Chinese character of a title, a line or a heading takes."""

_HEAD_LINE = 14.0
"""Points from line to line of a heading."""


class Sheet:
    """Draws one layout on one worksheet. A blank to be filled in (`returns.workbook`) draws some cells its own way."""

    def __init__(self, sheet: Any, formats: Formats, layout: Layout) -> None:
        self.sheet, self.formats, self.layout = sheet, formats, layout
        self.top = 1 + bool(layout.head)
        self.widths = self._widths()

    def draw(self) -> None:
        """Title, heading line, cells, footers; widths and the page."""
        self.across(0, self.layout.title, self.formats.title())
        self.sheet.set_row(0, 30 * self._lines(self.layout.title, _TITLE_WIDTH))
        if self.layout.head:
            self.across(1, self.layout.head, self.formats.line())
            self.sheet.set_row(1, 20)
        for cell in self.layout.cells:
            self.cell(cell)
        below = self.top + self.layout.height
        for number, line in enumerate(self.layout.foot_lines):
            self.foot_line(number, below + number, line)
        self._measure()
        self.page(below + len(self.layout.foot_lines))

    def foot_line(self, number: int, row: int, line: str) -> None:
        """The footer's line of that number, counted from 0."""
        self.across(row, line, self.formats.line())
        self.sheet.set_row(row, 20 * self._lines(line, _LINE_WIDTH))

    def _lines(self, text: str, character: float) -> int:
        """Lines that a text takes over the whole width; `character`: how many digits wide one of its characters is."""
        return max(1, ceil(len(text) * character / sum(self.widths)))

    def across(self, row: int, text: str, style: Any) -> None:
        """A text over the whole width."""
        last = self.layout.width - 1
        if last:
            self.sheet.merge_range(row, 0, row, last, "", style)
        self.sheet.write_string(row, 0, text, style)

    def cell(self, cell: Cell) -> None:
        """One cell of the layout."""
        row, col, style = self.top + cell.row, cell.col, self.formats.of(cell)
        if cell.rowspan > 1 or cell.colspan > 1:
            self.sheet.merge_range(row, col, row + cell.rowspan - 1, col + cell.colspan - 1, "", style)
        number = _number(cell)
        if number is not None:
            self.sheet.write_number(row, col, number, style)
        elif cell.text:
            self.sheet.write_string(row, col, cell.text, style)
        else:
            self.sheet.write_blank(row, col, None, style)

    def _measure(self) -> None:
        for col, width in enumerate(self.widths):
            self.sheet.set_column(col, col, width)
        for row, height in enumerate(self._heights()):
            self.sheet.set_row(self.top + row, height)

    def _widths(self) -> list[int]:
        """Of the columns, in digits."""
        stub = {col: self._stub_width(col) for col in self.layout.stub_cols}
        usual = max(8, min(14, 120 // self.layout.width), self.layout.longest_figure + 1)
        return [stub.get(col, usual) for col in range(self.layout.width)]

    def _heights(self) -> list[float]:
        """Of the rows, in points: enough for the longest heading that stands in a row, or its share of it."""
        heights = [32.0 if row < self.layout.head_rows else 24.0 for row in range(self.layout.height)]
        for cell in self.layout.cells:
            if cell.role in (Role.COLUMN_HEAD, Role.ROW_HEAD, Role.CORNER):
                room = sum(self.widths[cell.col : cell.col + cell.colspan])
                share = _HEAD_LINE * ceil(len(cell.text) * _HEAD_WIDTH / room) / cell.rowspan
                for row in range(cell.row, cell.row + cell.rowspan):
                    heights[row] = max(heights[row], share)
        return heights

    def _stub_width(self, col: int) -> int:
        """Wide enough for the row headings that stand in this column alone; a Chinese character takes two."""
        alone = [c.text for c in self.layout.cells if c.role is Role.ROW_HEAD and c.col == col and c.colspan == 1]
        return max(10, min(40, max((2 * len(text) + 2 for text in alone), default=10)))

    def page(self, rows: int) -> None:
        """A4 for the first rows, lying or upright: one page, or as many as a long sheet needs."""
        if not self.layout.upright:
            self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.sheet.fit_to_pages(1, 1 if self.layout.one_page else 0)
        self.sheet.center_horizontally()
        if self.layout.note:
            self.sheet.set_footer(f"&L&8{self.layout.note.replace('&', '&&')}")
        if self.layout.head_rows:
            self.sheet.repeat_rows(self.top, self.top + self.layout.head_rows - 1)
        self.sheet.print_area(0, 0, rows - 1, self.layout.width - 1)
        stub = self.layout.stub_cols
        one_block = stub == tuple(range(len(stub)))
        self.sheet.freeze_panes(self.top + self.layout.head_rows, len(stub) if one_block else 0)


def _number(cell: Cell) -> float | None:
    """The figure as Excel's number, rounded as printed; None for words, pairs and empty cells."""
    if cell.role is not Role.FIGURE or len(cell.figures) != 1:
        return None
    figure = cell.figures[0]
    if figure.empty is not None or figure.value is None or isinstance(figure.value, str):
        return None
    return float(figure.text)
