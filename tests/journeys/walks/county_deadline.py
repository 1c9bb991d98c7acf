"""Walk 5 among thirty counties: on the last morning a county's office, on the phone, sends July's table to the city."""

import re

from tests.harness.scale import FULL
from tests.journeys.walks import thirty_counties as ground
from tests.journeys.walks.story import Story
from tests.journeys.walks.thirty_counties import BY_LINK, BY_WORKBOOK, JULY, LATE, MISSING, TYPED, WALKED, Ground
from tests.journeys.walks.walker import Walker

CHECK = re.compile("^核对并报送$")
"""The board's button; a line of the to-do list begins with the same words."""
WHY = "原决定书已归档，金额由执法队核对卷宗后补录，预计8月6日前完成"


def walk(story: Story, place: Ground) -> None:
    """From the to-do list to the submitted table: one warning mended in the record, one explained."""
    with story.uncounted():
        _departments(story, place)
    office = story.window(f"office-{WALKED}", phone=True)
    story.stop(office, "county-home")
    _open_july(office)
    office.go(CHECK)
    office.sees(re.compile("未填金额"), re.compile("次期内检查仍是草稿"))
    look(story, office, "county-table")
    with story.uncounted():
        _the_case_is_one_press_away(story, office)
    _mend(story, office)
    office.write("理由", WHY)
    office.go("报送上级")
    office.sees("报表已报送。", WHY)
    look(story, office, "county-submitted")
    with story.uncounted():
        _the_others(story, place)


def _open_july(office: Walker) -> None:
    """From the to-do list: June's table stands there too, for nobody has ever sent it."""
    waiting = office.page.get_by_role("listitem").filter(has_text=JULY.label)
    office.go("核对并报送报表", waiting.filter(has_text="核对并报送报表").last)


def look(story: Story, who: Walker, name: str) -> None:
    """A page that was passed: fits the screen, holds no barrier."""
    story.stop(who, name)
    barriers = who.barriers()
    assert not barriers, f"{who.page.url}: {barriers}"


def _the_case_is_one_press_away(story: Story, office: Walker) -> None:
    office.go(re.compile("温鹿卫医罚〔2021〕31号"), office.page.locator("#findings"))
    office.sees("鹿城区悦容美容店无证行医案")
    story.stop(office, "county-case")
    office.page.go_back()


def _mend(story: Story, office: Walker) -> None:
    """The visit that was begun twice is withdrawn, and the table opened again where it was left."""
    office.go(re.compile("2021—0074"), office.page.locator("#findings"))
    office.go("撤回草稿")
    office.write("理由", "与0073号为同一次检查，重复登记")
    office.go("撤回")
    office.page.goto("/")
    _open_july(office)
    office.sees_no(re.compile("次期内检查仍是草稿"))


def _departments(story: Story, place: Ground) -> None:
    """Market departments: one workbook, one link, one typed in on the screen, all others past it."""
    _by_workbook(story, place)
    _by_link(story, place)
    office = _at_the_departments(story, TYPED)
    office.go("代为录入", office.row("市场监管"))
    _type_in(office, place.market(TYPED))
    look(story, office, "department-grid")
    office.go("报送", office.page.locator("form#sheet, .page-head, main"))
    office.sees("报表已报送。")
    with place.app.app_context():
        ground.departments_report(place)


def _at_the_departments(story: Story, county: str) -> Walker:
    office = story.window(f"office-{county}")
    _open_july(office)
    return office


def _by_workbook(story: Story, place: Ground) -> None:
    office = _at_the_departments(story, BY_WORKBOOK)
    look(story, office, "county-board")
    office.go("空表或链接", office.row("市场监管"))
    blank = office.save("下载工作簿（XLSX）", story.folder)
    sent = story.folder / "市场监管填报.xlsx"
    sent.write_bytes(ground.filled(blank.read_bytes(), place.market(BY_WORKBOOK)))
    look(story, office, "department-files")
    office.attach("填好的工作簿（.xlsx）", sent)
    office.go("读入工作簿")
    office.sees("工作簿已读入。请核对数字，然后报送。")
    office.go("报送")
    office.sees("报表已报送。")


def _by_link(story: Story, place: Ground) -> None:
    office = _at_the_departments(story, BY_LINK)
    office.go("空表或链接", office.row("市场监管"))
    office.go("生成链接")
    address = office.page.locator(".link-address").inner_text().strip()
    stranger = story.stranger(phone=True)
    stranger.open("/r/" + address.rpartition("/")[2])
    _type_in(stranger, place.market(BY_LINK))
    look(story, stranger, "department-link")
    stranger.go("报送")
    stranger.sees("报表已报送。请保存回执编号和校验值。")
    look(story, stranger, "department-receipt")


def _type_in(who: Walker, figures: dict[str, str]) -> None:
    for name, figure in figures.items():
        who.hand.write(who.page.locator(f"[name='cell@{name}@ad']"), figure)


def _the_others(story: Story, place: Ground) -> None:
    """All other counties but the late and the missing one: in the full run each in its own window."""
    for county in place.counties:
        if county in (WALKED, LATE, MISSING):
            continue
        if FULL:
            _on_the_screen(story, county)
        else:
            with place.app.app_context():
                ground.submit(county)


def _on_the_screen(story: Story, county: str) -> None:
    office = story.window(f"office-{county}")
    _open_july(office)
    office.go(CHECK)
    office.go("报送上级")
    office.sees("报表已报送。")
    story.leave(f"office-{county}")
