"""A letter as a Word document in the measures of GB/T 9704: margins of 37, 26, 35 and 28 mm, 仿宋 of 16 points."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ...documents.word import FANG_SONG, SONG, add_field, as_bytes, set_face
from ..drawing.png import as_png
from ..letter import Block, Figure, Grid, Heading, Letter, Passage

TITLE, HEI, KAI = "方正小标宋简体", "黑体", "楷体"
"""Faces of the standard; Word puts 宋体 in the place of the first where it is not installed."""

BODY, PITCH = 16, 28
RED = RGBColor(0xD0, 0x02, 0x1B)
_CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def letter_docx(letter: Letter) -> bytes:
    """The file; the same letter gives the same bytes."""
    document = Document()
    document.core_properties.title = letter.title[:255]
    document.core_properties.author = ""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    normal = document.styles["Normal"]
    set_face(normal, FANG_SONG, BODY)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    normal.paragraph_format.line_spacing = Pt(PITCH)
    _page_number(section.footer)
    _head(document, letter)
    for block in letter.blocks:
        _WRITERS[type(block)](document, block)
    _end(document, letter)
    return as_bytes(document, letter.day)


def _line(
    document: Any, text: str, face: str, size: float, align: Any = None, *, pitch: float = PITCH, red: bool = False
) -> Any:
    new = document.add_paragraph()
    new.alignment = align
    new.paragraph_format.line_spacing = Pt(pitch)
    run = new.add_run(text)
    set_face(run, face, size)
    if red:
        run.font.color.rgb = RED
    return new


def _page_number(footer: Any) -> None:
    """— 1 —, as on every official letter."""
    line = footer.paragraphs[0]
    line.alignment = _CENTRE
    set_face(line.add_run("— "), SONG, 14)
    for run in add_field(line, "PAGE"):
        set_face(run, SONG, 14)
    set_face(line.add_run(" —"), SONG, 14)


def _head(document: Any, letter: Letter) -> None:
    if letter.draft:
        _line(document, "（草稿）", HEI, BODY)
    if letter.masthead:
        name, below = letter.masthead
        _line(document, name, TITLE, 30, _CENTRE, pitch=44, red=True)
        _ruled(_line(document, below, FANG_SONG, BODY, _CENTRE, pitch=34))
    elif letter.number:
        _line(document, letter.number, FANG_SONG, BODY, _CENTRE)
    title = _line(document, letter.title, TITLE, 22, _CENTRE, pitch=34)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(24), Pt(20)
    if letter.addressee:
        _line(document, f"{letter.addressee.rstrip('：:')}：", FANG_SONG, BODY)


def _ruled(paragraph: Any) -> None:
    """The red rule below the head."""
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "6"), ("color", str(RED))):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _heading(document: Any, block: Heading) -> None:
    line = _line(document, block.text, HEI if block.level == 1 else KAI, BODY)
    line.paragraph_format.first_line_indent = Pt(2 * BODY)
    line.paragraph_format.keep_with_next = True


def _passage(document: Any, block: Passage) -> None:
    _line(document, block.text, FANG_SONG, BODY).paragraph_format.first_line_indent = Pt(2 * BODY)


def _caption(document: Any, text: str) -> None:
    line = _line(document, text, HEI, 12, _CENTRE, pitch=22)
    line.paragraph_format.space_before = Pt(8)
    line.paragraph_format.keep_with_next = True


def _figure(document: Any, block: Figure) -> None:
    _caption(document, block.caption)
    place = document.add_paragraph()
    place.alignment = _CENTRE
    place.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    place.paragraph_format.space_after = Pt(8)
    shown = place.add_run().add_picture(BytesIO(as_png(block.drawing)), width=Mm(_width(block)))
    told = shown._inline.docPr
    told.set("title", block.drawing.title)
    told.set("descr", block.drawing.description)


def _width(block: Figure) -> float:
    """As wide as the text, less where the picture would then be higher than most of a page (mm)."""
    return min(120, 150 * block.drawing.width / max(block.drawing.height, 1))


def _grid(document: Any, block: Grid) -> None:
    _caption(document, block.caption)
    table = document.add_table(rows=1, cols=len(block.heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    size = 12 if len(block.heads) <= 6 else 10.5
    for cell, words in zip(table.rows[0].cells, block.heads, strict=True):
        _fill(cell, words, HEI, size, _CENTRE)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in block.rows:
        line = table.add_row()
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for place, (cell, words) in enumerate(zip(line.cells, row, strict=True)):
            _fill(cell, words, SONG, size, None if block.wordy else _CENTRE if place == 0 else _RIGHT)
    document.add_paragraph().paragraph_format.line_spacing = Pt(10)


def _fill(cell: Any, words: str, face: str, size: float, align: Any) -> None:
    line = cell.paragraphs[0]
    line.alignment = align
    line.paragraph_format.line_spacing = Pt(size + 6)
    set_face(line.add_run(words), face, size)


def _end(document: Any, letter: Letter) -> None:
    """Office and day, four characters from the right, with room for the seal over them."""
    for number, words in enumerate((letter.office, letter.dated)):
        line = _line(document, words, FANG_SONG, BODY, _RIGHT)
        line.paragraph_format.right_indent = Pt(4 * BODY if number else 2 * BODY)
        line.paragraph_format.space_before = Pt(0 if number else 2 * PITCH)
        line.paragraph_format.keep_with_next = not number
    if letter.note:
        _line(document, letter.note, SONG, 9, pitch=14).paragraph_format.space_before = Pt(PITCH)


_WRITERS: Mapping[type[Block], Callable[[Any, Any], None]] = {
    Heading: _heading,
    Passage: _passage,
    Grid: _grid,
    Figure: _figure,
}
