"""行政处罚法 37: the law of the act, unless that of the decision is more lenient."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.law import Facts, NoRange, Violation, range_for, violation
from inspectorate.law.applicable import Comparison, compare
from inspectorate.law.model import FineRule, Tier
from inspectorate.law.violations import catalogue
from inspectorate.law.words import COUNTED

CHANGE = date(2025, 1, 1)
BEFORE, AFTER = date(2024, 6, 1), date(2025, 6, 1)


def tier(least: int, most: int, **changes: Any) -> Tier:
    return Tier("base", "任何情节", fine=FineRule("range", min=least, max=most), **changes)


def changed(then: Tier, now: Tier, **changes: Any) -> Violation:
    entry = replace(violation("FD-001"), earlier=())
    old = replace(entry, tiers=(then,), since=date(2021, 4, 29), until=date(2024, 12, 31), historic=True)
    return replace(entry, tiers=(now,), since=CHANGE, until=None, earlier=(old,), **changes)


def compared(then: Tier, now: Tier, act: date = BEFORE, decided: date = AFTER) -> Comparison:
    return compare(changed(then, now), Facts(), act, decided)


@pytest.mark.parametrize(
    ("then", "now", "day", "said"),
    [
        (tier(100, 200), tier(100, 200), "act", "相同"),
        (tier(100, 200), tier(100, 150), "decision", "罚款上限"),
        (tier(100, 200), tier(50, 200), "decision", "罚款下限"),
        (tier(100, 200), tier(100, 300), "act", "较重"),
        (tier(100, 200), tier(50, 300), None, "审核人选择"),
        (tier(100, 200), tier(100, 150, revoke=("甲证",)), None, "吊销"),
        (tier(100, 200, revoke=("甲证",)), tier(100, 200, revoke_optional=("甲证",)), "decision", "吊销"),
        (tier(100, 200), tier(100, 200, suspend_business=True), "act", "停产停业"),
        (tier(100, 200, revoke=("甲证",)), tier(100, 200, revoke=("甲类证",)), "act", "相同"),
        (tier(100, 200, revoke=("甲证",)), tier(100, 200, revoke_optional=("甲类证",)), "decision", "吊销"),
        (tier(100, 200, revoke=("甲证",)), tier(100, 200, revoke=("甲证", "乙证")), "act", "吊销"),
        (tier(100, 200, confiscate=("food", "tools")), tier(100, 200, confiscate=("food",)), "decision", "没收"),
        # Illegal income is taken whether a text names it or not (28(2)).
        (tier(100, 200, confiscate=("illegal_income",)), tier(100, 200), "act", "相同"),
    ],
)
def test_the_more_lenient_law_governs_and_a_reviewer_where_they_cross(
    then: Tier, now: Tier, day: str | None, said: str
) -> None:
    answer = compared(then, now)
    assert answer.day == day and said in answer.zh and answer.en
    assert answer.governing is (None if day is None else answer.at_act if day == "act" else answer.at_decision)
    assert answer.citations[0].article == 37


def test_before_the_change_there_is_nothing_to_compare() -> None:
    answer = compared(tier(1, 2), tier(3, 4), act=BEFORE, decided=date(2024, 12, 31))
    assert answer.day == "act" and "规定相同" in answer.zh


def test_an_act_that_went_on_past_the_change_is_under_the_law_of_its_end() -> None:
    answer = compared(tier(100, 200), tier(100, 300), act=CHANGE)
    assert answer.governing and answer.governing.fine and answer.governing.fine.max == 300


def test_a_decision_does_not_come_before_the_act() -> None:
    with pytest.raises(ValueError, match="before"):
        compared(tier(1, 2), tier(1, 2), act=AFTER, decided=BEFORE)


def test_where_the_version_of_the_act_is_not_recorded_it_says_so_and_refuses_nothing() -> None:
    answer = compared(tier(1, 2), tier(1, 2), act=date(2015, 1, 1))
    assert isinstance(answer.at_act, NoRange) and answer.day is None and answer.governing is None
    assert "未收录" in answer.zh and "无法与现行规定比较" in answer.zh
    assert answer.shown is answer.at_decision


def test_what_is_no_violation_any_more_is_not_punished() -> None:
    entry = replace(violation("FD-001"), until=date(2024, 12, 31), since=date(2021, 4, 29), abolished=True)
    answer = compare(entry, Facts(bases={"goods_value": 1}), BEFORE, AFTER)
    assert answer.no_longer_punished and answer.governing is None and "不予处罚" in answer.zh


def test_a_repealed_rule_is_compared_with_what_took_its_place() -> None:
    entry = replace(violation("FD-001"), until=date(2024, 12, 31), replaced_by=("FD-002",), earlier=())
    answer = compare(entry, Facts(bases={"goods_value": 1}), BEFORE, AFTER)
    assert not isinstance(answer.at_decision, NoRange) and answer.at_decision.violation.code == "FD-002"
    gone = compare(replace(entry, replaced_by=()), Facts(bases={"goods_value": 1}), BEFORE, AFTER)
    assert isinstance(gone.at_decision, NoRange) and gone.at_decision.code == "repealed" and gone.day is None


def test_an_act_of_before_its_rule_is_compared_under_the_rule_whose_place_it_took() -> None:
    old, new = violation("RD-139"), violation("RD-124")
    assert old.replaced_by == (new.code,) and old.until
    answer = compare(new, Facts(), old.until, date(2026, 9, 1))
    assert not isinstance(answer.at_act, NoRange) and answer.at_act.violation.code == "RD-139"
    with pytest.raises(NoRange, match="RD-139"):
        range_for(new, Facts(), old.until)


def test_where_several_rules_took_its_place_a_reviewer_says_which_unless_the_old_one_is_lighter_than_all() -> None:
    entry = replace(
        changed(tier(100, 200), tier(100, 200)), earlier=(), since=date(2021, 4, 29), until=date(2024, 12, 31)
    )
    mild = replace(entry, tiers=(tier(1, 2),), replaced_by=("FD-002", "FD-002"))
    heavy = replace(entry, tiers=(tier(10**10, 10**11),), replaced_by=("FD-002", "FD-002"))
    assert compare(mild, Facts(), BEFORE, AFTER).day == "act"
    answer = compare(heavy, Facts(), BEFORE, AFTER)
    assert answer.day is None and answer.governing is None and "FD-002" in answer.zh and "FD-002" in answer.en


def test_facts_that_the_law_of_the_act_needs_are_asked_for() -> None:
    with pytest.raises(NoRange, match="goods_value"):
        compare(violation("FD-001"), Facts(), BEFORE, AFTER)


def test_facts_that_only_the_new_law_needs_leave_the_comparison_open() -> None:
    base = FineRule("multiple", base="goods_value", min_times=1, max_times=2)  # type: ignore[arg-type]
    answer = compared(tier(100, 200), Tier("base", "任何情节", fine=base))
    assert answer.day is None and isinstance(answer.at_decision, NoRange) and "补齐" in answer.zh


def test_a_tier_that_the_new_law_does_not_have_is_compared_with_the_nearest_and_that_is_said() -> None:
    overdue = tier(100, 200)._replace(name="overdue", when="拒不改正")
    entry = changed(tier(0, 1), tier(100, 300))
    old = replace(entry.earlier[0], tiers=(tier(0, 1), overdue))
    answer = compare(replace(entry, earlier=(old,)), Facts(tier="overdue"), BEFORE, AFTER)
    assert answer.day == "act" and "按“任何情节”比较" in answer.zh and "compared with: any finding" in answer.en


def test_every_rule_of_the_catalogue_that_changed_can_be_compared() -> None:
    compared = 0
    for entry in catalogue().values():
        for edition in entry.earlier:
            for one in edition.tiers:
                bases = {name: 3 if name in COUNTED else 5_000_000 for name in (*entry.bases, *edition.bases)}
                assert edition.until
                answer = compare(entry, Facts(tier=one.name, bases=bases), edition.until, date(2026, 11, 22))
                assert answer.zh and answer.en and (answer.governing is None) == (answer.day is None)
                compared += 1
    assert compared > 300


ENDS = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(sorted)
REVOKED = st.sampled_from([(), ("甲证",)])


@given(then=ENDS, now=ENDS, revoked=REVOKED, revoked_now=REVOKED)
def test_the_governing_law_is_never_the_heavier(
    then: list[int], now: list[int], revoked: Any, revoked_now: Any
) -> None:
    answer = compared(tier(*then, revoke=revoked), tier(*now, revoke=revoked_now))
    chosen = answer.governing
    if chosen is None:
        return
    for other in (answer.at_act, answer.at_decision):
        assert not isinstance(other, NoRange)
        assert (chosen.fine.max if chosen.fine else 0) <= (other.fine.max if other.fine else 0)
        assert (chosen.fine.min if chosen.fine else 0) <= (other.fine.min if other.fine else 0)
        assert set(chosen.revoke) <= set(other.revoke)
