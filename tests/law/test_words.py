"""The words of the law on screens."""

import pytest

from inspectorate.law.violations import catalogue
from inspectorate.law.words import tier_words

TIERS = sorted({(tier.name, tier.when) for entry in catalogue().values() for tier in entry.tiers})


@pytest.mark.parametrize(
    ("name", "when", "words"),
    [
        ("base", "任何情节", "基本：任何情节"),
        ("serious", "情节严重", "情节严重"),
        ("serious", "造成严重后果", "情节严重：造成严重后果"),
        ("serious", "拒不改正或情节严重", "拒不改正或情节严重"),
        ("overdue", "拒不改正", "拒不改正"),
        ("no_income", "没有违法所得", "没有违法所得"),
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
