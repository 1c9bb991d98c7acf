"""Walk 1: an entry is asked for and approved, the visit is made and reported on a phone, and the office has it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from inspectorate import clock
from inspectorate.demo.sign_ins import PASSWORD
from tests.inspections.scene import PDF, picture
from tests.journeys.screen import Screen

pytestmark = pytest.mark.journey

FACTS = "二层手术室正在为1名顾客实施双眼皮手术，主诊医师未能出示该机构美容外科诊疗科目登记"


def ask_for_an_entry(screen: Screen) -> str:
    """Ask for an entry to a clinic; returns its name."""
    screen.open("/")
    screen.press("现场检查")
    screen.press(re.compile("今日检查"))
    screen.press("申请入企检查")
    screen.page.get_by_label("名称、地址或者统一社会信用代码").fill("医疗美容")
    screen.press("搜索", screen.page.get_by_role("main"))
    clinic = screen.page.get_by_role("main").locator(".todo-what a").first
    name = clinic.inner_text()
    clinic.click()
    expect(screen.page.get_by_role("button", name="提交审批")).to_be_visible()
    screen.is_well()
    screen.press("提交审批")
    screen.sees("已提交负责人审批。", name)
    return name


def approve_the_entry(screen: Screen, name: str) -> None:
    """The head ticks it in the queue."""
    screen.open("/")
    screen.press("现场检查")
    screen.press("审批入企检查")
    screen.page.get_by_role("checkbox", name=name).first.check()
    screen.press("批准所选事项")
    screen.sees("已批准 1 项。")


def report_the_visit(screen: Screen, name: str, folder: Path) -> None:
    """The field report from today's list to its number."""
    screen.open("/")
    screen.press("现场检查")
    screen.press(re.compile("今日检查"))
    screen.page.locator("#visits").get_by_role("link", name=name).first.click()
    screen.press("继续")
    fill_in_the_visit(screen)
    screen.press("继续")
    fill_in_the_findings(screen)
    screen.press("继续")
    add_two_photographs(screen, folder)
    screen.press("继续")
    screen.fill("当事人陈述", "手术由外聘医师实施。")
    screen.tick("当事人已阅并签名")
    screen.draw("屏幕签名")
    screen.is_well()
    screen.press("继续")
    screen.sees("将制作的文书", FACTS)
    screen.is_well()
    screen.press("提交检查记录")
    expect(screen.page.locator("h1")).to_contain_text("已提交")


def fill_in_the_visit(screen: Screen) -> None:
    """Two officers, identity shown, times, escort; one officer alone does not pass."""
    screen.tick("已出示执法证件，表明身份并说明来意")
    screen.tick("清楚，不申请回避")
    entered = screen.field("到达时间").input_value() or clock.local(clock.now()).strftime("%H:%M")
    screen.fill("到达时间", entered)
    screen.fill("陪同人员", "王敏")
    screen.fill("职务", "门诊部主任")
    screen.press("继续")
    assert any("执法人员不得少于两人" in problem for problem in screen.problems())
    assert screen.field("陪同人员").input_value() == "王敏"
    second = screen.page.locator("input[role=combobox]").nth(1)
    second.click()
    mine = screen.page.locator("input[role=combobox]").nth(0).input_value()
    options = screen.page.get_by_role("option")
    other = next(one for one in options.all() if one.inner_text() != mine and "无效" not in one.inner_text())
    other.click()
    screen.is_well()


def fill_in_the_findings(screen: Screen) -> None:
    """Two lines of what was seen, a violation found in the catalogue, an order with its deadline."""
    screen.page.get_by_label("现场所见").first.fill("一层为接待区，墙面悬挂《医疗机构执业许可证》正本。")
    screen.press("增加一条")
    screen.page.locator("[name=seen-1-text]").fill("二层北侧为手术室，手术床上有1名顾客，器械台上有缝合线2包。")
    screen.fill("查找违法行为", "诊疗科目")
    found = screen.page.locator("[data-found] li")
    expect(found.first).to_be_visible()
    expect(found.first).to_contain_text("处罚依据")
    found.first.get_by_role("button", name=re.compile("选用")).click()
    screen.fill("违法事实", FACTS)
    assert "一层为接待区" in screen.page.locator("[name=seen-0-text]").input_value()
    screen.tick("责令限期改正")
    due = clock.today().replace(year=clock.today().year + 1, day=1)
    screen.fill("改正期限", due.strftime("%Y%m%d"))
    screen.fill("改正内容及要求", "停止开展未经登记的诊疗科目")
    screen.is_well()


def add_two_photographs(screen: Screen, folder: Path) -> None:
    """A PDF that calls itself a photograph is refused with words, two photographs are taken."""
    false, first, second = folder / "照片.jpg", folder / "手术室.jpg", folder / "器械台.jpg"
    false.write_bytes(PDF)
    first.write_bytes(picture())
    second.write_bytes(picture(colour="teal"))
    screen.attach("选择文件", false)
    screen.press("添加为证据")
    assert any("照片.jpg" in problem and "PDF" in problem for problem in screen.problems())
    screen.attach("选择文件", first, second)
    screen.press("添加为证据")
    expect(screen.page.locator(".exhibit")).to_have_count(2)
    screen.is_well()


def test_a_visit_is_approved_made_and_reported_on_a_phone(phone: Screen, desktop: Screen, tmp_path: Path) -> None:
    phone.sign_in("inspector", PASSWORD)
    name = ask_for_an_entry(phone)
    desktop.sign_in("head", PASSWORD)
    approve_the_entry(desktop, name)
    report_the_visit(phone, name, tmp_path)
    phone.press(re.compile("^证据"))
    phone.sees("当事人手写签名（屏幕）")
    phone.press(re.compile("^文书"))
    phone.sees("现场笔录", "卫生监督意见书", "责令改正通知书")
    record = phone.row("现场笔录").get_by_role("link", name=re.compile("PDF"))
    paper = phone.page.request.get(record.get_attribute("href") or "")
    assert paper.ok and paper.body().startswith(b"%PDF")
    desktop.open("/")
    desktop.press("现场检查")
    desktop.page.get_by_role("link", name=name).first.click()
    desktop.sees("王敏 门诊部主任", "手术由外聘医师实施。")
    desktop.press(re.compile("^操作记录"))
    desktop.sees("提交检查记录")
