"""Screens of complaints: what is typed, what is refused, who sees what."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from inspectorate.accounts.permissions import Role
from inspectorate.complaints.models import Complaint
from inspectorate.documents.models import Document
from tests import factories

TYPED = {
    "key": "device-1", "received_on": "20260701", "channel": "hotline", "region_code": "330106",
    "subject_text": "文一路美容工作室", "text": "居民楼内打玻尿酸",
    "reporter_name": "赵女士", "reporter_phone": "13600000000",
}  # fmt: skip
SECRET = ("赵女士", "13600000000")


def text(response: Any) -> str:
    return str(response.get_data(as_text=True))


def only(session: Any) -> Complaint:
    session.expire_all()
    found: Complaint = session.scalars(select(Complaint)).one()
    return found


@pytest.fixture
def agency(session: Any) -> Any:
    return factories.agency()


@pytest.fixture
def people(agency: Any) -> dict[str, Any]:
    named = {role.value: factories.user(role, agency=agency, display_name=role.value) for role in Role}
    return named | {"colleague": factories.user(Role.INSPECTOR, agency=agency)}


def at(complaint: Complaint, step: str = "") -> str:
    return f"/complaints/{complaint.id}{step}"


def test_a_complaint_goes_from_receipt_to_reply_on_the_screen(session: Any, sign_in: Any, people: Any) -> None:
    browser = sign_in(people["inspector"])
    answer = browser.post("/complaints/new", data=TYPED)
    made = only(session)
    assert answer.location == at(made) and made.number == "2026—0001"
    browser = sign_in(people["supervisor"])
    accept = {"version": made.version, "accepted_on": "20260702", "handler_id": people["inspector"].officer_id}
    assert browser.post(at(made, "/accept"), data=accept).status_code == 302
    browser = sign_in(people["inspector"])
    close = {"version": only(session).version, "closed_on": "20260710", "outcome": "属实", "penalised": "y"}
    assert browser.post(at(made, "/close"), data=close).status_code == 302
    reply = {"version": only(session).version, "replied_on": "20260712", "reply": "已告知", "satisfied": "yes"}
    assert browser.post(at(made, "/reply"), data=reply).status_code == 302
    done = only(session)
    assert (done.accepted_on, done.closed_on, done.replied_on) == (
        date(2026, 7, 2), date(2026, 7, 10), date(2026, 7, 12),
    )  # fmt: skip
    assert (done.penalised, done.satisfied) == (True, True)
    page = text(browser.get(at(made)))
    assert "已反馈" in page and "受理并交办了投诉举报" in page


def test_sending_the_form_twice_makes_one(session: Any, sign_in: Any, people: Any) -> None:
    browser = sign_in(people["inspector"])
    assert browser.post("/complaints/new", data=TYPED).location == browser.post("/complaints/new", data=TYPED).location
    assert only(session).number == "2026—0001"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"received_on": "20991231"}, "收到日期晚于今天"),
        ({"received_on": "yesterday"}, "不是"),
        ({"received_on": ""}, "请填写收到日期"),
        ({"channel": ""}, "请选择来源渠道"),
        ({"channel": "pigeon"}, "选择"),
        ({"region_code": "330105"}, "选择"),
        ({"region_code": ""}, "请选择行政区划"),
        ({"subject_text": ""}, "在监督对象中查找"),
        ({"subject_text": "长" * 301}, "300"),
        ({"text": ""}, "请填写投诉举报内容"),
        ({"anonymous": "y"}, "匿名举报不填写姓名和电话"),
        ({"reporter_name": "", "reporter_phone": ""}, "勾选“匿名”"),
        ({"target": "no_such|x"}, "没有该专项行动"),
        ({"target": "medical_cosmetology_2021|"}, "收到日期不在其内"),
        ({"subject_id": "999999999999"}, "不在您的行政区域内"),
    ],
)
def test_bad_input_is_refused_with_everything_typed_kept(
    session: Any, sign_in: Any, people: Any, changes: dict[str, str], says: str
) -> None:
    typed = {**TYPED, **changes}
    answer = sign_in(people["inspector"]).post("/complaints/new", data=typed)
    page = text(answer)
    assert answer.status_code == 200 and "error-summary" in page and says in page
    assert session.scalar(select(func.count()).select_from(Complaint)) == 0
    for name in ("text", "subject_text", "reporter_name"):
        assert typed[name] in page


def test_the_subject_is_found_in_the_registry_without_scripts(session: Any, sign_in: Any, people: Any) -> None:
    place = factories.establishment(name="文一路美容工作室")
    factories.establishment(factories.OTHER_COUNTY, name="文一路美容工作室（邻县）")
    browser = sign_in(people["inspector"])
    page = text(browser.post("/complaints/new", data={**TYPED, "find": "1"}))
    assert f'value="{place.id}"' in page and "邻县" not in page and "居民楼内打玻尿酸" in page
    assert session.scalar(select(func.count()).select_from(Complaint)) == 0
    browser.post("/complaints/new", data={**TYPED, "subject_id": str(place.id)})
    made = only(session)
    assert made.subject_id == place.id
    assert f"/registry/{place.id}" in text(browser.get(at(made)))
    assert "2026—0001" in text(browser.get(f"/registry/{place.id}"))


@pytest.mark.parametrize(
    ("who", "sees"),
    [("supervisor", True), ("inspector", True), ("colleague", False), ("auditor", False)],
)
def test_the_reporter_is_shown_to_head_and_handler_only(
    session: Any, sign_in: Any, people: Any, who: str, sees: bool
) -> None:
    browser = sign_in(people["supervisor"])
    browser.post("/complaints/new", data=TYPED)
    made = only(session)
    accept = {"version": made.version, "accepted_on": "20260702", "handler_id": people["inspector"].officer_id}
    browser.post(at(made, "/accept"), data=accept)
    browser = sign_in(people[who])
    page = text(browser.get(at(made)))
    name, phone = SECRET
    assert (name in page) is sees and ("已保护" in page) is not sees and phone not in page
    asked = browser.post(at(made, "/reporter"), data={"reason": "contact"})
    assert asked.status_code == (200 if sees else 403) and (phone in asked.text) is sees
    for listed in ("/complaints", "/complaints?q=赵女士", "/complaints/list.csv", "/complaints/list.xlsx"):
        answer = browser.get(listed)
        assert answer.status_code == 200 and not any(secret.encode() in answer.data for secret in SECRET[1:])
    assert "2026—0001" not in text(browser.get("/complaints?q=赵女士"))


READS = {"inspector": 200, "supervisor": 200, "auditor": 200}


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_who_opens_which_page(session: Any, sign_in: Any, people: Any, role: str) -> None:
    sign_in(people["supervisor"]).post("/complaints/new", data=TYPED)
    made = only(session)
    browser = sign_in(people[role])
    for address in ("/complaints", at(made), "/complaints/list.csv"):
        assert browser.get(address).status_code == READS.get(role, 403)
    assert browser.get("/complaints/new").status_code == (200 if role in ("inspector", "supervisor") else 403)
    for step in ("/change", "/accept", "/close", "/reply", "/reopen", "/withdraw"):
        assert browser.get(at(made, step)).status_code == (200 if role == "supervisor" else 403)


def test_a_neighbour_finds_nothing(session: Any, sign_in: Any, people: Any) -> None:
    sign_in(people["supervisor"]).post("/complaints/new", data=TYPED)
    made = only(session)
    there = factories.user(Role.SUPERVISOR, agency=factories.agency(factories.OTHER_COUNTY))
    market = factories.user(Role.SUPERVISOR, agency=factories.agency(sector="market"))
    for stranger in (there, market):
        browser = sign_in(stranger)
        for step in ("", "/change", "/accept", "/close", "/reply", "/reopen", "/withdraw"):
            assert browser.get(at(made, step)).status_code == 404
            assert browser.post(at(made, step), data={"reason": "x"}).status_code in (404, 405)
        assert "2026—0001" not in text(browser.get("/complaints"))
    assert sign_in(people["supervisor"]).get(f"/complaints/{2**70}").status_code == 404


@pytest.mark.parametrize(
    ("step", "typed", "says"),
    [
        ("/accept", {"accepted_on": "20260630", "handler_id": "HANDLER"}, "早于收到日期（2026-07-01）"),
        ("/accept", {"accepted_on": "20260702", "handler_id": "999999999999"}, "选择"),
        ("/accept", {"accepted_on": "20260702", "handler_id": "x"}, "选择"),
        ("/close", {"closed_on": "20260630", "outcome": "属实"}, "早于收到日期"),
        ("/close", {"closed_on": "", "outcome": "属实"}, "请填写办结日期"),
        ("/close", {"closed_on": "20260705", "outcome": "  "}, "请填写查明的情况和处理结果"),
        ("/reply", {"replied_on": "20260705", "reply": "已告知"}, "请先办结再反馈"),
        ("/reopen", {"reason": "误登"}, "重新办理"),
        ("/withdraw", {"reason": ""}, "请填写理由"),
    ],
)
def test_a_step_out_of_order_is_refused_and_changes_nothing(
    session: Any, sign_in: Any, people: Any, step: str, typed: dict[str, str], says: str
) -> None:
    browser = sign_in(people["supervisor"])
    browser.post("/complaints/new", data=TYPED)
    made = only(session)
    handler = str(people["inspector"].officer_id)
    sent = {name: handler if value == "HANDLER" else value for name, value in typed.items()}
    answer = browser.post(at(made, step), data={"version": made.version, **sent})
    assert answer.status_code == 200 and says in text(answer) and "error-summary" in text(answer)
    assert only(session).version == made.version


def test_a_late_save_shows_who_changed_what_and_keeps_what_was_typed(session: Any, sign_in: Any, people: Any) -> None:
    browser = sign_in(people["supervisor"])
    browser.post("/complaints/new", data=TYPED)
    made = only(session)
    read = made.version
    assert browser.post(at(made, "/change"), data={**TYPED, "version": read, "text": "补充"}).status_code == 302
    for step, typed in (
        ("/change", {**TYPED, "text": "晚到的文字"}),
        ("/close", {"closed_on": "20260710", "outcome": "晚到的文字"}),
    ):
        answer = browser.post(at(made, step), data={"version": read, **typed})
        page = text(answer)
        assert answer.status_code == 409 and "晚到的文字" in page and "supervisor" in page
    kept = only(session)
    assert kept.text == "补充" and kept.closed_on is None


def test_a_withdrawn_complaint_stays_readable_and_leaves_the_counts(session: Any, sign_in: Any, people: Any) -> None:
    browser = sign_in(people["supervisor"])
    browser.post("/complaints/new", data=TYPED)
    made = only(session)
    browser.post(at(made, "/withdraw"), data={"version": made.version, "reason": "重复登记"})
    page = text(browser.get(at(made)))
    assert "重复登记" in page and "已撤回" in page
    assert "2026—0001" in text(browser.get("/complaints?state=withdrawn"))
    assert "2026—0001" not in text(browser.get("/complaints?event=received&since=20260101"))


def test_the_page_leads_to_the_inspection_and_the_case(session: Any, sign_in: Any, people: Any, agency: Any) -> None:
    from inspectorate.cases.models import Case
    from inspectorate.inspections.models import Inspection

    sign_in(people["supervisor"]).post("/complaints/new", data=TYPED)
    made, place = only(session), factories.establishment()
    common: dict[str, Any] = {"agency": agency, "region_code": "330106", "sector": "health"}
    visit = factories.add(
        Inspection(
            subject=place, number="笔录1", state="submitted", inspected_on=date(2026, 7, 3), reason="complaint",
            complaint_id=made.id, **common,
        )
    )  # fmt: skip
    factories.add(
        Case(
            name="涉案一",
            state="filed",
            origin="inspection",
            inspection_id=visit.id,
            filed_on=date(2026, 7, 5),
            **common,
        )
    )
    page = text(sign_in(people["supervisor"]).get(at(made)))
    assert "笔录1" in page and "涉案一" in page


def test_the_intake_record_names_the_reporter_and_is_read_by_head_and_handler_only(
    session: Any, sign_in: Any, people: Any, agency: Any
) -> None:
    browser = sign_in(people["supervisor"])
    browser.post("/complaints/new", data=TYPED)
    made = only(session)
    assert browser.post(at(made, "/intake-record")).location == at(made)
    assert "请先受理" in text(browser.get(at(made)))
    accept = {"version": made.version, "accepted_on": "20260702", "handler_id": people["inspector"].officer_id}
    browser.post(at(made, "/accept"), data=accept)
    issued = browser.post(at(made, "/intake-record")).location
    assert browser.post(at(made, "/intake-record")).location == issued
    assert browser.get(issued).status_code == 200
    [document] = session.scalars(select(Document))
    assert document.snapshot["case.report_person"] == "赵女士　13600000000"
    assert document.snapshot["case.source"] == "投诉举报" and "文一路" in document.snapshot["party.name"]
    for who, status in (("inspector", 200), ("colleague", 403), ("auditor", 403), ("campaign_office", 403)):
        browser = sign_in(people[who])
        assert browser.get(issued).status_code == status
        assert browser.get(f"{issued}.pdf").status_code == status
        assert browser.post(at(made, "/intake-record")).status_code == (302 if who == "inspector" else 403)


@pytest.mark.parametrize(
    "query", ["state=x&event=y&channel=z", "since=abc", "target=no|thing", "region=1", "after=bad", "sort=evil&q=%25"]
)
def test_no_address_breaks_the_list(session: Any, sign_in: Any, people: Any, query: str) -> None:
    browser = sign_in(people["supervisor"])
    for listed in ("/complaints", "/complaints/list.csv"):
        assert browser.get(f"{listed}?{query}").status_code == 200


def test_the_list_is_exported_as_it_is_filtered(session: Any, sign_in: Any, people: Any) -> None:
    browser = sign_in(people["supervisor"])
    browser.post("/complaints/new", data={**TYPED, "subject_text": "=cmd()"})
    csv = text(browser.get("/complaints/list.csv?channel=hotline"))
    assert "2026—0001" in csv and "'=cmd()" in csv
    assert "2026—0001" not in text(browser.get("/complaints/list.csv?channel=letter"))
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/complaints/list.xlsx").data))
    row = next(book.active.iter_rows(min_row=2, values_only=True))
    assert row[0] == "2026—0001" and row[1].date() == date(2026, 7, 1)


def test_the_pages_are_there_in_english(session: Any, sign_in: Any, people: Any) -> None:
    browser = sign_in(people["supervisor"])
    browser.post("/complaints/new", data=TYPED)
    browser.post("/language", data={"language": "en"})
    assert "to be accepted" in text(browser.get("/complaints"))
    assert "Accept and assign" in text(browser.get(at(only(session))))
