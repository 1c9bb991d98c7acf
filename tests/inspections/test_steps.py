"""Bad input on the steps of the field report: refused at the field, everything typed kept, nothing changed."""

import re
from base64 import b64encode
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inspectorate import clock
from inspectorate.inspections.models import Inspection
from tests import factories
from tests.inspections.filling import findings_form, statement_form, subject_form, visit_form
from tests.inspections.scene import CODE, picture


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"inspected_on": ""}, "inspected_on"),
        ({"inspected_on": "20250231"}, "inspected_on"),
        ({"inspected_on": "2099-01-01"}, "inspected_on"),
        ({"reason": "boredom"}, "reason"),
        ({"reason": "campaign"}, "target"),
        ({"entry": "999999"}, "entry"),
        ({"entry": "urgent"}, "urgent_reason"),
    ],
)
def test_the_first_step_refuses_bad_input_at_the_field_and_keeps_what_was_typed(
    session, sign_in, scene, changed, field
):
    client = sign_in(scene.inspector)
    page = client.get(f"/inspections/new?subject_id={scene.clinic.id}").text
    form = subject_form(scene, page, **{"urgent_reason": "", **changed})
    answer = client.post("/inspections/new", data=form)
    assert answer.status_code == 200
    assert f'href="#{field}' in answer.text
    assert form["inspected_on"] in answer.text and scene.clinic.name in answer.text
    assert session.scalar(select(func.count()).select_from(Inspection)) == 0


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"entered": ""}, "entered"),
        ({"entered": "halb neun"}, "entered"),
        ({"entered": "25:00"}, "entered"),
        ({"place": ""}, "place"),
        ({"identity_shown": ""}, "identity_shown"),
        ({"recusal_answer": ""}, "recusal_answer"),
        ({"officers-1-officer_id": ""}, "officers"),
        ({"officers-1-officer_id": "999999"}, "officers"),
        ({"officers-1-officer_id": "x"}, "officers"),
    ],
)
def test_the_visit_refuses_bad_input_at_the_field_and_keeps_what_was_typed(session, sign_in, scene, changed, field):
    report = scene.draft()
    client = sign_in(scene.inspector)
    form = visit_form(scene, report.version, **{"escort_title": "值班医师", **changed})
    answer = client.post(f"/inspections/{report.id}/visit", data=form)
    assert answer.status_code == 200
    assert f'href="#{field}' in answer.text, answer.text[answer.text.find("error-summary") :][:800]
    assert "值班医师" in answer.text
    session.refresh(report)
    assert report.escort_title is None


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"left": ""}, "left"),
        ({"left": "00:00"}, "left"),
        ({"left": "25:00"}, "left"),
        ({"left_next_day": "y"}, "left"),
        ({"signature": ""}, "signature"),
        ({"signature": "perhaps"}, "signature"),
        ({"signature": "refused"}, "refusal_reason"),
        ({"signature": "absent", "witness": "社区工作人员赵强"}, "refusal_reason"),
    ],
)
def test_the_statement_refuses_bad_input_at_the_field_and_keeps_what_was_typed(session, sign_in, scene, changed, field):
    report = scene.draft()
    scene.save_visit(report)
    form = statement_form(report.version, party_statement="已经停业", **changed)
    answer = sign_in(scene.inspector).post(f"/inspections/{report.id}/statement", data=form)
    assert answer.status_code == 200
    assert f'href="#{field}' in answer.text, answer.text[answer.text.find("error-summary") :][:800]
    assert "已经停业" in answer.text
    session.refresh(report)
    assert report.party_statement is None and report.left_at is None


@pytest.mark.parametrize(("days_ago", "proposed"), [(0, "15:30"), (1, "")])
def test_only_a_visit_of_today_is_proposed_to_end_now(session, sign_in, scene, days_ago, proposed):
    report = scene.draft(inspected_on=clock.today() - timedelta(days=days_ago), entry_id=None)
    scene.save_visit(report)
    page = sign_in(scene.inspector).get(f"/inspections/{report.id}/statement").text
    assert re.search(f'name="left"[^>]*value="{proposed}"', page)


