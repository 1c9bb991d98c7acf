"""The same sheet as XLSX, DOCX, PDF, CSV and JSON: merges, numbers, one page, and no formula from anybody's text."""

import csv
import io
import json
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from inspectorate.campaigns.engine.figures import Filled
from inspectorate.campaigns.engine.layout import Layout, lay_out
from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.forms_known import shipped_form, shipped_ids
from inspectorate.campaigns.render.csv import render_csv
from inspectorate.campaigns.render.docx import render_docx
from inspectorate.campaigns.render.html import render_html, render_sheet_pdf
from inspectorate.campaigns.render.xlsx import render_xlsx
from tests.campaigns.conftest import HEAD, drawn

FORM = shipped_form("medical_cosmetology_2021")
FIGURES = {("inspected", "unlicensed"): 12, ("cases", "unlicensed_org"): 3, ("fine_sum", "unlicensed_org"): 18_400_000}


@pytest.fixture
def layout() -> Layout:
    return lay_out(Filled(FORM, FIGURES, {}, dict.fromkeys(FORM.foot_counts, 4)))


def workbook(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def test_xlsx_has_real_merges_and_numbers_as_numbers(layout: Layout) -> None:
    sheet = workbook(render_xlsx([("浙江省", layout)])).active
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A3:A4", "B3:E3", "B4:C4", "B5:C5", "A6:A7", "J3:J4", "A1:L1"} <= merged
    assert sheet["B5"].value == 12
    assert (sheet["B12"].value, sheet["B12"].data_type) == (18.4, "n")
    assert sheet["B6"].value == "机构"
    assert [sheet.cell(6, column).value for column in (10, 11, 12)] == [None] * 3


def test_xlsx_prints_on_one_page_of_a4_landscape(layout: Layout) -> None:
    sheet = workbook(render_xlsx([("浙江省", layout)])).active
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)  # 1 is the format's default
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert str(sheet.print_area).endswith("$A$1:$L$17")


LARGE = FIGURES | {("fine_sum", "drug_org"): 1_867_407_000_100}


def test_a_large_figure_stays_on_one_line_and_keeps_its_decimals(app: Any) -> None:
    sheet = lay_out(Filled(FORM, LARGE))
    cell = workbook(render_xlsx([("浙江省", sheet)])).active["F12"]
    assert (cell.value, cell.number_format, cell.alignment.shrinkToFit) == (1867407.0001, "0.0000", True)
    (table,) = Document(io.BytesIO(render_docx([sheet]))).tables
    sizes = [table.cell(9, column).paragraphs[0].style.font.size.pt for column in (1, 5)]
    assert table.cell(9, 5).text == "1867407.0001"
    assert sizes == [7, 7]
    with app.app_context():
        text = PdfReader(io.BytesIO(render_sheet_pdf([sheet], in_process=True))).pages[0].extract_text()
    assert "1867407.0001" in text


def test_xlsx_shows_whole_numbers_whole_and_repeats_its_headings(layout: Layout) -> None:
    sheet = workbook(render_xlsx([("浙江省", layout)])).active
    assert [sheet[place].number_format for place in ("B5", "B12", "C12")] == ["0", "0.0", "0"]
    assert sheet.print_title_rows == "$3:$4"


def test_equal_figures_give_an_equal_file(layout: Layout) -> None:
    assert render_xlsx([("浙江省", layout)]) == render_xlsx([("浙江省", layout)])


def test_sheets_of_a_break_down_have_names_that_excel_accepts(layout: Layout) -> None:
    names = ["杭州市/西湖区", "杭州市西湖区", "很长" * 20, "很长" * 20]
    found = workbook(render_xlsx([(name, layout) for name in names])).sheetnames
    assert len(set(found)) == 4
    assert all(len(name) <= 31 and "/" not in name for name in found)


