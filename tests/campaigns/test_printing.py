"""Figures as printed: money once, at the printed level."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.campaigns.engine.definition import Part
from inspectorate.campaigns.engine.figures import Empty, Figure
from inspectorate.campaigns.engine.printing import print_figure, print_rate, print_value
from inspectorate.campaigns.engine.vocabulary import Kind


def money(unit: str = "万元", places: int | None = None) -> Part:
    return Part("p", None, Kind.MONEY, unit, places)


@pytest.mark.parametrize(
    ("fen", "part", "printed"),
    [
        (18_400_000, money(), "18.4"),
        (0, money(), "0"),
        (0, money(places=2), "0.00"),
        (100, money(), "0.0001"),
        (49, money(), "0"),
        (50, money(), "0.0001"),  # half a fen of the fourth decimal goes up
        (149, money(), "0.0001"),
        (150, money(), "0.0002"),
        (123_456_789, money(places=2), "123.46"),
        (100_000_000, money(), "100"),
        (500_000, money(places=0), "1"),
        (18_400_000, money("元"), "184000"),
        (18_400_050, money("元"), "184000.5"),
        (18_400_050, money("元", 2), "184000.50"),
        (12_345_678_900, money("亿元"), "1.2346"),
        (1_840_000, money("千元"), "18.4"),
    ],
)
def test_an_amount_is_printed_in_the_unit_of_its_line(fen: int, part: Part, printed: str) -> None:
    assert print_value(fen, part) == printed


@given(st.integers(0, 10**15), st.integers(0, 4))
def test_fixed_places_round_half_up(fen: int, places: int) -> None:
    expected = (Decimal(fen) / 10**6).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert Decimal(print_value(fen, money(places=places))) == expected
    assert len(print_value(fen, money(places=places)).partition(".")[2]) == places


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30))
def test_a_sum_is_rounded_once_and_not_county_by_county(parts: list[int]) -> None:
    exact = Decimal(sum(parts)) / 10**6
    assert abs(Decimal(print_value(sum(parts), money(places=2))) - exact) <= Decimal("0.005")


def test_a_count_and_a_quantity_are_printed_as_they_are() -> None:
    assert print_value(12, Part("p", None, Kind.COUNT, "个", None)) == "12"
    assert print_value(Decimal("12.50"), Part("p", None, Kind.QUANTITY, "公斤", None)) == "12.5"
    assert print_value(Decimal("12.5"), Part("p", None, Kind.QUANTITY, "公斤", 2)) == "12.50"


def test_a_rate_has_the_places_of_its_form() -> None:
    assert print_rate(Fraction(7969100, 115697), 2) == "68.88"
    assert print_rate(Fraction(1, 8) * 100, 1) == "12.5"
    assert print_rate(Fraction(5, 1000) * 100, 0) == "1"


def test_the_four_kinds_of_empty_look_different() -> None:
    part = Part("p", None, Kind.COUNT, None, None)
    printed = [print_figure(Figure(empty=empty), part) for empty in Empty] + [print_figure(Figure(0), part)]
    assert printed == ["—", "", "未报", "0"]
    assert len(set(printed)) == 4
