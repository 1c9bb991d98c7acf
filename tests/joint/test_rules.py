"""States told from days, checks as tables, and the draw as a property."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.joint import rules
from inspectorate.joint.minutes import numeral
from inspectorate.joint.queries.tallies import Tally
from inspectorate.joint.rules import ActivityFacts, Again, Span, Standing

DAY = date(2021, 7, 2)
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)


@pytest.mark.parametrize(
    ("state", "due_on", "standing"),
    [
        ("open", AFTER, Standing.OPEN),
        ("open", DAY, Standing.OPEN),
        ("open", BEFORE, Standing.OVERDUE),
        ("open", None, Standing.OPEN),
        ("done", BEFORE, Standing.DONE),
        ("dropped", BEFORE, Standing.DROPPED),
    ],
)
def test_a_resolution_is_overdue_from_the_day_after_its_last(state: str, due_on: date | None, standing: str) -> None:
    assert rules.standing_of_resolution(state, due_on, DAY) is standing


@pytest.mark.parametrize(
    ("result", "dropped", "due_on", "standing"),
    [
        (None, False, DAY, Standing.OPEN),
        (None, False, BEFORE, Standing.OVERDUE),
        ("impossible", False, BEFORE, Standing.DONE),
        (None, True, BEFORE, Standing.DROPPED),
    ],
)
def test_a_task_is_done_with_its_result(result: str | None, dropped: bool, due_on: date, standing: str) -> None:
    assert rules.standing_of_task(result, dropped, due_on, DAY) is standing


@given(st.text(max_size=8), st.lists(st.integers(1, 10**9), unique=True, max_size=40), st.data())
def test_a_draw_gives_the_same_places_again_in_whatever_order_they_are_written(
    seed: str, population: list[int], data: st.DataObject
) -> None:
    size = data.draw(st.integers(0, len(population)))
    drawn = rules.draw(seed, population, size)
    assert len(drawn) == len(set(drawn)) == size and set(drawn) <= set(population)
    assert rules.draw(seed, data.draw(st.permutations(population)), size) == drawn
    assert rules.draw(seed, population, len(population))[:size] == drawn, "a larger sample begins with the smaller"


def test_a_draw_is_what_anybody_computes_by_hand() -> None:
    """sha256("abc:7") = b490…, sha256("abc:5") = c74b…, sha256("abc:6") = cc63…."""
    assert rules.draw("abc", [5, 6, 7], 2) == [7, 5]


@pytest.mark.parametrize(
    ("result", "inspected", "note", "before", "now", "field"),
    [
        ("mended", True, None, "A", "", None),
        ("mended", True, None, "A", "B", None),
        ("mended", True, None, "A", "A", "result"),
        ("mended", False, None, "A", "", "inspection_id"),
        ("partly", True, "还差一项", "AB", "A", None),
        ("partly", True, None, "AB", "A", "note"),
        ("unmended", True, None, "A", "A", "note"),
        ("impossible", False, "已关闭", "A", "", None),
        ("impossible", False, None, "A", "", "note"),
    ],
)
def test_a_result_rests_on_its_report_and_does_not_contradict_it(
    result: str, inspected: bool, note: str | None, before: str, now: str, field: str | None
) -> None:
    found = [*rules.check_result(result, inspected, note, Again(frozenset(before), frozenset(now)))]
    assert [one.field for one in found] == ([field] if field else [])


@pytest.mark.parametrize(
    ("before", "after", "reason", "follow_ups", "field"),
    [
        ("open", "done", None, 1, None),
        ("open", "done", "已办结", 0, None),
        ("open", "done", None, 0, "reason"),
        ("open", "dropped", None, 3, "reason"),
        ("done", "open", "整改反弹", 1, None),
        ("done", "done", "…", 1, "state"),
    ],
)
def test_done_needs_proof_and_dropping_a_reason(
    before: str, after: str, reason: str | None, follow_ups: int, field: str | None
) -> None:
    found = [*rules.check_settlement(before, after, reason, follow_ups)]
    assert [one.field for one in found] == ([field] if field else [])


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (DAY, None, True),
        (BEFORE, BEFORE, False),
        (BEFORE, DAY, True),
        (DAY + timedelta(30), None, False),
    ],
)
def test_a_person_stands_once_for_the_same_days(first: date, last: date | None, refused: bool) -> None:
    others = [("赵倩", Span(DAY, DAY + timedelta(29)))]
    assert bool(rules.check_liaison("赵倩", first, last, others)) is refused
    assert not rules.check_liaison("钱进", first, last, others)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({}, None),
        ({"held_on": AFTER + timedelta(9)}, "held_on"),
        ({"held_on": date(2020, 1, 1)}, "held_on"),
        ({"times": 0}, "times"),
        ({"people": rules.LARGEST_FIGURE + 1}, "people"),
        ({"people": 0, "copies": 0}, "people"),
        ({"people": 0}, None),
        ({"side": "training", "people": 0, "copies": 0}, "people"),
    ],
)
def test_an_activity_has_a_day_of_the_campaign_and_figures(changed: dict[str, object], field: str | None) -> None:
    facts = ActivityFacts("publicity", "lecture", DAY, "讲座", None, 1, 30, 5)._replace(**changed)
    found = [*rules.check_activity(facts, date(2021, 6, 1), date(2021, 12, 31), AFTER)]
    assert [one.field for one in found] == ([field] if field else [])


@pytest.mark.parametrize(
    ("mended", "partly", "unmended", "rate"),
    [
        (0, 0, 0, "–"),
        (1, 0, 0, "100.0%"),
        (12, 1, 0, "92.3%"),
        (2, 0, 1, "66.7%"),
        (1, 1, 6, "12.5%"),
        (0, 0, 3, "0.0%"),
    ],
)
def test_the_rate_is_of_places_that_could_be_inspected(mended: int, partly: int, unmended: int, rate: str) -> None:
    assert Tally(tasks=99, mended=mended, partly=partly, unmended=unmended, impossible=5).rate == rate


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "100")]
)
def test_parts_of_a_paper_are_numbered_as_offices_number_them(number: int, words: str) -> None:
    assert numeral(number) == words
