"""A province's office makes a form from the headings of a printed table, sees it drawn, mends it and publishes it."""

import re

import pytest

from inspectorate.demo.sign_ins import PASSWORD
from tests.harness.scale import FULL
from tests.journeys.screen import Screen

pytestmark = [pytest.mark.journey, pytest.mark.full_run]


@pytest.mark.parametrize("size", ["phone", "desktop"] if FULL else ["desktop"])
def test_from_the_printed_headings_to_a_published_form(size: str, request: pytest.FixtureRequest) -> None:
    screen: Screen = request.getfixturevalue(size)
    screen.sign_in("province-office", PASSWORD)
    screen.open("/forms")
    screen.is_well()
    screen.press("新建表样")
    screen.fill("表名", "工地食堂检查表")
    screen.fill("标识", f"journey_{size}")
    screen.press("建立草稿")
    screen.sees("有1处问题，暂时无法画表：")
    screen.is_well()
    add_lines(screen, "列", "合计\n其中\n  学校食堂\n  工地食堂")
    add_lines(screen, "行", "检查户次\n罚款金额(万元)\n责令改正数")
    a_line(screen)
    screen.press("校验及其他")
    screen.is_well()
    screen.press("发布")
    screen.is_well()
    screen.press("发布表样")
    screen.sees("表样已发布。")
    screen.is_well()
    screen.sees(re.compile("罚款数额，精确到分，按决定日期"))


def add_lines(screen: Screen, axis: str, typed: str) -> None:
    """An outline as it stands on the paper."""
    screen.press(axis, screen.page.get_by_role("navigation", name="表样各部分"))
    screen.fill("添加多行", typed)
    screen.press("添加各行", screen.page.locator("#outline fieldset"))
    screen.is_well()


def a_line(screen: Screen) -> None:
    """What is typed is drawn at once, and saved by the button alone."""
    screen.press("责令改正数", screen.page.locator(".desk-lines"))
    screen.is_well()
    screen.fill("表上的文字", "责令限期改正数")
    screen.page.locator("[data-desk-preview]").get_by_text("责令限期改正数").wait_for()
    screen.fill("小数位数", "两位")
    screen.press("保存", screen.page.locator("main form .action-bar"))
    screen.sees("请填写小数位数：0至9的一位数字。")
    screen.fill("小数位数", "0")
    screen.press("保存", screen.page.locator("main form .action-bar"))
    screen.sees(re.compile("责令限期改正数"))
