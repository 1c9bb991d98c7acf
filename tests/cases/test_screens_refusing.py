"""The screens of a case given what they must refuse: at the field, with the reason, everything typed kept."""

import pytest

from inspectorate.clock import today
from tests.cases.desk import Browser, case_from_report, hidden
from tests.cases.walk import Office, inspection, office


@pytest.fixture
def place(session) -> Office:
    return office()


def test_one_handler_twice_is_refused_at_the_second_row(app, place) -> None:
    report = inspection(place)
    handler = Browser(app.test_client(), place.handler_user)
    answer = handler.send(
        f"/cases/new?inspection_id={report.id}",
        **{
            "origin": "inspection",
            "received_on": today().isoformat(),
            "summary": "摘要",
            "charges-0-facts": "事实",
            "handlers-0-officer_id": place.handler_ids[0],
            "handlers-1-officer_id": place.handler_ids[0],
        },
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "handlers-1-officer_id-error" in text and "第四十二条第一款" in text


@pytest.mark.parametrize("given", ["昨天", "2026-13-01", "99999999"])
def test_an_odd_date_is_refused_at_its_field_and_stays_there(app, place, given) -> None:
    report = inspection(place)
    handler = Browser(app.test_client(), place.handler_user)
    answer = handler.send(
        f"/cases/new?inspection_id={report.id}",
        **{"origin": "inspection", "received_on": given, "summary": "摘要", "charges-0-facts": "事实"},
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "received_on-error" in text and given in text


def test_negative_money_is_refused_at_its_field(app, place) -> None:
    handler, head = (Browser(app.test_client(), user) for user in (place.handler_user, place.head_user))
    case = case_from_report(handler, place)
    page, finding = f"/cases/{case.id}", case.respondents[0].findings[0].id
    handler.press(f"{page}/filing")
    head.send(f"{page}/approval", answer="approve")
    answer = handler.send(
        f"{page}/investigation",
        **{
            "findings-0-finding_id": finding,
            "findings-0-facts": "事实",
            "findings-0-act_from": "20260301",
            "findings-0-tier": "base",
            "findings-0-income": "-5",
        },
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "findings-0-income-error" in text and 'value="-5"' in text


def test_a_late_save_shows_who_changed_what_and_keeps_what_was_typed(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    address = f"/cases/{case.id}/name"
    mine = {**hidden(handler.read(address)), "name": "甲案"}
    assert handler.send(address, name="乙案").status_code == 302
    answer = handler.client.post(address, data=mine)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "甲案" in text and "乙案" in text and "王芳" in text
    assert handler.client.post(address, data={**mine, **hidden(text)}).status_code == 302


def test_what_nobody_knows_is_not_found(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    for path in ("/cases/999999", f"/cases/{case.id}/parties/999999/penalties", "/cases/new?inspection_id=999999"):
        assert handler.client.get(path).status_code == 404
    assert handler.client.get("/cases/list.exe").status_code == 404


def test_a_button_pressed_too_early_is_answered_with_the_reasons(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    answer = handler.press(f"/cases/{case.id}/decision")
    assert answer.status_code == 409
    assert "待立案" in answer.get_data(as_text=True)
