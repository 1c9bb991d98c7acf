"""What the scripts add, in a real browser; and that everything works without them."""

import re
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from stdnum.cn import ric, uscc

from inspectorate import screens
from inspectorate.complaints.forms import ComplaintForm
from inspectorate.fields import SHIELDED
from inspectorate.registry.forms import EstablishmentForm, PersonForm
from tests.harness.scale import FULL
from tests.journeys.screen import Screen

CODE, WRONG_CODE = "91110000600037341L", "91110000600037341M"
IDENTITY, WRONG_IDENTITY = "11010519491231002X", "110105194912310021"


LOOKS = [(width, scheme) for width in (320, 390, 1280) for scheme in ("light", "dark")]


@pytest.mark.parametrize(("width", "scheme"), LOOKS if FULL else [(320, "light"), (1280, "dark")])
def test_every_part_is_open_to_everyone_at_every_width(
    browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    for refused in (False, True):
        page.goto("/sample")
        if refused:
            page.get_by_role("button", name="提交").click()
        page.wait_for_load_state()
        assert not Screen(page).barriers()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def draft_kept(page: Page, text: str = "") -> None:
    """Until what was typed last is on the device; on a slow machine the note speaks of what was typed before."""
    expect(page.locator("[data-draft-note]")).to_contain_text("草稿已于")
    page.wait_for_function("text => Object.values(localStorage).some((kept) => kept.includes(text))", arg=text)


def test_a_slash_leads_to_the_search_but_not_while_typing(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_label("名称").focus()
    page.keyboard.type("a/b")
    expect(page.get_by_label("名称")).to_have_value("a/b")


def test_a_day_typed_as_digits_is_written_out_and_a_wrong_one_is_told(page: Page) -> None:
    day = page.get_by_label("日期").first
    day.fill("20210702")
    day.blur()
    expect(day).to_have_value("2021-07-02")
    day.fill("20210231")
    day.blur()
    expect(page.get_by_text("不是有效日期")).to_be_visible()


@pytest.mark.parametrize(
    ("label", "right", "wrong", "remark"),
    [
        ("代码", CODE, WRONG_CODE, "统一社会信用代码校验未通过"),
        ("身份号码", IDENTITY, WRONG_IDENTITY, "公民身份号码校验未通过"),
    ],
)
def test_a_code_is_checked_as_it_is_left(page: Page, label: str, right: str, wrong: str, remark: str) -> None:
    code = page.get_by_label(label).first
    code.fill(wrong)
    code.blur()
    expect(page.get_by_text(remark)).to_be_visible()
    code.fill(f" {right.lower()} ")
    code.blur()
    expect(code).to_have_value(right)
    expect(page.get_by_text(remark)).not_to_be_visible()


def test_an_amount_gets_separators_and_capitals(page: Page) -> None:
    money = page.get_by_label("金额").first
    money.fill("184000.5")
    expect(page.get_by_text("人民币壹拾捌万肆仟元伍角整")).to_be_visible()
    money.blur()
    expect(money).to_have_value("184,000.50")


AMOUNTS = [0, 1, 10, 100, 105, 1005, 10000, 1000500, 10050000, 100100000, 18400000, 99999999, 10**12, 10**11 + 5, 30010]


def test_scripts_and_server_write_the_same_capitals(page: Page) -> None:
    script = "list => import('/static/js/money.js').then(money => list.map(fen => money.capitals(BigInt(fen))))"
    assert page.evaluate(script, AMOUNTS) == [screens.capitals(fen) for fen in AMOUNTS]


def test_scripts_and_server_accept_the_same_codes(page: Page) -> None:
    codes = [CODE, WRONG_CODE, "91330106MA2AXAAA1X", "1" * 18, ""]
    numbers = [IDENTITY, WRONG_IDENTITY, "33010619900101001X", "1" * 18]
    script = "list => import('/static/js/codes.js').then(codes => list.map(one => codes.%s(one)))"
    assert page.evaluate(script % "usccHolds", codes) == [uscc.is_valid(code) for code in codes]
    holds = page.evaluate(script % "identityHolds", numbers)
    assert [a for a, number in zip(holds, numbers, strict=True) if ric.is_valid(number)] == [True]
    assert not holds[1]


def test_a_long_list_is_searched_by_typing_and_with_the_keyboard_alone(page: Page) -> None:
    box = page.get_by_role("combobox", name="违法行为")
    box.click()
    box.press_sequentially("第37项")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("MC-037 违法行为第37项")
    assert page.locator("select[name=violation]").input_value() == "MC-037"


def test_what_is_not_in_the_list_is_not_taken(page: Page) -> None:
    box = page.get_by_role("combobox", name="违法行为")
    box.fill("没有这一项")
    expect(page.get_by_role("listbox").get_by_text("没有找到")).to_be_visible()
    box.blur()
    expect(box).to_have_value("")


def test_rows_are_added_and_removed_at_once_up_to_the_most(page: Page) -> None:
    add = page.get_by_role("button", name="增加一人")
    add.click()
    page.locator("[name=people-1-name]").fill("周敏")
    add.click()
    expect(add).to_be_hidden()
    page.get_by_role("button", name="删除 人员 1").click()
    expect(page.locator("[data-row]:visible")).to_have_count(2)
    expect(page.locator("[name=people-1-name]")).to_have_value("周敏")
    expect(page.get_by_role("group", name="人员 1")).to_be_visible()


def test_what_was_typed_comes_back_after_the_page_was_closed(page: Page, window: BrowserContext) -> None:
    page.get_by_label("名称").fill("悦颜门诊部")
    page.get_by_role("button", name="增加一人").click()
    page.locator("[name=people-1-name]").fill("周敏")
    draft_kept(page, "周敏")
    other = window.new_page()
    other.goto("/sample")
    expect(other.get_by_text("已恢复您在")).to_be_visible()
    expect(other.get_by_label("名称")).to_have_value("悦颜门诊部")
    expect(other.locator("[name=people-1-name]")).to_have_value("周敏")
    other.get_by_role("button", name="放弃恢复的内容").click()
    expect(other.get_by_label("名称")).to_have_value("")


def test_what_only_one_answer_asks_for_is_shown_while_it_is_given_and_after_a_draft_came_back(
    page: Page, window: BrowserContext
) -> None:
    page.get_by_label("举报人").fill("张三")
    page.get_by_label("匿名").check()
    expect(page.get_by_label("举报人")).to_be_hidden()
    draft_kept(page, "true")
    other = window.new_page()
    other.goto("/sample")
    expect(other.get_by_text("已恢复您在")).to_be_visible()
    expect(other.get_by_label("举报人")).to_be_hidden()
    other.get_by_label("匿名").uncheck()
    expect(other.get_by_label("举报人")).to_have_value("张三")


def test_a_file_that_is_too_large_is_named_and_left_out_and_the_others_stay(page: Page) -> None:
    small = {"name": "手术室.jpg", "mimeType": "image/jpeg", "buffer": b"small"}
    large = {"name": "全程.mp4", "mimeType": "video/mp4", "buffer": b"0" * (1024 * 1024 + 1)}
    photos = page.get_by_label("照片")
    photos.set_input_files([large, small])
    expect(page.get_by_role("alert").first).to_contain_text("全程.mp4 超过 1 MB")
    assert photos.evaluate("input => [...input.files].map((file) => file.name)") == ["手术室.jpg"]
    photos.set_input_files([small])
    expect(page.get_by_role("alert").filter(has_text="全程.mp4")).to_have_count(0)


def test_a_form_is_answered_at_its_own_address_and_not_at_the_row_it_was_opened_at(page: Page) -> None:
    page.goto("/sample?part=1#inside")
    page.get_by_label("日期").fill("20210702")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("alert").first).to_contain_text("请填写名称。")
    assert page.url.endswith("/sample?part=1")


def test_a_draft_is_forgotten_when_the_server_has_taken_it(page: Page) -> None:
    page.get_by_label("名称").fill("悦颜门诊部")
    draft_kept(page)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/done")
    page.goto("/sample")
    expect(page.get_by_label("名称")).to_have_value("")


def test_a_draft_survives_being_signed_out(page: Page) -> None:
    page.get_by_label("名称").fill("悦颜门诊部")
    draft_kept(page)
    page.route("**/sample", lambda route: route.fulfill(status=302, headers={"Location": "/sign-in"}), times=1)
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/sign-in")
    page.goto("/done")
    page.goto("/sample")
    expect(page.get_by_label("名称")).to_have_value("悦颜门诊部")


def test_drafts_leave_the_device_with_the_person(page: Page) -> None:
    page.get_by_label("名称").fill("悦颜门诊部")
    draft_kept(page)
    page.route("**/sign-out", lambda route: route.fulfill(status=200, body="out", content_type="text/html"))
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/sign-out")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_no_draft_keeps_what_is_shielded(page: Page) -> None:
    page.get_by_label("身份号码").fill(IDENTITY)
    page.get_by_label("名称").fill("悦颜门诊部")
    draft_kept(page)
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "悦颜门诊部" in kept and IDENTITY not in kept


@pytest.mark.parametrize(
    ("form", "names"),
    [
        (PersonForm, ["id_number", "phone"]),
        (EstablishmentForm, ["phone"]),
        (ComplaintForm, ["reporter_name", "reporter_phone"]),
    ],
)
def test_numbers_of_people_and_reporters_are_shielded_from_drafts(form: Any, names: list[str]) -> None:
    for name in names:
        assert getattr(form, name).kwargs["render_kw"] == SHIELDED


def test_a_refused_form_puts_the_focus_on_what_is_to_be_mended(page: Page) -> None:
    page.get_by_role("button", name="提交").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.get_by_role("link", name=re.compile("请填写名称")).click()
    expect(page.get_by_label("名称")).to_be_focused()
    expect(page).to_have_title(re.compile("^需要修改："))


def test_a_citation_opens_beside_the_page_and_closes_again(page: Page) -> None:
    page.get_by_role("link", name="第四十二条").click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_text("条文正文")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("link", name="第四十二条")).to_be_focused()


