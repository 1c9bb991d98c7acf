"""Penalties worked by hand from the texts must come out of the catalogue to the fen."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from inspectorate.law import Facts, FineRange, PenaltyRange, range_for, violation
from inspectorate.law.concurrence import governing
from inspectorate.law.examples import base_amount
from inspectorate.money import parse_yuan

WORKED = tomllib.loads((Path(__file__).parent / "data" / "worked_cases.toml").read_text(encoding="utf-8"))
# On this day every version that the cases were worked from was in force.
DAY = date(2026, 3, 1)

# The hand calculation lists fewer things than the article: C15 leaves out the income, C26 the materials.
LISTS_FEWER = {"C15": {"illegal_income"}, "C26": {"equipment", "materials"}}


def worked_range(code: str, tier: str, subject: str, inputs: dict[str, str]) -> PenaltyRange:
    bases = {name: base_amount(name, text) for name, text in inputs.items()}
    return range_for(violation(code), Facts(subject=subject, tier=tier, bases=bases), DAY)


def fine_of(case: dict[str, Any]) -> FineRange | None:
    least, most = parse_yuan(case["fine_min"]), parse_yuan(case["fine_max"])
    return FineRange(least, most, case.get("fine_mandatory", True)) if most else None


@pytest.mark.parametrize("case", WORKED["case"], ids=lambda case: case["id"])
def test_a_worked_case_gives_the_fine_worked_by_hand(case: dict[str, Any]) -> None:
    found = worked_range(case["violation"], case["tier"], case["subject"], case["inputs"])
    assert found.fine == fine_of(case)


@pytest.mark.parametrize("case", WORKED["case"], ids=lambda case: case["id"])
def test_a_worked_case_takes_what_must_be_taken(case: dict[str, Any]) -> None:
    found = worked_range(case["violation"], case["tier"], case["subject"], case["inputs"])
    assert set(found.confiscate) - LISTS_FEWER.get(case["id"], set()) == set(case["confiscate"])


@pytest.mark.parametrize("case", [case for case in WORKED["case"] if "person" in case], ids=lambda case: case["id"])
def test_a_worked_case_fines_the_responsible_persons_as_worked(case: dict[str, Any]) -> None:
    found = worked_range(case["violation"], case["tier"], "responsible", case["inputs"])
    assert found.fine == fine_of(case["person"])


@pytest.mark.parametrize("case", WORKED["one_act"], ids=lambda case: case["id"])
def test_one_act_under_two_rules_is_fined_under_the_higher(case: dict[str, Any]) -> None:
    norms = [norm.split() for norm in case["norms"]]
    chosen = governing([worked_range(code, tier, "org", case["inputs"]) for code, tier in norms])
    assert chosen is not None
    assert chosen.violation.code == case["governing"]
    assert chosen.fine == fine_of(case)


def test_ranges_that_cross_are_left_to_a_reviewer() -> None:
    # 50,000 to 500,000 under the one, 100,000 to 200,000 under the other.
    wide = worked_range("IN-005", "base", "org", {})
    narrow = worked_range("AD-003", "base", "org", {"ad_cost": "unknown"})
    assert wide.fine and narrow.fine
    assert (wide.fine.min < narrow.fine.min) and (wide.fine.max > narrow.fine.max)
    assert governing([wide, narrow]) is None


def test_where_no_rule_has_a_fine_none_governs() -> None:
    assert governing([worked_range("WP-010", "base", "org", {})]) is None
