"""The way of a typical case: chosen, sent up, taken, returned; refused when it is not fit."""

from datetime import date
from typing import Any

import pytest

from inspectorate.accounts.permissions import Role
from inspectorate.campaigns import queries as campaigns
from inspectorate.campaigns.queries import campaign_for
from inspectorate.cases.models import Case, Payment
from inspectorate.errors import NotFound, Refusal, Refusals, Stale
from inspectorate.extensions import db
from inspectorate.home.typical_cases import typical_cases
from inspectorate.typical import actions, queries
from inspectorate.typical.account import proposed_account
from inspectorate.typical.candidates import candidates
from inspectorate.typical.masking import Style
from inspectorate.typical.material import Chosen, digest_of, entry_of, material, template_of
from tests import factories
from tests.campaigns.world import CAMPAIGN, Builder, decided_case
from tests.typical.test_material import FORM

TODAY = date(2026, 7, 15)


def office(region: str) -> Any:
    return factories.actor(Role.CAMPAIGN_OFFICE, agency=factories.agency(region, "health"))


@pytest.fixture
def offices(session: Any) -> tuple[Any, Any, Any]:
    """County, city and province."""
    return office("330106"), office("330100"), office("330000")


@pytest.fixture
def case(session: Any) -> Case:
    return decided_case(Builder())


def states(case: Case) -> dict[str, str]:
    return {row.region_code: row.state for row in queries.levels(CAMPAIGN, [case.id]).get(case.id, [])}


def test_a_case_goes_up_level_by_level_and_each_level_sees_who_sent_it(offices: Any, case: Case) -> None:
    county, city, province = offices
    actions.choose(county, CAMPAIGN, case.id)
    actions.write_account(county, CAMPAIGN, case.id, "县级所写案情", ["任波"])
    actions.nominate(county, CAMPAIGN, case.id)
    campaign = campaign_for(city, CAMPAIGN)
    (waiting,) = queries.nominated_to(city, campaign)
    assert (waiting.case.id, waiting.row.region_code, waiting.row.nominated_by) == (case.id, "330106", county.name)
    assert queries.nominated_to(province, campaign) == []  # it reports to the city, not to the province
    taken = actions.choose(city, CAMPAIGN, case.id)
    assert (taken.nominated_from, taken.account, taken.names) == ("330106", "县级所写案情", ["任波"])
    assert queries.nominated_to(city, campaign) == []
    actions.nominate(city, CAMPAIGN, case.id)
    actions.choose(province, CAMPAIGN, case.id)
    assert states(case) == {"330106": "nominated", "330100": "nominated", "330000": "chosen"}


def test_what_is_returned_waits_with_the_reason_until_it_is_sent_again(offices: Any, case: Case) -> None:
    county, city, _province = offices
    actions.choose(county, CAMPAIGN, case.id)
    actions.nominate(county, CAMPAIGN, case.id)
    assert [todo.endpoint for todo in typical_cases(city, TODAY)] == ["typical.index"]
    actions.choose(city, CAMPAIGN, case.id)
    assert typical_cases(city, TODAY) == []
    with pytest.raises(Refusal):
        actions.send_back(city, CAMPAIGN, case.id, " ")
    actions.send_back(city, CAMPAIGN, case.id, "补充整改情况")
    assert states(case) == {"330106": "returned"}
    (todo,) = typical_cases(county, TODAY)
    assert (todo.endpoint, todo.returned) == ("typical.account", "补充整改情况")
    actions.nominate(county, CAMPAIGN, case.id)
    assert typical_cases(county, TODAY) == []
    assert queries.choice(county, CAMPAIGN, case.id).returned_reason is None


def test_what_lies_above_is_called_back_before_it_is_changed_and_not_once_it_is_taken(offices: Any, case: Case) -> None:
    county, city, _province = offices
    actions.choose(county, CAMPAIGN, case.id)
    with pytest.raises(Refusal):
        actions.recall(county, CAMPAIGN, case.id)
    actions.nominate(county, CAMPAIGN, case.id)
    for act in (actions.drop, actions.nominate):
        with pytest.raises(Refusal):
            act(county, CAMPAIGN, case.id)
    with pytest.raises(Refusal):
        actions.write_account(county, CAMPAIGN, case.id, "改写")
    actions.recall(county, CAMPAIGN, case.id)
    actions.nominate(county, CAMPAIGN, case.id)
    actions.choose(city, CAMPAIGN, case.id)
    with pytest.raises(Refusal):
        actions.recall(county, CAMPAIGN, case.id)


