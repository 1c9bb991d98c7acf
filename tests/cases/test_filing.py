"""Opening a case, filing it, and what is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.cases import actions
from inspectorate.cases.models import Case
from inspectorate.documents.models import Document
from inspectorate.errors import Forbidden, NotFound, Refusal, Refusals, Stale, refusals_in
from inspectorate.procedure.states import State
from tests import factories
from tests.cases.walk import START, Office, Walk, inspection, intake, office
from tests.client import save


@pytest.fixture
def place(session) -> Office:
    return office()


def reasons(error: pytest.ExceptionInfo[Any]) -> dict[str | None, str]:
    return {one.field: str(one) for one in refusals_in(error.value)}


def opened(place: Office, today: date = START, **changes: Any) -> Case:
    shop = factories.establishment(name="西湖美芮美容店")
    save()
    return actions.open_case(place.handler, intake(place, shop.id, **changes), today, key=f"k{shop.id}")


def test_a_case_opened_from_a_report_takes_party_region_and_inspection(place) -> None:
    case = Walk(place).case
    assert case.inspection is not None
    assert (case.region_code, case.sector, case.state) == ("330106", "health", State.INTAKE)
    assert case.name == "西湖美芮美容店无医疗机构执业许可证开展医疗美容案"
    assert [row.officer_id for row in case.handlers] == place.handler_ids


def test_a_case_sent_twice_is_opened_once(place, session) -> None:
    shop = factories.establishment()
    save()
    first, second = (actions.open_case(place.handler, intake(place, shop.id), START, key="once") for _ in range(2))
    assert first.id == second.id
    assert len(session.scalars(select(Case)).all()) == 1


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"origin": "rumour"}, "origin", "来源"),
        ({"received_on": None}, "received_on", "受理日期"),
        ({"received_on": START + timedelta(days=1)}, "received_on", "晚于今天"),
        ({"parties": []}, "parties", "当事人"),
    ],
)
def test_a_case_without_source_day_or_party_is_refused_at_the_field(place, changes, field, words) -> None:
    with pytest.raises(Refusals) as error:
        opened(place, **changes)
    assert words in reasons(error)[field]


def test_an_unknown_violation_is_refused_by_name(place) -> None:
    shop = factories.establishment()
    save()
    parties = [actions.PartyCharges(shop.id, [actions.Charge("XX-999", "事实")])]
    with pytest.raises(Refusals) as error:
        actions.open_case(place.handler, intake(place, shop.id, parties=parties), START, key="x")
    assert "XX-999" in reasons(error)["charges-0-violation"]


def test_a_violation_charged_twice_is_refused(place) -> None:
    shop = factories.establishment()
    save()
    charges = [actions.Charge("MC-001", "一"), actions.Charge("MC-001", "二")]
    with pytest.raises(Refusals) as error:
        actions.open_case(
            place.handler, intake(place, shop.id, parties=[actions.PartyCharges(shop.id, charges)]), START, key="x"
        )
    assert "charges-1-violation" in reasons(error)


def test_a_handler_named_twice_is_refused_with_the_article(place) -> None:
    with pytest.raises(Refusals) as error:
        opened(place, handler_ids=[place.second.id, place.second.id])
    assert "第四十二条第一款" in reasons(error)["handlers-1-officer_id"]


def test_officers_of_another_authority_handle_nothing_here(place) -> None:
    stranger = factories.officer(factories.agency(factories.OTHER_COUNTY))
    with pytest.raises(Refusals) as error:
        opened(place, handler_ids=[place.second.id, stranger.id])
    assert "handlers-1-officer_id" in reasons(error)


def test_a_party_of_another_region_is_not_found(place) -> None:
    shop = factories.establishment(factories.OTHER_PROVINCE)
    save()
    with pytest.raises(NotFound):
        actions.open_case(place.handler, intake(place, shop.id), START, key="x")


def test_a_draft_report_opens_no_case(place) -> None:
    report = inspection(place)
    report.state = "draft"
    save()
    with pytest.raises(Refusal, match="尚未提交"):
        actions.open_case(place.handler, intake(place, report.subject_id), START, key="x", inspection_id=report.id)


def test_only_inspectors_open_cases(place) -> None:
    with pytest.raises(Forbidden):
        actions.open_case(place.head, intake(place, 1), START, key="x")


def test_two_parties_make_a_joint_case_with_a_name_of_both(place) -> None:
    shop, doctor = factories.establishment(name="甲店"), factories.person(name="乙")
    save()
    parties = [
        actions.PartyCharges(shop.id, [actions.Charge("MC-001", "事实")]),
        actions.PartyCharges(doctor.id, [actions.Charge("MC-005", "事实")]),
    ]
    case = actions.open_case(place.handler, intake(place, shop.id, parties=parties), START, key="x")
    assert case.name.startswith("甲店等")
    assert [party.subject.name for party in case.respondents] == ["甲店", "乙"]


def test_one_handler_only_cannot_submit(place) -> None:
    case = opened(place, handler_ids=[place.handler.officer_id])
    with pytest.raises(Refusals) as error:
        actions.propose_filing(place.handler, case.id, START)
    assert "两人" in reasons(error)["handlers"]
    assert case.state == State.INTAKE


def test_an_expired_certificate_stops_the_filing(place) -> None:
    place.second.certificate_to = START - timedelta(days=1)
    case = opened(place)
    with pytest.raises(Refusals) as error:
        actions.propose_filing(place.handler, case.id, START)
    assert "李强" in reasons(error)["handlers"]


def test_what_another_sector_punishes_is_not_filed_here(place) -> None:
    shop = factories.establishment(kind="canteen")
    save()
    code = next(code for code, entry in _catalogue().items() if "health" not in entry.sectors)
    parties = [actions.PartyCharges(shop.id, [actions.Charge(code, "事实")])]
    case = actions.open_case(place.handler, intake(place, shop.id, parties=parties), START, key="x")
    with pytest.raises(Refusals) as error:
        actions.propose_filing(place.handler, case.id, START)
    assert "第十七条" in reasons(error)["findings"]


def _catalogue() -> Any:
    from inspectorate.law.violations import catalogue

    return catalogue()


def test_only_a_handler_submits(place) -> None:
    case = opened(place)
    colleague = factories.actor(Role.INSPECTOR, agency=place.agency)
    save()
    with pytest.raises(Refusals, match="承办人"):
        actions.propose_filing(colleague, case.id, START)


def test_the_approval_files_numbers_and_prints(place, session) -> None:
    walk = Walk(place).until(State.INVESTIGATION)
    case = walk.case
    assert (case.filed_on, case.number) == (walk.day, "杭西卫医立〔2026〕1号")
    assert case.due_on == walk.day + timedelta(days=90)
    paper = session.scalar(select(Document).where(Document.kind == "D19"))
    assert paper.snapshot["case.name"] == "西湖美芮美容店涉嫌无医疗机构执业许可证开展医疗美容案"
    assert paper.snapshot["op.head"]["name"] == "周局"


def test_the_handler_who_is_also_a_head_does_not_approve_the_own_case(place) -> None:
    place.handler_user.roles = [Role.INSPECTOR.value, Role.SUPERVISOR.value]
    save()
    case = Walk(place).until(State.FILING_PROPOSED).case
    with pytest.raises(Refusals, match="承办人"):
        actions.approve_filing(actor_of(place.handler_user), case.id, START)
    assert case.state == State.FILING_PROPOSED
    assert case.number is None


def test_an_inspector_does_not_approve(place) -> None:
    case = Walk(place).until(State.FILING_PROPOSED).case
    with pytest.raises(Forbidden):
        actions.approve_filing(place.handler, case.id, START)


def test_another_authoritys_head_does_not_approve(place) -> None:
    case = Walk(place).until(State.FILING_PROPOSED).case
    city = factories.agency(factories.CITY)
    head = factories.actor(Role.SUPERVISOR, agency=city)
    save()
    with pytest.raises(Refusal, match="西湖区"):
        actions.approve_filing(head, case.id, START)


def test_a_return_needs_its_reason_and_leads_back(place) -> None:
    walk = Walk(place).until(State.FILING_PROPOSED)
    with pytest.raises(Refusals) as error:
        actions.return_filing(place.head, walk.case.id, START, reason=" ")
    assert "理由" in reasons(error)["reason"]
    actions.return_filing(place.head, walk.case.id, START, reason="补充摘要")
    assert walk.case.state == State.INTAKE
    assert walk.case.opinions[-1].text == "补充摘要"


def test_a_refused_filing_ends_the_case_with_its_reason(place) -> None:
    walk = Walk(place).until(State.FILING_PROPOSED)
    actions.refuse_filing(place.head, walk.case.id, START, reason="轻微并已改正")
    assert (walk.case.state, walk.case.ended_in) == (State.NOT_FILED, State.FILING_PROPOSED)


def test_a_filed_case_keeps_parties_and_handlers(place) -> None:
    walk = Walk(place).until(State.INVESTIGATION)
    with pytest.raises(Refusal, match="不再修改"):
        actions.revise_intake(place.handler, walk.case.id, intake(place, walk.party.subject_id), walk.day)


def test_a_late_save_is_noticed(place) -> None:
    case = opened(place)
    version = case.version
    again = intake(place, case.respondents[0].subject_id, summary="新的摘要")
    actions.revise_intake(place.handler, case.id, again, START, version=version)
    with pytest.raises(Stale):
        actions.revise_intake(place.handler, case.id, again, START, version=version)


def test_a_revision_keeps_the_findings_that_stay(place) -> None:
    case = opened(place)
    party = case.respondents[0]
    first = party.findings[0].id
    charges = [actions.Charge("MC-001", "新的事实", first), actions.Charge("MC-007", "另一事实")]
    changed = replace(intake(place, 0), parties=[actions.PartyCharges(party.subject_id, charges)])
    actions.revise_intake(place.handler, case.id, changed, START)
    assert [(finding.id == first, finding.facts) for finding in party.findings] == [
        (True, "新的事实"),
        (False, "另一事实"),
    ]


def test_a_name_by_hand_loses_the_word_that_the_state_adds(place) -> None:
    case = opened(place)
    actions.rename_case(place.handler, case.id, "某店涉嫌无证行医案")
    assert case.name == "某店无证行医案"


def test_a_case_that_has_ended_keeps_its_name(place) -> None:
    closed, withdrawn = Walk(place).until(State.CLOSED).case, opened(place)
    actions.withdraw_case(place.handler, withdrawn.id, START, reason="重复登记")
    for case in (closed, withdrawn):
        name = case.name
        with pytest.raises(Refusal, match="不再修改"):
            actions.rename_case(place.handler, case.id, "另一案")
        assert case.name == name


def test_a_withdrawn_case_stays_with_its_reason(place) -> None:
    case = opened(place)
    actions.withdraw_case(place.handler, case.id, START, reason="重复登记")
    assert (case.state, case.end_reason) == (State.WITHDRAWN, "重复登记")


def test_every_step_leaves_its_entry_in_the_record(place, session) -> None:
    case = Walk(place).until(State.CLOSED).case
    entries = session.scalars(
        select(RecordEntry.event).where(RecordEntry.subject_type == "case", RecordEntry.subject_id == case.id)
    ).all()
    steps = [event for event in entries if event.startswith("cases:")]
    assert steps[0] == "cases:case:open"
    assert steps[-1] == "cases:closing:approve"
    assert {"cases:filing:approve", "cases:notice:approve", "cases:decision:approve", "cases:payment:record"} <= set(
        steps
    )
