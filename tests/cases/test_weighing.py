"""Fines weighed: both laws, one act, a court's fine, local tiers, grounds, levels, earlier penalties, the police."""

from datetime import date, timedelta
from typing import Any

import pytest

from inspectorate.cases import actions, assessment
from inspectorate.cases.assessment import assess_party
from inspectorate.cases.models import CaseFinding
from inspectorate.cases.picture import picture_of
from inspectorate.cases.reasons import OF_THE_FINE, is_one_act, range_items, uncompared_text, weighing_text
from inspectorate.cases.weighing import level_of
from inspectorate.errors import Refusals, refusals_in
from inspectorate.extensions import db
from inspectorate.law import Facts, range_for, violation
from inspectorate.law.facts import NoRange
from inspectorate.law.fine_steps import fine_steps
from inspectorate.procedure.states import State
from inspectorate.standards.actions import load_standard
from tests import factories
from tests.cases.test_earlier import case_on
from tests.cases.walk import FINE, INCOME, Walk, office
from tests.client import form_of, save
from tests.standards.sample import standard_text
from tests.standards.test_standards import keeper

LIGHT_MOST = INCOME * 10


@pytest.fixture
def walk(session) -> Walk:
    return Walk(office()).until(State.INVESTIGATION)


@pytest.fixture
def ruled(walk) -> Walk:
    """The same where a local standard rules: 5 to 10 times, or 10 to 20."""
    load_standard(keeper("330106"), standard_text(region="330106"), "t.toml", walk.office.agency)
    walk.found()
    return walk


def fine(walk: Walk, amount: int | None, **choices: Any) -> actions.FineProposal:
    return actions.FineProposal(walk.finding_id, amount, **choices)


def refused(walk: Walk, *fines: actions.FineProposal, **more: Any) -> dict[str | None, str]:
    with pytest.raises(Refusals) as error:
        walk.propose(fines=list(fines), **more)
    return {one.field: str(one) for one in refusals_in(error.value)}


def weighed(walk: Walk) -> Any:
    return next(iter(assess_party(walk.party, walk.day).values()))


# ------------------------------------------------------------ local tiers


def test_a_figure_in_the_local_tier_is_taken_and_the_standard_is_kept_with_it(ruled) -> None:
    ruled.propose(fines=[fine(ruled, FINE, local_tier="较轻")])
    finding = ruled.party.findings[0]
    assert (finding.local_standard, finding.local_tier) == ("试卫规〔2026〕1号", "较轻")
    shown = picture_of(weighed(ruled))
    assert shown and [lane.kind for lane in shown.lanes] == ["statute", "local"]
    assert [lane.figures for lane in shown.lanes] == ["184,000.00元至736,000.00元", "184,000.00元至368,000.00元"]


@pytest.mark.parametrize(
    ("choices", "field"),
    [
        ({"local_tier": "较重"}, "fines-0-departure"),
        ({}, "fines-0-local_tier"),
        ({"local_tier": "没有这一档"}, "fines-0-local_tier"),
    ],
)
def test_leaving_the_local_tier_demands_a_reason(ruled, choices, field) -> None:
    told = refused(ruled, fine(ruled, FINE, **choices))
    assert list(told) == [field] and "第三十四条" in told[field]
    ruled.propose(fines=[fine(ruled, FINE, **choices, departure="经集体讨论，情节介于两档之间")])


@pytest.mark.parametrize(("amount", "taken"), [(LIGHT_MOST, True), (LIGHT_MOST + 1, False)])
def test_the_tier_ends_at_its_last_fen(ruled, amount, taken) -> None:
    proposal = fine(ruled, amount, local_tier="较轻")
    if taken:
        ruled.propose(fines=[proposal])
    else:
        assert "fines-0-departure" in refused(ruled, proposal)


def test_a_reason_for_departing_does_not_open_the_statutory_range(ruled) -> None:
    told = refused(ruled, fine(ruled, FINE - 1, local_tier="较轻", departure="理由"))
    assert "低于法定最低额" in told["fines-0-amount"]


def test_below_the_minimum_the_ground_is_the_reason(ruled) -> None:
    ruled.propose(fines=[fine(ruled, FINE - 1, grounds=("harm_undone",), reason="已退还费用", local_tier="较轻")])
    shown = picture_of(weighed(ruled))
    assert shown and "ground" in [lane.kind for lane in shown.lanes] and not shown.outside


