"""A paper as DOCX, made from the same blocks as the PDF, for offices that edit and print in Word.

python-docx and not docxtpl: rows, boxes and signatures come and go with the data, so that a Word template for each
kind would be a second truth beside the layouts, in files that no one can review.
"""

import io
from collections.abc import Callable, Mapping
from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from .blocks import Block, Cell, Fields, Grid, Paper, Paragraph, Passage, SealPlace, Signature, Signatures, Text
from .word import (
    FANG_SONG,
    SONG,
    Box,
    add_field,
    add_rule,
    as_bytes,
    set_face,
    table_of,
)

MARGINS = {"boxes": (27, 22, 19, 26), "signed": (32, 26, 50, 28), "": (32, 26, 34, 28)}
"""Top, right, bottom, left in mm, as in paper.css; a paper signed on every page needs room for that."""

DATE_BLANK = "　　年　　月　　日"


def paper_docx(paper: Paper) -> bytes:
    """The whole document; the same paper gives the same bytes."""
    return as_bytes(_Writer(paper).write(), paper.issued_on)


class _Writer:
    """Puts one paper into one Word document, block by block."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document = new_document()
        self.boxes = paper.look == "boxes"
        self.size = 12 if self.boxes else 14
        self.pitch = 20 if self.boxes else 24
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        margins = [Mm(side) for side in MARGINS["boxes" if self.boxes else "signed" if paper.every_page else ""]]
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = margins
        section.header_distance, section.footer_distance = Mm(13), Mm(10)
        self.section = section
        self.width = Mm(210) - section.left_margin - section.right_margin

    def write(self) -> Any:
        """The document with everything in it."""
        normal = self.document.styles["Normal"]
        set_face(normal, FANG_SONG, self.size)
        normal.paragraph_format.space_after = Pt(0)
        normal.paragraph_format.line_spacing = Pt(self.pitch)
        self.document.core_properties.title = self.paper.title
        self.document.core_properties.author = ""
        self._header()
        self._footer()
        self._title()
        for block in self.paper.blocks:
            _WRITERS[type(block)](self, block)
        return self.document

    def _header(self) -> None:
        first = self.section.header.paragraphs[0]
        first.style = self.document.styles["Normal"]
        first.paragraph_format.tab_stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        number = f"{self.paper.number_label}{self.paper.number or '　　　　　　　'}" if self.paper.number_label else ""
        set_face(first.add_run(f"{self.paper.series}\t{number}"), SONG, 12)
        if self.paper.draft:
            draft = self.section.header.add_paragraph()
            draft.alignment = WD_ALIGN_PARAGRAPH.CENTER
            set_face(draft.add_run("草　稿"), SONG, 22)
        if self.paper.page_numbers != "none":
            pages = self.section.header.add_paragraph()
            pages.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for text, field in (("第", "PAGE"), ("页　共", "NUMPAGES"), ("页", "")):
                set_face(pages.add_run(text), SONG, 10.5)
                for run in add_field(pages, field) if field else ():
                    set_face(run, SONG, 10.5)

    def _footer(self) -> None:
        footer = self.section.footer
        note = footer.paragraphs[0]
        note.style = self.document.styles["Normal"]
        if self.paper.every_page:
            note.paragraph_format.line_spacing = Pt(2)
            self._places(footer, self.paper.every_page)
            note = footer.add_paragraph(style=self.document.styles["Normal"])
        add_rule(note)
        note.paragraph_format.tab_stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        note.paragraph_format.line_spacing = Pt(14)
        set_face(note.add_run(f"备注：{self.paper.copies}" if self.paper.copies else ""), SONG, 10.5)
        set_face(note.add_run(f"\t{self.paper.verification}"), SONG, 7.5)

    def _title(self) -> None:
        title = self.document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.line_spacing = Pt(36)
        set_face(title.add_run(self.paper.title), SONG, 22)
        if self.paper.look == "letter" and not self.paper.number_label:
            number = self.document.add_paragraph()
            number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            set_face(number.add_run(self.paper.number or "　" * 10), SONG, 12)

    def fields(self, block: Fields) -> None:
        """The head: ruled boxes on internal forms, ruled lines elsewhere."""
        table_of(self.document, self.width, [[box for cell in row for box in self._pair(cell)] for row in block.rows])
        if not self.boxes:
            self.document.add_paragraph().paragraph_format.line_spacing = Pt(6)

    def _pair(self, cell: Cell) -> tuple[Box, Box]:
        whole = int(self.width * cell.share)
        colon = "" if self.boxes or cell.label.endswith(("自", "至")) else "："
        label = Mm(26) if self.boxes else min(Pt(12) * (len(cell.label) + len(colon)) + Mm(5), whole * 3 // 4)
        edges = "tblr" if self.boxes else ""
        return (
            Box(label, edges, lambda place: self._lines(place, (f"{cell.label}{colon}",), centred=self.boxes)),
            Box(whole - label, edges or "b", lambda place: self._lines(place, tuple(map(plain, cell.value)) or ("",))),
        )

    def _lines(self, place: Any, lines: tuple[str, ...], *, centred: bool = False) -> None:
        for number, line in enumerate(lines):
            paragraph = place.paragraphs[0] if not number else place.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.line_spacing = Pt(18)
            set_face(paragraph.add_run(line), SONG if centred else FANG_SONG, 12)

    def passage(self, block: Passage) -> None:
        """Text under a label, in a box of its own on internal forms."""
        if not self.boxes:
            self._words(self.document, block)
            return
        height = Pt(self.pitch * max(block.rows, 1))
        box = Box(self.width, "tblr", lambda place: self._words(place, block))
        table_of(self.document, self.width, [[box]], height)

    def _words(self, place: Any, block: Passage) -> None:
        if block.label:
            label = place.paragraphs[0] if self.boxes else place.add_paragraph()
            label.paragraph_format.keep_with_next = True
            set_face(label.add_run(f"{block.label.rstrip('：')}："), SONG, self.size)
        for number, paragraph in enumerate(block.paragraphs):
            fresh = self.boxes and not number and not block.label
            self._text(place.paragraphs[0] if fresh else place.add_paragraph(), paragraph.text)

    def _text(self, paragraph: Any, text: Text, *, indent: bool = True) -> None:
        if indent:
            paragraph.paragraph_format.first_line_indent = Pt(self.size * 2)
        for run in text:
            written = paragraph.add_run("　" * run.width if run.blank else run.text)
            written.underline = run.blank

    def paragraph(self, block: Paragraph) -> None:
        """The addressee, or 以下空白."""
        paragraph = self.document.add_paragraph()
        self._text(paragraph, block.text, indent=block.role != "addressee")
        for run in paragraph.runs:
            run.underline = run.underline or block.role == "addressee"

    def grid(self, block: Grid) -> None:
        """A table; the row after the last says that nothing follows."""
        table = self.document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
        for cell, name in zip(table.rows[0].cells, block.columns, strict=True):
            self._lines(cell, (name,), centred=True)
        for values in block.rows:
            for cell, value in zip(table.add_row().cells, values, strict=True):
                self._lines(cell, (value,))
        last = table.add_row().cells
        self._lines(last[0].merge(last[-1]), ("以下空白",), centred=True)
        self.document.add_paragraph()

    def signatures(self, block: Signatures) -> None:
        """Boxes for opinions on internal forms, places to sign elsewhere."""
        if not self.boxes:
            self._places(self.document, block.places)
            return
        for place in block.places:
            box = Box(self.width, "tblr", self._opinion(place))
            table_of(self.document, self.width, [[box]], Mm(21), whole=True)

    def _opinion(self, signature: Signature) -> Callable[[Any], None]:
        def write(place: Any) -> None:
            set_face(place.paragraphs[0].add_run(f"{signature.who}："), SONG, self.size)
            for text in signature.text:
                self._text(place.add_paragraph(), text)
            last = place.add_paragraph()
            last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            last.paragraph_format.space_before = Pt(10)
            last.add_run(f"签名：{signature.name or '　　　　　' * signature.count}　　{signature.on or DATE_BLANK}")

        return write

    def _places(self, container: Any, places: tuple[Signature, ...]) -> None:
        sides = [[one for one in places if one.side == side] for side in ("left", "right")]
        size = {"rows": max(map(len, sides)), "cols": 2}
        table = container.add_table(**size, **({} if container is self.document else {"width": self.width}))
        for column, side in enumerate(sides):
            for row, signature in zip(table.rows, side, strict=False):
                said = tuple(plain(text) for text in signature.text)
                place = "" if signature.drawing else signature.name or "＿＿＿＿＿　" * signature.count
                day = (f"　　　　　{signature.on or DATE_BLANK}",) if signature.dated else ()
                cell = row.cells[column]
                self._lines(cell, (*said, f"{signature.who}：{place}", *day))
                if signature.drawing:
                    signed = cell.paragraphs[len(said)].add_run()
                    signed.add_picture(io.BytesIO(signature.drawing), height=Pt(18))

    def seal(self, block: SealPlace) -> None:
        """Name and date, right, with room for the seal that is put over them."""
        lines = [block.name, block.date, *(["（印章）"] if block.required else [])]
        for number, line in enumerate(lines):
            paragraph = self.document.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.left_indent = self.width - Mm(78)
            paragraph.paragraph_format.space_before = Mm(18 if block.required else 4) if not number else Pt(0)
            paragraph.paragraph_format.keep_with_next = number < len(lines) - 1
            set_face(paragraph.add_run(line), SONG, 9 if line == "（印章）" else self.size)


def plain(text: Text) -> str:
    """A text without its runs; blanks become spaces."""
    return "".join("　" * run.width if run.blank else run.text for run in text)


_WRITERS: Mapping[type[Block], Callable[[_Writer, Any], None]] = {
    Fields: _Writer.fields,
    Passage: _Writer.passage,
    Paragraph: _Writer.paragraph,
    Grid: _Writer.grid,
    Signatures: _Writer.signatures,
    SealPlace: _Writer.seal,
}
