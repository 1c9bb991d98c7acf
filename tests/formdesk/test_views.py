"""The editor's screens as a browser without scripts uses them."""

import io
import tomllib
from typing import Any

import pytest
from lxml import html

from inspectorate.accounts.actor import SYSTEM, Actor
from inspectorate.accounts.permissions import Role
from inspectorate.campaigns.actions import load_form
from inspectorate.campaigns.forms_known import FORMS, shipped_ids
from inspectorate.campaigns.queries import form as known_form
from inspectorate.extensions import db
from inspectorate.formdesk import actions
from inspectorate.formdesk.models import FormDraft
from tests import factories
from tests.client import form_of
from tests.formdesk.sameness import SHIPPED
from tests.harness.scale import FULL

ANNEX = (FORMS / "medical_cosmetology_2021.toml").read_text(encoding="utf-8")


WALKED = [FORMS / f"{name}.toml" for name in ("catering_daily_inspection",)]
"""Measures on columns, pairs, sums; the full run sends the pages of every form."""


def begun(actor: Actor, text: str = ANNEX) -> FormDraft:
    draft = actions.begin(actor, text)
    db.session.commit()
    return draft


def send(desk: Any, place: str, **typed: str | list[str]) -> Any:
    """Open a page and send its form with what is typed."""
    opened = desk.get(place)
    assert opened.status_code == 200, place
    return desk.post(place, data=sent_of(opened.get_data(as_text=True)) | typed)


def sent_of(page: str) -> dict[str, Any]:
    """What a browser would send of the page's form, every ticked box of it."""
    found: dict[str, Any] = {}
    for form in html.fromstring(page).forms:
        if "version" in dict(form.form_values()):
            for name, value in form.form_values():
                if "__row__" not in name:
                    found.setdefault(name, []).append(value.removeprefix("\n"))
    return found or form_of(page)


def told(answer: Any) -> str:
    page = html.fromstring(answer.get_data(as_text=True))
    return " ".join(one.text_content() for name in ("wrong", "error-summary") for one in page.find_class(name))


def test_every_form_is_drawn_and_said_in_words(desk: Any) -> None:
    assert desk.get("/forms").status_code == 200
    for form_id in shipped_ids():
        assert desk.get(f"/forms/{form_id}").status_code == 200, form_id
        assert desk.get(f"/forms/{form_id}/form.toml").data == (FORMS / f"{form_id}.toml").read_bytes()
    assert desk.get("/forms/unknown").status_code == 404


@pytest.mark.parametrize("path", SHIPPED if FULL else WALKED, ids=lambda path: path.stem)
def test_sending_every_page_as_it_was_opened_changes_nothing(desk: Any, actor: Actor, path: Any) -> None:
    text = path.read_text(encoding="utf-8")
    draft = begun(actor, text)
    start = f"/forms/drafts/{draft.id}"
    pages = {link for part in ("lines/rows", "lines/cols", "more") for link in links(desk, f"{start}/{part}", start)}
    for page in [f"{start}/about", *sorted(pages)]:
        answer = send(desk, page)
        assert answer.status_code == 302, (page, told(answer))
    db.session.refresh(draft)
    assert draft.definition == text


def links(desk: Any, place: str, start: str) -> list[str]:
    """The pages of the parts that a list leads to, but those that add one."""
    page = html.fromstring(desk.get(place).get_data(as_text=True))
    return [a.get("href") for a in page.iterfind(".//ol//a") if (a.get("href") or "").startswith(start)]


NEW = {"title": "工地食堂检查表", "id": "site_canteens"}


def test_a_form_is_made_from_nothing_and_published(desk: Any, actor: Actor) -> None:
    start = send(desk, "/forms/new", **NEW).location
    rows = "检查单位(户次)\n发现问题 | units_with:no_purchase_check\n罚款金额(万元)"
    assert send(desk, f"{start}/lines/rows", typed=rows, act="add").status_code == 302
    assert send(desk, f"{start}/lines/cols", typed="合计\n其中\n  学校食堂\n  工地食堂", act="add").status_code == 302
    rule = {"rule": "", "first": "fine_sum", "sign": ">=", "other": "visits", "level": "warn"}
    assert send(desk, f"{start}/more/check/0", **rule).status_code == 302
    foot = {"text": "投诉举报{in}件。", "add_row": "counts"}
    again = send(desk, f"{start}/more/foot/0", **foot)
    named = {"counts-0-name": "in", "counts-0-measure": "complaint_in"}
    del foot["add_row"]
    sent = sent_of(again.get_data(as_text=True)) | foot | named
    assert desk.post(f"{start}/more/foot/0", data=sent).status_code == 302
    assert send(desk, f"{start}/publish").status_code == 302
    form = known_form("site_canteens")
    assert form is not None and [row.id for row in form.rows] == ["visits", "r2", "fine_sum"]
    assert form.cols["total"].total == ("school", "construction_site")
    assert [check.rule for check in form.checks] == ["fine_sum >= visits"]
    assert "site_canteens" in desk.get("/forms").get_data(as_text=True)


