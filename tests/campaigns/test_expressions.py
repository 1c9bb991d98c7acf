"""The language of checks and rates."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.campaigns.engine.expressions import (
    ExpressionError,
    holds,
    multiplies_by_number,
    names,
    parse_rate,
    parse_rule,
    value,
)

RULES = [
    ("a <= b", {"a": 1, "b": 2}, True),
    ("a <= b", {"a": 2, "b": 2}, True),
    ("a < b", {"a": 2, "b": 2}, False),
    ("a == b + 1", {"a": 3, "b": 2}, True),
    ("a - b >= 0.5", {"a": 3, "b": 2}, True),
    ("a > 0 implies b > 0", {"a": 1, "b": 0}, False),
    ("a > 0 implies b > 0", {"a": 0, "b": 0}, True),
    ("a <= b and b <= c", {"a": 1, "b": 2, "c": 1}, False),
    ("a <= b <= c", {"a": 1, "b": 2, "c": 3}, True),
    ("a > 0 and b > 0 implies c > 0 and d > 0", {"a": 1, "b": 1, "c": 1, "d": 0}, False),
    ("a - (b - c) == 2", {"a": 3, "b": 2, "c": 1}, True),
    ("(a > 1 and b > 1) implies c > 1", {"a": 2, "b": 2, "c": 0}, False),
    ("(a + b) > 1", {"a": 1, "b": 1}, True),
    ("-a < 0", {"a": 1}, True),
    ("fine.1 <= fine.2", {"fine.1": 1, "fine.2": 0}, False),
]


@pytest.mark.parametrize(("rule", "figures", "expected"), RULES)
def test_a_rule_is_judged_by_its_figures(rule: str, figures: dict[str, int], expected: bool) -> None:
    assert holds(parse_rule(rule), lambda name: Fraction(figures[name])) is expected


@pytest.mark.parametrize(
    ("rule", "figures", "expected"),
    [
        ("a <= b", {"a": None, "b": 1}, None),
        ("a > 0 implies b > 0", {"a": 0, "b": None}, True),
        ("a > 0 implies b > 0", {"a": 1, "b": None}, None),
        ("a > 0 implies b > 0", {"a": None, "b": 1}, True),
        ("a <= b and c <= b", {"a": None, "b": 1, "c": 2}, False),
    ],
)
def test_a_blank_is_never_read_as_zero(rule: str, figures: dict[str, int | None], expected: bool | None) -> None:
    def lookup(name: str) -> Fraction | None:
        found = figures[name]
        return None if found is None else Fraction(found)

    assert holds(parse_rule(rule), lookup) is expected


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ("a", 2),
        ("a <=", 5),
        ("a = b", 3),
        ("a <= b or c", 8),
        ("a * b <= c", 3),
        ("__import__('os')", 12),
        ("(a <= b", 4),
        ("a <= b)", 7),
        ("", 1),
    ],
)
def test_a_malformed_rule_is_refused_at_the_character(rule: str, column: int) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_rule(rule)
    assert refused.value.column == column


def test_a_rate_divides_sums_exactly_and_a_zero_denominator_gives_nothing() -> None:
    rate = parse_rate("(a + b) / (c - 1)")
    assert names(rate) == ("a", "b", "c")
    assert value(rate, {"a": Fraction(1), "b": Fraction(1), "c": Fraction(4)}.__getitem__) == Fraction(2, 3)
    assert value(rate, {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}.__getitem__) is None


@pytest.mark.parametrize(
    ("text", "factor"), [("a / b", False), ("a / b * 100", True), ("10000 * a / b", True), ("a / (b * 2)", True)]
)
def test_a_factor_written_by_the_author_is_noticed(text: str, factor: bool) -> None:
    assert multiplies_by_number(parse_rate(text)) is factor


@given(st.lists(st.tuples(st.sampled_from("+-"), st.integers(0, 99)), min_size=1, max_size=8))
def test_sums_are_read_from_left_to_right(terms: list[tuple[str, int]]) -> None:
    text = "0" + "".join(f" {sign} {number}" for sign, number in terms)
    expected = sum(number if sign == "+" else -number for sign, number in terms)
    assert value(parse_rate(text), lambda _: None) == expected
