"""Notice, defence, decision, execution: each in its order and by the right person."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inspectorate.cases import actions
from inspectorate.documents.models import Document
from inspectorate.errors import Forbidden, Refusal, Refusals, refusals_in
from inspectorate.procedure.calendar import working_days_after
from inspectorate.procedure.states import State
from tests import factories
from tests.cases.walk import FINE, INCOME, Office, Walk, office
from tests.client import save


@pytest.fixture
def place(session) -> Office:
    return office()


def reasons(error: pytest.ExceptionInfo[Any]) -> dict[str | None, str]:
    return {one.field: str(one) for one in refusals_in(error.value)}


# ---------------------------------------------------------------- notice and defence


def test_the_notice_tells_penalties_and_offers_the_hearing_where_no_threshold_is_set(place, session) -> None:
    walk = Walk(place).until(State.NOTICE_ISSUED)
    notice = walk.party.notice
    assert notice["hearing"] is True
    assert notice["number"] == "杭西卫医罚告〔2026〕1号"
    kinds = session.scalars(select(Document.kind).where(Document.case_id == walk.case.id)).all()
    assert "D30" in kinds


def test_below_the_threshold_no_hearing_is_offered(place, session) -> None:
    place.agency.hearing_org_fen = FINE + 1
    walk = Walk(place).until(State.NOTICE_ISSUED)
    assert walk.party.notice["hearing"] is False
    assert "D30" not in session.scalars(select(Document.kind).where(Document.case_id == walk.case.id)).all()
    with pytest.raises(Refusals) as error:
        walk.serve_notice()
        step = actions.DefenceStep("made", walk.day, "请求从轻", "requested")
        actions.record_defence(place.handler, walk.case.id, walk.party.id, step, walk.day)
    assert "第六十三条第一款" in reasons(error)["hearing"]


def test_no_decision_without_a_served_notice(place) -> None:
    walk = Walk(place).until(State.NOTICE_ISSUED)
    for act in (actions.propose_decision, actions.approve_decision):
        with pytest.raises((Refusal, Forbidden)):
            act(place.handler, walk.case.id, walk.day)
    assert walk.party.decision.decided_on is None


@pytest.mark.parametrize(("days", "words"), [(-1, "早于"), (1, "晚于今天")])
def test_a_day_of_service_before_the_notice_or_to_come_is_refused(place, days, words) -> None:
    walk = Walk(place).until(State.NOTICE_ISSUED)
    served_on = walk.day + timedelta(days=days)
    with pytest.raises(Refusals) as error:
        step = walk.service(served_on=served_on)
        actions.serve_notice(place.handler, walk.case.id, walk.party.id, step, walk.day)
    assert words in reasons(error)["on"]
    assert walk.party.notice_served_on is None


def test_a_paper_left_there_needs_reason_and_witness(place) -> None:
    walk = Walk(place).until(State.NOTICE_ISSUED)
    step = walk.service(way="left", receiver=None)
    with pytest.raises(Refusals) as error:
        actions.serve_notice(place.handler, walk.case.id, walk.party.id, step, walk.day)
    assert {"refusal_reason", "witness"} <= set(reasons(error))


def test_the_term_runs_to_its_last_day(place) -> None:
    walk = Walk(place).until(State.DEFENCE_TERM)
    last = working_days_after(walk.day, 5)
    expired = actions.DefenceStep("expired", last)
    with pytest.raises(Refusals, match="届满"):
        actions.record_defence(place.handler, walk.case.id, walk.party.id, expired, last)
    after = last + timedelta(days=1)
    actions.record_defence(place.handler, walk.case.id, walk.party.id, actions.DefenceStep("expired", after), after)
    assert walk.case.state == State.DECISION_DRAFT


def test_a_defence_is_reviewed_by_somebody_else_before_it_goes_on(place) -> None:
    walk = Walk(place).until(State.DEFENCE_TERM)
    made = actions.DefenceStep("made", walk.day, "系首次，请求减轻")
    actions.record_defence(place.handler, walk.case.id, walk.party.id, made, walk.day)
    assert walk.case.state == State.DEFENCE_HEARD
    with pytest.raises(Forbidden):
        actions.review_defence(
            place.handler, walk.case.id, walk.party.id, walk.day, accepted="rejected", review="不采纳"
        )
    with pytest.raises(Refusals) as error:
        actions.review_defence(place.reviewer, walk.case.id, walk.party.id, walk.day, accepted="", review=" ")
    assert set(reasons(error)) == {"accepted", "review"}
    walk.review_defence()
    assert walk.case.state == State.DECISION_DRAFT


def test_the_review_of_a_defence_waits_for_the_heads_own_words_and_the_decision_tells_all(place, session) -> None:
    walk = Walk(place).until(State.DEFENCE_TERM)
    made = actions.DefenceStep("made", walk.day, "系首次，请求减轻")
    actions.record_defence(place.handler, walk.case.id, walk.party.id, made, walk.day)
    walk.review_defence()
    # What the head said when approving the notice was about something else, and earlier.
    assert "op.head" not in session.scalar(select(Document).where(Document.kind == "D29")).snapshot
    walk.until(State.DECIDED)
    told = session.scalar(select(Document).where(Document.kind == "D34")).snapshot["def.result"]
    assert "系首次，请求减轻；未要求听证。经复核" in told


def test_a_defence_without_its_content_is_refused(place) -> None:
    walk = Walk(place).until(State.DEFENCE_TERM)
    with pytest.raises(Refusals) as error:
        actions.record_defence(
            place.handler, walk.case.id, walk.party.id, actions.DefenceStep("made", walk.day, " "), walk.day
        )
    assert "text" in reasons(error)


def test_a_waiver_with_a_hearing_is_a_contradiction(place) -> None:
    walk = Walk(place).until(State.DEFENCE_TERM)
    step = actions.DefenceStep("waived", walk.day, None, "requested")
    with pytest.raises(Refusals) as error:
        actions.record_defence(place.handler, walk.case.id, walk.party.id, step, walk.day)
    assert "hearing" in reasons(error)


def test_a_hearing_asked_for_is_held_first_and_reviewed_legally(place) -> None:
    walk = Walk(place).until(State.DEFENCE_TERM)

    def say(hearing: str) -> None:
        step = actions.DefenceStep("made", walk.day, "要求听证", hearing)
        actions.record_defence(place.handler, walk.case.id, walk.party.id, step, walk.day)

    say("requested")
    with pytest.raises(Refusals, match="听证"):
        walk.review_defence()
    say("held")
    walk.review_defence()
    assert walk.case.reviewed_on == walk.day
    walk.until(State.DECIDED)


# ---------------------------------------------------------------- decision


def test_after_the_notice_nothing_is_raised_but_it_may_be_lowered(place) -> None:
    walk = Walk(place)
    walk.until(State.INVESTIGATION)
    walk.found()
    walk.propose(20_000_000)
    actions.submit_report(place.handler, walk.case.id, walk.day)
    walk.until(State.DECISION_DRAFT)
    with pytest.raises(Refusals) as error:
        walk.propose(20_000_001)
    assert "第四十五条第二款" in reasons(error)["discretion"]
    walk.propose(FINE)
    walk.until(State.DECIDED)
    assert walk.party.decision.payable_fen == FINE + INCOME


def test_changed_facts_need_a_new_notice(place) -> None:
    walk = Walk(place).until(State.DECISION_DRAFT)
    walk.party.findings[0].facts = "另一事实"
    save()
    with pytest.raises(Refusals, match="重新告知"):
        walk.propose_decision()
    actions.resume_investigation(place.handler, walk.case.id, walk.day, reason="补充事实")
    assert walk.case.state == State.INVESTIGATION
    assert walk.party.notice_served_on is None
    walk.until(State.DECIDED)
    assert walk.party.notice["number"] == "杭西卫医罚告〔2026〕2号"


def test_the_decision_names_notice_defence_remedies_and_law_versions(place, session) -> None:
    walk = Walk(place).until(State.DECIDED)
    paper = session.scalar(select(Document).where(Document.kind == "D34"))
    data = paper.snapshot
    assert data["pn.no"] == "杭西卫医罚告〔2026〕1号"
    assert "明确表示放弃" in data["def.result"]
    assert data["agency.reconsideration_body"] == "杭州市西湖区人民政府"
    assert data["dec.total"] == FINE + INCOME
    assert "bhl" in walk.party.decision.law_versions
    assert walk.case.state == State.DECIDED


def test_an_authority_without_bank_cannot_decide_about_money(place) -> None:
    walk = Walk(place).until(State.DECISION_APPROVAL)
    place.agency.bank = None
    save()
    with pytest.raises(Refusals) as error:
        walk.approve_decision()
    assert "代收机构" in reasons(error)["agency.bank"]


def test_a_returned_decision_goes_back_with_its_reason(place) -> None:
    walk = Walk(place).until(State.DECISION_APPROVAL)
    actions.return_decision(place.head, walk.case.id, walk.day, reason="核对数额")
    assert walk.case.state == State.DECISION_DRAFT
    assert walk.case.opinions[-1].outcome == "returned"


def test_two_approvals_at_once_one_is_told(place) -> None:
    walk = Walk(place).until(State.DECISION_APPROVAL)
    walk.approve_decision()
    with pytest.raises(Refusal, match="决定待送达"):
        walk.approve_decision()


def test_a_case_can_be_ended_by_the_head_with_a_reason(place) -> None:
    walk = Walk(place).until(State.NOTICE_APPROVAL)
    with pytest.raises(Refusals):
        actions.terminate_case(place.head, walk.case.id, walk.day, reason="")
    actions.terminate_case(place.head, walk.case.id, walk.day, reason="当事人死亡")
    assert (walk.case.state, walk.case.ended_in, walk.case.due_on) == (
        State.TERMINATED,
        State.NOTICE_APPROVAL,
        None,
    )


# ---------------------------------------------------------------- execution


def test_a_fine_is_paid_in_parts_and_never_too_much(place) -> None:
    walk = Walk(place).until(State.EXECUTION)
    walk.pay(10_000_000, "浙财1")
    with pytest.raises(Refusals) as error:
        actions.propose_closing(place.handler, walk.case.id, walk.day)
    assert "payments" in reasons(error)
    with pytest.raises(Refusals) as error:
        walk.pay(FINE + INCOME - 10_000_000 + 1, "浙财2")
    assert "120,800.00" in reasons(error)["amount"]
    walk.pay(FINE + INCOME - 10_000_000, "浙财2")
    actions.propose_closing(place.handler, walk.case.id, walk.day)
    assert walk.case.state == State.CLOSING_PROPOSED


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -5}, "amount"),
        ({"receipt": " "}, "receipt_number"),
    ],
)
def test_a_payment_without_amount_or_receipt_is_refused(place, changes, field) -> None:
    walk = Walk(place).until(State.EXECUTION)
    with pytest.raises(Refusals) as error:
        walk.pay(**changes)
    assert field in reasons(error)


def test_a_receipt_counts_once_and_a_retry_once(place) -> None:
    walk = Walk(place).until(State.EXECUTION)
    walk.pay(100, "浙财1", key="p1")
    walk.pay(100, "浙财1", key="p1")
    assert len(walk.party.decision.payments) == 1
    with pytest.raises(Refusals, match="已登记"):
        walk.pay(100, "浙财1")


def test_a_late_fee_is_apart_and_no_more_than_the_fine(place) -> None:
    walk = Walk(place).until(State.EXECUTION)
    walk.pay(FINE, "浙财1", late_fee=True)
    with pytest.raises(Refusals) as error:
        walk.pay(1, "浙财2", late_fee=True)
    assert "第七十二条第一款" in reasons(error)["amount"]
    walk.pay(FINE + INCOME, "浙财3")


def test_other_penalties_are_carried_out_before_closing(place) -> None:
    walk = Walk(place).until(State.INVESTIGATION)
    walk.found()
    rows = [
        actions.PenaltyProposal("confiscate_income", INCOME),
        actions.PenaltyProposal("confiscate_goods", 50_000, "肉毒素3支"),
    ]
    walk.propose(penalties=rows)
    actions.submit_report(place.handler, walk.case.id, walk.day)
    walk.until(State.EXECUTION)
    walk.pay()
    with pytest.raises(Refusals) as error:
        actions.propose_closing(place.handler, walk.case.id, walk.day)
    assert "execution" in reasons(error)
    actions.record_execution(
        place.handler, walk.case.id, walk.party.id, walk.day, walk.day, text="没收物品已销毁，违法行为已改正"
    )
    actions.propose_closing(place.handler, walk.case.id, walk.day)


def test_a_transfer_is_a_date_and_the_case_goes_on(place) -> None:
    walk = Walk(place).until(State.INVESTIGATION)
    for on, field in ((walk.case.filed_on - timedelta(days=1), "on"), (walk.day + timedelta(days=1), "on")):
        with pytest.raises(Refusals) as error:
            actions.record_transfer(place.handler, walk.case.id, on, walk.day, reason="非法行医罪，西湖区公安分局")
        assert field in reasons(error)
    actions.record_transfer(place.handler, walk.case.id, walk.day, walk.day, reason="非法行医罪，西湖区公安分局")
    assert (walk.case.transferred_judicial_on, walk.case.state) == (walk.day, State.INVESTIGATION)


def test_a_joint_case_moves_when_every_party_is_served(place, session) -> None:
    shop, other = factories.establishment(name="甲店"), factories.establishment(name="乙店")
    save()
    from tests.cases.walk import START, intake

    parties = [actions.PartyCharges(one.id, [actions.Charge("MC-001", "事实")]) for one in (shop, other)]
    case = actions.open_case(place.handler, intake(place, shop.id, parties=parties), START, key="joint")
    actions.add_evidence(place.handler, case.id, actions.EvidenceStep("documentary", (), "收据"), key="joint-evidence")
    actions.propose_filing(place.handler, case.id, START)
    actions.approve_filing(place.head, case.id, START)
    walk = Walk.__new__(Walk)
    walk.office, walk.day, walk.case = place, START, case
    for party in case.respondents:
        finding = party.findings[0].id
        walk.found(finding_id=finding)
        proposal = walk.proposal(fines=[actions.FineProposal(finding, FINE)])
        actions.propose_penalties(place.handler, case.id, party.id, proposal, START)
    actions.submit_report(place.handler, case.id, START)
    actions.approve_notice(place.head, case.id, START)
    first, second = case.respondents
    assert {first.notice["number"], second.notice["number"]} == {"杭西卫医罚告〔2026〕1号", "杭西卫医罚告〔2026〕2号"}
    actions.serve_notice(place.handler, case.id, first.id, walk.service(), START)
    assert case.state == State.NOTICE_ISSUED
    actions.serve_notice(place.handler, case.id, second.id, walk.service(), START)
    assert case.state == State.DEFENCE_TERM
    actions.record_defence(place.handler, case.id, first.id, actions.DefenceStep("made", START, "太重"), START)
    assert case.state == State.DEFENCE_TERM
    actions.record_defence(place.handler, case.id, second.id, actions.DefenceStep("waived", START), START)
    assert case.state == State.DEFENCE_HEARD
    actions.review_defence(place.reviewer, case.id, first.id, START, accepted="rejected", review="不采纳")
    actions.propose_decision(place.handler, case.id, START)
    actions.approve_decision(place.head, case.id, START)
    assert len({party.decision.number for party in case.respondents}) == 2