def test_a_published_form_keeps_its_earlier_editions_readable(desk: Any, actor: Actor) -> None:
    draft = begun(actor, ANNEX.replace("medical_cosmetology_2021", "own_table"))
    actions.publish(actor, draft.id, version=None)
    db.session.commit()
    send(desk, f"/forms/drafts/{draft.id}/about", title="新的表名")
    assert send(desk, f"/forms/drafts/{draft.id}/publish").status_code == 302
    assert "新的表名" in desk.get("/forms/own_table").get_data(as_text=True)
    assert "第1版" in desk.get("/forms/own_table").get_data(as_text=True)
    earlier = desk.get("/forms/own_table/form.toml?edition=1").get_data(as_text=True)
    assert earlier == ANNEX.replace("medical_cosmetology_2021", "own_table")
    assert desk.get("/forms/own_table?edition=2").status_code == 404


def test_nobody_replaces_a_form_that_ships_or_belongs_to_another_region(desk: Any, actor: Actor, sign_in: Any) -> None:
    draft = begun(actor)
    answer = send(desk, f"/forms/drafts/{draft.id}/publish")
    assert "随系统提供" in told(answer) and "另取" in told(answer)
    load_form(SYSTEM, ANNEX.replace("medical_cosmetology_2021", "nation_table"), "x.toml")
    db.session.commit()
    own = begun(actor, ANNEX.replace("medical_cosmetology_2021", "nation_table"))
    assert "另取" in told(send(desk, f"/forms/drafts/{own.id}/publish"))
    county = sign_in(factories.user(Role.CAMPAIGN_OFFICE, agency=factories.agency("330106"), name="county"))
    start = send(county, "/forms/new", **NEW).location
    send(county, f"{start}/lines/rows", typed="检查户次 | visits", act="add")
    assert "报省级发布" in told(send(county, f"{start}/publish"))
    assert county.get(f"/forms/drafts/{own.id}").status_code == 404


def test_a_file_is_loaded_whole_or_told_line_by_line_or_opened_to_be_mended(desk: Any) -> None:
    def sent(text: str, **more: str) -> Any:
        opened = form_of(desk.get("/forms/load").get_data(as_text=True))
        return desk.post("/forms/load", data=opened | more | {"file": (io.BytesIO(text.encode()), "mine.toml")})

    wrong = '[form]\nid = "mine"\ntitle = "表"\n[[row]]\nid = "a"\nm = "visit"\n[[row]]\nid = "b"\ntotal = ["z"]\n'
    answer = sent(wrong)
    assert "mine.toml:6" in told(answer) and "mine.toml:9" in told(answer)
    assert known_form("mine") is None
    assert sent(wrong, open="1").location.startswith("/forms/drafts/")
    assert sent(wrong.replace("visit", "visits").replace("z", "a")).location == "/forms/mine"
    assert "UTF-8" in told(desk.post("/forms/load", data=form_of(desk.get("/forms/load").get_data(as_text=True))
                                     | {"file": (io.BytesIO(b"\xff\xfe"), "x.toml")}))  # fmt: skip


def test_a_mistake_is_told_beside_its_field_and_leads_there(desk: Any, actor: Actor) -> None:
    broken = ANNEX.replace('m = "cases_filed"', 'm = "cases_file"').replace("fine_sum > 0", "fine_sums > 0")
    draft = begun(actor, broken)
    start = f"/forms/drafts/{draft.id}"
    page = html.fromstring(desk.get(start).get_data(as_text=True))
    leads = {a.get("href") for a in page.find_class("mistakes")[0].iterfind(".//a")}
    assert leads == {f"{start}/lines/rows/cases", f"{start}/more/check/0"}
    assert "cases_filed" in told(desk.get(f"{start}/lines/rows/cases"))
    assert "fine_sums" in told(desk.get(f"{start}/more/check/0"))
    assert "cases_file" in told(desk.get(f"{start}/lines/rows"))
    assert send(desk, f"{start}/publish").status_code == 200


def test_what_is_typed_is_drawn_before_it_is_saved_and_only_then(desk: Any, actor: Actor) -> None:
    draft = begun(actor)
    place = f"/forms/drafts/{draft.id}/lines/rows/warning"
    part = send(desk, place, label="警告户数", preview="part").get_data(as_text=True)
    assert "警告户数" in part and "<html" not in part
    whole = send(desk, place, label="警告户数", preview="1").get_data(as_text=True)
    assert "警告户数" in whole and "<html" in whole
    db.session.refresh(draft)
    assert draft.definition == ANNEX


