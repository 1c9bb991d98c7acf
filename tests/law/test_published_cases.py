"""What offices have published, held against the catalogue: the honest numbers, and the report made of them."""

from collections import Counter
from pathlib import Path

import pytest

from inspectorate.law.violations import catalogue
from tests.law.published import ARTICLES, OUTCOMES, REPORT, Verdict, readings, rendered, verdicts


@pytest.fixture(scope="module")
def found() -> list[Verdict]:
    return verdicts()


@pytest.fixture(autouse=True)
def published(shared_folder: Path) -> None:
    """Every test here reads the cases of the reference folder."""


def test_every_case_has_a_reading_with_a_violation_of_the_catalogue() -> None:
    for reading in readings():
        assert reading.record["violation"] in catalogue()
        assert reading.on or "cannot" in reading.record


def test_the_fines_lie_where_the_report_says(found: list[Verdict]) -> None:
    assert Counter(one.outcome for one in found) == {
        "within": 15,
        "no_fine": 3,
        "above": 2,
        "below": 1,
        "several_acts": 3,
        "no_figure": 3,
        "combined": 1,
        "several_cases": 1,
        "not_in_force": 1,
    }
    assert {one.outcome for one in found} <= set(OUTCOMES)


def test_fines_outside_the_range_of_their_day_are_known_by_name(found: list[Verdict]) -> None:
    assert [one.reading.id for one in found if one.outcome == "below"] == ["rc058"]
    assert [one.reading.id for one in found if one.outcome == "above"] == ["rc004", "rc015"]


def test_the_articles_match_as_often_as_the_report_says(found: list[Verdict]) -> None:
    assert Counter(one.articles for one in found) == {"all": 14, "some": 5, "unnamed": 10, "not_comparable": 1}
    assert {one.articles for one in found} <= set(ARTICLES)


def test_published_facts_alone_lead_to_most_violations(found: list[Verdict]) -> None:
    ranks = [one.rank for one in found]
    assert sum(rank is not None and rank <= 3 for rank in ranks) >= 18
    assert sum(rank is not None for rank in ranks) >= 24


def test_the_report_is_that_of_the_catalogue_as_it_is(found: list[Verdict]) -> None:
    assert REPORT.read_text(encoding="utf-8") == rendered(found), (
        "write it anew: PYTHONPATH=inspect python -m tests.law.published"
    )
