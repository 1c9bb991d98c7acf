"""Finding violations by Chinese words, code or article."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from . import statutes
from .datafile import read
from .numerals import chinese, number_of
from .violations import Violation, catalogue, violations

_CODE = re.compile(r"[a-z]{2}-?\d{1,3}")
# No article has a longer number; without an end, a line of digits would be tried from each of them to its last.
_ARTICLE = re.compile(r"第?([零〇一二三四五六七八九十百千\d]{1,7})条")

MOST_WORDS, LONGEST_WORD = 20, 200
"""What is typed beyond them is not looked for."""

# How much a word that is found says, by where it is found.
_IN_TITLE, _BY_SYNONYM, _SPREAD_IN_TITLE, _ELSEWHERE = 8, 6, 3, 2


def search(
    words: str = "",
    *,
    domain: str | None = None,
    sector: str | None = None,
    category: str | None = None,
    subject: str | None = None,
    law: str | None = None,
    on: date | None = None,
    limit: int | None = None,
) -> list[Violation]:
    """The violations in which every word is found, the best first; where there are none, those with some of the words.

    A word is a code (``MC-001``), an article (``第九十九条``, ``99条``, ``医师法第59条``), a law, Chinese words of the
    title, an abbreviation whose signs stand in the title in that order (``无证``), or a word of the trade that
    ``search_words.toml`` explains. Without words all that the filters let through.
    """
    among = violations(domain=domain, sector=sector, category=category, subject=subject, law=law, on=on)
    wanted = [word[:LONGEST_WORD] for word in words.casefold().split()[:MOST_WORDS]]
    scored = [(_score(entry, wanted), entry) for entry in among]
    most = max((hits for (hits, _), _ in scored), default=0)
    found = [(score, entry) for score, entry in scored if score[0] == most and (most or not wanted)]
    # Sorting keeps the order of the statutes among equals.
    found.sort(key=lambda pair: -pair[0][1])
    return [entry for _, entry in found[:limit]]


def _score(entry: Violation, wanted: list[str]) -> tuple[int, int]:
    """How many of the words are found, and how much that says."""
    points = [_points(entry, word) for word in wanted]
    return sum(map(bool, points)), sum(points)


def _points(entry: Violation, word: str) -> int:
    title, rest, articles = _texts()[entry.code]
    if _CODE.fullmatch(word):
        return _IN_TITLE if entry.code.casefold().replace("-", "").startswith(word.replace("-", "")) else 0
    if word in title:
        return _IN_TITLE
    if any(meant in title for meant in _synonyms().get(word, ())):
        return _BY_SYNONYM
    if word in rest or _names_article(word, rest, articles):
        return _ELSEWHERE
    return _SPREAD_IN_TITLE if len(word) > 1 and not word.isascii() and _in_order(word, title) else 0


def _names_article(word: str, rest: str, articles: frozenset[str]) -> bool:
    """第99条, 九十九条, or a law and an article in one word: 医师法第59条."""
    match = _ARTICLE.search(word)
    if not match:
        return False
    number = chinese(number_of(match[1]))
    named = word[: match.start()].strip("《》")
    if not named:
        return any(article.endswith(f"|{number}") for article in articles)
    return any(article.endswith(f"|{number}") and named in article.partition("|")[0] for article in articles)


def _in_order(word: str, title: str) -> bool:
    signs = iter(title)
    return all(sign in signs for sign in word)


@cache
def _texts() -> Mapping[str, tuple[str, str, frozenset[str]]]:
    """For each code: the title; what else may be searched; its articles as ``titles of the law|number``."""
    found = {}
    for entry in catalogue().values():
        cited = (*entry.violated, *entry.basis)
        laws = {citation.law: statutes.law(citation.law) for citation in cited}
        titles = {key: f"{known.title} {known.short_title} {key}".casefold() for key, known in laws.items()}
        conditions = " ".join(tier.when for tier in entry.tiers)
        rest = " ".join((entry.title_en, entry.code, conditions, *titles.values())).casefold()
        articles = frozenset(f"{titles[citation.law]}|{chinese(citation.article)}" for citation in cited)
        found[entry.code] = (entry.title_zh.casefold(), rest, articles)
    return found


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    return {word.casefold(): tuple(meant) for word, meant in read("search_words.toml")["words"].items()}