def test_a_standard_that_ended_before_the_decision_binds_no_more(ruled) -> None:
    from inspectorate.standards.actions import end_standard
    from inspectorate.standards.models import LocalStandard

    row = db.session.query(LocalStandard).one()
    end_standard(keeper("330106"), row.id, ruled.day - timedelta(days=1), reason="废止")
    ruled.propose()


def test_the_papers_name_the_standard_its_tier_and_the_reason_for_departing(ruled) -> None:
    ruled.propose(fines=[fine(ruled, FINE, local_tier="较重", departure="情节介于两档之间")])
    found = assess_party(ruled.party, ruled.day).values()
    words = weighing_text(found)
    assert "《某省裁量基准》（试卫规〔2026〕1号）" in words and "“较重”阶次" in words and "情节介于两档之间" in words
    assert range_items(found) and "36,800.00元的5倍至20倍" in range_items(found)[0]


@pytest.mark.parametrize(
    ("amount", "ground", "said"),
    [
        (FINE - 1, "harm_undone", "依法减轻处罚"),
        (FINE, "harm_undone", "依法从轻处罚"),
        (FINE, "emergency", "依法从重处罚"),
    ],
)
def test_the_papers_say_what_a_ground_did_to_the_fine(walk, amount, ground, said) -> None:
    walk.found()
    walk.propose(fines=[fine(walk, amount, grounds=(ground,), reason="有证据证明")])
    assert weighing_text([weighed(walk)]).endswith(f"有证据证明；{said}。")


# ------------------------------------------------------------ one act, court


def second(walk: Walk, code: str, **columns: Any) -> CaseFinding:
    row = CaseFinding(position=1, violation=code, facts="使用非卫生技术人员", act_from=date(2026, 3, 1), **columns)
    walk.party.findings.append(row)
    save()
    return row


def one_act(walk: Walk, code: str = "MC-009") -> CaseFinding:
    walk.found()
    other = second(walk, code, tier="base")
    for row in walk.party.findings:
        row.act_number = 1
    save()
    return other


def test_one_act_is_fined_once_under_the_rule_with_the_higher_fine(walk) -> None:
    other = one_act(walk)
    told = refused(walk, fine(walk, FINE), actions.FineProposal(other.id, 1_000_000))
    assert "第二十九条" in told["fines-1-amount"]
    walk.propose(fines=[fine(walk, FINE), actions.FineProposal(other.id, None)])
    assert [one.amount_fen for one in walk.party.decision.penalties if one.kind == "fine"] == [FINE]
    found = assess_party(walk.party, walk.day).values()
    assert weighing_text(found).count("系同一个违法行为") == 1 and is_one_act(found)
    assert len(range_items(found)) == 1


def test_several_acts_are_each_fined_and_added_up(walk) -> None:
    walk.found()
    other = second(walk, "MC-009", tier="base")
    walk.propose(fines=[fine(walk, FINE), actions.FineProposal(other.id, 2_000_000)])
    assert walk.party.decision.payable_fen == FINE + 2_000_000 + INCOME


def test_an_act_needs_two_violations(walk) -> None:
    with pytest.raises(Refusals) as error:
        walk.found(act_number=1)
    assert refusals_in(error.value)[0].field == "findings-0-act_number"


def test_where_a_court_has_fined_the_office_does_not(walk) -> None:
    court = actions.CriminalFine(3_000_000, "西湖区人民法院", "（2026）浙0106刑初1号", date(2026, 5, 31))
    walk.found(criminal=court)
    told = refused(walk, fine(walk, FINE))
    assert "第三十五条第二款" in told["fines-0-amount"]
    walk.propose(None)
    words = weighing_text(assess_party(walk.party, walk.day).values())
    assert "（2026）浙0106刑初1号" in words and "30,000.00元" in words


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"amount_fen": None}, "criminal_fine"),
        ({"amount_fen": -1}, "criminal_fine"),
        ({"court": " "}, "criminal_court"),
        ({"judgement": None}, "criminal_judgement"),
        ({"judged_on": None}, "criminal_judged_on"),
        ({"judged_on": date(2030, 1, 1)}, "criminal_judged_on"),
    ],
)
def test_a_courts_fine_is_told_whole(walk, missing, field) -> None:
    whole = actions.CriminalFine(1, "法院", "案号", date(2026, 5, 31))._replace(**missing)
    with pytest.raises(Refusals) as error:
        walk.found(criminal=whole)
    assert [one.field for one in refusals_in(error.value)] == [f"findings-0-{field}"]


