"""行政检查审批: asked for, approved by somebody else, before or, where urgent, within a day."""

import base64
import json
from datetime import timedelta

import pytest
from lxml import html
from sqlalchemy import func, select

from inspectorate import clock
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.errors import Forbidden, NotFound, Refusal, Refusals, Stale
from inspectorate.extensions import db
from inspectorate.inspections import actions, entry, queries, submission
from inspectorate.inspections.models import EntryApproval
from tests import factories
from tests.inspections.scene import Scene


def test_an_entry_is_asked_for_and_waits_for_the_head(scene: Scene):
    made = entry.request_entry(scene.actor, scene.request(), clock.today())
    assert made.state == "requested" and made.agency_id == scene.agency.id
    assert queries.approvals_page(queries.waiting_approvals(scene.decider)).rows == [made]
    assert list(queries.my_requests(scene.actor)) == [made]


def test_asked_twice_with_one_key_it_is_asked_once(session, scene):
    first = entry.request_entry(scene.actor, scene.request(), clock.today())
    second = entry.request_entry(scene.actor, scene.request(), clock.today())
    assert first is second
    assert session.scalar(select(func.count()).select_from(EntryApproval)) == 1


def test_the_head_approves_and_the_record_says_so(session, scene):
    made = entry.request_entry(scene.actor, scene.request(), clock.today())
    entry.approve_entry(scene.decider, made.id, version=made.version, opinion="同意")
    assert (made.state, made.decided_by_id, made.opinion) == ("approved", scene.head.id, "同意")
    last = session.scalars(select(RecordEntry).order_by(RecordEntry.id.desc())).first()
    assert last.event == "inspections:entry:approve" and last.subject_id == made.id


def test_a_refusal_needs_its_reason_and_bars_the_report(scene):
    report = scene.whole()
    report.entry_approval.state = "requested"
    with pytest.raises(Refusal, match="不予批准") as refusal:
        entry.refuse_entry(scene.decider, report.entry_approval_id, opinion=None)
    assert refusal.value.field == "opinion"
    entry.refuse_entry(scene.decider, report.entry_approval_id, opinion="本年度检查已达上限")
    with pytest.raises(Refusals) as refused:
        submission.submit_report(scene.actor, report.id, clock.today(), version=None)
    assert [one.field for one in refused.value.refusals] == ["entry"]


def test_nobody_approves_an_entry_asked_for_or_made_by_themselves(session, scene):
    both = factories.user(Role.INSPECTOR, Role.SUPERVISOR, agency=scene.agency)
    own = entry.request_entry(actor_of(both), scene.request(), clock.today())
    with pytest.raises(Refusal, match="其他负责人"):
        entry.approve_entry(actor_of(both), own.id)
    report = scene.draft()
    report.entry_approval.state = "requested"
    scene.save_visit(report, officer_ids=[scene.inspector.officer_id, both.officer_id])
    with pytest.raises(Refusal, match="其他负责人"):
        entry.approve_entry(actor_of(both), report.entry_approval_id)


def test_only_the_head_of_the_inspecting_authority_decides(scene):
    made = entry.request_entry(scene.actor, scene.request(), clock.today())
    with pytest.raises(Forbidden):
        entry.approve_entry(scene.actor, made.id)
    city = factories.user(Role.SUPERVISOR, agency=factories.agency(factories.CITY))
    with pytest.raises(Refusal, match="机关负责人"):
        entry.approve_entry(actor_of(city), made.id)
    neighbour = factories.user(Role.SUPERVISOR, agency=factories.agency(factories.OTHER_COUNTY))
    with pytest.raises(NotFound):
        entry.approve_entry(actor_of(neighbour), made.id)


def test_a_teams_request_goes_to_the_head_of_its_authority(scene):
    team = factories.agency(name="西湖区卫生健康行政执法队", acts_for=scene.agency)
    member = factories.user(Role.INSPECTOR, agency=team)
    made = entry.request_entry(actor_of(member), scene.request(), clock.today())
    assert made in queries.approvals_page(queries.waiting_approvals(scene.decider)).rows
    entry.approve_entry(scene.decider, made.id)
    assert queries.visits_on(actor_of(member), clock.today()) == [made]


