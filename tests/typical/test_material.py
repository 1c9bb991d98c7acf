"""Annex 2: masked, in the annex's sentences, and refused with everything that is missing."""

import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from inspectorate import clock
from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.permissions import Role
from inspectorate.campaigns import queries
from inspectorate.campaigns.forms_known import shipped_form
from inspectorate.cases.models import Case, CaseFinding
from inspectorate.documents.models import Document as Paper
from inspectorate.documents.models import Service
from inspectorate.errors import NotFound, Refusal, Refusals
from inspectorate.registry.models import Connection
from inspectorate.typical import actions
from inspectorate.typical import queries as typical_queries
from inspectorate.typical.candidates import proposed
from inspectorate.typical.completeness import missing
from inspectorate.typical.masking import masked_person
from inspectorate.typical.material import Chosen, Material, material
from inspectorate.typical.render.docx import render_cases_docx
from inspectorate.typical.render.html import render_cases_pdf
from tests import factories
from tests.campaigns.world import CAMPAIGN, Builder, decided_case

FORM = shipped_form("medical_cosmetology_2021")


def annex2(*cases: Case) -> Material:
    return material(FORM, queries.campaign(CAMPAIGN), "330000", [Chosen(case) for case in cases])


def test_the_catalogue_is_filled_in_the_annex_s_sentences(session: Any) -> None:
    (entry,) = annex2(decided_case(Builder())).entries
    assert entry.cells == (
        "1",
        "某医疗美容门诊部",
        "2021年8月20日",
        "某医疗美容门诊部未取得许可证行医",
        # 《医疗机构管理条例》 is left out: its articles of the catalogue are those of 2022
        "违反了《基本医疗卫生与健康促进法》第三十八条第二款;按照《基本医疗卫生与健康促进法》第九十九条第一款进行处罚",
        "警告,(罚款: 184000元),(没收违法所得: 36800元);行政强制及其他措施:责令改正",
    )


def test_the_place_inspected_and_the_people_of_the_file_are_masked_too(session: Any) -> None:
    case = decided_case(Builder())
    salon = Builder().subject("org", name="西湖雅姝美肤工作室", legal_representative="冯清越")
    case.inspection.subject, case.inspection.escort = salon, "欧阳小敏"
    case.respondents[0].findings[0].facts = "在西湖雅姝美肤工作室，经营者冯清越和店员欧阳小敏在场"
    (entry,) = annex2(case).entries
    assert entry.facts == "在某工作室，经营者冯某某和店员欧阳某某在场"
    assert "雅姝" not in entry.account


def test_bystanders_whom_the_record_knows_are_masked(session: Any) -> None:
    build = Builder()
    case = decided_case(build)
    clinic, inspection = case.respondents[0].subject, case.inspection
    nurse = build.subject("person", name="夏浩然")
    clinic.people.append(Connection(person=nurse, relation="practitioner"))
    inspection.complaint_id = build.complaint(reporter_name="莫月娥").id
    build.subject("org", name="上城云蔻美容皮肤科诊所", region_code="330102")
    build.subject("org", name="天河云蔻美容皮肤科诊所", region_code="440106")
    paper = Paper(kind="D03", inspection_id=inspection.id, agency=build.agency, issued_on=date(2021, 7, 2),
                  created_at=clock.now(), template_version="1", snapshot={}, snapshot_sha256="")  # fmt: skip
    paper.services = [Service(way="direct", served_on=date(2021, 7, 2), receiver="孟帅", servers=[])]
    session.add(paper)
    session.flush()
    officer = inspection.officers[0].officer.name
    finding = case.respondents[0].findings[0]
    finding.facts = f"莫月娥举报；监督员{officer}检查，护士夏浩然来自上城云蔻美容皮肤科诊所，文书由孟帅签收，"
    finding.facts += "天河云蔻美容皮肤科诊所未涉案"
    (entry,) = annex2(case).entries
    shown = f"莫某某举报；监督员{masked_person(officer)}检查，护士夏某某来自某诊所，文书由孟某签收"
    assert entry.facts == f"{shown}，天河云蔻美容皮肤科诊所未涉案"  # a place of another province
    assert entry.shown["夏浩然"] == "夏某某" and "莫月娥" in entry.shown
    assert "天河云蔻美容皮肤科诊所" in entry.likely
    assert any("天河云蔻" in remark for remark in entry.remarks)
    assert not entry.law.endswith("（须核对）")