def test_nobody_returns_what_was_not_sent_to_that_office(offices: Any, case: Case) -> None:
    county, _city, province = offices
    actions.choose(county, CAMPAIGN, case.id)
    with pytest.raises(Refusal):
        actions.send_back(province, CAMPAIGN, case.id, "不符合要求")
    actions.nominate(county, CAMPAIGN, case.id)
    with pytest.raises(Refusal):
        actions.send_back(province, CAMPAIGN, case.id, "不符合要求")
    with pytest.raises(NotFound):
        actions.send_back(office("330200"), CAMPAIGN, case.id, "不符合要求")


def test_an_incomplete_case_is_not_sent_up(offices: Any) -> None:
    county, *_others = offices
    case = decided_case(Builder(), violation=None)
    actions.choose(county, CAMPAIGN, case.id)
    with pytest.raises(Refusals) as refused:
        actions.nominate(county, CAMPAIGN, case.id)
    assert any("缺违反条款" in str(one) for one in refused.value.refusals)


def test_a_likely_name_is_looked_at_before_the_case_is_printed_or_sent(offices: Any, case: Case) -> None:
    county, *_others = offices
    case.respondents[0].findings[0].facts = "医师夏浩然坐诊"
    actions.choose(county, CAMPAIGN, case.id)
    chosen = queries.chosen(county, CAMPAIGN, "330106")
    with pytest.raises(Refusals, match="夏浩然"):
        material(FORM, campaigns.campaign(CAMPAIGN), "330106", chosen)
    with pytest.raises(Refusals, match="夏浩然"):
        actions.nominate(county, CAMPAIGN, case.id)
    remarks = entry_of(1, chosen[0], template_of(FORM)).remarks
    actions.write_account(county, CAMPAIGN, case.id, "", (), remarks)
    assert material(FORM, campaigns.campaign(CAMPAIGN), "330106", queries.chosen(county, CAMPAIGN, "330106")).entries
    actions.nominate(county, CAMPAIGN, case.id)


@pytest.mark.parametrize("change", ["amount", "annulled", "facts"])
def test_a_case_that_changes_after_it_was_sent_up_is_marked_and_not_printed(
    offices: Any, case: Case, change: str
) -> None:
    county, city, _province = offices
    actions.choose(county, CAMPAIGN, case.id)
    actions.nominate(county, CAMPAIGN, case.id)
    actions.choose(city, CAMPAIGN, case.id)
    before = digest_of(case)
    decision = case.respondents[0].decision
    assert decision is not None
    if change == "amount":
        decision.penalties[1].amount_fen = 200_000_00
    elif change == "annulled":
        decision.annulled_on = date(2021, 12, 1)
    else:
        case.respondents[0].findings[0].facts = "另查明事实"
    db.session.flush()
    assert digest_of(case) != before
    with pytest.raises(Refusals) as refused:
        material(FORM, campaigns.campaign(CAMPAIGN), "330100", queries.chosen(city, CAMPAIGN, "330100"))
    assert any("案卷内容有变更" in str(one) for one in refused.value.refusals)
    if change != "annulled":
        actions.write_account(city, CAMPAIGN, case.id, "")
        assert material(FORM, None, "330100", queries.chosen(city, CAMPAIGN, "330100")).entries


def test_payments_do_not_make_a_chosen_case_another(case: Case) -> None:
    before = digest_of(case)
    decision = case.respondents[0].decision
    assert decision is not None
    decision.payments.append(Payment(paid_on=date(2021, 9, 1), amount_fen=100, receipt_number="1"))
    assert digest_of(case) == before


