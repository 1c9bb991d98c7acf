"""From words to a range, from its figure to the article beside the page, and to what changed in the law."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from inspectorate.demo.sign_ins import PASSWORD
from inspectorate.law.texts import store
from tests.journeys.screen import Screen
from tests.lawbook.invented import keep_both_versions, keep_long

pytestmark = pytest.mark.journey


@pytest.fixture
def texts(tmp_path: Path, server: object) -> Iterator[None]:
    """Invented texts in the place of those that an office would load."""
    before = store.folder()
    store.use(tmp_path)
    keep_both_versions(tmp_path)
    keep_long(tmp_path)
    yield
    store.use(before)


@pytest.mark.full_run
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_from_words_to_the_article_behind_a_figure(size: str, texts: None, request: pytest.FixtureRequest) -> None:
    screen: Screen = request.getfixturevalue(size)
    screen.sign_in("inspector", PASSWORD)
    if size == "phone":
        screen.page.locator(".side-more summary").click()
    screen.press("法规库")
    screen.is_well()
    screen.fill("关键词、编码或者条文", "刷单")
    screen.press("搜索", screen.page.get_by_role("search", name="查询法规库"))
    screen.is_well()
    screen.press("虚假商业宣传、刷单好评")
    calculate(screen)
    open_the_article(screen)
    read_the_law(screen)


def calculate(screen: Screen) -> None:
    """First with a day that is none, then with what the law needs."""
    screen.fill("违法行为发生日", "昨天")
    screen.field("违法行为发生日").blur()
    screen.sees(re.compile("不是有效日期"))
    screen.press("计算幅度", screen.page.locator("form.form"))
    screen.sees("有 1 处需要修改")
    assert any("违法行为发生日" in line for line in screen.problems())
    assert screen.field("违法行为发生日").input_value() == "昨天"
    screen.is_well()
    screen.fill("违法行为发生日", "20260301")
    screen.press("计算幅度", screen.page.locator("form.form"))
    screen.sees("应当处以罚款。")
    screen.is_well()


def open_the_article(screen: Screen) -> None:
    """A citation opens its article beside the page, the paragraph marked."""
    before = screen.page.url
    screen.page.locator("#outcome a[data-article]", has_text="第九条第一款").first.click()
    panel = screen.page.get_by_role("dialog")
    expect(panel.get_by_text("下列灯笼不得悬挂")).to_be_visible()
    expect(panel.locator("[aria-current=location]")).to_contain_text("所引条款")
    expect(panel.get_by_role("heading", level=2).first).to_contain_text("反不正当竞争法")
    panel.get_by_role("link", name="第八条").click()
    expect(panel.get_by_text("新灯笼应当挂好")).to_be_visible()
    panel.get_by_role("button", name="关闭").click()
    assert screen.page.url == before


def read_the_law(screen: Screen) -> None:
    """A law, what changed in it, and one with more than a thousand articles."""
    for address in ("/law/auc", "/law/auc/9?paragraph=2", "/law/auc/changes?from=2019-04-23", "/law/eec?part=4"):
        screen.open(address)
        screen.is_well()
    screen.open("/law/auc/changes?from=2019-04-23")
    expect(screen.page.locator("ins", has_text="新").first).to_be_visible()
    expect(screen.page.locator("del", has_text="旧").first).to_be_visible()
