"""Totals, rates, parts and the four kinds of empty; the published figures come out again."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from inspectorate.campaigns.engine.checks import evaluate
from inspectorate.campaigns.engine.definition import FormDefinition
from inspectorate.campaigns.engine.figures import Empty, Filled
from inspectorate.campaigns.engine.printing import print_rate
from inspectorate.campaigns.forms_known import shipped_form, shipped_ids

Make = Callable[[str], FormDefinition]

TOTALS = """
[[col]]
id = "a"
where = { category = "a" }
[[col]]
id = "b"
where = { category = "b" }
[[col]]
id = "sub"
total = ["a", "b"]
[[col]]
id = "c"
where = { category = "c" }
[[col]]
id = "m"
memo = true
where = { category = "m" }
[[col]]
id = "all"
total = ["sub", "c"]
[[row]]
id = "x"
m = "visits"
[[row]]
id = "y"
m = "visits"
[[row]]
id = "xy"
total = ["x", "y"]
"""


def test_a_total_adds_what_it_names_subtotals_too(form: Make) -> None:
    filled = Filled(form(TOTALS), {("x", "a"): 1, ("x", "b"): 2, ("x", "c"): 4, ("y", "a"): 8, ("x", "m"): 100})
    assert [filled.value(("x", col)) for col in ("sub", "all", "m")] == [3, 7, 100]
    assert filled.value(("xy", "all")) == 15


def test_records_are_asked_only_for_what_is_no_total(form: Make) -> None:
    filled = Filled(form(TOTALS), {})
    assert {a for a, slot in filled.slots.items() if filled.countable(slot)} == {
        (row, col) for row in ("x", "y") for col in ("a", "b", "c", "m")
    }


def test_returns_are_added_to_records_and_never_replace_them(form: Make) -> None:
    filled = Filled(form(TOTALS), {("x", "a"): 1}, {("x", "a"): 10, ("y", "b"): 5})
    assert filled.value(("x", "a")) == 11
    assert filled.value(("xy", "all")) == 16


def test_the_four_kinds_of_empty_are_never_mixed(form: Make) -> None:
    text = """
    [report]
    empty = "zero-fill"
    [[row]]
    id = "counted"
    m = "visits"
    [[row]]
    id = "returned"
    m = "samples"
    [[row]]
    id = "struck"
    m = "visits"
    na = ["n"]
    [[row]]
    id = "words"
    m = "entered"
    type = "text"
    """
    filled = Filled(form(text), {})
    assert filled.figure(("counted", "n")).value == 0
    assert filled.figure(("returned", "n")).empty is Empty.NOT_REPORTED
    assert filled.figure(("struck", "n")).empty is Empty.NOT_APPLICABLE
    assert filled.figure(("words", "n")).empty is Empty.BLANK
    blank_ok = Filled(form(text.replace("zero-fill", "blank-ok")), {})
    assert blank_ok.figure(("returned", "n")).empty is Empty.BLANK


def test_a_rate_comes_from_sums_and_never_from_averages(form: Make) -> None:
    text = (
        TOTALS
        + """
    [[rate]]
    id = "r"
    expr = "x / xy"
    [[rate]]
    id = "per_ten_thousand"
    expr = "x / xy * 10000"
    """
    )
    filled = Filled(form(text), {("x", "a"): 1, ("y", "a"): 1, ("x", "b"): 1, ("y", "b"): 9})
    assert filled.value(("r", "sub")) == Fraction(100 * 2, 12)
    assert filled.value(("per_ten_thousand", "a")) == 5000
    assert filled.figure(("r", "c")).empty is Empty.NOT_APPLICABLE


def test_checks_are_tried_wherever_their_figures_meet(form: Make) -> None:
    text = """
    [[col]]
    id = "h"
    label = "甲"
    [[col]]
    id = "h1"
    up = "h"
    [[col]]
    id = "h2"
    up = "h"
    [[col]]
    id = "k"
    label = "乙"
    [[row]]
    id = "seen"
    m = "units_inspected"
    cells = ["h", "k"]
    [[row]]
    id = "cases"
    m = "cases_filed"
    [[check]]
    rule = "cases <= seen"
    level = "warn"
    """
    (outcome,) = evaluate(Filled(form(text), {("seen", "h"): 2, ("cases", "h1"): 2, ("cases", "h2"): 1}))
    assert [failure.at for failure in outcome.failures] == ["h"]
    assert dict(outcome.failures[0].values) == {"cases": 3, "seen": 2}


def test_a_part_larger_than_its_whole_is_found(form: Make) -> None:
    text = '[[row]]\nid = "u"\nm = "visits"\n[[row]]\nid = "p"\nm = "violations"\nsubset = true\n'
    (outcome,) = evaluate(Filled(form(text), {("u", "n"): 1, ("p", "n"): 2}))
    assert (outcome.rule, outcome.level, outcome.holds) == ("p <= u", "error", False)


def test_parts_in_another_unit_are_not_compared_with_their_whole(form: Make) -> None:
    whole = '[[row]]\nid = "u"\nm = "visits"\nunit = "户"\n'
    text = whole + '[[row]]\nid = "p"\nm = "violations"\nsubset = true\nunit = "件"\n'
    assert evaluate(Filled(form(text), {("p", "n"): 2})) == ()


def test_checks_over_amounts_compare_them_in_the_printed_unit(form: Make) -> None:
    text = '[[row]]\nid = "f"\nm = "fine_sum"\nunit = "万元"\n[[check]]\nrule = "f <= 18.4"\nlevel = "error"\n'
    assert evaluate(Filled(form(text), {("f", "n"): 18_400_000}))[0].holds
    assert not evaluate(Filled(form(text), {("f", "n"): 18_400_001}))[0].holds


KNOWN = [(form_id, known) for form_id in shipped_ids() for known in shipped_form(form_id).known if "values" in known]


@pytest.mark.parametrize(("form_id", "known"), KNOWN)
def test_published_figures_come_out_again_when_they_are_returned(form_id: str, known: Any) -> None:
    form = shipped_form(form_id)
    rates = {rate.id: rate for rate in form.rates}
    inputs = {name: number for name, number in known["values"].items() if name not in rates}
    totals = {node.id for node in form.rows if node.total}
    filled = Filled(form, None, {(name, "n"): number for name, number in inputs.items() if name not in totals})
    for name in totals & set(inputs):
        assert filled.value((name, "n")) == inputs[name]
    published = dict(known.get("rates", {})) | {n: v for n, v in known["values"].items() if n in rates}
    assert published
    for name, number in published.items():
        if name in rates:
            value = filled.value((name, "n"))
            assert isinstance(value, Fraction)
            assert Decimal(print_rate(value, rates[name].places)) == Decimal(str(number))


def test_two_blocks_meet_where_each_has_one_figure() -> None:
    form = shipped_form("illegal_practice_shaanxi_2008")
    returns = {("b_pros_cases", "b_n"): 3, ("b_t_police", "b_n"): 2}
    (outcome,) = evaluate(Filled(form, {}, returns))
    assert not outcome.holds
