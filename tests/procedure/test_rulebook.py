"""The rules as data: complete, cited, and the same figures as the reference where it is there."""

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from inspectorate.law.statutes import law
from inspectorate.procedure.rulebook import DayKind, parameter, parameters, rule, rules

CORRECTED = {"PR-046"}
"""Whose figure stands in another article than the reference says: the ten days of 审核 in 55, not in 49 (PR-133)."""


def test_there_are_133_rules_and_16_parameters() -> None:
    assert len(rules()) == 133
    assert len(parameters()) == 16


def test_a_rule_gives_statement_citation_numbers_and_kind_of_days() -> None:
    service = rule("PR-055")
    assert service.citation.zh() == "《行政处罚法》第六十一条第一款"
    assert (service.days, service.day_kind, service.checked) == (7, DayKind.WORKING, "yes")
    assert "七日内" in service.statement


def test_ratios_are_exact_decimals() -> None:
    assert rule("PR-079").numbers["daily_rate"] == Decimal("0.03")
    assert parameter("late_penalty.daily_rate").value == Decimal("0.03")


def test_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        rule("PR-999")


@pytest.mark.parametrize("rule_id", list(rules()))
def test_every_rule_names_a_known_law(rule_id: str) -> None:
    assert law(rule(rule_id).citation.law).title
    assert rule(rule_id).statement


def test_the_hearing_threshold_of_health_is_not_set_at_first() -> None:
    assert parameter("hearing.health.organisation").value == 0
    assert parameter("hearing.health.organisation").overridable


def test_figures_and_articles_equal_the_reference(shared_folder: Path) -> None:
    text = (shared_folder / "legal" / "procedure.toml").read_text("utf-8")
    reference = tomllib.loads(text, parse_float=Decimal)
    for row in reference["rule"]:
        ours = rule(row["id"])
        assert ours.citation.law == row["law"]
        assert ours.citation.article == row["article"]
        assert (ours.citation.paragraph, ours.citation.item) == (row.get("paragraph"), row.get("item"))
        if row["id"] not in CORRECTED:
            assert dict(ours.numbers) == row.get("numbers", {})
            assert ours.day_kind == row.get("day_kind")
        assert ours.checked == row["checked"]