# ------------------------------------------------------------ both laws


def under(code: str, day: date, **columns: Any) -> Walk:
    """A case about an act of a day, when the law was another."""
    walk = Walk(office(**columns)).until(State.INTAKE)
    finding = walk.party.findings[0]
    finding.violation, finding.tier, finding.act_from, finding.facts = code, "base", day, "违法事实"
    walk.case.state = State.INVESTIGATION
    save()
    return walk


def test_the_lighter_law_applies_of_itself_and_both_are_shown(session) -> None:
    walk = under("AD-011", date(2025, 10, 10), sector="market")
    found = weighed(walk)
    assert (found.comparison.day, found.found.on) == ("decision", walk.day)
    shown = picture_of(found)
    assert shown and [lane.kind for lane in shown.lanes][:3] == ["law", "law", "statute"]
    walk.propose(fines=[fine(walk, 100)], penalties=[])
    words = weighing_text(assess_party(walk.party, walk.day).values())
    assert "现行规定处罚较轻" in words and "第三十七条" in words


def test_where_neither_law_is_the_lighter_one_the_handlers_choose_and_say_why(session) -> None:
    walk = under("MD-171", date(2025, 8, 1), sector="disease_control")
    plain = fine(walk, 1_000_000)
    told = refused(walk, plain, penalties=[])
    assert "第三十七条" in told["fines-0-law_day"]
    assert "fines-0-law_reason" in refused(walk, plain._replace(law_day="act"), penalties=[])
    walk.propose(fines=[plain._replace(law_day="act", law_reason="行为时的罚款上限较低")], penalties=[])
    assert weighed(walk).found.on == date(2025, 8, 1)
    above = fine(walk, 15_000_000, law_day="act", law_reason="理由")
    assert "超过法定最高额" in refused(walk, above, penalties=[])["fines-0-amount"]
    walk.propose(fines=[above._replace(law_day="decision")], penalties=[])
    assert weighed(walk).found.on == walk.day


def test_where_the_new_law_gives_no_range_the_handlers_choose_too(walk, monkeypatch) -> None:
    walk.found()
    same = weighed(walk).comparison
    gone = NoRange("repealed", "on", "该规定已废止", "the rule was repealed")
    unclear = same._replace(at_decision=gone, governing=None, day=None, zh="须比较新旧规定", en="compare both laws")
    monkeypatch.setattr(assessment, "compare", lambda *_: unclear)
    assert "fines-0-law_day" in refused(walk, fine(walk, FINE))
    told = refused(walk, fine(walk, FINE, law_day="decision", law_reason="理由"))
    assert "该规定已废止" in told["fines-0-amount"]
    walk.propose(fines=[fine(walk, FINE, law_day="act", law_reason="新规定未作更轻的规定")])


def test_an_act_that_goes_on_into_the_new_law_is_judged_by_it(walk) -> None:
    walk.party.findings[0].violation = "MC-005"
    walk.found(act_from=date(2022, 2, 1), act_to=date(2026, 5, 30), tier="base")
    assert weighed(walk).found.on == date(2026, 5, 30)


# ------------------------------------------------------------ levels and earlier penalties


@pytest.mark.parametrize(
    ("region", "level"),
    [("330106", "county"), ("330100", "city"), ("330000", "province"), ("000000", "national"), ("110105", "city")],
)
def test_the_level_of_an_office_follows_its_region_and_districts_of_municipalities_count_as_cities(
    walk, region, level
) -> None:
    walk.office.agency.region_code = region
    assert level_of(walk.case) == level


def test_a_fine_that_belongs_to_the_city_is_refused_in_the_county_with_the_way_out(session) -> None:
    walk = Walk(office(sector="market")).until(State.INTAKE)
    walk.party.findings[0].violation = "FD-006"
    bases = {"goods_value": 3_000_000}
    step = actions.FindingStep(walk.finding_id, "经营过期食品", date(2026, 5, 1), None, False, "base", None, bases)
    actions.save_findings(walk.office.handler, walk.case.id, [step], walk.day)
    walk.case.state = State.INVESTIGATION
    save()
    told = refused(walk, fine(walk, 30_000_000), penalties=[])
    assert "第八十一条" in told["fines-0-amount"] and "移送上级" in told["fines-0-amount"]


