"""Which cases stand first, and why."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.codes import PENALTIES
from inspectorate.typical.ranking import OUTSIDE, PARTS, UNKNOWN, WITHIN, Candidate, ranked, share_below, weights

PLAIN = Candidate(1, kinds=("fine",), range=WITHIN, same_violation=20, same_category=50)

candidates = st.builds(
    Candidate,
    case_id=st.integers(1, 10**6),
    kinds=st.lists(st.sampled_from(sorted(PENALTIES)), max_size=4).map(tuple),
    of_maximum=st.none() | st.floats(0, 3),
    of_field=st.floats(0, 1),
    range=st.sampled_from([WITHIN, OUTSIDE, UNKNOWN]),
    transferred=st.booleans(),
    repeat=st.booleans(),
    harm=st.booleans(),
    minors=st.booleans(),
    same_violation=st.integers(0, 10**5),
    same_category=st.integers(1, 10**5),
    chosen_with_violation=st.integers(0, 5),
    lacking=st.integers(0, 3),
    wanting=st.integers(0, 9),
    evidence=st.integers(0, 40),
    served=st.booleans(),
    documents=st.integers(0, 20),
)


def score(**facts: Any) -> int:
    return ranked([PLAIN._replace(**facts)])[0].score


@pytest.mark.parametrize(
    "graver",
    [
        {"transferred": True},
        {"kinds": ("fine", "revoke_licence")},
        {"of_maximum": 1.0},
        {"of_field": 0.9},
        {"repeat": True},
        {"harm": True},
        {"minors": True},
        {"same_violation": 1},
        {"same_category": 1},
        {"evidence": 4},
        {"served": True},
        {"documents": 3},
    ],
)
def test_what_makes_a_case_more_telling_gives_it_points(graver: dict[str, Any]) -> None:
    assert score(**graver) > score()


@pytest.mark.parametrize(
    "lesser", [{"wanting": 2}, {"lacking": 1}, {"range": UNKNOWN}, {"range": OUTSIDE}, {"chosen_with_violation": 1}]
)
def test_what_is_missing_or_told_already_takes_points(lesser: dict[str, Any]) -> None:
    assert score(**lesser) < score()


def test_a_decision_outside_its_range_is_shown_but_never_first() -> None:
    grave = PLAIN._replace(case_id=2, range=OUTSIDE, transferred=True, kinds=("revoke_licence", "fine"), harm=True)
    places = ranked([grave, PLAIN])
    assert [one.candidate.case_id for one in places] == [1, 2]
    assert places[1].score > places[0].score


def test_a_case_that_cannot_be_sent_stands_behind_those_that_can() -> None:
    lacking = PLAIN._replace(case_id=2, lacking=1, transferred=True)
    assert [one.candidate.case_id for one in ranked([lacking, PLAIN])] == [1, 2]


@given(st.lists(candidates, max_size=12, unique_by=lambda one: one.case_id), st.randoms())
def test_the_order_is_one_whatever_the_order_given_and_each_place_has_its_reasons(
    found: list[Candidate], chance: random.Random
) -> None:
    places = ranked(found)
    chance.shuffle(found)
    assert ranked(found) == places
    lawful = [one.candidate.range != OUTSIDE for one in places]
    assert lawful == sorted(lawful, reverse=True)
    for one in places:
        assert one.score == sum(one.points(part) for part in PARTS)
        assert {reason.part for reason in one.reasons} >= {"novelty", "completeness", "range"}
        assert all(reason.message % reason.values if reason.values else reason.message for reason in one.reasons)


def test_every_kind_of_penalty_has_a_weight() -> None:
    assert set(weights()["gravity"]["kinds"]) == set(PENALTIES)


def test_the_share_below_counts_smaller_amounts_and_nothing_to_compare_with_is_none() -> None:
    assert [share_below(amount, [1, 2, 2, 9]) for amount in (1, 2, 9, 10)] == [0, 0.25, 0.75, 1]
    assert share_below(5, [5]) == 0
