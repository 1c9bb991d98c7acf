"""Earlier penalties of the same party: which count, how far back, and what follows."""

from datetime import date

import pytest

from inspectorate.law import violation
from inspectorate.law.grounds import grounds
from inspectorate.law.repetition import EarlierPenalty, Repetition, repetition, rules
from inspectorate.law.statutes import law
from inspectorate.law.violations import catalogue

DAY = date(2026, 3, 1)


def penalty(code: str, on: date, *kinds: str, number: str = "", authority: str = "甲局") -> EarlierPenalty:
    return EarlierPenalty(code, on, "某", authority, number or on.isoformat(), kinds)


def found(code: str, *earlier: EarlierPenalty, on: date = DAY) -> dict[str, Repetition]:
    return {one.code: one for one in repetition(violation(code), earlier, on)}


def test_two_earlier_penalties_for_illegal_practice_anywhere_are_a_matter_for_the_police() -> None:
    earlier = penalty("MC-005", date(2017, 5, 1)), penalty("MC-005", date(2024, 5, 1), authority="乙局")
    grave = found("MC-005", *earlier)["illegal_practice"]
    assert [cited.article for cited in grave.transfer] == [336]
    assert [one.authority for one in grave.counted] == ["乙局", "甲局"]
    assert "非法行医" in grave.zh and grave.citations[0].law == "illegal_practice_interp"


def test_one_earlier_penalty_is_not_enough_and_one_decision_counts_once() -> None:
    once = penalty("MC-005", date(2024, 5, 1), number="1"), penalty("MC-001", date(2024, 5, 1), number="1")
    assert found("MC-005", once[0]) == {}
    assert found("MC-005", *once) == {}


def test_penalties_for_something_else_and_later_ones_do_not_count() -> None:
    other = penalty("FD-001", date(2024, 5, 1)), penalty("MC-005", date(2024, 6, 1))
    assert found("MC-005", *other) == {}
    assert found("MC-005", penalty("MC-005", date(2024, 6, 1)), penalty("MC-005", date(2026, 3, 2))) == {}
    assert found("MC-005", penalty("ZZ-999", date(2024, 6, 1)), penalty("MC-005", date(2024, 6, 1))) == {}


@pytest.mark.parametrize(("on", "counts"), [(date(2025, 3, 1), True), (date(2025, 2, 28), False)])
def test_the_same_kind_of_food_violation_within_a_year_is_serious_to_the_day(on: date, counts: bool) -> None:
    again = found("FD-003", penalty("FD-003", on))
    assert ("food_same_within_year" in again) is counts
    if counts:
        assert again["food_same_within_year"].tier == "serious"
        assert again["food_same_within_year"].citations[0].place() == "第六十七条第一款第（五）项"


def test_a_tier_that_the_violation_does_not_have_is_not_suggested() -> None:
    assert "serious" not in violation("FD-001").tiers_by_name
    assert found("FD-001", penalty("FD-001", date(2025, 6, 1)))["food_same_within_year"].tier is None


def test_the_third_food_penalty_within_a_year_leads_to_suspension_unless_the_others_were_suspensions() -> None:
    fined = penalty("FD-001", date(2025, 6, 1), "fine"), penalty("FD-003", date(2025, 9, 1), "fine", "warning")
    assert found("FD-002", *fined)["food_three_within_year"].violation == "FD-023"
    suspended = fined[0], penalty("FD-003", date(2025, 9, 1), "suspend_business")
    assert "food_three_within_year" not in found("FD-002", *suspended)


def test_repetition_that_aggravates_names_its_ground() -> None:
    again = found("DD-001", penalty("DD-001", date(2019, 12, 2)))["drugs_again"]
    assert (again.effect, again.ground) == ("heavier", "drug_again") and grounds()["drug_again"].aggravates
    assert found("MD-210", penalty("MD-210", date(2019, 1, 1)))["fetal_sex_twice"].tier == "serious"


def test_a_year_before_the_end_of_february_ends_with_february() -> None:
    assert "food_same_within_year" in found("FD-003", penalty("FD-003", date(2027, 2, 28)), on=date(2028, 2, 29))


def test_every_rule_cites_a_known_law_and_leads_to_something() -> None:
    for rule in rules():
        assert law(rule.citation.law)
        assert rule.zh and rule.en and rule.earlier > 0
        assert rule.illegal_practice or rule.on
        assert rule.violation is None or rule.violation in catalogue()
        concerned = [entry for entry in catalogue().values() if {c.law for c in entry.basis} & set(rule.on)]
        assert rule.illegal_practice or concerned
        assert rule.tier is None or any(rule.tier in entry.tiers_by_name for entry in concerned)