def test_a_button_pressed_on_an_old_page_tells_who_was_there_first(desk: Any, actor: Actor) -> None:
    draft = begun(actor)
    start = f"/forms/drafts/{draft.id}"
    old = {
        page: sent_of(desk.get(f"{start}/{page}").get_data(as_text=True)) for page in ("lines/rows", "more", "publish")
    }
    button = {"version": old["lines/rows"]["version"]}
    assert send(desk, f"{start}/lines/rows", chosen="warning", act="up").status_code == 302
    more = {"lines/rows": {"chosen": "warning", "act": "up"}, "more": {"act": "remove:check:0"}}
    for page, sent in old.items():
        assert desk.post(f"{start}/{page}", data=sent | more.get(page, {})).status_code == 409, page
    for page in ("undo", "discard"):
        assert desk.post(f"{start}/{page}", data=button).status_code == 409, page
    fresh = button | {"version": sent_of(desk.get(start).get_data(as_text=True))["version"]}
    assert desk.post(f"{start}/undo", data=fresh).status_code == 302
    db.session.refresh(draft)
    assert draft.definition == ANNEX
    fresh["version"] = str(draft.version)
    assert desk.post(f"{start}/discard", data=fresh).status_code == 302
    assert desk.get(start).status_code == 404


def test_an_id_that_is_changed_is_followed_by_what_names_it(desk: Any, actor: Actor) -> None:
    draft = begun(actor)
    assert send(desk, f"/forms/drafts/{draft.id}/lines/rows/fine_sum", id="fines").status_code == 302
    db.session.refresh(draft)
    assert 'rule = "fines > 0 implies fine_count > 0"' in draft.definition
    comments = [line for line in ANNEX.splitlines() if "#" in line]
    assert comments == [line for line in draft.definition.splitlines() if "#" in line]


def test_what_nests_its_tables_unusually_is_told_before_it_is_written_anew(desk: Any, actor: Actor) -> None:
    text = '# ours\nrow = [{id = "a", m = "visits"}]\n[form]\nid = "f"\ntitle = "表"\n'
    draft = begun(actor, text)
    assert draft.definition == text
    assert "注释会丢失" in desk.get(f"/forms/drafts/{draft.id}").get_data(as_text=True)
    send(desk, f"/forms/drafts/{draft.id}/lines/rows/a", label="户次")
    db.session.refresh(draft)
    assert tomllib.loads(draft.definition)["row"] == [{"id": "a", "m": "visits", "label": "户次"}]


WRONG = [
    ("about", {"title": ""}, "表名"),
    ("about", {"id": "有 空格"}, "字母"),
    ("about", {"id": "x" * 61}, "60"),
    ("about", {"id": ""}, "标识"),
    ("about", {"year": "二〇二一"}, "四位"),
    ("about", {"year": "21"}, "四位"),
    ("about", {"year": "2021.5"}, "四位"),
    ("about", {"start": "去年"}, "日期"),
    ("about", {"start": "20211231", "end": "20210601"}, "早于"),
    ("about", {"kind": ""}, "统计时间"),
    ("lines/rows/warning", {"id": "fine_sum"}, "已被使用"),
    ("lines/rows/warning", {"id": "a b"}, "字母"),
    ("lines/rows/warning", {"id": ""}, "标识"),
    ("lines/rows/warning", {"places": "二"}, "0至9"),
    ("lines/rows/warning", {"places": "-1"}, "0至9"),
    ("lines/rows/warning", {"places": "12"}, "0至9"),
    ("lines/rows/warning", {"terms-0-measure": "nothing"}, ""),
    ("lines/rows/warning", {"terms-0-measure": "sum"}, "名称"),
    ("lines/rows/warning", {"terms-0-argument": "workers"}, "留空"),
    ("lines/rows/warning", {"terms-0-measure": "units_with", "terms-0-argument": "有 空格"}, "名称"),
    ("lines/rows/warning", {"filters-0-known": "attr=", "filters-0-value": "seats"}, "名称 = 值"),
    ("lines/rows/warning", {"filters-0-known": "tag=", "filters-0-value": ""}, "值"),
    ("lines/rows/warning", {"filters-0-known": "party=org", "filters-0-value": "x"}, "留空"),
    ("lines/rows/warning", {"expand": "list"}, "清单"),
    ("lines/rows/warning", {"items": "甲\n乙"}, "清单"),
    ("lines/rows/warning", {"second_unit": "万元"}, "第二个数"),
    ("lines/rows", {"typed": "  \n ", "act": "add"}, "每行一项"),
    ("lines/rows", {"typed": "甲 | | | fine_sum", "act": "add"}, "fine_sum"),
    ("lines/rows", {"chosen": "nowhere", "act": "up"}, "选择一行"),
    ("lines/rows", {"chosen": "inspected", "act": "up"}, "无法"),
    ("more", {"act": "remove:check:99"}, "按钮"),
    ("more", {"act": "remove:form:0"}, "按钮"),
    ("more", {"act": "x"}, "按钮"),
    ("more/check/0", {"rule": "a <"}, ""),
    ("more/check/0", {"rule": "a"}, ""),
    ("more/check/0", {"rule": ""}, "两行"),
    ("more/rate/0", {"expr": "a /", "id": "r"}, ""),
    ("more/rate/0", {"expr": "", "id": "r"}, "算式"),
    ("more/rate/0", {"expr": "a / b", "id": "fine_sum"}, "已被使用"),
    ("more/foot/0", {"text": ""}, "文字"),
    ("more/foot/0", {"text": "{in} {other}"}, "other"),
    ("more/foot/0", {"counts-0-name": "x y"}, "字母"),
    ("more/dept/0", {"name": ""}, "部门"),
    ("more/dept/0", {"id": "yj"}, "已被使用"),
    ("more/dept/0", {"id": "?"}, "字母"),
    ("more/axis/0", {"id": "by"}, "至少"),
    ("text", {"text": "[form"}, "TOML"),
    ("text", {"text": '[form]\nid = "f"\ntitle = "t"\nwhat = [[row]]'}, "TOML"),
    ("text", {"text": '[form]\nid = "f"\ntitle = "t"\n[[row]]\nid = "a"\nunknown = 1'}, "unknown"),
    ("text", {"text": ""}, "定义"),
]


