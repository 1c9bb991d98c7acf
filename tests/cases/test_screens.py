"""The screens of a case: each step is taken with what the page itself offers."""

import re
from typing import Any

import pytest

from inspectorate.accounts.permissions import Role
from inspectorate.clock import today
from inspectorate.extensions import db
from tests import factories
from tests.cases.desk import Browser, case_from_report, executed, investigated, now_at
from tests.cases.walk import Office, office


@pytest.fixture
def place(session) -> Office:
    return office()


def test_a_case_is_carried_from_a_report_to_its_closing_on_the_screen(app, place) -> None:
    handler, head, reviewer = (
        Browser(app.test_client(), user) for user in (place.handler_user, place.head_user, place.reviewer_user)
    )
    case = case_from_report(handler, place)
    page, party = f"/cases/{case.id}", case.respondents[0].id
    assert "涉嫌无医疗机构执业许可证开展医疗美容案" in handler.read(page)
    assert handler.press(f"{page}/filing").status_code == 302
    assert head.send(f"{page}/approval", answer="approve").status_code == 302
    assert now_at(case.id) == "investigation"
    assert investigated(handler, case).location.endswith("/report")
    assert handler.send(f"{page}/report").status_code == 302
    assert head.send(f"{page}/approval", answer="approve").status_code == 302
    served = {"way": "direct", "served_on": today().isoformat(), "servers": "王芳、李强", "receiver": "张老板"}
    assert handler.send(f"{page}/parties/{party}/notice/service", **served).status_code == 302
    said = {"kind": "made", "on": today().isoformat(), "text": "罚款过重", "hearing": "none"}
    assert handler.send(f"{page}/parties/{party}/defence", **said).status_code == 302
    answer = reviewer.send(f"{page}/parties/{party}/defence/review", accepted="rejected", review="已按最低幅度")
    assert answer.status_code == 302
    assert handler.press(f"{page}/decision").status_code == 302
    assert head.send(f"{page}/approval", answer="approve").status_code == 302
    assert handler.send(f"{page}/parties/{party}/decision/service", **served).status_code == 302
    executed(handler, case)
    assert head.send(f"{page}/approval", answer="approve").status_code == 302
    assert now_at(case.id) == "closed"
    shown = handler.read(page)
    assert "涉嫌" not in re.search(r"<h1>(.*?)</h1>", shown, re.S)[1]  # type: ignore[index]
    assert "杭西卫医罚〔2026〕1号" in shown


