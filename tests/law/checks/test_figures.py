"""Figures in the words of statutes and in rules are understood alike, and each is looked for in its clause."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.law.checks.figures import (
    Figure,
    clauses_in,
    figures_in,
    needed_by,
    needed_by_tier,
    needed_by_unknown,
    raised,
    value_of,
)
from inspectorate.law.model import FineRule, Tier
from inspectorate.law.numerals import chinese
from inspectorate.law.statutes import Citation


def amount(yuan: int | str) -> Figure:
    return Figure("amount", Decimal(yuan) * 100)


def times(number: int | str) -> Figure:
    return Figure("times", Decimal(number))


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("处五千元以上三万元以下的罚款", {amount(5000), amount(30000)}),
        ("处5000元以上3万元以下的罚款", {amount(5000), amount(30000)}),
        ("处５０００元以上３万元以下的罚款", {amount(5000), amount(30000)}),
        ("处0.5万元以下的罚款", {amount(5000)}),
        ("处 10,000 元罚款", {amount(10000)}),
        ("处5千元以上1万元以下的罚款", {amount(5000), amount(10000)}),
        ("处二百五十元以下", {amount(250)}),
        ("一百二十万元", {amount(1_200_000)}),
        ("五千万元以下", {amount(50_000_000)}),
        ("一亿元以上二亿元以下", {amount(100_000_000), amount(200_000_000)}),
        ("处一万至五万元罚款", {amount(10_000), amount(50_000)}),
        ("处一至五万元罚款", {amount(10_000), amount(50_000)}),
        ("处五千至一万元罚款", {amount(5000), amount(10_000)}),
        ("处违法所得三至五倍的罚款", {times(3), times(5)}),
        ("处违法所得一倍以上十倍以下的罚款", {times(1), times(10)}),
        ("处货物价值5%以上30%以下罚款", {times("0.05"), times("0.3")}),
        ("处百分之三十以上两倍以下的罚款", {times("0.3"), times(2)}),
        ("按日加处万分之五", {times("0.0005")}),
        ("处货物等值以下的罚款", {times(1)}),
        ("加倍处罚", {times(2)}),
        ("暂停六个月以上一年以下执业活动", {Figure("months", Decimal(6)), Figure("months", Decimal(12))}),
        ("处十日以上十五日以下拘留", {Figure("days", Decimal(10)), Figure("days", Decimal(15))}),
        ("十年内不受理其申请", {Figure("months", Decimal(120))}),
        ("第三条第二款第（五）项", set()),
        ("", set()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_figures_are_understood_in_chinese_and_in_digits(words: str, figures: set[Figure]) -> None:
    assert figures_in(words.translate(str.maketrans("０１２３４５６７８９", "0123456789"))) == figures
    assert frozenset().union(*clauses_in(words)) == figures


@given(st.integers(1, 9999))
def test_a_numeral_is_what_its_digits_are(number: int) -> None:
    assert value_of(chinese(number)) == value_of(str(number)) == number
    assert value_of(f"{chinese(number)}万") == value_of(f"{number}万") == number * 10_000


def needed(rule: FineRule) -> list[str]:
    return [str(each) for each in needed_by(rule)]


def test_both_ends_of_a_range_stand_in_one_clause() -> None:
    words = "处一千元以上五千元以下的罚款；情节严重的，处五千元以上二万元以下的罚款"
    there = clauses_in(words)
    low = next(needed_by(FineRule("range", min=100_000, max=500_000)))
    mixed = next(needed_by(FineRule("range", min=100_000, max=2_000_000)))
    assert any(low.stands_in(clause) for clause in there)
    assert not any(mixed.stands_in(clause) for clause in there)


def test_a_maximum_alone_has_no_lower_end_beside_it() -> None:
    most = next(needed_by(FineRule("range", min=0, max=500_000)))
    assert any(most.stands_in(clause) for clause in clauses_in("可以并处五千元以下的罚款"))
    assert not any(most.stands_in(clause) for clause in clauses_in("并处一千元以上五千元以下的罚款"))
    assert str(most) == "min–max: at most 5,000.00 yuan"


def test_every_figure_of_a_rule_is_looked_for() -> None:
    rule = FineRule(
        "multiple",
        base="goods_value",
        min_times=Decimal(10),
        max_times=Decimal(20),
        threshold=1_000_000,
        below_min=5_000_000,
        below_max=10_000_000,
        unknown_min=1_000_000,
        unknown_max=2_000_000,
        cap=50_000_000,
        factor=Decimal(2),
        alternative=FineRule("range", min=0, max=7_000_000),
    )
    assert needed(rule) == [
        "below_min–below_max: 50,000.00 yuan to 100,000.00 yuan",
        "unknown_min–unknown_max: 10,000.00 yuan to 20,000.00 yuan",
        "threshold: 10,000.00 yuan",
        "cap: 500,000.00 yuan",
        "times: 10 times to 20 times",
        "factor: 2 times",
        "min–max: at most 70,000.00 yuan",
    ]


def test_a_range_for_an_unknown_base_of_another_provision_is_looked_for_there() -> None:
    rule = FineRule(
        "multiple",
        base="illegal_income",
        min_times=Decimal(1),
        max_times=Decimal(5),
        unknown_min=100_000,
        unknown_max=500_000,
        unknown_basis=Citation("price", 40),
    )
    assert needed(rule) == ["times: 1 times to 5 times"]
    assert [str(each) for each in needed_by_unknown(rule)] == [
        "unknown_min–unknown_max: 1,000.00 yuan to 5,000.00 yuan"
    ]


def test_a_base_of_heads_is_multiplied_in_yuan() -> None:
    rule = FineRule("multiple", base="affected_workers", min_times=Decimal(100), max_times=Decimal(500))
    assert needed(rule) == ["times: 100.00 yuan to 500.00 yuan"]


def test_where_there_is_any_income_is_no_figure() -> None:
    rule = FineRule(
        "multiple", base="x", min_times=Decimal(1), max_times=Decimal(5), threshold=1, below_min=0, below_max=0
    )
    assert needed(rule) == ["times: 1 times to 5 times"]


def test_months_days_and_years_of_a_tier_are_looked_for() -> None:
    tier = Tier(
        "base",
        "",
        suspend_practice_months=(6, 12),
        police_detention_days=(1, 5),
        person_ban_years=10,
        person_ban_life=True,
        application_ban_years=5,
    )
    assert [str(each) for each in needed_by_tier(tier, on_persons=False)] == [
        "suspend_practice_months: 6 months to 12 months",
        "application_ban_years: 60 months",
    ]
    assert [str(each) for each in needed_by_tier(tier, on_persons=True)] == [
        "police_detention_days: 5 days",
        "person_ban_years: 120 months",
    ]


def test_a_fine_raised_so_many_times_brings_the_sums_that_come_of_it() -> None:
    words = "处三十万元以上一百万元以下的罚款\n可以按照前款罚款数额的二倍以上五倍以下处以罚款"
    grave = next(needed_by(FineRule("range", min=60_000_000, max=500_000_000)))
    assert not any(grave.stands_in(clause) for clause in clauses_in(words))
    assert any(grave.stands_in(clause) for clause in raised(clauses_in(words), words))
