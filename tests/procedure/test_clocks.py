"""The clocks of a case on a given day."""

from datetime import date, timedelta

import pytest

from inspectorate.procedure.clocks import CaseDates, Clock, ClockState, Whose, clock_rules, clocks_of, most_urgent

FILED = date(2026, 3, 5)
DECIDED = CaseDates(filed_on=FILED, decided_on=date(2026, 5, 20), publication_due=True)
SERVED = DECIDED._replace(decision_served_on=date(2026, 5, 22), published_on=date(2026, 5, 25))


def clock(key: str, dates: CaseDates, today: date) -> Clock:
    return next(clock for clock in clocks_of(dates, today) if clock.key == key)


@pytest.mark.parametrize(
    ("key", "dates", "due", "article"),
    [
        ("decision", CaseDates(filed_on=FILED), date(2026, 6, 3), "第六十条"),
        ("defence", CaseDates(notice_served_on=date(2026, 5, 7)), date(2026, 5, 13), "第六十四条第（一）项"),
        ("service", DECIDED, date(2026, 5, 29), "第六十一条第一款"),
        ("publication", DECIDED, date(2026, 5, 29), "第四十八条第一款"),
        ("payment", SERVED, date(2026, 6, 8), "第六十七条第三款"),
        ("reconsideration", SERVED, date(2026, 7, 21), "第二十条第一款"),
        ("litigation", SERVED, date(2026, 11, 23), "第四十六条第一款"),
        (
            "filing_market",
            CaseDates(sector="market", received_on=date(2026, 3, 2)),
            date(2026, 3, 23),
            "第十八条第一款",
        ),
        ("closing_market", CaseDates(sector="market", executed_on=date(2026, 6, 1)), date(2026, 6, 23), "第七十七条"),
    ],
)
def test_each_clock_ends_on_its_day_under_its_article(key: str, dates: CaseDates, due: date, article: str) -> None:
    found = clock(key, dates, date(2026, 3, 5))
    assert (found.due, found.citation.place()) == (due, article)


@pytest.mark.parametrize(
    ("days_before", "state"),
    [
        (10, ClockState.RUNNING),
        (4, ClockState.RUNNING),
        (3, ClockState.SOON),
        (0, ClockState.SOON),
        (-1, ClockState.LATE),
    ],
)
def test_a_clock_warns_three_days_before_and_is_late_the_day_after(days_before: int, state: ClockState) -> None:
    due = date(2026, 6, 3)
    found = clock("decision", CaseDates(filed_on=FILED), due - timedelta(days=days_before))
    assert (found.state, found.days_left) == (state, days_before)


def test_working_days_left_do_not_count_the_weekend() -> None:
    assert clock("service", DECIDED, date(2026, 5, 22)).days_left == 5


@pytest.mark.parametrize(
    ("stop", "state"), [(date(2026, 6, 3), ClockState.MET), (date(2026, 6, 4), ClockState.MET_LATE)]
)
def test_a_stopped_clock_says_whether_it_was_in_time(stop: date, state: ClockState) -> None:
    assert clock("decision", CaseDates(filed_on=FILED, decided_on=stop), date(2026, 9, 1)).state is state


def test_a_term_of_the_party_is_over_not_late_but_unpaid_money_is() -> None:
    long_after = date(2027, 6, 1)
    assert clock("reconsideration", SERVED, long_after).state is ClockState.OVER
    assert clock("payment", SERVED, long_after).state is ClockState.LATE


def test_clocks_of_other_authorities_do_not_run() -> None:
    keys = {clock.key for clock in clocks_of(CaseDates(received_on=FILED, filed_on=FILED), date(2026, 3, 6))}
    assert keys == {"decision"}


def test_without_money_there_is_nothing_to_pay_in_time() -> None:
    keys = {clock.key for clock in clocks_of(SERVED._replace(money_due=False), date(2026, 5, 23))}
    assert "payment" not in keys


def test_a_decision_that_is_not_shown_has_no_clock_for_it() -> None:
    keys = {clock.key for clock in clocks_of(DECIDED._replace(publication_due=False), date(2026, 5, 21))}
    assert "publication" not in keys


def test_a_case_that_ended_early_has_no_running_clock() -> None:
    ended = CaseDates(filed_on=FILED, ended=True)
    assert most_urgent(clocks_of(ended, date(2026, 9, 1))) is None


def test_late_comes_first_and_the_office_before_the_party() -> None:
    dates = CaseDates(filed_on=FILED, notice_served_on=date(2026, 5, 29))
    clocks = clocks_of(dates, date(2026, 6, 4))
    assert [found.key for found in clocks] == ["decision", "defence"]
    urgent = most_urgent(clocks)
    assert urgent is not None
    assert (urgent.key, urgent.whose) == ("decision", Whose.OFFICE)


def test_keys_of_clocks_are_unique() -> None:
    keys = [row.key for row in clock_rules()]
    assert len(keys) == len(set(keys))