def test_wrong_input_is_refused_beside_its_field_and_stays(desk: Any, actor: Actor) -> None:
    draft = begun(actor)
    opened: dict[str, dict[str, Any]] = {}
    for page, typed, reason in WRONG if FULL else WRONG[::4]:
        place = f"/forms/drafts/{draft.id}/{page}"
        if page not in opened:
            opened[page] = sent_of(desk.get(place).get_data(as_text=True))
        answer = desk.post(place, data=opened[page] | typed)
        assert answer.status_code == 200, (page, typed, answer.location)
        assert told(answer) and reason in told(answer), (page, typed, told(answer))
        kept = sent_of(answer.get_data(as_text=True))
        for name, value in typed.items():
            if name in kept and "measure" not in name and value.strip():
                assert value.replace("\n", "\r\n") in (kept[name][0], kept[name][0].replace("\n", "\r\n")), (page, name)
    db.session.refresh(draft)
    assert draft.definition == ANNEX


ODD = """schema = 1
[form]
id = "odd"
title = "怪"
year = "二〇二一"
source = ["a", "b"]
[period]
kind = "never"
[report]
chain = ["village"]
due = { city = "十日内", county = 2021-01-01 }
empty = "not stated"
signers = []
[evidence]
certain = "一句话"
inferred = [{ a = 1 }]
[[dept]]
id = "d"
supplies = ["nowhere"]
[[axis]]
id = "by"
choices = ["moon"]
[[col]]
id = "a b"
up = "gone"
unit = []
type = "cake"
[[col]]
id = "c"
up = "c"
pair = []
where = { party = { x = 1 }, moon = [], attr = 3 }
expand = "list"
[[row]]
id = "r"
pair = ["visits"]
unit = ["a", "b", "c"]
total = ["r", "r"]
repeat = "t"
list = [1, 2.5]
m = "sum: + visits"
[[row]]
id = "r"
cells = ["c", "c"]
source = "moon"
places = 99
[[template]]
id = "t"
nodes = [{ total = 5, where = 3, up = [1] }, { id = 4 }, { id = "x", repeat = "t" }]
[[rate]]
id = "q"
expr = ""
[[check]]
rule = "and"
level = "maybe"
over = "moon"
[[foot]]
kind = "cake"
text = "{in"
in = 5
[[statement]]
id = "s"
[[attach]]
id = "x"
kind = "cake"
"""


def test_the_oddest_definition_is_opened_on_every_page_and_sent_without_a_fault(desk: Any, actor: Actor) -> None:
    draft = begun(actor, ODD)
    start = f"/forms/drafts/{draft.id}"
    pages = {link for part in ("lines/rows", "lines/cols", "more") for link in links(desk, f"{start}/{part}", start)}
    assert len(pages) > 10
    for page in [start, f"{start}/about", *sorted(pages), f"{start}/text", f"{start}/publish"]:
        opened = desk.get(page)
        assert opened.status_code == 200, page
        if page != start:
            answer = desk.post(page, data=sent_of(opened.get_data(as_text=True)))
            assert answer.status_code in (200, 302), page