def test_a_step_that_was_passed_over_is_not_ticked(session, sign_in, scene):
    report = scene.draft()
    scene.save_visit(report)
    page = sign_in(scene.inspector).get(f"/inspections/{report.id}/check").text
    ticked = re.findall(r'step-done"><a href="/inspections/\d+/(\w+)"', page)
    assert ticked == ["subject", "visit", "evidence"]


def test_a_text_that_is_too_long_is_refused_whole_and_not_cut_by_the_browser(session, sign_in, scene):
    report = scene.draft()
    client, where = sign_in(scene.inspector), f"/inspections/{report.id}/visit"
    assert "maxlength" not in re.search(r'<input[^>]*name="escort"[^>]*>', client.get(where).text)[0]
    answer = client.post(where, data=visit_form(scene, report.version, escort="王" * 400))
    assert 'href="#escort"' in answer.text and "王" * 400 in answer.text


def test_a_drawing_survives_a_refusal_and_a_signature_that_is_kept_is_told(session, sign_in, scene):
    report = scene.draft()
    scene.save_visit(report)
    client, where = sign_in(scene.inspector), f"/inspections/{report.id}/statement"
    drawn = "data:image/png;base64," + b64encode(picture("PNG", "black")).decode()
    answer = client.post(where, data=statement_form(report.version, left="", drawn=drawn))
    assert f'value="{drawn}"' in answer.text
    assert "当事人已在屏幕签名" not in answer.text
    assert client.post(where, data=statement_form(report.version, drawn=drawn)).status_code == 302
    assert "当事人已在屏幕签名" in client.get(where).text


def test_an_officer_twice_is_refused_at_the_second_row(session, sign_in, scene):
    report = scene.draft()
    form = visit_form(scene, report.version, **{"officers-1-officer_id": scene.inspector.officer_id})
    answer = sign_in(scene.inspector).post(f"/inspections/{report.id}/visit", data=form)
    assert 'href="#officers-1-officer_id"' in answer.text


def test_an_officer_with_an_expired_certificate_is_refused_with_the_article(session, sign_in, scene):
    expired = factories.officer(scene.agency, certificate_to=clock.today() - timedelta(days=1))
    report = scene.draft()
    form = visit_form(scene, report.version, **{"officers-1-officer_id": expired.id})
    answer = sign_in(scene.inspector).post(f"/inspections/{report.id}/visit", data=form)
    assert 'href="#officers-1-officer_id"' in answer.text and "《行政处罚法》第四十二条" in answer.text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"seen-0-text": "", "seen-1-text": ""}, "seen"),
        ({"seen-1-text": "违反了《医师法》第五十九条"}, "seen-1-text"),
        ({"seen-1-text": "拟处以罚款"}, "seen-1-text"),
        ({"findings-0-violation": "XX-999"}, "findings-0-facts"),
        ({"findings-0-facts": ""}, "findings-0-facts"),
        ({"findings-1-violation": CODE, "findings-1-facts": "又一次"}, "findings-1-facts"),
        ({"correction_text": ""}, "correction_text"),
        ({"order": "by_day"}, "correction_due_on"),
        ({"order": "by_day", "correction_due_on": "32.13.2025"}, "correction_due_on"),
        ({"order": "by_day", "correction_due_on": "2001-01-01"}, "correction_due_on"),
        ({"order": "sometimes"}, "order"),
    ],
)
def test_the_findings_refuse_bad_input_at_the_field_and_keep_what_was_typed(session, sign_in, scene, changed, field):
    report = scene.draft()
    form = findings_form(report.version, **{"opinion_text": "加强培训", **changed})
    answer = sign_in(scene.inspector).post(f"/inspections/{report.id}/findings", data=form)
    assert answer.status_code == 200
    assert f'href="#{field}' in answer.text, answer.text[answer.text.find("error-summary") :][:800]
    assert "加强培训" in answer.text
    session.refresh(report)
    assert report.seen == [] and report.findings == []


def test_an_order_without_a_finding_is_refused(session, sign_in, scene):
    report = scene.draft()
    form = {key: value for key, value in findings_form(report.version).items() if not key.startswith("findings-")}
    answer = sign_in(scene.inspector).post(f"/inspections/{report.id}/findings", data=form)
    assert 'href="#order' in answer.text and "《行政处罚法》第二十八条" in answer.text