def test_further_names_are_masked_wherever_they_stand(session: Any) -> None:
    case = decided_case(Builder())
    case.respondents[0].findings[0].facts = "任波受锦禧医美商城委托行医"
    (entry,) = material(
        FORM, queries.campaign(CAMPAIGN), "330000", [Chosen(case, names=("任波", "锦禧医美商城"))]
    ).entries
    assert entry.facts == "任某受某单位委托行医"
    assert "任波" not in entry.account


def test_headings_carry_the_province_and_the_campaign(session: Any) -> None:
    made = annex2(decided_case(Builder()))
    assert made.title == "打击非法医疗美容服务专项整治典型案例"
    assert made.sections == ("一、浙江省案件材料报送目录", "二、案情概述")
    assert made.columns == ("序号", "机构名称", "处罚时间", "违法事实", "违反法律及处罚依据", "行政处罚具体内容")


def test_the_account_tells_source_facts_law_and_decision_without_names(session: Any) -> None:
    (entry,) = annex2(decided_case(Builder())).entries
    assert "美芮" not in entry.account + entry.name
    for part in (
        "2021年7月2日",
        "监督检查",
        "违法所得36800元",
        "第九十九条第一款",
        "罚款人民币184000元",
        "并责令改正",
        "2021年8月22日送达",
    ):
        assert part in entry.account


def test_the_income_is_told_once(session: Any) -> None:
    case = decided_case(Builder())
    case.respondents[0].findings[0].facts = "未取得许可证行医，收取诊金36800元"
    (entry,) = annex2(case).entries
    assert entry.account.count("36800元") == 2  # in the facts and in the decision


def test_clinic_and_doctor_of_one_case_stand_in_one_line(session: Any) -> None:
    build = Builder()
    case = decided_case(build)
    doctor = build.subject("person", name="陈小华")
    from inspectorate.cases.models import Respondent

    respondent = Respondent(subject=doctor, position=1)
    case.respondents.append(respondent)
    session.flush()
    respondent.findings.append(CaseFinding(violation="MC-001", facts="陈小华参与", position=0))
    build.decide(respondent, ("fine", 2_000_000))
    (entry,) = annex2(case).entries
    assert entry.party == "某医疗美容门诊部/陈某某"
    assert entry.penalty.endswith("；陈某某:(罚款: 20000元)")


def test_a_provision_not_yet_in_force_is_marked_for_checking(session: Any) -> None:
    (entry,) = annex2(decided_case(Builder(), violation="MC-005")).entries  # 医师法: in force since 2022-03-01
    assert entry.law.endswith("（须核对）")
    assert entry.remarks


@pytest.mark.parametrize(
    ("lacks", "words"),
    [({"violation": None}, ["缺违法事实", "缺违反条款", "缺处罚依据条款"]), ({"amount": None}, ["缺金额"])],
)
def test_what_a_case_lacks_is_told_all_at_once(session: Any, lacks: dict[str, Any], words: list[str]) -> None:
    build = Builder()
    with pytest.raises(Refusals) as refused:
        annex2(decided_case(build), decided_case(build, **lacks))
    told = [str(refusal) for refusal in refused.value.refusals]
    assert len(told) == len(words)
    assert all(any(word in text for text in told) for word in words)
    assert all("杭西卫医罚〔2021〕1号" in text for text in told)


def test_an_annulled_decision_is_no_typical_case(session: Any) -> None:
    case = decided_case(Builder())
    case.respondents[0].decision.annulled_on = date(2021, 12, 1)
    assert "没有有效的处罚决定" in str(missing(case)[0])


