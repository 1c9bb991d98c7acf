"""The words of the law on screens."""

from dataclasses import replace

import pytest

from inspectorate.law.checks import catalogue as checks
from inspectorate.law.violations import catalogue, violation
from inspectorate.law.words import TIERS as WORDED
from inspectorate.law.words import tier_words

EDITIONS = [edition for entry in catalogue().values() for edition in entry.editions]
TIERS = sorted({(tier.name, tier.when) for edition in EDITIONS for tier in edition.tiers})


@pytest.mark.parametrize(
    ("name", "when", "words"),
    [
        ("base", "任何情节", "基本：任何情节"),
        ("serious", "情节严重", "情节严重"),
        ("serious", "造成严重后果", "情节严重：造成严重后果"),
        ("serious", "拒不改正或情节严重", "拒不改正或情节严重"),
        ("overdue", "拒不改正", "拒不改正"),
        ("no_income", "没有违法所得", "没有违法所得"),
        ("overdue_serious", "拒不改正，造成严重后果", "拒不改正，造成严重后果"),
    ],
)
def test_a_tier_is_told_once(name, when, words) -> None:
    assert tier_words(name, when).zh == words


@pytest.mark.parametrize(("name", "when"), TIERS)
def test_no_tier_of_the_catalogue_is_doubled_or_shown_as_a_code(name, when) -> None:
    words = tier_words(name, when).zh
    head, _, tail = words.partition("：")
    assert when in words and not words.isascii()
    assert not tail or (head not in tail and tail not in head)


def test_every_tier_has_words_by_which_the_record_tells_it_and_no_words_are_left_over() -> None:
    assert set(WORDED) == {name for name, _ in TIERS}


def test_the_check_names_a_tier_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = violation("MC-001")
    nameless = replace(entry, tiers=(entry.tiers[0]._replace(name="lantern"), *entry.tiers[1:]))
    monkeypatch.setattr(checks, "catalogue", lambda: {nameless.code: nameless})
    said = [str(problem) for problem in checks.check().problems]
    assert any("tier lantern: no words for a tier of that name" in problem for problem in said)
