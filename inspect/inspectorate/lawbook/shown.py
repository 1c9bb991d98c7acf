"""How the browser's pages say it: ranges in the language of the screen, and words that were searched for, marked."""

import re
from functools import lru_cache

from flask_babel import gettext as _
from markupsafe import Markup, escape

from ..law.violations import Tier, Violation
from ..law.wording import range_in_english, range_in_words
from ..law.words import SECTORS, Term, term, tier_words
from ..screens import language, listed
from .tied import Tied


def in_words(word: Term) -> str:
    """A term in the language of the screen."""
    return word.en if language() == "en" else word.zh


def tier_name(tier: Tier) -> Term:
    """A tier with its condition; the base tier of any finding by its condition alone."""
    if tier.name == "base" and tier.when == "任何情节":
        return Term("任何情节", "any finding")
    return tier_words(tier.name, tier.when)


@lru_cache(2048)
def range_words(entry: Violation, language: str) -> str:
    """What a violation may cost."""
    return range_in_english(entry) if language == "en" else range_in_words(entry)


@lru_cache(2048)
def sectors_of(entry: Violation, language: str) -> str:
    """The sectors that punish a violation."""
    words = [term(SECTORS, sector) for sector in entry.sectors]
    return ", ".join(word.en for word in words) if language == "en" else "、".join(word.zh for word in words)


def tied_words(tied: Tied) -> str:
    """How much hangs on an article, in a line: 违法行为2项，处罚1项，系统规则3条."""
    parts = []
    if tied.violated:
        parts.append(_("%(number)s violations of it", number=len(tied.violated)))
    if tied.basis:
        parts.append(_("%(number)s penalties based on it", number=len(tied.basis)))
    if tied.rules:
        parts.append(_("%(number)s rules of the procedure", number=len(tied.rules)))
    return listed(parts)


def marked(text: str, asked: str) -> Markup:
    """The text with the words that were searched for marked in it."""
    words = sorted({word for word in asked.casefold().split() if word}, key=len, reverse=True)
    if not words:
        return escape(text)
    pattern = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    parts: list[Markup] = []
    end = 0
    for match in pattern.finditer(text):
        parts += [escape(text[end : match.start()]), Markup("<mark>{}</mark>").format(match[0])]
        end = match.end()
    return Markup("").join([*parts, escape(text[end:])])
