"""Who looked, took a file away, signed in and was refused stands in the record; what cannot be entered is not given."""

import re
from typing import Any

import pytest
from flask import Flask

from inspectorate.accounts.permissions import Role
from inspectorate.audit import access
from inspectorate.audit.models import RecordEntry
from inspectorate.audit.verification import verify
from inspectorate.audit.words import REFUSALS
from inspectorate.cases.drafts import papers_coming
from inspectorate.extensions import db
from inspectorate.procedure.states import State
from tests import factories
from tests.cases import walk
from tests.client import form_of, save
from tests.harness.reach import address, formats, rules
from tests.harness.world import World, build, keep

FILES = {
    "campaigns.records_file", "campaigns.table_file", "cases.draft", "cases.list_as_file", "complaints.export",
    "documents.docx", "documents.pdf", "inspections.list_as_file", "inspections.preview", "joint.activities_file",
    "joint.minutes_file", "joint.rechecks_file", "registry.export", "registry.export_persons",
    "reporting.account_file", "reporting.bulletin_file", "returns.board_file", "returns.snapshot_file",
    "returns.workbook", "typical.exposure_file", "typical.file",
}  # fmt: skip
"""Routes that give what is worth an entry; photographs are looked at on the page of their report."""


@pytest.fixture
def world(session: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    return build(monkeypatch)


def entries(*events: str) -> list[RecordEntry]:
    query = db.select(RecordEntry).order_by(RecordEntry.id)
    found = list(db.session.scalars(query.where(RecordEntry.event.in_(events)) if events else query))
    db.session.rollback()
    return found


def refusals() -> list[tuple[str, str | None]]:
    return [(entry.event.rpartition(":")[2], entry.reason) for entry in entries(*REFUSALS)]


def test_every_route_that_gives_a_file_says_how_it_is_entered(app: Flask) -> None:
    recording = {rule.endpoint for rule in rules(app) if getattr(app.view_functions[rule.endpoint], "records", None)}
    files = (".pdf", ".docx", ".xlsx")
    giving = {rule.endpoint for rule in rules(app) if "format" in rule.arguments or rule.rule.endswith(files)}
    # A department with a link has no sign-in: what it takes is its own, and what it files is entered.
    assert recording == FILES and giving == FILES | {"returns.blank_by_link"}


@pytest.mark.parametrize("endpoint", sorted(FILES))
def test_every_file_that_is_taken_away_is_entered_once(app: Flask, client: Any, world: World, endpoint: str) -> None:
    rule = next(rule for rule in rules(app) if rule.endpoint == endpoint)
    event = app.view_functions[endpoint].records  # type: ignore[attr-defined]
    user = world.office.handler_user
    client.sign_in(user)
    ids = world.ids
    if endpoint == "cases.draft":
        going = walk.Walk(world.office)
        ids = ids | {"case_id": going.case.id, "respondent_id": going.party.id, "kind": _coming(going)}
    for number, format in enumerate(formats(rule)[:2], 1):
        answer = client.get(address(app, rule, ids, format))
        assert answer.status_code == 200, answer.text
        assert len(entries(event)) == number
    entry = entries(event)[-1]
    assert entry.actor_id == user.id
    own = ("document", ids["document_id"]) if endpoint.startswith("documents.") else ("access", user.id)
    assert (entry.subject_type, entry.subject_id) == own
    assert not [fault for fault in verify() if fault.kind == "entry"]


def _coming(going: walk.Walk) -> str:
    """The kind of a paper that the next step of a case issues."""
    going.until(State.FILING_PROPOSED)
    keep()
    return next(papers_coming(going.case)).kind


def test_what_was_asked_for_stands_in_the_entry_its_numbers_masked(sign_in: Any) -> None:
    user = factories.user(Role.INSPECTOR)
    sign_in(user).get("/registry/persons/list.csv?q=13812345678&region=330106", follow_redirects=True)
    (entry,) = entries("registry:persons:export")
    assert entry.reason == "/registry/persons/list.csv?q=138****5678&region=330106"


def test_an_export_that_cannot_be_entered_is_not_given(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.establishment(name="紫藤门诊部")
    browser = sign_in(factories.user(Role.INSPECTOR))
    assert "紫藤" in browser.get("/registry/list.csv").text
    monkeypatch.setattr(access, "record", _broken)
    answer = browser.get("/registry/list.csv")
    assert answer.status_code == 500 and "紫藤" not in answer.text


def _broken(*_: Any, **__: Any) -> None:
    raise OSError("the disk is full")


def test_a_refusal_stands_even_where_it_cannot_be_entered(sign_in: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "record", _broken)
    assert sign_in(factories.user(Role.INSPECTOR)).get("/record").status_code == 403


def test_ordinary_looks_leave_no_entry(sign_in: Any, world: World) -> None:
    browser, before = sign_in(world.office.handler_user), len(entries())
    for page in ("/", "/cases", "/registry", f"/registry/{world.ids['subject_id']}", f"/cases/{world.ids['case_id']}"):
        assert browser.get(page).status_code == 200
    assert len(entries()) == before


def test_refusals_are_entered_with_what_was_asked(sign_in: Any, client: Any, world: World, app: Flask) -> None:
    stranger = factories.user(Role.INSPECTOR, agency=factories.agency(factories.OTHER_COUNTY))
    case_id = world.ids["case_id"]
    browser = sign_in(stranger)
    for page in ("/record", f"/cases/{case_id}", "/cases/999999", "/no/such/page"):
        browser.get(page)
    app.config["WTF_CSRF_ENABLED"] = True
    browser.post("/registry/establishments/new?kind=other", data={"name": "x"})
    assert refusals() == [
        ("permission", "GET /record"),
        ("scope", f"GET /cases/{case_id}"),
        ("nothing", "GET /cases/999999"),
        ("token", "POST /registry/establishments/new?kind=other"),
    ]
    assert {(entry.subject_type, entry.subject_id) for entry in entries(*REFUSALS)} == {("access", stranger.id)}


def test_what_the_law_forbids_is_entered_with_its_article(sign_in: Any, world: World) -> None:
    browser = sign_in(world.office.handler_user)
    address = f"/inspections/{world.ids['draft_id']}/check"
    answer = browser.post(address, data=form_of(browser.get(address).text))
    assert answer.status_code == 200
    ((kind, reason),) = refusals()
    assert kind == "law" and reason is not None
    assert reason.startswith(f"POST {address}: ") and "行政处罚法第五十五条" in reason.replace("《", "").replace(
        "》", ""
    )


def test_what_the_law_forbids_is_recorded_in_chinese_whatever_the_language_of_the_screen(
    sign_in: Any, world: World
) -> None:
    """By an action's own refusal and by an objection of the rules: both are shown in English, recorded in Chinese."""
    stranger = factories.user(Role.INSPECTOR, agency=world.office.handler_user.agency, locale="en")
    world.office.handler_user.locale = "en"
    save()
    browser, address = sign_in(stranger), f"/cases/{world.ids['case_id']}/name"
    answer = browser.post(address, data=form_of(browser.get(address).text) | {"name": "王五案"})
    assert "Only a handler of this case may change it. Ask one of them." in answer.text
    browser, address = sign_in(world.office.handler_user), f"/inspections/{world.ids['draft_id']}/check"
    assert "Enter" in browser.post(address, data=form_of(browser.get(address).text)).text
    (_, by_action), (_, by_rule) = refusals()
    assert by_action is not None and "只有本案承办人可以修改" in by_action and "Only" not in by_action
    assert by_rule is not None and not re.search("[a-z]{3}", by_rule.partition(": ")[2])


def test_equal_refusals_of_a_minute_are_one_entry_and_no_flood_fills_the_record(sign_in: Any) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    for _ in range(5):
        browser.get("/record")
    assert len(refusals()) == 1
    for number in range(access.MOST * 2):
        browser.get(f"/cases/{900000 + number}")
    assert len(refusals()) == access.MOST


def test_whoever_has_not_signed_in_leaves_nothing_but_a_line_in_the_log(client: Any, session: Any) -> None:
    client.get("/cases/1")
    client.post("/registry/1/numbers", data={"reason": "handling"})
    assert not refusals()


def test_an_auditor_finds_each_kind_of_event(sign_in: Any, session: Any) -> None:
    somebody = factories.user(Role.INSPECTOR, display_name="经办人乙")
    person = factories.person(name="欧阳某", phone="13812345678")
    browser = sign_in(somebody)
    browser.get("/record")
    browser.get("/cases/list.csv")
    browser.post(f"/registry/{person.id}/numbers", data={"reason": "contact"})
    auditor = sign_in(factories.user(Role.AUDITOR, agency=factories.agency(factories.CITY)))
    told = {"refusals": "所任角色无此权限", "exports": "导出了案件列表", "shown": "查看了完整号码"}
    for kind in told:
        page = auditor.get(f"/record?kind={kind}").text
        assert [words in page for words in told.values()] == [one == kind for one in told]
    page = auditor.get("/record?kind=changes").text
    assert not [words for words in told.values() if words in page]
    assert auditor.get("/record?kind=nonsense").status_code == 200


@pytest.mark.parametrize("kind", ["", "sign_ins"])
def test_attempts_to_sign_in_are_read_by_the_auditors_of_the_users_region(client: Any, sign_in: Any, kind: str) -> None:
    somebody = factories.user(Role.INSPECTOR, name="wangfang", display_name="王芳")
    client.post("/sign-in", data={"name": "wangfang", "password": "wrong"})
    assert entries("signin:session:fail")
    for region, reads in ((factories.CITY, True), (factories.OTHER_PROVINCE, False)):
        auditor = factories.user(Role.AUDITOR, agency=factories.agency(region))
        page = sign_in(auditor).get(f"/record?kind={kind}").text
        assert (f"账号 {somebody.id}" in page or "登录失败" in page) is reads, region


def test_what_the_operator_exports_is_entered_and_read_where_all_agencies_lie(app: Flask, sign_in: Any) -> None:
    city = factories.agency(factories.CITY)
    top = factories.user(Role.AUDITOR, agency=city)
    below = factories.user(Role.AUDITOR)
    factories.establishment(phone="13812345678")
    sign_in(top)
    done = app.test_cli_runner().invoke(args=["export", "--region", "330100"])
    assert done.exit_code == 0 and "13812345678" in done.output
    (entry,) = entries("interchange:records:export")
    assert entry.actor_id is None and entry.reason == "* 330100 → -"
    assert "通过命令导出了数据" in sign_in(top).get("/record?kind=exports").text
    assert "通过命令导出了数据" not in sign_in(below).get("/record").text
