"""Who may impose a penalty: the sector, the level that a rule names, and the level that the size of a fine needs."""

from dataclasses import replace
from datetime import date

import pytest

from inspectorate.law import Citation, Facts, PenaltyRange, range_for, violation
from inspectorate.law.jurisdiction import competent, level_needed

DAY = date(2026, 3, 1)
FEN = 100


def food() -> PenaltyRange:
    return range_for(violation("FD-001"), Facts(bases={"goods_value": 10**8}), DAY)


@pytest.mark.parametrize(
    ("fine", "level", "may"),
    [
        (299_999_99, "county", True),
        (300_000_00, "county", False),
        (300_000_00, "city", True),
        (300_000_00, "province", True),
        (None, "county", True),
    ],
)
def test_food_fines_of_300_000_yuan_or_more_are_decided_by_a_city(fine: int | None, level: str, may: bool) -> None:
    problems = competent(food(), fine, "market", level)
    assert (problems == ()) is may
    assert may or (problems[0].field, problems[0].citations) == ("level", (Citation("food_ir", 81),))


def test_the_level_needed_is_the_highest_that_applies() -> None:
    assert level_needed(food(), 299_999_99, "market") == ("county", Citation("apl", 23))
    assert level_needed(food(), 300_000_00, "market") == ("city", Citation("food_ir", 81))
    # The limit binds the food regulator, not the health authority that punishes tableware disinfection.
    assert level_needed(food(), 300_000_00, "health")[0] == "county"


def test_an_authority_of_another_sector_hands_the_case_over() -> None:
    (problem,) = competent(food(), None, "health", "county")
    assert problem.field == "sector" and "移送" in problem.zh and problem.grave
    assert problem.citations == food().basis


def test_a_rule_may_name_its_level_whatever_the_fine() -> None:
    entry = replace(violation("FD-001"), level="province", level_basis=Citation("food", 122))
    found = range_for(entry, Facts(bases={"goods_value": 1}), DAY)
    (problem,) = competent(found, None, "market", "city")
    assert problem.citations == (Citation("food", 122),)
    assert competent(found, None, "market", "province") == ()
    assert level_needed(found, 300_000_00, "market") == ("province", Citation("food", 122))


def test_where_the_rule_was_not_compared_with_its_text_it_only_warns() -> None:
    entry = replace(violation("FD-001"), checked="partial")
    (problem,) = competent(range_for(entry, Facts(bases={"goods_value": 1}), DAY), None, "health", "county")
    assert not problem.grave


def test_a_level_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="township"):
        competent(food(), None, "market", "township")