def test_docx_carries_the_same_cells_as_the_layout(layout: Layout) -> None:
    document = Document(io.BytesIO(render_docx([layout])))
    (table,) = document.tables
    grid = drawn(layout)
    for line, row in zip(grid, table.rows, strict=True):
        for text, cell in zip(line, row.cells, strict=True):
            assert text in ("<", "^") or cell.text == text
    section = document.sections[0]
    assert section.page_width > section.page_height
    assert document.paragraphs[0].text == "医疗美容专项整治工作汇总表"


def test_pdf_is_one_page_of_a4_landscape_with_every_label(app: Any, layout: Layout) -> None:
    with app.app_context():
        pdf = PdfReader(io.BytesIO(render_sheet_pdf([layout], in_process=True)))
    (page,) = pdf.pages
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (842, 595)
    text = page.extract_text().replace("\n", "").replace(" ", "")
    for label in ("医疗美容专项整治工作汇总表", "处理情况", "无证行医", "责令停业整顿户数", "18.4", "举报人满意4件"):
        assert label in text


@pytest.mark.parametrize("form_id", shipped_ids())
def test_every_shipped_form_fits_one_page(app: Any, form_id: str) -> None:
    sheet = lay_out(Filled(shipped_form(form_id), {}))
    with app.app_context():
        assert len(PdfReader(io.BytesIO(render_sheet_pdf([sheet], in_process=True))).pages) == 1


def test_csv_repeats_headings_over_what_they_span_and_each_figure_once(layout: Layout) -> None:
    lines = list(csv.reader(io.StringIO(render_csv(layout).removeprefix("\ufeff"))))
    assert lines[2][1:5] == ["非法医疗美容"] * 4
    assert lines[4] == ["检查对象数", "12", "", "0", "", "0", "", "0", "", "0", "0", "0"]
    assert render_csv(layout).startswith("\ufeff")


EVIL = """
[[row]]
id = "r"
label = "=HYPERLINK(\\"http://x\\")"
m = "visits"
[[row]]
id = "w"
label = "备注"
m = "entered"
type = "text"
"""


def test_no_text_becomes_a_formula() -> None:
    form = parse(HEAD.replace("表", "@SUM(A1)") + EVIL)
    sheet = lay_out(Filled(form, {}, {("w", "n"): "+cmd|' /C calc'!A0"}))
    for line in csv.reader(io.StringIO(render_csv(sheet).removeprefix("\ufeff"))):
        assert not any(text.startswith(("=", "+", "@", "-")) for text in line)
    for row in workbook(render_xlsx([("x", sheet)])).active.iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_labels_are_escaped_in_html(app: Any) -> None:
    form = parse(HEAD + '[[row]]\nid = "r"\nlabel = "<script>alert(1)</script>"\nm = "visits"\n')
    with app.app_context():
        html = render_html([lay_out(Filled(form, {}))])
    assert "<script>" not in html and "&lt;script&gt;" in html


def test_json_says_null_for_not_applicable_and_leaves_blanks_out() -> None:
    from inspectorate.campaigns.render.json import cells

    text = """
    [[col]]
    id = "a"
    [[col]]
    id = "b"
    [[row]]
    id = "f"
    m = "fine_sum"
    unit = "万元"
    na = ["b"]
    [[row]]
    id = "s"
    m = "samples"
    [[row]]
    id = "k"
    m = "seized_kg"
    [[rate]]
    id = "r"
    expr = "s / k"
    """
    filled = Filled(parse(HEAD + text), {("f", "a"): 18_400_000}, {("s", "a"): 1, ("k", "a"): 8})
    assert cells(filled) == {
        "f": {"a": "18.4", "b": None},
        "s": {"a": 1},
        "k": {"a": 8},
        "r": {"a": "12.50"},
    }
    assert json.dumps(cells(filled))


def test_characters_that_xml_cannot_hold_are_left_out_of_a_definition() -> None:
    form = parse(HEAD + '[[row]]\nid = "w"\nlabel = "备\ufffe注"\nm = "entered"\ntype = "text"\n')
    sheet = lay_out(Filled(form, {}, {("w", "n"): "甲"}))
    (table,) = Document(io.BytesIO(render_docx([sheet]))).tables
    assert table.rows[1].cells[0].text == "备注"
