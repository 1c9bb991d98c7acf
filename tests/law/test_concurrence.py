"""One act under several rules, several acts in one decision, and what a criminal sentence leaves."""

from dataclasses import replace
from datetime import date

import pytest

from inspectorate.law import Citation, Facts, FineRange, PenaltyRange, range_for, violation
from inspectorate.law.concurrence import after_sentence, merged, one_act
from inspectorate.law.model import FineRule

DAY = date(2026, 3, 1)


def fined(code: str, least: int, most: int, optional: bool = False, **changes: object) -> PenaltyRange:
    """A rule of the catalogue with another fine, in yuan."""
    entry = violation(code)
    rule = FineRule("range", min=least * 100, max=most * 100, optional=optional)
    tier = entry.tiers[0]._replace(name="base", fine=rule, **changes)  # type: ignore[arg-type]
    return range_for(replace(entry, tiers=(tier,), earlier=(), since=None), Facts(), DAY)


def test_one_act_is_fined_once_under_the_higher_rule() -> None:
    low, high = fined("FD-001", 100, 200), fined("FD-002", 100, 300)
    answer = one_act([low, high])
    assert answer.governing is high and answer.crossing == ()
    assert "FD-002" in answer.zh and "FD-002" in answer.en and answer.citations == (Citation("apl", 29),)


def test_ranges_that_cross_are_both_named_for_a_reviewer() -> None:
    wide, narrow, low = fined("FD-001", 100, 500), fined("FD-002", 200, 400), fined("FD-003", 1, 2)
    answer = one_act([low, wide, narrow])
    assert answer.governing is None and answer.crossing == (wide, narrow)
    assert all(code in answer.zh and code in answer.en for code in ("FD-001", "FD-002")) and "FD-003" not in answer.zh


def test_rules_of_one_range_need_no_choice() -> None:
    first, second = fined("FD-001", 100, 200), fined("FD-002", 100, 200)
    assert one_act([first, second]).governing is first


def test_without_fines_nothing_governs() -> None:
    bare = fined("FD-001", 0, 0)
    assert bare.fine is None
    answer = one_act([bare])
    assert answer.governing is None and answer.crossing == () and "罚款" in answer.zh


def test_several_acts_keep_their_penalties_and_add_up_their_fines() -> None:
    first = fined("FD-001", 100, 200, warning=True, revoke=("甲证",), confiscate=("food",))
    second = fined("FD-002", 1, 3, optional=True, revoke=("甲证", "乙证"), suspend_business=True, confiscate=("tools",))
    whole = merged([first, second])
    assert whole.parts == (first, second)
    assert whole.fine == FineRange(100_00, 203_00, True)  # the second may be left out
    assert (whole.warning, whole.public_criticism, whole.suspend_business) == (True, False, True)
    assert whole.revoke == ("甲证", "乙证") and set(whole.confiscate) == {"food", "tools"}
    assert merged([fined("FD-001", 0, 0)]).fine is None


@pytest.mark.parametrize(
    ("given", "may_fine", "set_off", "days"),
    [
        ({"criminal_fine_fen": 100}, False, 0, 0),
        ({"criminal_fine_fen": 100, "fined_fen": 60}, False, 60, 0),
        ({"criminal_fine_fen": 100, "fined_fen": 160}, False, 100, 0),
        ({"term_days": 180, "detained_days": 10}, True, 0, 10),
        ({"term_days": 5, "detained_days": 10, "criminal_fine_fen": 1}, False, 0, 5),
        ({}, True, 0, 0),
    ],
)
def test_what_a_sentence_leaves(given: dict[str, int], may_fine: bool, set_off: int, days: int) -> None:
    left = after_sentence(**given)
    assert (left.may_fine, left.set_off_fen, left.set_off_days) == (may_fine, set_off, days)
    assert left.zh and left.en and all(cited.law == "apl" and cited.article == 35 for cited in left.citations)


def test_negative_sentences_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        after_sentence(criminal_fine_fen=-1)
