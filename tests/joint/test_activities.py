"""Publicity and training: each activity counted once, whatever the region and the month that is asked for."""

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspectorate.accounts.regions import covers
from inspectorate.errors import NotFound, Refusal, Stale
from inspectorate.extensions import db
from inspectorate.joint.actions import activities as actions
from inspectorate.joint.models import Activity
from inspectorate.joint.queries import activities as queries
from inspectorate.joint.queries import doings
from inspectorate.joint.queries.activities import Sums
from tests import factories
from tests.joint.scene import CAMPAIGN, CITY, COUNTY, PROVINCE, TODAY, Offices, held

DAYS = [date(2021, 6, 1), date(2021, 6, 30), date(2021, 7, 1), date(2021, 7, 31), date(2021, 8, 15)]
REGIONS = [COUNTY, factories.OTHER_COUNTY, CITY, PROVINCE, "310101", "000000"]

ROWS = st.lists(
    st.tuples(
        st.sampled_from(REGIONS), st.sampled_from(DAYS), st.sampled_from(["publicity", "training"]),
        st.integers(1, 5), st.integers(0, 10**6), st.integers(0, 10**6), st.booleans(),
    ),
    max_size=12,
)  # fmt: skip


def expected(rows: list[Any], region: str, start: date, end: date) -> Sums:
    """The same sums by a plain loop."""
    total = [0] * 5
    for code, day, side, times, people, copies, withdrawn in rows:
        if covers(region, code) and start <= day <= end and not withdrawn:
            own = [times, people, copies, 0, 0] if side == "publicity" else [0, 0, 0, times, people]
            total = [one + more for one, more in zip(total, own, strict=True)]
    return Sums(*total)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_sums_of_any_region_and_days_are_those_of_a_plain_loop_and_children_make_up_the_whole(
    offices: Offices, rows: list[Any]
) -> None:
    agency = offices.county_user.agency
    with db.session.begin_nested() as kept:
        for code, day, side, times, people, copies, withdrawn in rows:
            row = Activity(campaign=CAMPAIGN, region_code=code, sector="health", agency_id=agency.id, side=side,
                           kind="other", held_on=day, title="…", times=times, people=people,
                           copies=copies if side == "publicity" else 0,
                           withdrawn_reason="重复" if withdrawn else None)  # fmt: skip
            factories.add(row)
        first, last = DAYS[0], date(2021, 8, 31)
        for region in (*REGIONS, "310000"):
            for start, end in ((first, last), (date(2021, 7, 1), date(2021, 7, 31)), (date(2021, 9, 1), last)):
                assert queries.sums(CAMPAIGN, region, start, end) == expected(rows, region, start, end)
            lines = queries.by_region(CAMPAIGN, region, date(2021, 7, 1), 2021)
            month, whole = Sums(), Sums()
            for line in lines:
                month, whole = month.plus(line.month), whole.plus(line.whole)
            assert month == expected(rows, region, date(2021, 7, 1), date(2021, 7, 31))
            assert whole == expected(rows, region, first, date(2021, 7, 31))
            told = doings(CAMPAIGN, region, first, last)
            figures = (told.publicity_events, told.publicity_people, told.publicity_copies, told.courses, told.trained)
            assert figures == tuple(expected(rows, region, first, last))
        kept.rollback()


@pytest.mark.one_database
def test_what_an_office_above_or_below_has_entered_is_not_entered_again_unseen(offices: Offices) -> None:
    held(offices.county, "a", title="广场咨询")
    for actor in (offices.city, offices.county, offices.market):
        with pytest.raises(Refusal):
            held(actor, "b", title="广场咨询")
    assert held(offices.city, "b", title="广场咨询", apart=True).region_code == CITY
    assert held(offices.neighbour, "c", title="广场咨询", held_on=date(2021, 7, 6)).id
    assert queries.sums(CAMPAIGN, CITY).events == 3


@pytest.mark.one_database
def test_the_same_form_sent_twice_counts_once(offices: Offices) -> None:
    assert held(offices.county, "a") is held(offices.county, "a")
    assert queries.sums(CAMPAIGN, COUNTY) == Sums(1, 30, 50, 0, 0)


@pytest.mark.one_database
def test_a_correction_changes_the_sums_says_why_and_is_not_made_from_an_old_reading(offices: Offices) -> None:
    row = held(offices.county, "a")
    facts = actions.ActivityFacts("publicity", "lecture", row.held_on, row.title, row.place, 1, 45, 50)
    actions.correct_activity(offices.county, row.id, facts, TODAY, reason="漏计", version=row.version)
    assert (row.people, row.corrections) == (45, 1) and queries.sums(CAMPAIGN, PROVINCE).reached == 45
    actions.correct_activity(offices.county, row.id, facts, TODAY, reason="…", version=None)
    assert row.corrections == 1, "nothing was changed"
    with pytest.raises(Stale):
        actions.correct_activity(offices.county, row.id, facts._replace(people=1), TODAY, reason="…", version=1)
    with pytest.raises(NotFound):
        actions.withdraw_activity(offices.market, row.id, reason="…", version=None)
    actions.withdraw_activity(offices.county, row.id, reason="重复", version=None)
    assert not queries.sums(CAMPAIGN, PROVINCE)
