"""Facts, amounts, fines in their range, the final report."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from PIL import Image

from inspectorate.cases import actions
from inspectorate.errors import NotFound, Refusal, Refusals, Stale, refusals_in
from inspectorate.inspections.uploads import Upload
from inspectorate.procedure.states import State
from tests.cases.walk import FINE, INCOME, Walk, office


@pytest.fixture
def walk(session) -> Walk:
    return Walk(office()).until(State.INVESTIGATION)


def reasons(error: pytest.ExceptionInfo[Any]) -> dict[str | None, str]:
    return {one.field: str(one) for one in refusals_in(error.value)}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"act_from": date(2030, 1, 1), "act_to": None}, "findings-0-act_from"),
        ({"act_to": date(2030, 1, 1)}, "findings-0-act_to"),
        ({"act_to": date(2026, 2, 28)}, "findings-0-act_to"),
        ({"act_from": None}, "findings-0-act_from"),
        ({"tier": "nonsense"}, "findings-0-tier"),
        ({"bases": {"illegal_income": -1}}, "findings-0-bases"),
        ({"bases": {"illegal_income": 10**14 + 1}}, "findings-0-bases"),
        ({"refunded_fen": INCOME + 1}, "findings-0-refunded"),
        ({"bases": {"illegal_income": "unknown"}, "refunded_fen": 1}, "findings-0-refunded"),
    ],
)
def test_contradictory_days_and_amounts_are_refused_at_the_field(walk, changes, field) -> None:
    with pytest.raises(Refusals) as error:
        walk.found(**changes)
    assert field in reasons(error)


def test_somebody_elses_finding_is_not_found(walk) -> None:
    with pytest.raises(NotFound):
        walk.found(finding_id=999_999)


@pytest.mark.parametrize("fine", [FINE, 73_600_000, 30_000_000])
def test_a_fine_inside_the_range_is_taken(walk, fine) -> None:
    walk.found()
    walk.propose(fine)
    assert [p.amount_fen for p in walk.party.decision.penalties if p.kind == "fine"] == [fine]


@pytest.mark.parametrize(
    ("fine", "words"), [(FINE - 1, "低于法定最低额"), (73_600_001, "超过法定最高额"), (None, "应当处以罚款")]
)
def test_a_fine_outside_the_range_is_refused_with_the_article(walk, fine, words) -> None:
    walk.found()
    with pytest.raises(Refusals) as error:
        walk.propose(fine)
    found = reasons(error)["fines-0-amount"]
    assert words in found
    assert "基本医疗卫生与健康促进法" in found
    assert walk.party.decision is None


def test_a_ground_of_mitigation_opens_the_way_below_with_its_reason(walk) -> None:
    walk.found()
    below = FINE - 1
    with pytest.raises(Refusals) as error:
        walk.propose(below, fines=[actions.FineProposal(walk.finding_id, below, ("harm_undone",))])
    assert "fines-0-reason" in reasons(error)
    walk.propose(below, fines=[actions.FineProposal(walk.finding_id, below, ("harm_undone",), "已退还全部费用")])
    assert walk.party.findings[0].grounds == ["harm_undone"]


def test_without_the_amount_that_the_range_needs_it_says_so(walk) -> None:
    walk.found(bases={})
    with pytest.raises(Refusals) as error:
        walk.propose()
    assert "违法所得" in reasons(error)["fines-0-amount"]


def test_an_unknown_income_counts_as_the_floor(walk) -> None:
    walk.found(bases={"illegal_income": "unknown"})
    walk.propose(5_000_000, penalties=[])
    assert walk.party.findings[0].bases == {"illegal_income": "unknown"}


def test_a_range_not_compared_with_its_text_only_warns(walk, monkeypatch) -> None:
    from inspectorate.cases import assessment
    from inspectorate.law import violations

    entry = next(
        e for e in violations.catalogue().values() if e.checked != "text" and e.subject == "org" and not e.bases
    )
    walk.party.findings[0].violation = entry.code
    walk.found(tier=entry.default_tier, bases={})
    proposed = {walk.finding_id: actions.FineProposal(walk.finding_id, 10**12)}
    found = assessment.assess_party(walk.party, walk.day, proposed)[walk.finding_id]
    assert found.judgement is not None
    assert found.judgement.outcome == "warning"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (actions.PenaltyProposal("fine", 1), "penalties-0-kind"),
        (actions.PenaltyProposal("flogging"), "penalties-0-kind"),
        (actions.PenaltyProposal("confiscate_income"), "penalties-0-amount"),
        (actions.PenaltyProposal("confiscate_income", -1), "penalties-0-amount"),
        (actions.PenaltyProposal("warning", 5), "penalties-0-amount"),
        (actions.PenaltyProposal("confiscate_goods", 5), "penalties-0-detail"),
        (actions.PenaltyProposal("revoke_licence"), "penalties-0-detail"),
    ],
)
def test_a_penalty_that_makes_no_sense_is_refused_at_its_row(walk, row, field) -> None:
    walk.found()
    with pytest.raises(Refusals) as error:
        walk.propose(penalties=[row])
    assert field in reasons(error)


def test_reasons_of_discretion_are_demanded(walk) -> None:
    walk.found()
    with pytest.raises(Refusals) as error:
        walk.propose(discretion=" ")
    assert "第三十四条" in reasons(error)["discretion"]


def test_penalties_are_kept_in_the_order_of_the_decision(walk) -> None:
    walk.found()
    rows = [actions.PenaltyProposal("confiscate_income", INCOME), actions.PenaltyProposal("warning")]
    walk.propose(penalties=rows)
    assert [p.kind for p in walk.party.decision.penalties] == ["warning", "confiscate_income", "fine"]


def test_the_report_names_everything_that_is_missing_at_once(walk) -> None:
    with pytest.raises(Refusals) as error:
        actions.submit_report(walk.office.handler, walk.case.id, walk.day)
    assert {"act_from", "findings", "penalties", "correction"} <= set(reasons(error))


def test_income_that_is_not_confiscated_stops_the_report(walk) -> None:
    walk.found()
    walk.propose(penalties=[])
    with pytest.raises(Refusals) as error:
        actions.submit_report(walk.office.handler, walk.case.id, walk.day)
    assert "第二十八条第二款" in reasons(error)["penalties"]


def test_an_act_found_too_late_is_not_punished(walk) -> None:
    walk.found(act_from=date(2024, 1, 1), act_to=date(2024, 2, 1))
    walk.propose()
    with pytest.raises(Refusals) as error:
        actions.submit_report(walk.office.handler, walk.case.id, walk.day)
    assert "第三十六条第一款" in reasons(error)["act_until"]


def test_the_order_given_at_the_inspection_counts(walk) -> None:
    walk.case.inspection.order_correction = True
    walk.found()
    walk.propose(order_correction=False, correction_text=None)
    actions.submit_report(walk.office.handler, walk.case.id, walk.day)
    assert walk.case.state == State.NOTICE_APPROVAL


def test_the_amount_of_the_agencys_list_sends_the_case_to_review(walk) -> None:
    walk.office.agency.major_decision_fen = FINE
    walk.investigate()
    assert (walk.case.state, walk.case.sent_to_review_on) == (State.LEGAL_REVIEW, walk.day)


def test_a_major_case_goes_to_review_whatever_the_amount(walk) -> None:
    walk.case.major = True
    walk.investigate()
    assert walk.case.state == State.LEGAL_REVIEW


def test_a_discussion_can_come_first(walk) -> None:
    from datetime import datetime

    walk.found()
    walk.propose()
    actions.submit_report(walk.office.handler, walk.case.id, walk.day, deliberate=True)
    assert walk.case.state == State.REPORTED
    begun = datetime(walk.day.year, walk.day.month, walk.day.day, 9)
    held = actions.Deliberation(
        "王芳", "李强", ["王芳", "李强"], begun, begun + timedelta(hours=1), "会议室", "一致同意"
    )
    with pytest.raises(Refusals) as error:
        actions.hold_deliberation(walk.office.handler, walk.case.id, held, walk.day)
    assert "members" in reasons(error)
    whole = actions.Deliberation(
        "王芳", "李强", ["王芳", "李强", "赵敏"], begun, begun + timedelta(hours=1), "会议室", "一致同意"
    )
    actions.hold_deliberation(walk.office.handler, walk.case.id, whole, walk.day)
    actions.send_on(walk.office.handler, walk.case.id, walk.day)
    assert walk.case.state == State.NOTICE_APPROVAL


def test_after_the_report_facts_and_penalties_are_settled(walk) -> None:
    walk.investigate()
    with pytest.raises(Refusal, match="恢复调查"):
        walk.found()
    with pytest.raises(Refusal, match="恢复调查"):
        walk.propose()


def test_two_people_at_once_one_is_told(walk) -> None:
    walk.found()
    version = walk.case.version
    proposal = walk.proposal()
    for expected in (None, Stale):
        if expected is None:
            actions.propose_penalties(
                walk.office.handler, walk.case.id, walk.party.id, proposal, walk.day, version=version
            )
            continue
        with pytest.raises(expected):
            actions.propose_penalties(
                walk.office.handler, walk.case.id, walk.party.id, proposal, walk.day, version=version
            )


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(buffer, "PNG")
    return buffer.getvalue()


def test_evidence_is_kept_by_its_hash_and_withdrawn_with_a_reason(walk) -> None:
    step = actions.EvidenceStep("documentary", [Upload("收据.png", picture())], "收费收据", "收取费用36800元")
    row = actions.add_evidence(walk.office.handler, walk.case.id, step, key="e1")[0]
    assert len(row.sha256) == 64
    again = actions.add_evidence(walk.office.handler, walk.case.id, step, key="e1")
    assert [one.id for one in again] == [row.id]
    with pytest.raises(Refusal):
        actions.withdraw_evidence(walk.office.handler, walk.case.id, row.id, reason=None)
    actions.withdraw_evidence(walk.office.handler, walk.case.id, row.id, reason="与本案无关")
    assert row.withdrawn_reason == "与本案无关"


def test_a_file_with_a_false_name_is_refused(walk) -> None:
    step = actions.EvidenceStep("documentary", [Upload("照片.jpg", b"%PDF-1.7\n1 0 obj\n%%EOF")], "照片")
    with pytest.raises(Refusals) as error:
        actions.add_evidence(walk.office.handler, walk.case.id, step, key="e2")
    assert "照片.jpg" in reasons(error)["files"]
    assert walk.case.evidence == []


def test_a_ninth_kind_of_evidence_does_not_exist(walk) -> None:
    with pytest.raises(Refusal):
        actions.add_evidence(walk.office.handler, walk.case.id, actions.EvidenceStep("hearsay", (), "传闻"), key="e3")
