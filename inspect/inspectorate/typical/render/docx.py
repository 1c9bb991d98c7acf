"""Annex 2 as a Word document: catalogue table and accounts on A4 upright."""

from collections.abc import Sequence
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from ...campaigns.render.docx import HEI, SONG, face, new_document, paragraph, repeat_heading, saved
from ..material import Material

_FANGSONG = "仿宋"
_WIDTHS_MM = (11, 24, 36, 36, 38, 35)
_TITLE_CHARACTERS = 24
"""What fits on one line in the title's size; a longer one breaks before its last word."""


def render_cases_docx(material: Material) -> bytes:
    """The document: title, catalogue, accounts."""
    document = new_document(material.title, landscape=False)
    title = material.title
    if len(title) > _TITLE_CHARACTERS:
        title = f"{title.removesuffix(material.ending)}\n{material.ending}"
    paragraph(document, title, size=20, align=WD_ALIGN_PARAGRAPH.CENTER, after=10)
    paragraph(document, material.sections[0], size=15, font=HEI, after=4)
    _catalogue(document, material)
    accounts = paragraph(document, material.sections[1], size=15, font=HEI, before=12, after=4)
    accounts.paragraph_format.keep_with_next = True
    for entry in material.entries:
        head = paragraph(document, f"{entry.position}. {entry.name}", size=14, bold=True, before=6)
        head.paragraph_format.keep_with_next = True
        for text in entry.account.splitlines():
            paragraph(document, text, size=14, font=_FANGSONG, indent=True, after=2)
    return saved(document)


def _catalogue(document: Any, material: Material) -> None:
    ruled(document, [material.columns, *(entry.cells for entry in material.entries)], _WIDTHS_MM, 10.5)


def ruled(document: Any, lines: Sequence[Sequence[str]], widths_mm: Sequence[float], size: float) -> None:
    """A ruled table whose first line is the head, repeated on each page; no line is broken over two pages."""
    table = document.add_table(rows=1, cols=len(widths_mm))
    table.style, table.autofit = "Table Grid", False
    repeat_heading(table.rows[0])
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for number, line in enumerate(lines):
        row = table.rows[0] if number == 0 else table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(row.cells, line, widths_mm, strict=True):
            cell.width = Mm(width)
            _fill(cell, text, size, heading=number == 0)


def _fill(cell: Any, text: str, size: float, *, heading: bool) -> None:
    inside = cell.paragraphs[0]
    inside.paragraph_format.space_after = Pt(0)
    if heading:
        inside.alignment = WD_ALIGN_PARAGRAPH.CENTER
    face(inside.add_run(text), HEI if heading else SONG, size)
