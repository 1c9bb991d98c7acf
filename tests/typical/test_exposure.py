"""The exposure list: who is shown, who is not and why, what an office keeps off, and the files."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from inspectorate.accounts.permissions import Role
from inspectorate.campaigns.queries import campaign_for
from inspectorate.cases.models import Case
from inspectorate.errors import NotFound, Refusal
from inspectorate.extensions import db
from inspectorate.registry.models import Person
from inspectorate.typical.exposure import PRINTED, Exposure, exposure, latest_month, months_of
from inspectorate.typical.exposure_actions import leave_out, put_back
from inspectorate.typical.files import EXPOSURE_FILES
from inspectorate.typical.masking import Style
from tests import factories
from tests.campaigns.world import CAMPAIGN, Builder, decided_case

TODAY, MONTH = date(2021, 12, 1), date(2021, 8, 1)


def office(region: str = "330000") -> Any:
    return factories.actor(Role.CAMPAIGN_OFFICE, agency=factories.agency(region, "health"))


def listed(actor: Any, style: Style = Style(), today: date = TODAY) -> Exposure:  # noqa: B008 - a tuple
    return exposure(actor, campaign_for(actor, CAMPAIGN), MONTH, style, today)


@pytest.fixture
def case(session: Any) -> Case:
    return decided_case(Builder())


def test_the_fields_are_those_of_the_published_decision(case: Case) -> None:
    case.respondents[0].findings[0].facts = "护士夏浩然在杭州美芮医疗美容门诊部坐诊"
    case.respondents[0].subject.legal_representative = "夏浩然"
    (row,) = listed(office()).shown
    told = row.exposed
    assert (told.party, told.kind, told.representative) == (
        "杭州美芮医疗美容门诊部有限公司",
        "法人及非法人组织",
        "夏某某",
    )
    assert told.facts == "护士夏某某在杭州美芮医疗美容门诊部坐诊"
    assert (told.penalties, told.fined, told.confiscated) == ("警告、罚款、没收违法所得", "184000", "36800")
    assert (told.decided_on, told.until) == (date(2021, 8, 20), date(2022, 8, 20))
    assert told.basis.startswith("《中华人民共和国基本医疗卫生与健康促进法》第九十九条")


def test_persons_are_shown_as_the_office_chose_and_minors_never(session: Any) -> None:
    build = Builder()
    case = build.case(build.subject("person", name="陈小华"))
    build.decide(case.respondents[0], ("fine", 100), served_on=date(2021, 8, 22))
    assert [row.exposed.party for row in listed(office()).shown] == ["陈某某"]
    assert [row.exposed.party for row in listed(office(), Style("full", "full")).shown] == ["陈小华"]
    person = case.respondents[0].subject
    assert isinstance(person, Person)
    person.born_on = date(2003, 8, 21)
    assert [row.why for row in listed(office()).rows] == ["child"]


def test_what_is_not_shown_stands_below_with_its_reason(session: Any) -> None:
    build = Builder()
    kinds = {
        "annulled": ("fine", 100),
        "minor": ("warning", None),
        "unserved": ("fine", 100),
        "withdrawn": ("fine", 100),
    }
    for why, penalty in kinds.items():
        case = build.case(
            build.subject("org", name=f"杭州{why}诊所"), state="withdrawn" if why == "withdrawn" else "decided"
        )
        served = None if why == "unserved" else date(2021, 8, 22)
        annulled = date(2021, 9, 1) if why == "annulled" else None
        build.decide(case.respondents[0], penalty, served_on=served, annulled_on=annulled)
    found = listed(office())
    assert found.shown == []
    assert sorted(str(row.why) for row in found.excluded) == sorted(kinds)


def test_the_term_of_display_ends(case: Case) -> None:
    assert len(listed(office(), today=date(2022, 8, 20)).shown) == 1
    assert [row.why for row in listed(office(), today=date(2022, 8, 21)).rows] == ["over"]


def test_an_office_keeps_a_decision_off_and_puts_it_back(case: Case) -> None:
    county, province = office("330106"), office()
    for kind, reason in [("other", " "), ("x", "理由充分")]:
        with pytest.raises(Refusal):
            leave_out(county, CAMPAIGN, case.id, None, kind, reason)
    leave_out(county, CAMPAIGN, case.id, None, "stayed", "行政复议期间")
    leave_out(county, CAMPAIGN, case.id, case.respondents[0].id, "stayed", "行政复议申请已受理")
    assert [row.why for row in listed(county).rows] == ["stayed"]
    assert [row.why for row in listed(province).rows] == ["stayed"]  # what lies below holds above
    with pytest.raises(Refusal):
        put_back(province, CAMPAIGN, case.id, None)
    put_back(county, CAMPAIGN, case.id, None)
    assert len(listed(province).shown) == 1


def test_repaired_credit_keeps_a_decision_off_every_list(case: Case) -> None:
    county, province = office("330106"), office()
    leave_out(province, CAMPAIGN, case.id, None, "other", "另行公布")
    assert len(listed(county).shown) == 1
    put_back(province, CAMPAIGN, case.id, None)
    leave_out(province, CAMPAIGN, case.id, None, "repaired", "浙信修〔2021〕1号")
    assert [row.why for row in listed(county).rows] == ["repaired"]


@pytest.mark.parametrize(("region", "party"), [("330105", None), ("440000", None), ("330106", 999_999)])
def test_nobody_touches_the_decisions_of_others(case: Case, region: str, party: int | None) -> None:
    with pytest.raises(NotFound):
        leave_out(office(region), CAMPAIGN, case.id, party, "other", "理由充分")
    assert listed(office(region)).rows == () or region == "330106"


def test_months_run_back_from_today_and_the_latest_with_decisions_comes_first(case: Case) -> None:
    actor = office()
    campaign = campaign_for(actor, CAMPAIGN)
    assert [f"{month:%m}" for month in months_of(campaign, date(2021, 9, 30))] == ["09", "08", "07", "06"]
    assert months_of(campaign, date(2021, 5, 1)) == []
    assert latest_month(actor, campaign, TODAY) == MONTH
    case.respondents[0].decision.decided_on = None  # type: ignore[union-attr]
    db.session.flush()
    assert latest_month(actor, campaign, TODAY) == date(2021, 12, 1)


@pytest.mark.one_database
def test_the_files_have_the_same_decisions(case: Case) -> None:
    case.respondents[0].decision.number = "=杭西卫医罚〔2021〕9号"  # type: ignore[union-attr]
    found = listed(office())
    rows = list(csv.reader(io.StringIO(EXPOSURE_FILES["csv"].make(found).decode("utf-8-sig"))))
    assert len(rows) == 2 and rows[1][4].startswith("'=")
    (table,) = Document(io.BytesIO(EXPOSURE_FILES["docx"].make(found))).tables
    assert [cell.text for cell in table.rows[0].cells] == list(PRINTED)
    assert table.rows[1].cells[1].text == "杭州美芮医疗美容门诊部有限公司"
    pdf = PdfReader(io.BytesIO(EXPOSURE_FILES["pdf"].make(found)))
    text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")
    assert "行政处罚曝光名单（2021年8月）" in text and "杭州美芮医疗美容门诊部有限公司" in text
