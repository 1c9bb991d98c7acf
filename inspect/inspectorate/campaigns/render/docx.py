"""The sheet as a Word document: A4 landscape, one table with real merges, on one page."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..engine.layout import Cell, Layout, Role

SONG, HEI = "宋体", "黑体"
_MADE = datetime(2000, 1, 1)
_WIDTH_MM, _HEIGHT_MM, _MARGIN_MM = 297, 210, 15
_CELL_MARGIN_MM = 0.6
_DIGIT = 0.65
"""How wide a digit is at most, as a share of the size: 0.5 in 宋体, more where another face must stand in."""
_STUB_SHARES = {"narrow": 1.6, "middle": 2.0, "broad": 3.4}
"""How much wider a column of row headings is than one of figures."""


def render_docx(layouts: Sequence[Layout]) -> bytes:
    """The document with title, heading, table and footers; each layout begins a page, lying or upright."""
    document = new_document(layouts[0].title, landscape=not layouts[0].upright)
    styles = _Styles(document)
    for number, layout in enumerate(layouts):
        section = document.add_section() if number else document.sections[0]
        _turn(section, landscape=not layout.upright)
        title = paragraph(document, layout.title, size=16, font=HEI, align=WD_ALIGN_PARAGRAPH.CENTER, after=4)
        title.paragraph_format.keep_with_next = True
        if layout.head:
            paragraph(document, layout.head, size=11, after=2)
        _table(document, layout, styles)
        for line in layout.foot_lines:
            paragraph(document, line, size=11, before=3)
        _page_foot(section, layout.note)
    return saved(document)


def _page_foot(section: Any, note: str | None) -> None:
    """Region and period in the page's foot, outside the sheet; each section has its own."""
    section.footer.is_linked_to_previous = False
    inside = section.footer.paragraphs[0]
    face(inside.add_run(note or ""), SONG, 8)


def new_document(title: str, *, landscape: bool) -> Any:
    """An empty A4 document with our margins and faces."""
    document = Document()
    document.core_properties.title = title[:255]
    document.core_properties.author = ""
    document.core_properties.created = document.core_properties.modified = _MADE
    section = document.sections[0]
    _turn(section, landscape=landscape)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN_MM)
    face(document.styles["Normal"], SONG, 10.5)
    _as_chinese(document.styles["Normal"].element)
    return document


def _turn(section: Any, *, landscape: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (Mm(_WIDTH_MM), Mm(_HEIGHT_MM)) if landscape else (Mm(_HEIGHT_MM), Mm(_WIDTH_MM))
    )


def _as_chinese(style: Any) -> None:
    """Chinese text, so that its punctuation has the right shapes."""
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.get_or_add_rPr().append(language)


def saved(document: Any) -> bytes:
    """The document's bytes."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paragraph(
    where: Any, text: str, *, size: float, font: str = SONG, align: Any = None, before: float = 0, after: float = 0,
    bold: bool = False, indent: bool = False,
) -> Any:  # fmt: skip
    """A paragraph in our faces; sizes and spaces in points."""
    new = where.add_paragraph()
    new.alignment = align
    new.paragraph_format.space_before, new.paragraph_format.space_after = Pt(before), Pt(after)
    if indent:
        new.paragraph_format.first_line_indent = Pt(2 * size)
    run = new.add_run(text)
    run.bold = bold
    face(run, font, size)
    return new


def face(target: Any, font: str, size: float) -> None:
    """Both scripts in one face: Word keeps the East Asian one apart."""
    target.font.name, target.font.size = font, Pt(size)
    fonts = target.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)


def _table(document: Any, layout: Layout, styles: "_Styles") -> None:
    table = document.add_table(rows=layout.height, cols=layout.width)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    widths = _column_widths(layout)
    height = _row_height(layout)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    grid = [list(row.cells) for row in table.rows]
    for row in table.rows:
        row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    for row in list(table.rows)[: layout.head_rows]:
        repeat_heading(row)
    _narrow_margins(table)
    size = 9 if layout.width <= 14 and layout.density != "dense" else 7.5
    figure_size = min(size, _size_for(layout.longest_figure, widths[-1]))
    for cell in layout.cells:
        target = grid[cell.row][cell.col]
        if cell.rowspan > 1 or cell.colspan > 1:
            target = target.merge(grid[cell.row + cell.rowspan - 1][cell.col + cell.colspan - 1])
        target.width = Mm(sum(widths[cell.col : cell.col + cell.colspan]))
        single = cell.role is Role.FIGURE and cell.colspan == 1
        _fill(target, cell, styles.of(cell, figure_size if single else size))


class _Styles:
    """A paragraph style for each look of a cell, so that a cell says one word instead of eight properties."""

    def __init__(self, document: Any) -> None:
        self.styles = document.styles
        self.made: dict[str, str] = {}

    def of(self, cell: Cell, size: float) -> str:
        """The id of the style for a cell."""
        bold, words = cell.role in (Role.CORNER, Role.COLUMN_HEAD, Role.ROW_HEAD), cell.role is Role.WORDS
        name = f"{'表头' if bold else '表文' if words else '表数'} {size:g}"
        if name not in self.made:
            style = self.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT if words else WD_ALIGN_PARAGRAPH.CENTER
            style.paragraph_format.space_after = Pt(0)
            style.font.bold = bold
            face(style, SONG, size)
            self.made[name] = style.style_id
        return self.made[name]


def _size_for(characters: int, width: float) -> float:
    """The size in points, in halves, at which so many digits stand on one line of a column ``width`` mm wide."""
    room = Mm(width - 2 * _CELL_MARGIN_MM).pt
    return max(5.0, int(2 * room / (_DIGIT * characters)) / 2)


def _narrow_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(int(Mm(_CELL_MARGIN_MM).twips)))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _column_widths(layout: Layout) -> list[float]:
    """Row headings wider than figures, all together the width of the page, in mm."""
    stub = {col: _STUB_SHARES[layout.stub_width(col)] for col in layout.stub_cols}
    shares = [stub.get(col, 1.0) for col in range(layout.width)]
    room = (_HEIGHT_MM if layout.upright else _WIDTH_MM) - 2 * _MARGIN_MM
    return [room * share / sum(shares) for share in shares]


def _row_height(layout: Layout) -> float:
    """As tall as the page allows, at most 11 mm, so that the whole stays on one page where it can."""
    if not layout.one_page:
        return 6.0
    left = (_WIDTH_MM if layout.upright else _HEIGHT_MM) - 2 * _MARGIN_MM - 22 - 9 * len(layout.foot_lines)
    return max(4.0, min(11.0, left / layout.height))


def repeat_heading(row: Any) -> None:
    """The column headings again on each further page."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _fill(target: Any, cell: Cell, style: str) -> None:
    target.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    inside, *surplus = target._tc.p_lst
    for empty in surplus:  # what merging leaves
        target._tc.remove(empty)
    inside.style = style
    inside.add_r().text = cell.text
