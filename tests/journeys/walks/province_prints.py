"""Walk 6. The province's campaign office: the table, the records behind a figure, its files, the typical cases."""

import re
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
from playwright.sync_api import Locator
from pypdf import PdfReader

from tests.journeys.walks.story import Story
from tests.journeys.walks.walker import Walker

FINE_ROW = "罚款金额(万元)"
EXPECTED = {
    "检查对象数": Decimal(1),
    "罚款户(人)次": Decimal(1),
    FINE_ROW: Decimal(22),
    "没收违法所得(万元)": Decimal("3.68"),
}
"""What the one case adds to the column 无证行医 (institutions), amounts in 万元."""


def walk(story: Story) -> None:
    """From the to-do list to table, figure, record, three files, and the typical cases' two."""
    office = story.window("province-office")
    story.stop(office, "province-home")
    office.go(re.compile("选定典型案例"), this_year(office))
    office.go("概况")
    story.stop(office, "province-campaign")
    office.go("打开汇总表")
    story.stop(office, "province-table")
    now = figures(office)
    assert {name: now[name] - story.visit.before[name] for name in EXPECTED} == EXPECTED
    files = {kind: office.save(kind.upper(), story.folder) for kind in ("xlsx", "docx", "pdf")}
    _the_files_say_the_same(files, now)
    office.touch(row(office, FINE_ROW).get_by_role("link").first)
    office.sees(story.visit.decision_number)
    story.stop(office, "province-behind-a-figure")
    with story.uncounted():
        office.go(re.compile(story.visit.decision_number))
        office.sees(story.visit.place, story.visit.case_number)
        story.stop(office, "province-case")
        office.page.go_back()
    _typical_cases(story, office)


def this_year(office: Walker) -> Locator:
    """The line of the demo's campaign among all that run."""
    return office.page.get_by_role("listitem").filter(has_text="演示").filter(has_text="选定典型案例")


def row(office: Walker, name: str) -> Locator:
    """A row of the table by its head."""
    head = office.page.locator("th", has_text=re.compile(f"^{re.escape(name)}$"))
    return office.page.locator("table.form-grid tr").filter(has=head)


def figures(office: Walker) -> dict[str, Decimal]:
    """The first figure of the rows that the case will change: column 无证行医, institutions."""
    return {name: Decimal(row(office, name).locator("td.counted").first.inner_text().strip()) for name in EXPECTED}


def look_before(story: Story) -> None:
    """What the table says before anything is done."""
    office = story.window("province-office")
    office.go(re.compile("选定典型案例"), this_year(office))
    office.go("概况")
    office.go("打开汇总表")
    story.visit.before = figures(office)


def _the_files_say_the_same(files: dict[str, Path], now: dict[str, Decimal]) -> None:
    sheet = openpyxl.load_workbook(files["xlsx"]).active
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    printed = next(line for line in rows if FINE_ROW in map(str, line))
    amounts = [
        Decimal(str(value))
        for value in printed
        if isinstance(value, int | float) or str(value).replace(".", "").isdigit()
    ]
    assert amounts[0] == now[FINE_ROW], printed
    table = docx.Document(str(files["docx"])).tables[0]
    printed = next([cell.text for cell in line.cells] for line in table.rows if FINE_ROW in line.cells[0].text)
    assert str(now[FINE_ROW].normalize()) in printed, printed
    pages = PdfReader(files["pdf"]).pages
    assert len(pages) == 1 and pages[0].mediabox.width > pages[0].mediabox.height, "A4 landscape, one page"
    assert str(now[FINE_ROW].normalize()) in pages[0].extract_text()


def _typical_cases(story: Story, office: Walker) -> None:
    office.go(re.compile("演示"), office.page.get_by_role("navigation", name="位置"))
    office.go("典型案例")
    story.stop(office, "province-candidates")
    office.go("选择", office.row(re.compile(story.visit.place)))
    office.sees("已选为典型案例。")
    story.stop(office, "province-typical")
    word, pdf = (office.save(kind, story.folder) for kind in ("DOCX", "PDF"))
    paragraphs = [paragraph.text for paragraph in docx.Document(str(word)).paragraphs]
    cells = [cell.text for table in docx.Document(str(word)).tables for line in table.rows for cell in line.cells]
    written = "".join(paragraphs + cells)
    printed = "".join(page.extract_text() for page in PdfReader(pdf).pages).replace("\n", "")
    for text in (written, printed):
        assert "第九十九条第一款" in text
        assert story.visit.place not in text, "names are masked"
