"""The screens of a case given what they must refuse: at the field, with the reason, everything typed kept."""

import re
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from inspectorate.campaigns.queries import open_campaigns
from inspectorate.cases.models import Case, CaseHandler
from inspectorate.clock import today
from inspectorate.complaints.models import Complaint
from inspectorate.extensions import db
from inspectorate.inspections.models import Evidence
from tests import factories
from tests.cases.desk import Browser, case_from_report, hidden
from tests.cases.walk import Office, inspection, office
from tests.client import save
from tests.inspections.scene import picture


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
    assert answer.status_code == 409
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


def test_the_name_of_a_case_that_has_ended_is_not_offered_for_change(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    address = f"/cases/{case.id}/name"
    typed = {**hidden(handler.read(address)), "name": "另一案"}
    assert handler.send(f"/cases/{case.id}/withdraw", reason="重复登记").status_code == 302
    assert address not in handler.read(f"/cases/{case.id}")
    for answer in (handler.client.get(address), handler.client.post(address, data=typed)):
        assert answer.status_code == 409
        assert "不再修改" in answer.get_data(as_text=True)


def complaint_of(**columns: Any) -> Complaint:
    return factories.add(Complaint(text="店内打针后红肿", received_on=today(), remarks=[], **columns))


@pytest.mark.parametrize(
    ("region", "sector"), [(factories.OTHER_COUNTY, "health"), (factories.COUNTY, "market"), ("110101", "health")]
)
def test_a_case_is_not_opened_from_a_complaint_of_another_region_or_sector(app, place, region, sector) -> None:
    foreign = factories.agency(region, sector=sector, name=f"{region}{sector}局")
    other = complaint_of(region_code=region, sector=sector, agency_id=foreign.id)
    shop = factories.establishment(name="南山路美容店")
    own = f"/cases/new?subject_id={shop.id}"
    handler = Browser(app.test_client(), place.handler_user)
    typed = {**hidden(handler.read(own)), "origin": "complaint", "received_on": today().isoformat(), "summary": "摘要"}
    answer = handler.client.post(f"{own}&complaint_id={other.id}", data=typed)
    assert answer.status_code == 404
    assert "店内打针后红肿" not in answer.get_data(as_text=True)
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0


def test_a_case_keeps_its_campaign_when_that_has_ended_meanwhile(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    case.campaign, case.category = "medical_cosmetology_2021", "unlicensed_practice"
    save()
    assert case.campaign not in {one.id for one in open_campaigns(today(), case.region_code)}
    page = handler.read(f"/cases/{case.id}/change")
    assert re.search(r'<option selected value="medical_cosmetology_2021\|unlicensed_practice">', page)
    finding, ids = case.respondents[0].findings[0], place.handler_ids
    answer = handler.send(
        f"/cases/{case.id}/change",
        **{
            "origin": "inspection",
            "received_on": today().isoformat(),
            "summary": "另一摘要",
            "target": "medical_cosmetology_2021|unlicensed_practice",
            "charges-0-finding_id": finding.id,
            "charges-0-violation": finding.violation,
            "charges-0-facts": finding.facts,
            "handlers-0-officer_id": ids[0],
            "handlers-1-officer_id": ids[1],
        },
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)[:3000]
    db.session.expire_all()
    assert (case.summary, case.campaign, case.category) == (
        "另一摘要",
        "medical_cosmetology_2021",
        "unlicensed_practice",
    )


def test_a_case_with_more_handlers_than_the_form_takes_opens_and_says_how_many_have_to_go(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    agency = case.handlers[0].officer.agency
    for position in range(2, 25):
        factories.add(CaseHandler(case_id=case.id, officer=factories.officer(agency), position=position))
    save()
    rows = {f"handlers-{n}-officer_id": one.officer_id for n, one in enumerate(case.handlers)}
    page = f"/cases/{case.id}/change"
    assert all(f'name="{name}"' in handler.read(page) for name in rows)
    answer = handler.send(page, **rows, summary="写了很久的摘要").get_data(as_text=True)
    assert "此处最多 20 行，请删除其中 5 行。" in answer
    assert "写了很久的摘要" in answer and all(f'name="{name}"' in answer for name in rows)


def test_a_file_that_is_none_keeps_no_other_back_and_what_was_typed_stays(app, place) -> None:
    handler = Browser(app.test_client(), place.handler_user)
    case = case_from_report(handler, place)
    handler.press(f"/cases/{case.id}/filing")
    Browser(app.test_client(), place.head_user).send(f"/cases/{case.id}/approval", answer="approve")
    page = f"/cases/{case.id}/evidence"
    typed = {"kind": "audiovisual", "title": "手术室", "proves": "无证行医"}
    files = [(BytesIO(picture()), "现场.jpg"), (BytesIO(b"%PDF-1.4 %%EOF"), "照片.jpg")]
    answer = handler.send(page, **typed, files=files).get_data(as_text=True)
    assert "照片.jpg" in answer and 'value="手术室"' in answer and "无证行医" in answer
    assert db.session.scalars(select(Evidence.filename).where(Evidence.filename.is_not(None))).all() == ["现场.jpg"]
    again = {**hidden(answer), **typed, "files": [(BytesIO(picture("PNG")), "照片.png")]}
    assert handler.client.post(page, data=again).status_code == 302
    assert db.session.scalars(select(Evidence.filename).order_by(Evidence.id)).all()[1:] == ["现场.jpg", "照片.png"]
