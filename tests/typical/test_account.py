"""The account drafted from the file: every part in its order, every sentence from a field."""

from datetime import date
from typing import Any

import pytest

from inspectorate import clock
from inspectorate.cases.models import Case, CaseFinding, Defence, Payment, Respondent
from inspectorate.extensions import db
from inspectorate.inspections.models import Evidence
from inspectorate.typical.account import SECTIONS, drafted, proposed_account
from inspectorate.typical.completeness import lacks, missing
from tests.campaigns.world import Builder, decided_case

pytestmark = pytest.mark.one_database


@pytest.fixture
def case(session: Any) -> Case:
    """A file in which everything is recorded."""
    build = Builder()
    case = decided_case(build)
    respondent, inspection = case.respondents[0], case.inspection
    assert inspection is not None and respondent.decision is not None
    inspection.complaint_id = build.complaint(received_on=date(2021, 6, 30)).id
    finding = respondent.findings[0]
    finding.facts, finding.act_from, finding.act_to = "经查，未取得许可证行医", date(2021, 6, 1), date(2021, 7, 2)
    finding.harm, finding.refunded_fen, finding.grounds = True, 1_000_00, ["confessed"]
    finding.local_standard, finding.local_tier = "浙卫发〔2021〕1号", "较轻"
    finding.criminal_fine_fen, finding.criminal_court = 3_000_000, "杭州市西湖区人民法院"
    finding.criminal_judged_on, finding.criminal_judgement = date(2021, 10, 8), "（2021）浙0106刑初1号"
    case.evidence = [
        Evidence(kind=kind, title=title, captured_at=clock.now())
        for kind, title in [("documentary", "收费单据"), ("documentary", "登记本"), ("physical", "注射器")]
    ]
    respondent.notice_served_on = date(2021, 8, 10)
    respondent.defences = [
        Defence(kind="made", on=date(2021, 8, 12), accepted="rejected", hearing="held", text="…"),
    ]
    decision = respondent.decision
    decision.number, decision.discretion = "杭西卫医罚〔2021〕9号", "主动供述。"
    decision.execution, decision.executed_on = "已停止诊疗活动", date(2021, 8, 25)
    decision.payments = [
        Payment(paid_on=date(2021, 9, 1), amount_fen=220_800_00, receipt_number="1"),
        Payment(paid_on=date(2021, 9, 2), amount_fen=30_00, receipt_number="2", late_fee=True),
    ]
    case.transferred_judicial_on, case.closed_on = date(2021, 9, 3), date(2021, 10, 20)
    build.inspection(respondent.subject, reason="recheck", inspected_on=date(2021, 9, 20))
    build.inspection(respondent.subject, reason="recheck", inspected_on=date(2023, 9, 20))
    db.session.flush()
    return case


def part(case: Case, section: str) -> str:
    return next((one.text for one in drafted(case) if one.section == section), "")


def test_the_parts_stand_in_the_order_of_official_notices(case: Case) -> None:
    assert [one.section for one in drafted(case)] == list(SECTIONS)
    assert proposed_account(case) == "\n".join(one.text for one in drafted(case))


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ("source", "根据2021年6月30日收到的投诉举报，2021年7月2日，"),
        ("source", "进行专项监督检查，发现杭州美芮医疗美容门诊部有限公司涉嫌违法。2021年7月5日，"),
        ("facts", "存在以下违法行为：2021年6月1日至2021年7月2日，未取得许可证行医。"),
        ("facts", "违法所得36800元。其中依法退赔1000元。案卷认定该违法行为造成危害后果。"),
        ("evidence", "上述事实有现场笔录、书证2份（收费单据、登记本）、物证1份（注射器）等证据证实。"),
        ("law", "上述行为违反了《中华人民共和国基本医疗卫生与健康促进法》第三十八条第二款的规定，处罚依据为"),
        ("discretion", "裁量理由：主动供述；裁量情节：主动供述行政机关尚未掌握的违法行为；适用裁量基准"),
        ("discretion", "适用裁量基准（浙卫发〔2021〕1号）“较轻”阶次。"),
        ("penalty", "2021年8月10日，行政处罚事先告知书送达杭州美芮医疗美容门诊部有限公司。"),
        ("penalty", "提出陈述、申辩，经复核不予采纳。经当事人申请，依法举行听证。"),
        ("penalty", "作出警告、罚款人民币184000元、没收违法所得人民币36800元的行政处罚（杭西卫医罚〔2021〕9号），"),
        ("penalty", "并责令改正违法行为。"),
        ("effect", "行政处罚决定书于2021年8月22日送达。罚没款220800元已于2021年9月1日缴清。另缴纳加处罚款30元。"),
        ("effect", "2021年8月25日，已停止诊疗活动。"),
        ("effect", "2021年9月3日，案件移送司法机关处理。2021年9月20日，"),
        ("effect", "复查，未发现违法行为。2021年10月8日，杭州市西湖区人民法院对"),
        ("effect", "判处罚金人民币30000元（（2021）浙0106刑初1号）。2021年10月20日，本案结案。"),
    ],
)  # fmt: skip
def test_each_field_of_the_file_is_told_in_its_part(case: Case, section: str, told: str) -> None:
    assert told in part(case, section)


def test_a_visit_of_years_later_is_not_told_as_the_re_check(case: Case) -> None:
    assert "2023" not in proposed_account(case)


def test_money_that_is_owed_is_told(case: Case) -> None:
    decision = case.respondents[0].decision
    assert decision is not None
    decision.payments[0].amount_fen = 20_800_00
    assert "已缴纳罚没款20800元，尚有200000元未缴纳。" in part(case, "effect")


def test_a_file_that_knows_little_gives_a_short_account_and_invents_nothing(session: Any) -> None:
    build = Builder()
    case = build.case(build.subject("person", name="陈小华"), origin="transfer", filed_on=None)
    build.decide(case.respondents[0])
    told = proposed_account(case)
    assert told.startswith("根据有关部门移送获得的线索，")
    assert "作出不予行政处罚的决定" in told
    for invented in ("证据", "裁量", "缴", "违反了", "送达"):
        assert invented not in told


def test_several_violations_are_numbered_and_several_parties_told_apart(session: Any) -> None:
    build = Builder()
    case = decided_case(build)
    case.respondents[0].findings.append(CaseFinding(violation="MC-002", facts="出租科室", position=1))
    doctor = Respondent(subject=build.subject("person", name="陈小华"), position=1)
    case.respondents.append(doctor)
    db.session.flush()
    doctor.findings.append(CaseFinding(violation="MC-001", facts="参与行医", position=0))
    build.decide(doctor, ("fine", 10_000_00), served_on=date(2021, 8, 23))
    told = proposed_account(case)
    assert "（1）杭州美芮医疗美容门诊部未取得许可证行医；（2）出租科室。" in told
    assert "经查明，陈小华存在以下违法行为：参与行医。" in told
    assert "陈小华行政处罚决定书于2021年8月23日送达。" in told


def test_what_is_merely_desirable_is_told_beside_what_must_be_there(session: Any) -> None:
    case = decided_case(Builder())
    case.filed_on = None
    found = lacks(case)
    assert missing(case) == []
    assert {lack.place for lack in found} == {"facts", "penalties", "procedure"}
    assert not any(lack.grave for lack in found)
