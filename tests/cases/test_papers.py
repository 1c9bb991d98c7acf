"""What the papers of a case say, where a lawyer of the other side would look first."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from inspectorate.cases import actions
from inspectorate.cases.models import Case
from inspectorate.cases.snapshots import list_of_papers
from inspectorate.documents.blocks import Passage
from inspectorate.documents.models import Document
from inspectorate.documents.papers import paper_of
from inspectorate.extensions import db
from inspectorate.procedure.states import State
from tests.cases.walk import FINE, INCOME, START, Office, Walk, intake, office


@pytest.fixture
def place(session) -> Office:
    return office()


def text_of(case: Case, kind: str) -> str:
    document = db.session.scalars(select(Document).where(Document.case_id == case.id, Document.kind == kind)).one()
    passages = [block for block in paper_of(document).blocks if isinstance(block, Passage)]
    return "\n".join("".join(run.text for run in one.text) for passage in passages for one in passage.paragraphs)


def with_two_violations(place: Office) -> Walk:
    """Practised without a licence, and with unqualified staff: two acts, two fines."""
    walk = Walk(place)
    codes = ("MC-001", "MC-007")
    charges = [actions.Charge(code, f"第{number}项事实") for number, code in enumerate(codes, 1)]
    parties = [actions.PartyCharges(walk.party.subject_id, charges)]
    actions.revise_intake(place.handler, walk.case.id, intake(place, walk.party.subject_id, parties=parties), START)
    walk.until(State.INVESTIGATION)
    for finding in walk.party.findings:
        walk.found(finding_id=finding.id)
    return walk


def decided(walk: Walk, **proposal: Any) -> Case:
    walk.until(State.INVESTIGATION)
    if walk.party.findings[0].act_from is None:
        walk.found()
    walk.propose(**proposal)
    actions.submit_report(walk.office.handler, walk.case.id, walk.day)
    return walk.until(State.EXECUTION).case


def test_with_several_violations_each_is_named_with_its_articles_and_its_fine(place) -> None:
    walk = with_two_violations(place)
    first, second = walk.party.findings
    fines = [actions.FineProposal(first.id, FINE), actions.FineProposal(second.id, 2_000_000)]
    case = decided(walk, fines=fines, penalties=[actions.PenaltyProposal("confiscate_income", 2 * INCOME)])
    for kind in ("D23", "D27", "D30", "D34"):
        text = text_of(case, kind)
        for one in ("1. 无医疗机构执业许可证开展医疗美容，违反了《", "的规定处罚；", "2. "):
            assert one in text, (kind, one)
        assert "对无医疗机构执业许可证开展医疗美容的行为，罚款人民币壹拾捌万肆仟元整" in text
        assert text.count("的行为，罚款人民币") == 2
    assert "应当分别裁量、合并处罚" in text_of(case, "D34")


def test_one_violation_is_named_in_one_sentence(place) -> None:
    text = text_of(Walk(place).until(State.DECIDED).case, "D34")
    assert "上述行为违反了" in text and "分别" not in text
    assert "的行为，罚款" not in text


def test_the_closing_report_lists_the_papers_by_title_and_number_and_counts_receipts(place) -> None:
    case = Walk(place).until(State.EXECUTION).case
    papers = list_of_papers(case)
    assert "行政处罚决定书（杭西卫医罚〔2026〕1号）" in papers
    assert papers.count("送达回执3份") == 1
    assert not any(one.startswith("送达回执（") for one in papers)


def test_goods_that_are_confiscated_are_no_attachment(place) -> None:
    goods = actions.PenaltyProposal("confiscate_goods", 60_000, "玻尿酸3盒")
    case = decided(Walk(place), penalties=[actions.PenaltyProposal("confiscate_income", INCOME), goods])
    text = text_of(case, "D34")
    assert "没收玻尿酸3盒，价值人民币陆佰元整（¥600.00）；" in text
    assert "附件" not in text
    assert "十五日内交至本机关" in text


def test_the_closing_report_says_that_a_warning_is_carried_out_by_its_service(place) -> None:
    walk = Walk(place)
    warning = actions.PenaltyProposal("warning")
    case = decided(walk, penalties=[warning, actions.PenaltyProposal("confiscate_income", INCOME)])
    served = walk.party.decision.served_on
    assert isinstance(served, date)
    walk.until(State.CLOSED)
    assert f"警告已于{served.year}年{served.month}月{served.day}日随行政处罚决定书送达执行" in text_of(case, "D43")
