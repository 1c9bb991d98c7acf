"""Finding violations by Chinese words, code or article.

Nothing is looked through entry by entry: for every character there is one number whose bits are the entries that have
it in their title, or anywhere. The characters of a word leave a few candidates, and only those are read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from . import statutes
from .datafile import read
from .numerals import number_of
from .resemblance import resembling
from .violations import Violation, catalogue, violations

_CODE = re.compile(r"[a-z]{2}-?\d{1,3}")
# No article has a longer number; without an end, a line of digits would be tried from each of them to its last.
_ARTICLE = re.compile(r"第?([零〇一二三四五六七八九十百千\d]{1,7})条")

MOST_WORDS, LONGEST_WORD = 20, 200
"""What is typed beyond them is not looked for."""

MOST_RESEMBLING = 10
"""How many are shown of those that only resemble what was typed: further down they resemble it by chance."""

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
    prefer: str | None = None,
    every_word: bool = False,
    resembling_too: bool = True,
    limit: int | None = None,
) -> list[Violation]:
    """The violations in which every word is found, the best first; where there are none, those with some of the words.

    A word is a code (``MC-001``), an article (``第九十九条``, ``99条``, ``医师法第59条``), a law, Chinese words of the
    title, an abbreviation whose signs stand in the title in that order (``无证``), or a word of the trade that
    ``search_words.toml`` explains. Without words all that the filters let through. Among equals those that the sector
    ``prefer`` punishes come first. Where no word is found anywhere, those that the whole resembles as a description,
    save without ``resembling_too``. With ``every_word`` only those in which every word is found.
    """
    wanted = [word[:LONGEST_WORD] for word in words.casefold().split()[:MOST_WORDS]]
    filters: dict[str, Any] = {
        "domain": domain,
        "sector": sector,
        "category": category,
        "subject": subject,
        "law": law,
        "on": on,
    }
    if not wanted:
        found = [(0, entry) for entry in violations(**filters)]
    else:
        found = _found(wanted, filters, len(wanted) if every_word else 1)
    if wanted and not found and resembling_too and not every_word:
        among = violations(**filters) if any(value is not None for value in filters.values()) else None
        return [one.violation for one in resembling(words, among, limit or MOST_RESEMBLING)]
    # Sorting keeps the order of the statutes among equals.
    found.sort(key=lambda pair: (-pair[0], prefer is not None and prefer not in pair[1].sectors))
    return [entry for _, entry in found[:limit]]


def _found(wanted: list[str], filters: dict[str, Any], least: int) -> list[tuple[int, Violation]]:
    """Those with the most of the words, at least ``least``, in the order of the statutes, with their points."""
    hits: dict[str, int] = {}
    points: dict[str, int] = {}
    for word in wanted:
        for code, said in _points(word).items():
            hits[code] = hits.get(code, 0) + 1
            points[code] = points.get(code, 0) + said
    entries = catalogue()
    if any(value is not None for value in filters.values()):
        answering = {entry.code for entry in violations(among=[entries[code] for code in hits], **filters)}
        hits = {code: number for code, number in hits.items() if code in answering}
    best = max(least, *hits.values(), 0)
    places = _index().places
    return [(points[code], entries[code]) for code in sorted(hits, key=places.__getitem__) if hits[code] == best]


def _points(word: str) -> dict[str, int]:
    """What the word says for each violation in which it is found, by code."""
    index = _index()
    if _CODE.fullmatch(word):
        wanted = word.replace("-", "")
        return {text.code: _IN_TITLE for text in index.texts if text.folded_code.startswith(wanted)}
    meant = _synonyms().get(word, ())
    found: dict[str, int] = {}
    for text in index.having(word, index.anywhere):
        if word in text.title:
            found[text.code] = _IN_TITLE
        elif word in text.rest:
            found[text.code] = _ELSEWHERE
        elif len(word) > 1 and not word.isascii() and _in_order(word, text.title):
            found[text.code] = _SPREAD_IN_TITLE
    for other in meant:
        for text in index.having(other, index.in_title):
            if other in text.title and found.get(text.code, 0) < _BY_SYNONYM:
                found[text.code] = _BY_SYNONYM
    for text in _citing(word):
        found.setdefault(text.code, _ELSEWHERE)
    return found


def _citing(word: str) -> Sequence["_Text"]:
    """第99条, 九十九条, or a law and an article in one word: 医师法第59条."""
    match = _ARTICLE.search(word)
    if not match:
        return ()
    named = word[: match.start()].strip("《》")
    citing = _index().by_article.get(number_of(match[1]), ())
    return [text for text, titles in citing if named in titles]


def _in_order(word: str, title: str) -> bool:
    signs = iter(title)
    return all(sign in signs for sign in word)


class _Text(NamedTuple):
    """What of a violation may be searched: its title; everything else of it, in one line."""

    code: str
    folded_code: str
    title: str
    rest: str


class _Index(NamedTuple):
    """For each character the entries that have it in their title, or anywhere: bit ``n`` stands for ``texts[n]``.

    ``by_article``: for the number of an article, the entries that cite one, each with the titles of its law.
    """

    texts: Sequence[_Text]
    places: Mapping[str, int]
    in_title: Mapping[str, int]
    anywhere: Mapping[str, int]
    by_article: Mapping[int, Sequence[tuple[_Text, str]]]

    def having(self, word: str, where: Mapping[str, int]) -> Iterator[_Text]:
        """The entries that have every character of a word there."""
        left = (1 << len(self.texts)) - 1
        for sign in set(word):
            left &= where.get(sign, 0)
        while left:
            lowest = left & -left
            yield self.texts[lowest.bit_length() - 1]
            left ^= lowest


@cache
def _index() -> _Index:
    """Made with the first search."""
    texts: list[_Text] = []
    by_article: dict[int, list[tuple[_Text, str]]] = {}
    for entry in catalogue().values():
        cited = (*entry.violated, *entry.basis)
        laws = {citation.law: statutes.law(citation.law) for citation in cited}
        titles = {key: f"{known.title} {known.short_title} {key}".casefold() for key, known in laws.items()}
        conditions = " ".join(tier.when for tier in entry.tiers)
        rest = " ".join((entry.title_en, entry.code, conditions, *titles.values())).casefold()
        text = _Text(entry.code, entry.code.casefold().replace("-", ""), entry.title_zh.casefold(), rest)
        texts.append(text)
        for law_id, article in dict.fromkeys((citation.law, citation.article) for citation in cited):
            by_article.setdefault(article, []).append((text, titles[law_id]))
    places = {text.code: place for place, text in enumerate(texts)}
    in_title = _bits(text.title for text in texts)
    return _Index(texts, places, in_title, _bits(text.title + text.rest for text in texts), by_article)


def _bits(texts: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        for sign in set(text):
            found[sign] = found.get(sign, 0) | 1 << place
    return found


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    return {word.casefold(): tuple(meant) for word, meant in read("search_words.toml")["words"].items()}