def test_every_page_of_a_case_in_investigation_opens(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    page, party = f"/cases/{case.id}", case.respondents[0].id
    paths = ["", "/change", "/name", "/withdraw", "/investigation", "/evidence", "/report", "/transfer", "/resume"]
    paths += ["/deliberation", "/closing"]
    paths += [f"/parties/{party}/{part}" for part in ("penalties", "notice/service", "defence", "payment", "execution")]
    for path in paths:
        handler.read(page + path)


def test_the_list_is_a_file_too(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case_from_report(handler, place)
    csv = handler.read("/cases/list.csv")
    assert "西湖美芮美容店涉嫌" in csv
    assert handler.client.get("/cases/list.xlsx").status_code == 200


def test_the_day_of_the_visit_and_what_it_ordered_are_proposed_in_the_case(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    ordered = "停止医疗美容活动；\n撤下注射类项目价目表。"
    case = case_from_report(handler, place, order_correction=True, correction_text=ordered)
    page, party, visit = f"/cases/{case.id}", case.respondents[0].id, case.inspection.inspected_on
    assert f'value="{visit.isoformat()}"' in handler.read(f"{page}/investigation")
    assert 'value="停止医疗美容活动；撤下注射类项目价目表"' in handler.read(f"{page}/parties/{party}/penalties")


def test_an_answer_leads_back_to_the_queue_while_others_wait_in_it(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    head = Browser(app.test_client(), place.head_user)
    first, second = case_from_report(handler, place), case_from_report(handler, place)
    for case in (first, second):
        handler.press(f"/cases/{case.id}/filing")
    queue = head.read("/cases?queue=approval")
    assert f"/cases/{first.id}/approval" in queue and f"/cases/{second.id}/approval" in queue
    assert head.send(f"/cases/{first.id}/approval", answer="approve").location.endswith("/cases?queue=approval")
    assert head.send(f"/cases/{second.id}/approval", answer="approve").location.endswith(f"/cases/{second.id}")


def test_a_refusal_stands_beside_the_field_and_keeps_what_was_typed(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    head = Browser(app.test_client(), place.head_user)
    case = case_from_report(handler, place)
    page, party, finding = f"/cases/{case.id}", case.respondents[0].id, case.respondents[0].findings[0].id
    handler.press(f"{page}/filing")
    head.send(f"{page}/approval", answer="approve")
    handler.send(
        f"{page}/investigation",
        **{
            "findings-0-finding_id": finding,
            "findings-0-facts": "事实",
            "findings-0-act_from": "20260301",
            "findings-0-tier": "base",
            "findings-0-income": "36800",
        },
    )
    answer = handler.send(
        f"{page}/parties/{party}/penalties",
        **{"fines-0-finding_id": finding, "fines-0-amount": "183999.99", "discretion": "初次违法，想轻一点"},
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "fines-0-amount-error" in text
    assert "基本医疗卫生与健康促进法" in text
    assert "183999.99" in text and "想轻一点" in text


def test_a_filter_for_the_head_shows_what_waits(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    head = Browser(app.test_client(), place.head_user)
    case = case_from_report(handler, place)
    assert "西湖美芮美容店" not in head.read("/cases?queue=approval")
    handler.press(f"/cases/{case.id}/filing")
    assert "西湖美芮美容店" in head.read("/cases?queue=approval")


def test_the_campaign_office_reads_decided_cases_only(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    reader = Browser(app.test_client(), factories.user(Role.CAMPAIGN_OFFICE, agency=place.agency))
    assert "西湖美芮美容店" not in reader.read("/cases")
    assert reader.client.get(f"/cases/{case.id}").status_code == 403


def test_another_county_sees_nothing(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    stranger = Browser(
        app.test_client(), factories.user(Role.INSPECTOR, agency=factories.agency(factories.OTHER_COUNTY))
    )
    assert stranger.client.get(f"/cases/{case.id}").status_code == 404
    assert stranger.client.get(f"/cases/{case.id}/investigation").status_code == 404


def test_nobody_without_a_part_in_cases_comes_in(app, place) -> None:
    outsider = Browser(app.test_client(), factories.user(Role.ADMINISTRATOR, agency=place.agency))
    assert outsider.client.get("/cases").status_code == 403


def statements(client: Any, address: str) -> int:
    """How many statements a page needs."""
    from sqlalchemy import event

    count = 0

    def counted(*_arguments: Any) -> None:
        nonlocal count
        count += 1

    event.listen(db.engine, "before_cursor_execute", counted)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", counted)
    return count


def test_the_list_needs_as_many_statements_for_many_cases_as_for_one(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case_from_report(handler, place)
    one = statements(handler.client, "/cases")
    for _ in range(4):
        case_from_report(handler, place)
    assert statements(handler.client, "/cases") == one


def test_a_complaint_opens_a_case_with_its_text(app, place) -> None:
    from inspectorate.complaints.models import Complaint

    shop = factories.establishment(name="南山路美容店")
    complaint = factories.add(
        Complaint(
            region_code=place.agency.region_code,
            sector="health",
            agency_id=place.agency.id,
            subject_id=shop.id,
            text="店内打针后红肿",
            received_on=today(),
            remarks=[],
        )
    )
    handler = Browser(app.test_client(), place.handler_user)
    page = handler.read(f"/cases/new?complaint_id={complaint.id}")
    assert "店内打针后红肿" in page and "南山路美容店" in page


def test_a_complaint_about_nobody_known_asks_for_the_party_first(app, place) -> None:
    from inspectorate.complaints.models import Complaint

    complaint = factories.add(
        Complaint(
            region_code=place.agency.region_code,
            sector="health",
            agency_id=place.agency.id,
            subject_text="巷口小店",
            text="无证行医",
            received_on=today(),
            remarks=[],
        )
    )
    factories.establishment(name="巷口美容店")
    handler = Browser(app.test_client(), place.handler_user)
    answer = handler.client.get(f"/cases/new?complaint_id={complaint.id}")
    assert answer.location == f"/cases/choose?complaint_id={complaint.id}"
    found = handler.read(f"{answer.location}&q=巷口")
    assert "巷口美容店" in found
    assert f"complaint_id={complaint.id}" in found


def test_a_violation_is_searched_and_charged_on_the_page(app, place) -> None:
    shop = factories.establishment(name="巷口美容店")
    handler = Browser(app.test_client(), place.handler_user)
    address = f"/cases/new?subject_id={shop.id}"
    typed = {"summary": "发现无证开展医疗美容", "received_on": today().isoformat(), "words": "无证 医疗美容"}
    found = handler.send(address, search="1", **typed).get_data(as_text=True)
    assert 'name="add" value="MC-001"' in found
    assert "发现无证开展医疗美容" in found
    charged = handler.send(address, add="MC-001", **typed).get_data(as_text=True)
    assert 'name="charges-0-violation" type="hidden" value="MC-001"' in charged
    assert "发现无证开展医疗美容" in charged
