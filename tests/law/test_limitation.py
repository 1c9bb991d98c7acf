"""行政处罚法 36."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.law import violation
from inspectorate.law.limitation import limitation
from inspectorate.law.violations import catalogue


@pytest.mark.parametrize(("found_on", "expired"), [(date(2023, 3, 10), False), (date(2023, 3, 11), True)])
def test_after_two_years_an_act_that_was_not_found_is_no_longer_punished(found_on: date, expired: bool) -> None:
    result = limitation(date(2021, 3, 10), found_on)
    assert (result.months, result.last_day, result.expired) == (24, date(2023, 3, 10), expired)


@pytest.mark.parametrize(("found_on", "expired"), [(date(2026, 3, 10), False), (date(2026, 3, 11), True)])
def test_where_life_or_health_was_harmed_it_is_five_years(found_on: date, expired: bool) -> None:
    result = limitation(date(2021, 3, 10), found_on, harmed_life_health_or_finance=True)
    assert (result.months, result.expired) == (60, expired)


def test_an_act_that_went_on_counts_from_its_end_and_cites_that_rule() -> None:
    result = limitation(date(2021, 3, 10), date(2021, 4, 1), continuing=True)
    assert result.begins == date(2021, 3, 10)
    assert [citation.paragraph for citation in result.citations] == [1, 2]


def test_an_act_found_while_it_still_goes_on_is_not_barred() -> None:
    assert not limitation(date(2021, 3, 10), date(2019, 1, 1), continuing=True).expired


def test_under_the_public_security_law_it_is_six_months() -> None:
    entry = next(one for one in catalogue().values() if one.basis[0].law == "psp")
    result = limitation(date(2026, 8, 31), date(2027, 3, 1), violation=entry, continuing=True)
    assert (result.months, result.last_day, result.expired) == (6, date(2027, 2, 28), True)
    assert [(cited.law, cited.article) for cited in result.citations] == [("psp", 25), ("psp", 25)]
    assert limitation(date(2026, 8, 31), date(2027, 3, 1), violation=violation("MC-001")).months == 24


def test_two_years_after_the_29th_of_february_is_the_28th() -> None:
    assert limitation(date(2024, 2, 29), date(2024, 3, 1)).last_day == date(2026, 2, 28)


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)), st.integers(0, 4000))
def test_what_is_barred_after_five_years_is_barred_after_two(ended_on: date, later: int) -> None:
    found_on = ended_on + timedelta(days=later)
    longer = limitation(ended_on, found_on, harmed_life_health_or_finance=True)
    assert not longer.expired or limitation(ended_on, found_on).expired
