"""The mechanisms of fines one by one, on rules made for it: what each gives, to the fen, and how it says so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.law import UNKNOWN, Citation, Facts, FineRange, NoRange, PenaltyRange, range_for, violation
from inspectorate.law.records import read_tier
from inspectorate.law.violations import catalogue
from inspectorate.law.words import PENALTIES

DAY = date(2026, 3, 1)


def found(fine: dict[str, Any], bases: dict[str, Any], **tier: Any) -> PenaltyRange:
    """A rule with this fine, in the fields of the data files."""
    read = read_tier({"name": "base", "when": "任何情节", "fine": fine, **tier})
    return range_for(replace(violation("FD-001"), tiers=(read,), earlier=()), Facts(bases=bases), DAY)


def ends(fine: dict[str, Any], **bases: Any) -> tuple[int, int] | None:
    outcome = found(fine, bases).fine
    return outcome and (outcome.min, outcome.max)


def said(outcome: PenaltyRange) -> str:
    assert all(step.en and step.citations for step in outcome.steps)
    return "\n".join(step.line() for step in outcome.steps)


UP_TO = {"kind": "multiple", "base": "illegal_income", "min_times": 1, "max_times": 3, "cap": 30000}


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        (1, (1, 3)),
        (999_999, (999_999, 2_999_997)),
        (1_000_000, (1_000_000, 3_000_000)),
        (1_000_001, (1_000_001, 3_000_000)),
        (3_000_001, (3_000_000, 3_000_000)),
    ],
)
def test_a_capped_multiple_stops_at_its_sum_to_the_fen(income: int, expected: tuple[int, int]) -> None:
    assert ends(UP_TO, illegal_income=income) == expected


def test_a_multiple_may_not_go_below_a_sum() -> None:
    least = {"kind": "multiple", "base": "illegal_income", "min_times": 1, "max_times": 3, "min_cap": 10000}
    assert ends(least, illegal_income=1) == (1_000_000, 1_000_000)
    assert ends(least, illegal_income=500_000) == (1_000_000, 1_500_000)
    assert "最低不少于10,000.00元" in said(found(least, {"illegal_income": 1}))
    assert "最高不超过30,000.00元" in said(found(UP_TO, {"illegal_income": 1}))


NONE = {"kind": "multiple", "base": "illegal_income", "min_times": 2, "max_times": 5, "none_min": 0, "none_max": 20000}


def test_no_income_at_all_is_another_case_than_a_fen_of_it() -> None:
    assert ends(NONE, illegal_income=0) == (0, 2_000_000)
    assert ends(NONE, illegal_income=1) == (2, 5)
    assert "没有违法所得，适用定额罚款" in said(found(NONE, {"illegal_income": 0}))


def test_income_that_cannot_be_established_counts_as_the_provision_says() -> None:
    cited = {**NONE, "unknown_basis": {"law": "price_pen", "article": 18}}
    outcome = found(cited, {"illegal_income": UNKNOWN})
    assert outcome.fine == FineRange(0, 2_000_000, True)
    step = next(step for step in outcome.steps if step.kind == "base")
    assert Citation("price_pen", 18) in step.citations and "未作规定" not in step.zh
    assert "未作规定" in said(found(NONE, {"illegal_income": UNKNOWN}))


TURNOVER = {
    "kind": "range",
    "min": 0,
    "max": 50_000_000,
    "or": {"kind": "multiple", "base": "last_year_turnover", "min_times": 0, "max_times": Decimal("0.05")},
}


@pytest.mark.parametrize(
    ("turnover", "most"),
    [(0, 5_000_000_000), (100_000_000_000, 5_000_000_000), (100_000_000_020, 5_000_000_001), (10**13, 5 * 10**11)],
)
def test_a_second_scale_raises_the_maximum_where_it_is_the_higher(turnover: int, most: int) -> None:
    assert ends(TURNOVER, last_year_turnover=turnover) == (0, most)


def test_without_the_turnover_the_first_scale_holds_and_the_steps_say_so() -> None:
    for bases in ({}, {"last_year_turnover": UNKNOWN}):
        outcome = found(TURNOVER, bases)
        assert outcome.fine == FineRange(0, 5_000_000_000, True)
        assert "上一年度营业额未查明" in said(outcome)
    told = said(found(TURNOVER, {"last_year_turnover": 10**13}))
    assert "第一种标准" in told and "第二种标准" in told and "选择适用" in told


HEAVIER = {
    "kind": "multiple",
    "base": "child_labour_months",
    "min_times": 5000,
    "max_times": 5000,
    "or": {"kind": "range", "min": 50000, "max": 300000},
    "choose": "greater",
}


@pytest.mark.parametrize(
    ("months", "expected"),
    [(1, (5_000_000, 30_000_000)), (60, (30_000_000, 30_000_000)), (61, (30_500_000, 30_500_000))],
)
def test_of_two_scales_the_heavier(months: int, expected: tuple[int, int]) -> None:
    assert ends(HEAVIER, child_labour_months=months) == expected
    assert "取其重者" in said(found(HEAVIER, {"child_labour_months": months}))


DAILY = {"kind": "multiple", "base": "original_fine", "min_times": 1, "max_times": 1, "per": "days_refused"}


def test_daily_fines_are_the_first_fine_for_each_day() -> None:
    assert ends(DAILY, original_fine=2_000_000, days_refused=7) == (14_000_000, 14_000_000)
    assert ends(DAILY, original_fine=2_000_000, days_refused=0) is None
    assert "拒不改正的天数7日" in said(found(DAILY, {"original_fine": 2_000_000, "days_refused": 7}))
    for missing in ("original_fine", "days_refused"):
        given = {"original_fine": 1, "days_refused": 1}
        del given[missing]
        with pytest.raises(NoRange) as refused:
            found(DAILY, given)
        assert (refused.value.code, refused.value.field) == ("base_missing", missing)
    with pytest.raises(NoRange, match="establish"):
        found(DAILY, {"original_fine": 1, "days_refused": UNKNOWN})


def test_a_doubled_fine_is_doubled_after_everything_else() -> None:
    double = {"kind": "multiple", "base": "child_labour_months", "min_times": 5000, "max_times": 5000, "factor": 2}
    assert ends(double, child_labour_months=3) == (3_000_000, 3_000_000)
    assert "乘以2" in said(found(double, {"child_labour_months": 3}))
    assert ends({"kind": "range", "min": 100, "max": 200, "factor": 2}) == (20_000, 40_000)


def test_a_fine_for_each_head_is_added_up() -> None:
    assert ends({"kind": "range", "min": 1000, "max": 5000, "per": "affected_workers"}, affected_workers=3) == (
        300_000,
        1_500_000,
    )


def test_penalties_imposed_alone_or_together_make_the_fine_no_must() -> None:
    outcome = found({"kind": "range", "min": 1, "max": 2}, {}, warning=True, one_of=["warning", "fine"])
    assert outcome.fine == FineRange(100, 200, False) and outcome.one_of == ("warning", "fine")
    told = said(outcome)
    assert "可以单处或者并处：处1.00元以上2.00元以下罚款" in told and "也可以不处罚款" not in told


def test_where_the_law_says_or_just_one_penalty_is_imposed() -> None:
    outcome = found({"kind": "range", "min": 1, "max": 2}, {}, either=["warning", "fine"])
    assert outcome.fine == FineRange(100, 200, False) and not outcome.warning
    told = said(outcome)
    assert "警告或者罚款，只处其中一种" in told and "选择罚款的，处1.00元以上2.00元以下罚款" in told
    assert "可以单处或者并处" not in told and "也可以不处罚款" not in told


def test_no_rule_of_the_catalogue_makes_certain_what_it_leaves_to_choice() -> None:
    for tier in (tier for entry in catalogue().values() for edition in entry.editions for tier in edition.tiers):
        assert not (tier.warning and "warning" in tier.either), tier
        assert not (tier.public_criticism and "criticism" in tier.either), tier
        assert set(tier.either) <= set(PENALTIES) and len(tier.either) != 1, tier


@given(
    base=st.integers(0, 10**12),
    more=st.integers(0, 10**9),
    low=st.integers(0, 5),
    wide=st.integers(0, 20),
    cap=st.none() | st.integers(1, 10**7),
    floor=st.none() | st.integers(1, 10**6),
)
def test_caps_and_floors_never_invert_a_range_and_never_lower_it_with_the_base(
    base: int, more: int, low: int, wide: int, cap: int | None, floor: int | None
) -> None:
    rule: dict[str, Any] = {"kind": "multiple", "base": "goods_value", "min_times": low, "max_times": low + wide}
    rule |= {"cap": cap} if cap else {}
    rule |= {"floor_base": floor} if floor else {}
    least, most = ends(rule, goods_value=base) or (0, 0)
    least_of_more, most_of_more = ends(rule, goods_value=base + more) or (0, 0)
    assert 0 <= least <= most and least <= least_of_more and most <= most_of_more
    assert cap is None or most <= cap * 100


def test_each_penalty_cites_the_tier_that_sets_it() -> None:
    first, second = Citation("food", 126, 1), Citation("food", 135, 1)
    base = read_tier({"name": "base", "when": "任何情节", "warning": True, "confiscate": ["food"]})
    own = {"name": "serious", "when": "情节严重", "revoke": ["甲证"], "confiscate": ["tools"]}
    serious = read_tier({**own, "basis": [{"law": "food", "article": 135, "paragraph": 1}]})
    entry = replace(violation("FD-001"), tiers=(base, serious), basis=(first,), earlier=())
    steps = {step.zh: step.citations for step in range_for(entry, Facts(tier="serious"), DAY).steps}
    assert steps["警告"] == (first,)
    assert steps["吊销甲证"] == steps["适用条件：情节严重"] == (second,)
    assert next(cited for zh, cited in steps.items() if zh.startswith("没收")) == (first, second)


# --- the day ---------------------------------------------------------------------------------------------------------


def test_a_rule_that_ended_says_since_when_and_what_took_its_place() -> None:
    ended = replace(violation("FD-001"), until=date(2025, 12, 31), replaced_by=("FD-002",))
    with pytest.raises(NoRange) as refused:
        range_for(ended, Facts(bases={"goods_value": 1}), DAY)
    assert (refused.value.code, refused.value.field) == ("repealed", "on")
    assert "2026-01-01" in refused.value.zh and "FD-002" in refused.value.zh and "FD-002" in str(refused.value)


def test_rules_of_the_catalogue_that_ended_name_their_successors_or_say_that_none_is_recorded() -> None:
    ended = [entry for entry in catalogue().values() if entry.until and entry.until < DAY.replace(year=2099)]
    for entry in ended:
        assert entry.until
        with pytest.raises(NoRange) as refused:
            range_for(entry, Facts(), entry.until.replace(year=2099))
        assert refused.value.code == "repealed"
        assert all(code in catalogue() and code in refused.value.zh for code in entry.replaced_by)


def test_before_its_first_day_a_rule_says_from_when_it_is_known() -> None:
    with pytest.raises(NoRange) as refused:
        range_for(violation("FD-001"), Facts(bases={"goods_value": 1}), date(1990, 1, 1))
    assert refused.value.code == "not_in_force" and "起施行" in refused.value.zh


@pytest.mark.parametrize("amount", [-1, 10**14 + 1, 1.5, True, "1"])
def test_amounts_that_no_money_is_are_refused_even_where_the_rule_does_not_use_them(amount: Any) -> None:
    with pytest.raises(NoRange) as refused:
        found({"kind": "range", "min": 1, "max": 2}, {"evaded_duty": amount})
    assert (refused.value.code, refused.value.field) == ("base_invalid", "evaded_duty")
