"""A rule in words and figures, as a list shows it before any base is known."""

from decimal import Decimal

import pytest

from inspectorate.law.model import FineRule, Tier
from inspectorate.law.violations import catalogue, violation
from inspectorate.law.wording import (
    fine_figures,
    fine_words,
    orders_of,
    penalties_of,
    persons_of,
    range_in_english,
    range_in_words,
)

INCOME = {"kind": "multiple", "base": "illegal_income", "min_times": Decimal(5), "max_times": Decimal(20)}
TEN_THOUSAND = 1_000_000


@pytest.mark.parametrize(
    ("fine", "zh"),
    [
        (FineRule("range", min=0, max=3 * TEN_THOUSAND), "3万元以下罚款"),
        (FineRule("range", min=TEN_THOUSAND, max=10 * TEN_THOUSAND, optional=True), "可处1万元以上10万元以下罚款"),
        (FineRule("range", min=50_000, max=50_000), "500元罚款"),
        (FineRule(**INCOME), "违法所得5倍以上20倍以下罚款"),
        (FineRule(**(INCOME | {"min_times": Decimal(0)})), "违法所得20倍以下罚款"),
        (FineRule(**(INCOME | {"min_times": Decimal(20)})), "违法所得20倍罚款"),
        (
            FineRule(**INCOME, floor_base=TEN_THOUSAND),
            "违法所得5倍以上20倍以下罚款，不足1万元的按1万元计算",
        ),
        (
            FineRule(**INCOME, threshold=TEN_THOUSAND, below_min=0, below_max=TEN_THOUSAND, below_optional=True),
            "违法所得5倍以上20倍以下罚款，没有或者不足1万元的，可以处1万元以下罚款",
        ),
        (
            FineRule(**INCOME, none_min=0, none_max=TEN_THOUSAND, unknown_min=0, unknown_max=TEN_THOUSAND),
            "违法所得5倍以上20倍以下罚款，没有违法所得或者无法计算的，1万元以下罚款",
        ),
        (FineRule(**INCOME, cap=3 * TEN_THOUSAND), "违法所得5倍以上20倍以下罚款，最高不超过3万元"),
        (
            FineRule("range", min=0, max=TEN_THOUSAND, alternative=FineRule(**INCOME)),
            "1万元以下罚款或者违法所得5倍以上20倍以下罚款",
        ),
        (
            FineRule("range", min=0, max=TEN_THOUSAND, alternative=FineRule(**INCOME), choose="greater"),
            "1万元以下罚款，或者违法所得5倍以上20倍以下罚款，取其重者",
        ),
        (
            FineRule("multiple", base="affected_workers", min_times=Decimal(100), max_times=Decimal(500)),
            "每人100元至500元罚款",
        ),
        (FineRule("range", min=0, max=TEN_THOUSAND, per="days_refused"), "每日1万元以下罚款"),
    ],
)
def test_a_fine_is_worded_as_an_office_would(fine: FineRule, zh: str) -> None:
    assert fine_words(fine).zh == zh


def test_figures_stand_with_the_case_that_they_are_for() -> None:
    fine = FineRule(**INCOME, floor_base=TEN_THOUSAND)
    assert [(when and when.zh, figures) for when, figures in fine_figures(fine)] == [
        (None, "5 – 20 ×"),
        ("不足 10,000.00", "50,000.00 – 200,000.00"),
    ]


def test_penalties_orders_and_what_falls_on_persons_are_told_apart() -> None:
    tier = Tier(
        "base",
        "",
        order_correction=True,
        warning=True,
        revoke=("执业许可证",),
        person_ban_years=10,
        person_ban_life=True,
    )
    assert [one.zh for one in orders_of(tier)] == ["责令改正"]
    assert [one.zh for one in penalties_of(tier)] == ["警告", "吊销执业许可证"]
    assert [one.zh for one in persons_of(tier)] == ["禁止从业10年直至终身"]


def test_every_violation_can_be_worded_in_both_languages() -> None:
    for entry in catalogue().values():
        for edition in entry.editions:
            zh, en = range_in_words(edition), range_in_english(edition)
            assert zh and en and "None" not in zh + en, entry.code


def test_a_range_names_the_condition_of_each_tier_but_the_base() -> None:
    assert range_in_words(violation("MC-008")).count("情节严重：") == 1
