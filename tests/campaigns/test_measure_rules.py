"""Each rule of the contract's table of measures, one by one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.measures.compile import figures
from inspectorate.campaigns.measures.scope import Scope
from inspectorate.registry.models import Licence
from tests.campaigns.conftest import HEAD
from tests.campaigns.world import CAMPAIGN, Builder

START, END = date(2021, 6, 1), date(2021, 12, 31)


@pytest.fixture
def build(session: Any) -> Builder:
    return Builder()


@pytest.fixture
def count(session: Any) -> Callable[..., Any]:
    """The figure of one measure under one filter."""

    def count(measure: str, where: str = "", *, annulled: bool = False, region: str = "330000", **scope: Any) -> Any:
        unit = 'unit = "元"\n' if measure.endswith(("_sum", "_value")) else ""
        text = f'[[row]]\nid = "r"\nm = "{measure}"\n{unit}where = {{ {where} }}\n'
        form = parse(HEAD + ('annulled = "count"\n' if annulled else "") + text)
        asked = Scope(region, **{"start": START, "end": END, "campaign": CAMPAIGN, "annulled": annulled} | scope)
        return figures(form, asked)[0].get(("r", "n"), 0)

    return count


Count = Callable[..., Any]


def test_a_unit_inspected_twice_is_one_unit_and_two_visits(build: Builder, count: Count) -> None:
    clinic = build.subject("org")
    build.inspection(clinic, officers=2)
    build.inspection(clinic, officers=3)
    assert [count(m) for m in ("units_inspected", "visits", "inspector_turns")] == [1, 2, 5]


def test_a_unit_inspected_for_two_categories_counts_in_each_and_once_in_all(build: Builder, count: Count) -> None:
    clinic = build.subject("org")
    build.inspection(clinic, category="unlicensed_practice")
    build.inspection(clinic, category="illegal_ad")
    assert count("units_inspected", 'category = "unlicensed_practice"') == 1
    assert count("units_inspected", 'category = "illegal_ad"') == 1
    assert count("units_inspected", 'category = ["unlicensed_practice", "illegal_ad"]') == 1
    assert count("units_inspected") == 1


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_drafts_and_withdrawn_reports_never_count(build: Builder, count: Count, state: str) -> None:
    build.inspection(build.subject("org"), state=state, order_correction=True, findings=1)
    assert [count(m) for m in ("units_inspected", "visits", "order_correction", "violations")] == [0, 0, 0, 0]


@pytest.mark.parametrize("state", ["intake", "filing_proposed", "not_filed", "withdrawn"])
def test_cases_that_were_never_filed_or_were_withdrawn_never_count(build: Builder, count: Count, state: str) -> None:
    case = build.case(build.subject("org"), state=state)
    build.decide(case.respondents[0], ("fine", 100), order_correction=True)
    assert [count(m) for m in ("cases_filed", "fine_count", "fine_sum", "order_correction")] == [0, 0, 0, 0]


@pytest.mark.parametrize(("day", "counts"), [(date(2021, 5, 31), 0), (START, 1), (END, 1), (date(2022, 1, 1), 0)])
def test_both_ends_of_the_period_are_included(build: Builder, count: Count, day: date, counts: int) -> None:
    build.inspection(build.subject("org"), inspected_on=day)
    assert count("visits") == counts


@pytest.mark.parametrize(
    ("asked", "counts"),
    [("000000", 1), ("330000", 1), ("330100", 1), ("330106", 1), ("330105", 0), ("330200", 0), ("440000", 0)],
)
def test_a_region_covers_what_shares_its_significant_digits(
    build: Builder, count: Count, asked: str, counts: int
) -> None:
    build.inspection(build.subject("org", region_code="440106"), region_code="330106")
    assert count("visits", region=asked) == counts


def test_records_of_every_sector_count(build: Builder, count: Count) -> None:
    for sector in ("health", "market", "police"):
        build.inspection(build.subject("org"), sector=sector)
    assert count("visits") == 3


def test_a_campaign_s_table_counts_only_its_own_records(build: Builder, count: Count) -> None:
    build.inspection(build.subject("org"), campaign="other")
    build.complaint(campaign=None)
    assert [count("visits"), count("complaint_in")] == [0, 0]
    assert [count("visits", campaign=None), count("complaint_in", campaign=None)] == [1, 1]


def test_a_case_with_both_parties_counts_in_both_split_columns_and_once_unsplit(build: Builder, count: Count) -> None:
    build.case(build.subject("org"), build.subject("person"), build.subject("person"))
    split = [count("cases_filed", f'party = "{party}"') for party in ("org", "person")]
    assert (split, count("cases_filed")) == ([1, 1], 1)


def test_a_case_counts_on_the_day_of_its_own_event(build: Builder, count: Count) -> None:
    build.case(build.subject("org"), filed_on=date(2021, 5, 1), closed_on=END, transferred_judicial_on=START)
    assert [count(m) for m in ("cases_filed", "cases_closed", "transfer_judicial")] == [0, 1, 1]


def test_an_order_at_the_inspection_and_in_the_decision_of_its_case_is_one_order(build: Builder, count: Count) -> None:
    clinic = build.subject("org")
    case = build.case(clinic, inspection=build.inspection(clinic, order_correction=True))
    build.decide(case.respondents[0], order_correction=True)
    assert count("order_correction") == 1


def test_an_order_in_the_decision_counts_when_the_inspection_ordered_somebody_else(
    build: Builder, count: Count
) -> None:
    case = build.case(build.subject("person"), inspection=build.inspection(build.subject("org"), order_correction=True))
    build.decide(case.respondents[0], order_correction=True)
    assert count("order_correction") == 2
    assert count("order_correction", 'party = "person"') == 1


def test_an_order_in_a_withdrawn_report_does_not_stand_in_the_way_of_the_decision_s(
    build: Builder, count: Count
) -> None:
    clinic = build.subject("org")
    case = build.case(clinic, inspection=build.inspection(clinic, order_correction=True, state="withdrawn"))
    build.decide(case.respondents[0], order_correction=True)
    assert count("order_correction") == 1


def test_annulled_decisions_count_only_where_the_form_says_so(build: Builder, count: Count) -> None:
    case = build.case(build.subject("org"))
    build.decide(case.respondents[0], ("fine", 500), ("warning", None), annulled_on=END)
    assert [count("fine_sum"), count("warning")] == [0, 0]
    assert [count("fine_sum", annulled=True), count("warning", annulled=True)] == [500, 1]


def test_two_fines_on_one_respondent_are_one_fined_respondent_and_one_sum(build: Builder, count: Count) -> None:
    case = build.case(build.subject("org"))
    build.decide(case.respondents[0], ("fine", 500), ("fine", 300), ("confiscate_income", 7), ("confiscate_goods", 9))
    assert [count(m) for m in ("fine_count", "fine_sum", "confiscate_sum", "seized_value")] == [1, 800, 7, 9]


def test_suspensions_count_subjects_and_orders_to_stop_practice_are_none(build: Builder, count: Count) -> None:
    clinic = build.subject("org")
    for _ in range(2):
        build.decide(build.case(clinic).respondents[0], ("suspend_business", None))
    build.decide(build.case(build.subject("org")).respondents[0], ("suspend_licence", None), order_correction=True)
    assert count("suspend") == 1


def test_a_subject_suspended_in_two_categories_is_one_beside_fines_of_each_category(build: Builder) -> None:
    clinic = build.subject("org")
    for category in ("unlicensed_practice", "illegal_ad"):
        case = build.case(clinic, category=category)
        build.decide(case.respondents[0], ("suspend_business", None), ("fine", 500))
    text = """
    [[row]]
    id = "suspended"
    m = "suspend"
    [[row]]
    id = "fined"
    m = "fine_count"
    where = { category = "illegal_ad" }
    """
    found = figures(parse(HEAD + text), Scope("330000", START, END, CAMPAIGN))[0]
    assert (found["suspended", "n"], found["fined", "n"]) == (1, 1)


def test_a_proposal_is_no_decision(build: Builder, count: Count) -> None:
    build.decide(build.case(build.subject("org")).respondents[0], ("fine", 500), decided_on=None)
    assert count("fine_count") == 0


def test_a_complaint_counts_for_each_of_its_events_by_the_event_s_day(build: Builder, count: Count) -> None:
    build.complaint(received_on=START, closed_on=END, replied_on=END, penalised=True, satisfied=True)
    build.complaint(received_on=date(2021, 5, 1), closed_on=START, replied_on=date(2022, 1, 1), satisfied=True)
    build.complaint(received_on=START, withdrawn_reason="重复举报")
    names = ("in", "closed", "penalised", "replied", "satisfied")
    assert [count(f"complaint_{name}") for name in names] == [1, 2, 1, 1, 1]


def test_a_complaint_of_history_closed_before_it_came_counts_by_the_days_it_bears(build: Builder, count: Count) -> None:
    build.complaint(imported=True, received_on=date(2022, 1, 5), closed_on=END, replied_on=END, satisfied=True)
    names = ("in", "closed", "replied", "satisfied")
    assert [count(f"complaint_{name}") for name in names] == [0, 1, 1, 1]


def test_kinds_and_subkinds_both_filter(build: Builder, count: Count) -> None:
    build.inspection(build.subject("org", kind="medical_institution", subkind="clinic"))
    build.inspection(build.subject("org", kind="beauty_salon"))
    assert count("visits", 'subject_kind = "medical_institution"') == 1
    assert count("visits", 'subject_kind = "clinic"') == 1
    assert count("visits", 'subject_kind = ["clinic", "beauty_salon"]') == 2


@pytest.mark.parametrize(
    ("where", "counts"),
    [
        ("attr.seats = 80", 1),
        ('attr.seats = ">=80"', 1),
        ('attr.seats = ">80"', 0),
        ("attr.open = true", 1),
        ("attr.open = false", 1),
        ('attr.hazards = "dust"', 1),
        ('size = "small"', 1),
        ('grade = "none"', 1),
        ('attr.seats = ">=10"', 2),
    ],
)
def test_attributes_are_compared_as_values_numbers_and_members(
    build: Builder, count: Count, where: str, counts: int
) -> None:
    a = {"seats": 80, "open": True, "hazards": ["dust", "noise"], "size": "small", "grade": "A"}
    build.inspection(build.subject("org", attributes=a))
    build.inspection(build.subject("org", attributes={"seats": 12, "open": False}))
    assert count("visits", where) == counts
    assert count("units_inspected", where) == counts


def test_cases_compare_attributes_of_their_respondents_without_counting_twice(build: Builder, count: Count) -> None:
    build.case(build.subject("org", attributes={"seats": 80}), build.subject("org", attributes={"seats": 90}))
    assert count("cases_filed", 'attr.seats = ">=80"') == 1


def test_tags_mean_a_violation_its_category_or_our_list(build: Builder, count: Count) -> None:
    clinic = build.subject("org")
    build.inspection(clinic, findings=2)  # MC-001, twice
    build.inspection(clinic)
    assert count("visits", 'tag = "MC-001"') == 1
    assert count("visits", 'tag = "unlicensed_practice"') == 1
    assert count("units_with:MC-001") == 1
    assert count("units_with:MC-002") == 0
    assert count("violations") == 2


def test_penalties_filter_cases_and_decisions(build: Builder, count: Count) -> None:
    case = build.case(build.subject("org"), build.subject("person"))
    build.decide(case.respondents[0], ("warning", None), ("fine", 5))
    assert count("cases_filed", 'penalty = "fine"') == 1
    assert count("cases_filed", 'penalty = "fine", party = "person"') == 0
    assert count("warning", 'penalty = "fine"') == 1


def test_licences_are_judged_on_the_last_day_of_the_period(build: Builder, count: Count, session: Any) -> None:
    for expires in (date(2021, 12, 31), date(2021, 12, 30), None):
        clinic = build.subject("org")
        clinic.licences.append(Licence(kind="catering", number="1", expires_on=expires))
    build.subject("org")
    session.flush()
    states = ("valid", "expired", "none")
    assert [count("register_units", f'licence = "catering", licence_state = "{state}"') for state in states] == [
        2,
        1,
        1,
    ]
    assert count("register_units", 'licence = "catering"') == 3


def test_the_register_holds_establishments_there_on_the_last_day(build: Builder, count: Count) -> None:
    build.subject("org", opened_on=date(2021, 12, 31))
    build.subject("org", opened_on=date(2022, 1, 1))
    build.subject("org", closed_on=date(2021, 12, 31))
    build.subject("person")
    assert count("register_units") == 1


def test_sums_and_yes_answers_are_taken_from_attributes_exactly(build: Builder, count: Count) -> None:
    for workers in (0.1, 0.2, 7, "many", None):
        build.subject("org", attributes={"workers": workers, "declared": workers == 7})
    assert str(count("sum:workers")) == "7.3"
    assert count("yes:declared") == 1


def test_the_level_of_the_agency_and_its_own_handling_filter(build: Builder, count: Count) -> None:
    build.inspection(build.subject("org"))
    assert count("visits", 'agency_level = "county"') == 1
    assert count("visits", 'agency_level = "city"') == 0
    assert count("visits", 'handled_by = "self"') == 0
    assert count("visits", 'handled_by = "self"', region="330106") == 1


def test_a_filter_that_a_kind_of_record_does_not_know_lets_nothing_through(build: Builder, count: Count) -> None:
    build.subject("org")
    assert count("register_units", 'category = "unlicensed_practice"') == 0


def test_without_days_everything_counts(build: Builder, count: Count) -> None:
    build.inspection(build.subject("org"), inspected_on=date(1990, 1, 1))
    assert count("visits", start=None, end=None) == 1
