"""Walk 6 among thirty counties: cities answer, the province sends one back, freezes and takes table and cases away."""

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import docx
import openpyxl
from pypdf import PdfReader

from inspectorate.accounts.regions import region_name
from tests.journeys.walks import by_hand
from tests.journeys.walks import thirty_counties as ground
from tests.journeys.walks.county_deadline import CHECK, look
from tests.journeys.walks.story import Story
from tests.journeys.walks.thirty_counties import CITIES, LATE, MISSING, PROVINCE, Ground
from tests.journeys.walks.walker import Walker

FLAWED = "330700"
"""The city whose table the province sends back."""
AT = "罚款金额(万元) × 违法医疗美容广告"
WHY = "违法医疗美容广告罚款与市场监管部门通报不一致，请核对后重报"
GONE = "该区专项办人员调整，未按期报送，由市级督促下月补报"

LATER = "省里分批推进，该市8月起纳入专项行动月报"
"""Why the other cities are not in."""


def walk(story: Story, place: Ground) -> None:
    """From the to-do list to the files of the frozen table and the material of the typical cases."""
    with story.uncounted():
        _cities_answer_and_submit(story, place)
    place.now += timedelta(2)
    office = story.window(f"office-{PROVINCE}")
    story.stop(office, "province-home")
    office.go(re.compile("接收或退回"))
    office.sees("按时", "逾期报送", "逾期未报")
    look(story, office, "province-board")
    _send_back(story, office)
    office.go("接收所选报表")
    with story.uncounted():
        _comes_again(story)
    office.page.reload()
    office.go("接收所选报表")
    _freeze(story, office)
    with place.app.app_context():
        figures, complaints = by_hand.records() | by_hand.market(place), by_hand.complaints()
    _files_say(story, office, figures, f"投诉举报{complaints}件")
    _typical_cases(story, office)


def _cities_answer_and_submit(story: Story, place: Ground) -> None:
    """On their last day, two days after the counties': one county comes late, one not at all."""
    place.now += timedelta(2)
    with place.app.app_context():
        ground.submit(LATE)
    for city in CITIES:
        office = story.window(f"office-{city}")
        office.go(re.compile("接收或退回"))
        if place.city_of(MISSING) == city:
            office.sees("逾期未报")
            look(story, office, "city-board")
        office.go("接收所选报表")
        office.go(CHECK)
        if place.city_of(MISSING) == city:
            office.write(region_name(MISSING), GONE)
        office.go("报送上级")
        office.sees("报表已报送。")


def _send_back(story: Story, office: Walker) -> None:
    office.go(region_name(FLAWED))
    office.go("注明原因退回")
    office.take("单元格", AT)
    office.write("理由", WHY, within=office.page.get_by_role("group", name="理由 1"))
    look(story, office, "province-sends-back")
    office.go("退回")
    office.sees("报表已退回。")


def _comes_again(story: Story) -> None:
    city = story.window(f"office-{FLAWED}")
    city.go("改正报表并重新报送")
    city.sees(WHY)
    look(story, city, "city-sent-back")
    city.go("报送上级")
    city.sees("报表已报送。")


def _freeze(story: Story, office: Walker) -> None:
    office.go(CHECK)
    office.go("定稿")
    office.write(region_name("330100"), LATER)
    office.go("全部采用第一条原因")
    look(story, office, "province-freeze")
    office.go("按此数据定稿")
    office.sees("报表已定稿。")
    look(story, office, "province-frozen")


def _files_say(story: Story, office: Walker, figures: Mapping[tuple[str, str], Decimal], told: str) -> None:
    """XLSX: number by number and no other; DOCX and PDF: each of them is printed, on one landscape page."""
    files = {kind: office.save(kind.upper(), story.folder) for kind in ("xlsx", "docx", "pdf")}
    sheet = openpyxl.load_workbook(files["xlsx"]).worksheets[0]
    values = [cell.value for line in sheet.iter_rows() for cell in line]
    numbers = [Decimal(str(value)) for value in values if isinstance(value, int | float) and value]
    assert sorted(numbers) == sorted(figures.values()), (sorted(numbers), figures)
    assert any(told in str(value) for value in values)
    table = docx.Document(str(files["docx"])).tables[0]
    cells = {cell.text.strip() for line in table.rows for cell in line.cells}
    assert cells >= {_printed(figure) for figure in figures.values()}, cells
    (page,) = PdfReader(files["pdf"]).pages
    words = page.extract_text()
    assert page.mediabox.width > page.mediabox.height
    assert all(_printed(figure) in words for figure in figures.values()) and told in words, words


def _printed(figure: Decimal) -> str:
    """Without zeros that say nothing, as an amount in 万元 is printed."""
    return f"{figure.normalize():f}"


def _typical_cases(story: Story, office: Walker) -> None:
    office.go("典型案例")
    look(story, office, "province-candidates")
    office.go("选择", office.page.locator("tr").filter(has_text=ground.BEAUTY_ROOM).first)
    office.sees("已选为典型案例。")
    look(story, office, "province-typical")
    word, pdf = (office.save(kind, story.folder) for kind in ("DOCX", "PDF"))
    paper = docx.Document(str(word))
    cells = [cell.text for table in paper.tables for line in table.rows for cell in line.cells]
    written = "".join([paragraph.text for paragraph in paper.paragraphs] + cells)
    printed = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    for text in (written, printed):
        assert "典型案例" in text and ground.BEAUTY_ROOM not in text, "names are masked"