def test_a_first_offence_is_no_ground_after_a_penalty_for_the_same(walk) -> None:
    case_on(walk.party.subject, date(2025, 3, 1))
    walk.found()
    told = refused(walk, fine(walk, None, grounds=("first_offence",), reason="及时改正"))
    assert "不属于初次违法" in told["fines-0-grounds"] and "罚2025" in told["fines-0-grounds"]


def practitioner(session: Any, times: int) -> Walk:
    """A person charged with illegal practice who was penalised for it so many times before, elsewhere."""
    walk = Walk(office()).until(State.INVESTIGATION)
    person = factories.person(id_number="33010619900307123X")
    walk.party.subject = person
    walk.party.findings[0].violation = "MC-005"
    for year in range(times):
        twin = factories.person("440106", id_number="33010619900307123X")
        case_on(twin, date(2023 + year, 3, 1), code="MC-005", agency=factories.agency("440106"))
    save()
    walk.found()
    walk.propose(INCOME * 2, penalties=[actions.PenaltyProposal("confiscate_income", INCOME)])
    return walk


def test_after_two_penalties_for_illegal_practice_the_case_does_not_end_without_the_police(session) -> None:
    walk = practitioner(session, 2)
    walk.until(State.DECISION_DRAFT)
    with pytest.raises(Refusals) as error:
        walk.propose_decision()
    told = str(refusals_in(error.value)[0])
    assert "刑法" in told and "移送公安机关" in told and "第二十七条第一款" in told
    with pytest.raises(Refusals):
        actions.terminate_case(walk.office.head, walk.case.id, walk.day, reason="不再处理")
    actions.record_transfer(walk.office.handler, walk.case.id, walk.day, walk.day, reason="涉嫌非法行医罪，移送公安")
    walk.propose_decision()
    assert walk.case.state == State.DECISION_APPROVAL


def test_one_earlier_penalty_is_not_yet_a_matter_for_the_police(session) -> None:
    walk = practitioner(session, 1)
    walk.until(State.DECISION_DRAFT)
    walk.propose_decision()


# ------------------------------------------------------------ the screens


def test_the_page_of_the_case_shows_the_scale_and_every_figure_leads_to_its_article(ruled, client) -> None:
    ruled.propose(fines=[fine(ruled, FINE, local_tier="较轻")])
    save()
    client.sign_in(ruled.office.handler_user)
    page = client.get(f"/cases/{ruled.case.id}").text
    assert "裁量阶次“较轻”" in page and "184,000.00元至368,000.00元" in page
    amounts = [line for line in page.splitlines() if "data-article" in line and "<strong>184,000.00</strong>" in line]
    assert amounts and "/law/bhl/99" in amounts[0]
    form = client.get(f"/cases/{ruled.case.id}/parties/{ruled.party.id}/penalties").text
    assert "违法所得不足五万元" in form and "均不适用" in form


def test_a_tier_that_no_standard_has_is_not_kept(walk) -> None:
    walk.found()
    walk.propose(fines=[fine(walk, FINE, local_tier="长" * 500)])
    assert (walk.party.findings[0].local_tier, walk.party.findings[0].local_standard) == (None, None)


def test_a_ground_that_there_is_not_is_refused_on_the_page(ruled, client) -> None:
    client.sign_in(ruled.office.handler_user)
    page = f"/cases/{ruled.case.id}/parties/{ruled.party.id}/penalties"
    sent = form_of(client.get(page).text) | {
        "fines-0-amount": "184000",
        "fines-0-grounds": "nonsense",
        "discretion": "初次违法",
    }
    answer = client.post(page, data=sent)
    assert answer.status_code == 200 and "请从列表中选择" in answer.text


def test_the_papers_print_every_step_that_leads_to_a_figure() -> None:
    bases = {"original_fine": 100_000, "days_refused": 3}
    found = range_for(violation("WP-210"), Facts(bases=bases), date(2026, 6, 1))
    assert {step.kind for step in fine_steps(found)} <= OF_THE_FINE


def test_the_final_report_prints_that_figures_were_not_wholly_compared(walk) -> None:
    walk.found()
    one = weighed(walk)
    assert uncompared_text([one]) == ""
    partly = one._replace(found=one.found._replace(verification="partial"))
    assert "尚未与法律文本全部核对" in uncompared_text([partly])
