"""The filled table of 打击非法医疗美容服务专项整治 of one province as a file. The floor writes the same cells with the
bare library: XLSX with XlsxWriter and DOCX with python-docx, the texts, figures and merges of the sheet with a border
and nothing else of its looks; PDF with WeasyPrint, warm in one process, on the same HTML with the same styles.
"""

import io

import xlsxwriter
from docx import Document

from inspectorate import clock
from inspectorate.campaigns.engine.layout import Cell, Layout
from inspectorate.campaigns.queries import form
from inspectorate.campaigns.render.docx import render_docx
from inspectorate.campaigns.render.html import STYLES as SHEET
from inspectorate.campaigns.render.html import render_html, render_sheet_pdf
from inspectorate.campaigns.render.xlsx import render_xlsx
from inspectorate.campaigns.summary import summarise
from inspectorate.documents.pdf import close_pool
from tests.bench.campaign_floor import CAMPAIGN
from tests.bench.measure import Ratio, compare
from tests.bench.papers import Plain
from tests.bench.prepared import Prepared

TITLE = "Tables as files"
ON_EACH_DATABASE = True
LIMIT, LIMIT_PDF = 2, 1.2
REGION = "330000"


def ratios(bench: Prepared) -> list[Ratio]:
    """The three kinds of file."""
    with bench.app.app_context():
        definition = form(CAMPAIGN)
        assert definition is not None
        layout = summarise(definition, REGION, today=clock.today()).layout()
        html, plain = render_html([layout]), Plain(SHEET)
        try:
            return [
                compare("XLSX", lambda: render_xlsx([(REGION, layout)]), lambda: bare_xlsx(layout), limit=LIMIT),
                compare("DOCX", lambda: render_docx([layout]), lambda: bare_docx(layout), limit=LIMIT),
                compare("PDF", lambda: render_sheet_pdf([layout]), lambda: plain.pdf(html), limit=LIMIT_PDF),
            ]
        finally:
            close_pool()


def bare_xlsx(layout: Layout) -> bytes:
    """The cells in a workbook, bordered."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet, border = book.add_worksheet(), book.add_format({"border": 1})
        sheet.write_string(0, 0, layout.title)
        for cell in layout.cells:
            row, col = cell.row + 2, cell.col
            if merged(cell):
                sheet.merge_range(row, col, row + cell.rowspan - 1, col + cell.colspan - 1, "", border)
            number = len(cell.figures) == 1 and cell.figures[0].empty is None
            sheet.write(row, col, float(cell.figures[0].text) if number else cell.text, border)
        for below, line in enumerate(layout.foot_lines):
            sheet.write_string(layout.height + 2 + below, 0, line)
    return buffer.getvalue()


def bare_docx(layout: Layout) -> bytes:
    """The cells in a document's table, bordered."""
    document = Document()
    document.add_paragraph(layout.title)
    table = document.add_table(rows=layout.height, cols=layout.width)
    table.style = "Table Grid"
    grid = [row.cells for row in table.rows]
    for cell in layout.cells:
        target = grid[cell.row][cell.col]
        if merged(cell):
            target = target.merge(grid[cell.row + cell.rowspan - 1][cell.col + cell.colspan - 1])
        target.text = cell.text
    for line in layout.foot_lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def merged(cell: Cell) -> bool:
    """Whether the cell covers more than one place of the grid."""
    return cell.rowspan > 1 or cell.colspan > 1