def test_word_and_pdf_say_the_same(session: Any) -> None:
    made = annex2(decided_case(Builder()))
    document = Document(io.BytesIO(render_cases_docx(made)))
    (table,) = document.tables
    assert tuple(cell.text for cell in table.rows[1].cells) == made.entries[0].cells
    heading = next(paragraph for paragraph in document.paragraphs if paragraph.text == "二、案情概述")
    assert heading.paragraph_format.keep_with_next
    pdf = PdfReader(io.BytesIO(render_cases_pdf(made)))
    text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "")
    assert "二、案情概述" in text and "某医疗美容门诊部" in text and "美芮" not in text
    assert float(pdf.pages[0].mediabox.height) > float(pdf.pages[0].mediabox.width)


def office(region: str = "330000", sector: str = "health") -> Any:
    return factories.actor(Role.CAMPAIGN_OFFICE, agency=factories.agency(region, sector))


def test_the_office_chooses_orders_rewrites_and_drops(session: Any) -> None:
    build, actor = Builder(), office()
    first, second = decided_case(build), decided_case(build)
    actions.choose(actor, CAMPAIGN, first.id)
    actions.choose(actor, CAMPAIGN, second.id)
    actions.move(actor, CAMPAIGN, second.id)
    actions.write_account(actor, CAMPAIGN, first.id, " 改写 ")
    chosen = typical_queries.chosen(SYSTEM, CAMPAIGN, "330000")
    assert [(one.case.id, one.account) for one in chosen] == [(second.id, None), (first.id, "改写")]
    actions.drop(actor, CAMPAIGN, second.id)
    assert [one.case.id for one in typical_queries.chosen(SYSTEM, CAMPAIGN, "330000")] == [first.id]


def test_a_case_changes_places_only_with_one_that_the_office_sees(session: Any) -> None:
    build, actor = Builder(), office()
    first, hidden, last = (decided_case(build) for _ in range(3))
    for case in (first, hidden, last):
        actions.choose(actor, CAMPAIGN, case.id)
    hidden.sector = "market"
    session.flush()
    actions.move(actor, CAMPAIGN, last.id)
    assert [one.case.id for one in typical_queries.chosen(actor, CAMPAIGN, "330000")] == [last.id, first.id]
    assert [one.case.id for one in typical_queries.chosen(SYSTEM, CAMPAIGN, "330000")] == [last.id, hidden.id, first.id]
    actions.move(actor, CAMPAIGN, last.id)
    assert [one.case.id for one in typical_queries.chosen(actor, CAMPAIGN, "330000")] == [last.id, first.id]
    with pytest.raises(NotFound):
        actions.move(actor, CAMPAIGN, hidden.id)


def test_a_case_is_chosen_once(session: Any) -> None:
    actor, case = office(), decided_case(Builder())
    actions.choose(actor, CAMPAIGN, case.id)
    with pytest.raises(Refusal):
        actions.choose(actor, CAMPAIGN, case.id)


@pytest.mark.parametrize(("region", "sector"), [("440000", "health"), ("330000", "market"), ("330105", "health")])
def test_a_case_outside_the_office_s_region_or_department_cannot_be_chosen(
    session: Any, region: str, sector: str
) -> None:
    case = decided_case(Builder())
    with pytest.raises(NotFound):
        actions.choose(office(region, sector), CAMPAIGN, case.id)


def test_an_undecided_case_cannot_be_chosen(session: Any) -> None:
    build = Builder()
    case = build.case(build.subject("org"))
    with pytest.raises(NotFound):
        actions.choose(office(), CAMPAIGN, case.id)


def test_where_nobody_has_chosen_the_gravest_come_first(session: Any) -> None:
    build = Builder()
    small, large = decided_case(build, amount=100), decided_case(build, amount=10**9)
    grave = decided_case(build, amount=1)
    grave.transferred_judicial_on = date(2021, 9, 1)
    session.flush()
    assert [one.id for one in proposed(CAMPAIGN, "330000", date(2021, 12, 1))] == [grave.id, large.id, small.id]