def test_a_decision_is_not_taken_twice_nor_on_an_old_reading(scene):
    made = entry.request_entry(scene.actor, scene.request(), clock.today())
    with pytest.raises(Stale):
        entry.approve_entry(scene.decider, made.id, version=made.version + 1)
    entry.approve_entry(scene.decider, made.id)
    with pytest.raises(Refusal, match="已经办结"):
        entry.refuse_entry(scene.decider, made.id, opinion="改变主意")


def test_several_are_approved_at_once_all_or_none(session, sign_in, scene):
    first = entry.request_entry(scene.actor, scene.request(key="a"), clock.today())
    second = entry.request_entry(scene.actor, scene.request(key="b"), clock.today())
    own = factories.user(Role.INSPECTOR, Role.SUPERVISOR, agency=scene.agency)
    third = entry.request_entry(actor_of(own), scene.request(key="c"), clock.today())
    client = sign_in(own)
    answer = client.post("/inspections/approvals", data={"approval": [first.id, second.id, third.id]})
    assert answer.status_code == 200 and scene.clinic.name in answer.text
    session.expire_all()
    assert first.state == second.state == third.state == "requested"
    assert client.post("/inspections/approvals", data={"approval": [first.id, second.id]}).status_code == 302
    session.expire_all()
    assert first.state == second.state == "approved" and third.state == "requested"
    assert "请至少勾选一项" in client.post("/inspections/approvals", data={}).text


def test_two_heads_who_ticked_the_same_in_different_orders_do_not_block_each_other(scene, monkeypatch):
    decided = []
    monkeypatch.setattr(entry, "approve_entry", lambda actor, approval_id: decided.append(approval_id))
    assert entry.approve_entries(scene.head, [3, 1, 2, 1]) == 3
    assert decided == [1, 2, 3]


def test_an_urgent_visit_is_reported_at_once_and_shows_as_late_after_a_day(session, sign_in, scene, monkeypatch):
    step = actions.SubjectStep(
        scene.clinic.id, clock.today(), "complaint", urgent=True, urgent_reason="群众举报现场正在手术"
    )
    report = actions.start_report(scene.actor, step, clock.today(), key="urgent-1")
    made = report.entry_approval
    assert made.urgent and made.state == "requested"
    scene.save_visit(report)
    scene.save_findings(report)
    scene.save_statement(report)
    assert submission.submit_report(scene.actor, report.id, clock.today(), version=None).number
    page = sign_in(scene.head).get("/inspections/approvals").text
    assert "紧急，2026年3月5日前补办" in page
    later = clock.now() + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert entry.is_late(made, clock.today())
    assert "审批逾期" in sign_in(scene.head).get("/inspections/approvals").text
    assert "审批逾期" in sign_in(scene.inspector).get(f"/inspections/{report.id}").text


def test_urgency_needs_its_reason(scene):
    step = actions.SubjectStep(scene.clinic.id, clock.today(), "complaint", urgent=True)
    with pytest.raises(Refusals) as refused:
        actions.start_report(scene.actor, step, clock.today(), key="urgent-1")
    assert [one.field for one in refused.value.refusals] == ["urgent_reason"]


def test_one_approval_covers_one_visit(scene):
    report = scene.draft()
    again = actions.SubjectStep(scene.clinic.id, clock.today(), "routine", entry_id=report.entry_approval_id)
    with pytest.raises(Refusal) as refused:
        actions.start_report(scene.actor, again, clock.today(), key="again")
    assert refused.value.field == "entry"


def test_an_approval_for_another_place_is_not_taken(scene):
    other = scene.approval(subject_id=factories.establishment().id)
    step = actions.SubjectStep(scene.clinic.id, clock.today(), "routine", entry_id=other.id)
    with pytest.raises(Refusal) as refused:
        actions.start_report(scene.actor, step, clock.today(), key="x")
    assert refused.value.field == "entry"


