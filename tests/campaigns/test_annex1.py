"""The 2021 summary table comes out exactly as the notice's annex 1 prints it."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from inspectorate.campaigns.engine.figures import Filled
from inspectorate.campaigns.engine.layout import Layout, Role, lay_out
from inspectorate.campaigns.forms_known import shipped_form
from inspectorate.campaigns.measures.scope import Scope
from inspectorate.campaigns.places import heading
from tests.campaigns.conftest import drawn

FORM = shipped_form("medical_cosmetology_2021")
ROWS = [
    "责令改正数",
    "警告数",
    "责令停业整顿户数",
    "罚款户(人)次",
    "罚款金额(万元)",
    "没收违法所得(万元)",
    "吊销行政许可资质",
    "移送司法机关",
]


def filled() -> Layout:
    return lay_out(Filled(FORM, {}, {}, dict.fromkeys(FORM.foot_counts, 0)))


def test_the_heads_the_merges_and_the_two_line_row_stand_as_on_paper() -> None:
    assert drawn(filled()) == [
        ["处理情况", "非法医疗美容", "<", "<", "<", "非法制售使用药品、医疗器械", "<", "<", "<",
         "违法医疗美容广告", "违规互联网信息", "违规开展寄递业务信息"],
        ["^", "无证行医", "<", "医疗机构", "<", "药品", "<", "医疗器械", "<", "^", "^", "^"],
        ["检查对象数", "0", "<", "0", "<", "0", "<", "0", "<", "0", "0", "0"],
        ["案件数", "机构", "人员", "机构", "人员", "机构", "人员", "机构", "人员", "", "", ""],
        ["^", *["0"] * 11],
        *[[label, *["0"] * 11] for label in ROWS],
    ]  # fmt: skip


def blank() -> Layout:
    """The sheet before anybody fills it."""
    return lay_out(Filled(FORM, None))


def test_there_are_111_figures() -> None:
    figures = [cell for cell in filled().cells if cell.role is Role.FIGURE]
    counts = [segment for foot in filled().foot for segment in foot if segment.name]
    assert (len(figures), len(counts), len(figures) + len(counts)) == (106, 5, 111)


def test_title_heading_footer_and_remark_are_the_notice_s_own() -> None:
    layout = blank()
    assert layout.title == "医疗美容专项整治工作汇总表"
    assert layout.head == "______省(自治区、直辖市)"
    assert layout.foot_lines == [
        "投诉举报情况:投诉举报__件;办结__件;实施行政处罚__件;反馈__件;举报人满意__件。",
        "备注:机构和人员处罚数据部分可合理缺项。",
    ]


def test_the_province_is_written_into_the_blank() -> None:
    head = blank().head
    assert heading(head, "330000") == "浙江省(自治区、直辖市)"
    assert heading(head, "450000") == "广西省(自治区、直辖市)"
    assert heading(head, "110000") == "北京省(自治区、直辖市)"
    assert heading(head, "330106") == "浙江省(自治区、直辖市)　　杭州市西湖区"
    assert heading(head, "000000") == "______省(自治区、直辖市)　　全国"
    assert heading("市卫生局(章):", "330100") == "市卫生局(章):"


class Reconstruction(HTMLParser):
    """Reads the table of the reference page as (row, column, rowspan, colspan, text)."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[tuple[int, int, str]] = []
        self.line = -1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.line += 1
        elif tag in ("td", "th"):
            spans = dict(attrs)
            self.cells.append((int(spans.get("rowspan") or 1), int(spans.get("colspan") or 1), ""))

    def handle_data(self, data: str) -> None:
        if data.strip() and self.cells:
            rows, cols, text = self.cells[-1]
            self.cells[-1] = (rows, cols, text + data.strip())


def test_every_cell_agrees_with_the_reconstruction_of_the_annex(shared_folder: Path) -> None:
    text = (shared_folder / "forms" / "medical_cosmetology_2021.md").read_text()
    table = re.search(r"<table.*?</table>", text, re.DOTALL)
    assert table
    paper = Reconstruction()
    paper.feed(table.group())
    ours = [
        (cell.rowspan, cell.colspan, cell.text if cell.role is not Role.FIGURE else "")
        for line in blank().lines()
        for cell in line
    ]
    assert ours == paper.cells


def test_the_period_is_the_campaign_s() -> None:
    assert (FORM.period.start, FORM.period.end) == (date(2021, 6, 1), date(2021, 12, 31))
    assert Scope("330000").parameters()["region_low"] == "330000"