def test_each_version_of_an_account_is_kept_beside_the_draft_of_its_day(offices: Any, case: Case) -> None:
    county, *_others = offices
    actions.choose(county, CAMPAIGN, case.id)
    row = queries.choice(county, CAMPAIGN, case.id)
    actions.write_account(county, CAMPAIGN, case.id, "第一稿")
    actions.write_account(county, CAMPAIGN, case.id, "第一稿")
    actions.write_account(county, CAMPAIGN, case.id, "第二稿")
    actions.write_account(county, CAMPAIGN, case.id, "")
    versions = queries.accounts_of(row)
    assert [(one.number, one.text) for one in versions] == [(3, None), (2, "第二稿"), (1, "第一稿")]
    assert all("经查明" in one.draft for one in versions)
    assert row.account is None


def test_the_draft_itself_sent_as_text_is_no_version(offices: Any, case: Case) -> None:
    county, *_others = offices
    actions.choose(county, CAMPAIGN, case.id)
    actions.write_account(county, CAMPAIGN, case.id, proposed_account(case).replace("\n", "\r\n"))
    row = queries.choice(county, CAMPAIGN, case.id)
    assert (row.account, queries.accounts_of(row)) == (None, [])


def test_the_ministry_chooses_what_a_province_sends_up_and_sends_nothing_itself(offices: Any, case: Case) -> None:
    *_others, province = offices
    ministry = office("000000")
    actions.choose(province, CAMPAIGN, case.id)
    campaign = campaign_for(province, CAMPAIGN)
    if queries.office_above(campaign, "330000") is None:  # the chain of this notice ends with the provinces
        with pytest.raises(Refusal):
            actions.nominate(province, CAMPAIGN, case.id)
    else:
        actions.nominate(province, CAMPAIGN, case.id)
        assert actions.choose(ministry, CAMPAIGN, case.id).nominated_from == "330000"
        with pytest.raises(Refusal):
            actions.nominate(ministry, CAMPAIGN, case.id)


def test_names_are_shown_as_the_office_chose_and_the_same_in_table_and_text(offices: Any, case: Case) -> None:
    county, *_others = offices
    case.respondents[0].subject.legal_representative = "任波"
    case.respondents[0].findings[0].facts = "杭州美芮医疗美容门诊部由任波经营"
    with pytest.raises(NotFound):
        actions.show_names(county, CAMPAIGN, persons="initial", places="place")
    actions.choose(county, CAMPAIGN, case.id)
    for persons, places, told in [
        ("surname", "kind", "某医疗美容门诊部由任某经营"),
        ("initial", "place", "杭州某医疗美容门诊部由R某经营"),
        ("full", "full", "杭州美芮医疗美容门诊部由任某经营"),
    ]:
        actions.show_names(county, CAMPAIGN, persons=persons, places=places)
        style = queries.style_of(CAMPAIGN, "330106")
        assert style == Style(persons, places)
        entry = entry_of(1, Chosen(case), template_of(FORM), style)
        assert entry.facts == told
        assert told in entry.account and entry.party in entry.account
        assert entry.likely == ()
    for wrong in ({"persons": "x", "places": "kind"}, {"persons": "full", "places": "x"}):
        with pytest.raises(Refusal):
            actions.show_names(county, CAMPAIGN, **wrong)
    with pytest.raises(Stale):
        actions.show_names(county, CAMPAIGN, persons="full", places="full", version=1)


def test_candidates_are_weighed_and_those_of_other_departments_are_not_among_them(offices: Any) -> None:
    county, *_others = offices
    build = Builder()
    small, large = decided_case(build, amount=18_400_000), decided_case(build, amount=30_000_000)
    outside, foreign = decided_case(build, amount=100), decided_case(build, amount=18_400_000)
    foreign.sector = "market"
    outside.transferred_judicial_on = date(2021, 9, 1)
    db.session.flush()
    found = candidates(county, CAMPAIGN, TODAY)
    assert [case.id for case, _place in found] == [large.id, small.id, outside.id]
    assert found[0][1].candidate.range == "within" and found[2][1].candidate.range == "outside"
    assert candidates(county, CAMPAIGN, TODAY, "licensed_institution") == []


def test_a_rare_violation_comes_before_a_common_one(offices: Any) -> None:
    county, *_others = offices
    build = Builder()
    common = [decided_case(build) for _ in range(3)]
    rare = decided_case(build, violation="MC-002")
    novelty = {case.id: place.points("novelty") for case, place in candidates(county, CAMPAIGN, TODAY)}
    assert all(novelty[rare.id] > novelty[one.id] for one in common)