def test_a_place_outside_the_agencys_region_is_refused(scene):
    city = factories.user(Role.INSPECTOR, agency=factories.agency(factories.CITY))
    assert entry.request_entry(actor_of(city), scene.request(key="city"), clock.today()).region_code == factories.COUNTY
    foreign = factories.establishment(factories.OTHER_COUNTY)
    with pytest.raises(NotFound):
        entry.request_entry(scene.actor, scene.request(subject_id=foreign.id), clock.today())


def test_an_unlicensed_place_and_a_person_are_inspected_without_approval(scene):
    for subject in (factories.establishment(name="无名美容工作室"), factories.person()):
        step = actions.SubjectStep(subject.id, clock.today(), "complaint")
        report = actions.start_report(scene.actor, step, clock.today(), key=f"free-{subject.id}")
        assert "entry" not in [one.field for one in submission.standing_against(report)]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"planned_from": ""}, "planned_from"),
        ({"planned_to": "morgen"}, "planned_to"),
        ({"planned_to": "20260301"}, "planned_to"),
        ({"planned_from": "20260301"}, "planned_from"),
        ({"items": " "}, "items"),
        ({"reason": "mood"}, "reason"),
        ({"campaign": "no_such_campaign"}, "campaign"),
        ({"urgent": "y"}, "urgent_reason"),
    ],
)
def test_a_bad_request_is_refused_at_the_field_and_keeps_what_was_typed(session, sign_in, scene, changed, field):
    form = {
        "subject_id": scene.clinic.id,
        "reason": "routine",
        "items": "依法执业",
        "planned_from": "20260305",
        "planned_to": "20260310",
        **changed,
    }
    answer = sign_in(scene.inspector).post("/inspections/approvals/new", data=form)
    assert answer.status_code == 200 and f'href="#{field}"' in answer.text
    assert form["planned_to"] in answer.text
    assert session.scalar(select(func.count()).select_from(EntryApproval)) == 0


def test_the_decision_is_taken_on_the_page_of_the_entry(session, sign_in, scene):
    made = entry.request_entry(scene.actor, scene.request(), clock.today())
    client = sign_in(scene.head)
    where = f"/inspections/approvals/{made.id}"
    assert 'href="#opinion"' in client.post(where, data={"version": made.version, "refuse": "1"}).text
    assert client.post(where, data={"version": made.version, "refuse": "1", "opinion": "次数已满"}).status_code == 302
    page = sign_in(scene.inspector).get(where).text
    assert "次数已满" in page and "不予批准" in page


@pytest.mark.parametrize("decided", [False, True])
def test_the_lists_of_entries_show_each_once_part_by_part_in_their_order(scene: Scene, sign_in, decided):
    now, today = clock.now(), clock.today()
    for number in range(120):
        columns = {"urgent": number % 7 == 0, "planned_from": today + timedelta(days=number % 5), "items": f"{number}"}
        at = now - timedelta(minutes=number % 11)
        scene.approval(**columns, state="approved" if decided else "requested", decided_at=at if decided else None)
    asked = queries.decided_approvals if decided else queries.waiting_approvals
    by_day = EntryApproval.urgent.desc(), EntryApproval.planned_from, EntryApproval.id
    order = (EntryApproval.decided_at.desc(), EntryApproval.id.desc()) if decided else by_day
    expected = [f"/inspections/approvals/{one.id}" for one in db.session.scalars(asked(scene.decider).order_by(*order))]
    client, shown = sign_in(scene.head), []
    where = "/inspections/approvals?state=decided" if decided else "/inspections/approvals"
    for _part in range(3):
        page = html.fromstring(client.get(where).text)
        shown += page.xpath("//td[contains(@class, 'cell-title')]/a/@href")
        where = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert shown == expected
    assert not where
    assert "120" in page.xpath("string(//*[@class='result-count'])")


@pytest.mark.parametrize("at", ["2026-07-15T00:00:00", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-12:00", "?"])
def test_a_made_up_place_in_the_list_is_no_place(scene: Scene, sign_in, at):
    token = base64.urlsafe_b64encode(json.dumps([{"at": at}, 1]).encode()).decode()
    assert sign_in(scene.head).get(f"/inspections/approvals?state=decided&after={token}").status_code == 200
