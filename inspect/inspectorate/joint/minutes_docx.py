"""会议纪要 for Word: sizes and places of GB/T 9704-2012, faces of offices' machines."""

from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ..documents.word import FANG_SONG, SONG, add_field, add_rule, as_bytes, set_face
from .minutes import Minutes

RED = RGBColor(0xC8, 0x10, 0x1E)
TITLE_FACE, HEI, KAI = "方正小标宋简体", "黑体", "楷体"
SIZE, PITCH = 16, 28.95
"""三号, and twenty-two lines on a page of 225 mm."""


def minutes_docx(paper: Minutes) -> bytes:
    """The whole document; the same paper gives the same bytes."""
    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    document.core_properties.title, document.core_properties.author = paper.title[:255], ""
    normal = document.styles["Normal"]
    set_face(normal, FANG_SONG, SIZE)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = Pt(PITCH)
    _page_number(section)
    _head(document, paper)
    _body(document, paper)
    _people(document, paper)
    _imprint(document, paper)
    return as_bytes(document, paper.iso_day)


def _page_number(section: Any) -> None:
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("— ", None, " —"):
        runs = [foot.add_run(part)] if part else add_field(foot, "PAGE")
        for run in runs:
            set_face(run, SONG, 14)


def _head(document: Any, paper: Minutes) -> None:
    mark = document.add_paragraph()
    mark.alignment = WD_ALIGN_PARAGRAPH.CENTER
    mark.paragraph_format.line_spacing = Pt(56)
    run = mark.add_run(paper.mark)
    set_face(run, TITLE_FACE, 42)
    run.font.color.rgb = RED
    number = document.add_paragraph()
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    number.add_run(f"（{paper.number}）{'　草稿' if paper.draft else ''}")
    office = document.add_paragraph()
    width = document.sections[0].page_width - Mm(54)
    office.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    office.add_run(f"{paper.office}\t{paper.day}")
    _red_rule(office)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = title.paragraph_format.space_after = Pt(PITCH)
    title.paragraph_format.line_spacing = Pt(34)
    set_face(title.add_run(paper.title), TITLE_FACE, 22)


def _red_rule(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "4"), ("color", "C8101E")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _body(document: Any, paper: Minutes) -> None:
    _paragraph(document, paper.opening)
    for heading, paragraphs in paper.parts:
        head = _paragraph(document, heading, HEI)
        head.paragraph_format.keep_with_next = True
        for text in paragraphs:
            _paragraph(document, text)


def _paragraph(document: Any, text: str, face: str = FANG_SONG) -> Any:
    made = document.add_paragraph()
    made.paragraph_format.first_line_indent = Pt(2 * SIZE)
    set_face(made.add_run(text), face, SIZE)
    return made


def _people(document: Any, paper: Minutes) -> None:
    """出席 and 请假 as the standard wants them: the word in 黑体, lines hanging behind its colon."""
    document.add_paragraph()
    for label, lines in (("出席", paper.present), ("请假", paper.absent)):
        for number, (department, persons) in enumerate(lines):
            row = document.add_paragraph()
            row.paragraph_format.left_indent = Pt(5 * SIZE)
            row.paragraph_format.first_line_indent = Pt(-3 * SIZE)
            set_face(row.add_run(f"{label}：" if not number else "　　　"), HEI, SIZE)
            row.add_run(f"{department}　{persons}".rstrip("　"))
    for label, person in (("主持", paper.chair), ("记录", paper.recorder)):
        if person:
            row = document.add_paragraph()
            row.paragraph_format.left_indent = Pt(2 * SIZE)
            set_face(row.add_run(f"{label}："), HEI, SIZE)
            row.add_run(person)


def _imprint(document: Any, paper: Minutes) -> None:
    """版记: to whom it goes, who issues it and when."""
    width = document.sections[0].page_width - Mm(54)
    for number, (left, right) in enumerate(((f"分送：{paper.sent_to}。", ""), (paper.office, f"{paper.day}印发"))):
        line = document.add_paragraph()
        line.paragraph_format.space_before = Pt(2 * PITCH) if not number else Pt(0)
        line.paragraph_format.line_spacing = Pt(24)
        line.paragraph_format.keep_with_next = not number
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
        line.paragraph_format.tab_stops.add_tab_stop(width - Pt(14), WD_TAB_ALIGNMENT.RIGHT)
        set_face(line.add_run(f"{left}\t{right}" if right else left), FANG_SONG, 14)
        add_rule(line)
