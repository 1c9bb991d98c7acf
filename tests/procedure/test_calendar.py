"""Working days, calendar days, months: a term begins the day after its event."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.procedure.calendar import (
    Term,
    arrangement_known,
    calendar_days_after,
    is_working_day,
    months_after,
    next_working_day,
    working_days_after,
    working_days_between,
    years_after,
)
from inspectorate.procedure.rulebook import DayKind

ANY_DAY = st.dates(date(2001, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 10, 1), False),
        (date(2026, 10, 10), True),
        (date(2026, 2, 14), True),
        (date(2026, 6, 13), False),
        (date(2026, 6, 15), True),
        (date(2027, 10, 1), True),
        (date(2027, 10, 2), False),
    ],
    ids=[
        "national day",
        "make-up saturday",
        "make-up before spring festival",
        "saturday",
        "monday",
        "2027 unknown",
        "2027",
    ],
)
def test_days_off_follow_the_published_arrangement(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_seven_working_days_jump_over_the_national_holiday() -> None:
    # 30 September; 1-7 October off, Saturday 10 October worked.
    assert working_days_after(date(2026, 9, 30), 7) == date(2026, 10, 15)


def test_the_day_of_the_event_does_not_count() -> None:
    assert working_days_after(date(2026, 6, 15), 1) == date(2026, 6, 16)
    assert working_days_after(date(2026, 6, 13), 1) == date(2026, 6, 15)
    assert calendar_days_after(date(2026, 3, 5), 90) == date(2026, 6, 3)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 5, 6), 12, date(2027, 5, 6)),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(start: date, months: int, end: date) -> None:
    assert months_after(start, months) == end


def test_years_of_a_leap_day() -> None:
    assert years_after(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert years_after(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_last_day_on_a_day_off_moves_only_where_the_term_says_so() -> None:
    event = date(2026, 9, 20)
    assert Term(15, DayKind.CALENDAR).ends_after(event).due == date(2026, 10, 5)
    assert Term(15, DayKind.CALENDAR, postponed=True).ends_after(event).due == date(2026, 10, 8)


def test_a_date_beyond_the_published_years_is_marked_as_estimated() -> None:
    assert not arrangement_known(date(2027, 1, 4))
    assert Term(7, DayKind.WORKING).ends_after(date(2026, 12, 30)).estimated
    assert not Term(90, DayKind.CALENDAR).ends_after(date(2026, 12, 30)).estimated
    assert not Term(7, DayKind.WORKING).ends_after(date(2026, 6, 1)).estimated


def test_a_term_in_hours_has_no_last_day() -> None:
    with pytest.raises(ValueError, match="hours"):
        Term(24, DayKind.HOUR).ends_after(date(2026, 6, 1))


@pytest.mark.parametrize("count", [working_days_after, calendar_days_after])
def test_negative_terms_are_refused(count: object) -> None:
    with pytest.raises(ValueError, match="negative"):
        count(date(2026, 6, 1), -1)  # type: ignore[operator]


@given(ANY_DAY, st.integers(1, 60))
def test_a_term_of_working_days_ends_on_one_and_counts_back(day: date, count: int) -> None:
    end = working_days_after(day, count)
    assert is_working_day(end)
    assert working_days_between(day, end) == count
    assert working_days_between(end, day) == -count


@given(ANY_DAY, st.integers(0, 40), st.integers(0, 40))
def test_terms_add_up(day: date, first: int, second: int) -> None:
    assert working_days_after(working_days_after(day, first), second) == working_days_after(day, first + second)


@given(ANY_DAY, st.integers(0, 120))
def test_months_never_skip_a_month(day: date, count: int) -> None:
    end = months_after(day, count)
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == count
    assert end.day <= day.day


@given(ANY_DAY)
def test_the_next_working_day_is_the_first_one(day: date) -> None:
    end = next_working_day(day)
    assert is_working_day(end)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((end - day).days))