def test_a_form_is_sent_once_however_often_it_is_pressed(page: Page) -> None:
    sent: list[str] = []

    def count(route: Any) -> None:
        if route.request.method == "POST":
            sent.append(route.request.url)
        route.continue_()

    page.route("**/sample", count)
    page.get_by_label("名称").fill("悦颜门诊部")
    page.evaluate("const b = document.querySelector('.action-bar button'); b.click(); b.click();")
    page.wait_for_url("**/done")
    assert len(sent) == 1


def test_leaving_half_a_form_is_asked_about(page: Page) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("名称").press_sequentially("悦颜")
    page.goto("/done")
    assert asked == ["beforeunload"]


def test_sections_become_tabs_and_an_address_opens_the_right_one(page: Page, window: BrowserContext) -> None:
    expect(page.get_by_text("甲的内容")).to_be_visible()
    expect(page.get_by_text("乙的内容")).to_be_hidden()
    page.get_by_role("link", name="乙").click()
    expect(page.get_by_text("乙的内容")).to_be_visible()
    expect(page.get_by_text("甲的内容")).to_be_hidden()
    other = window.new_page()
    other.goto("/sample#inside")
    expect(other.get_by_text("乙的内容")).to_be_visible()


def test_without_scripts_rows_are_added_by_the_server_and_nothing_typed_is_lost(plain: Page) -> None:
    plain.get_by_label("名称").fill("悦颜门诊部")
    plain.locator("[name=people-0-name]").fill("沈立群")
    plain.get_by_role("button", name="增加一人").click()
    expect(plain.get_by_label("名称")).to_have_value("悦颜门诊部")
    expect(plain.locator("[name=people-0-name]")).to_have_value("沈立群")
    plain.locator("[name=people-1-name]").fill("周敏")
    plain.get_by_role("button", name="删除 人员 1").click()
    expect(plain.locator("[data-row] input")).to_have_count(1)
    expect(plain.locator("[data-row] input")).to_have_value("周敏")


def test_without_scripts_a_form_is_filled_and_sent(plain: Page) -> None:
    plain.get_by_label("名称").fill("悦颜门诊部")
    plain.get_by_label("日期").fill("20210702")
    plain.get_by_label("违法行为").select_option("MC-037")
    expect(plain.get_by_text("乙的内容")).to_be_visible()
    plain.get_by_label("匿名").check()
    expect(plain.get_by_label("举报人")).to_be_visible()
    plain.get_by_role("button", name="提交").click()
    plain.wait_for_url("**/done")
