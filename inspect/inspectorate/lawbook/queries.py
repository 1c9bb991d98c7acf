"""What the browser finds: violations by words and filters, and the laws by their rank. Open to all who signed in."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from ..campaigns.catalogue import shipped_campaigns
from ..law.search import LONGEST_WORD, MOST_WORDS, search
from ..law.statutes import Law, laws
from ..law.texts import all_loaded
from ..law.violations import Violation, catalogue, violation

PART = 20
"""Violations on one page of the list."""

LONGEST = 200
"""Characters of a search."""


class Wanted(NamedTuple):
    """What is searched for: words and filters; None where a filter is not set. ``article``: of the law that is set."""

    words: str = ""
    domain: str | None = None
    sector: str | None = None
    law: str | None = None
    article: int | None = None
    subject: str | None = None
    category: str | None = None

    def applied(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self)


class Results(NamedTuple):
    """One page of what was found; ``number`` is of all of it, ``page`` counts from 1.

    ``resembling``: no word was found anywhere; these resemble the whole of what was typed.
    """

    entries: Sequence[Violation]
    number: int
    page: int
    resembling: bool = False

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(-(-self.number // PART), 1)


def results(wanted: Wanted, prefer: str | None, page: int) -> Results:
    """A page of the violations; among equals those that the sector ``prefer`` punishes come first."""
    found, resembling = _search(wanted, prefer, resembling_too=False), False
    if wanted.words.strip() and not found:
        found, resembling = _search(wanted, prefer, resembling_too=True), True
    if wanted.article:
        found = [entry for entry in found if _cites(entry, wanted.law, wanted.article)]
    page = min(max(page, 1), max(-(-len(found) // PART), 1))
    return Results(found[(page - 1) * PART : page * PART], len(found), page, resembling and bool(found))


def _search(wanted: Wanted, prefer: str | None, *, resembling_too: bool) -> list[Violation]:
    return search(
        wanted.words,
        domain=wanted.domain,
        sector=wanted.sector,
        law=wanted.law,
        subject=wanted.subject,
        category=wanted.category,
        prefer=prefer,
        resembling_too=resembling_too,
    )


def _cites(entry: Violation, law_id: str | None, article: int) -> bool:
    return any(one.article == article and law_id in (None, one.law) for one in entry.cited)


def first_found(words: str, prefer: str | None, most: int) -> list[Violation]:
    """The violations in which every word is found, for the search over everything."""
    return search(words, prefer=prefer, every_word=True, limit=most) if words else []


def laws_named(words: str, most: int) -> list[Law]:
    """The laws whose title has all of the words."""
    wanted = words.casefold().strip("《》").split()[:MOST_WORDS]
    titles = ((known, f"{known.title} {known.short_title}".casefold()) for known in laws().values())
    found = [known for known, title in titles if wanted and all(word[:LONGEST_WORD] in title for word in wanted)]
    return found[:most]


class Listed(NamedTuple):
    """A law in the list: how many violations are punished under it, and of which versions a text is loaded."""

    law: Law
    violations: int
    loaded: Sequence[str]

    @property
    def current_loaded(self) -> bool:
        """Whether the text of the current version is here."""
        return self.law.current.name in self.loaded


def laws_by_level() -> Mapping[str, Sequence[Listed]]:
    """All laws, those of the highest rank first; within a rank in the order of the catalogue."""
    found: dict[str, list[Listed]] = {level: [] for level in LEVELS}
    texts = all_loaded()
    for known in laws().values():
        listed = Listed(known, _violations_of().get(known.id, 0), texts.get(known.id, ()))
        found.setdefault(known.level, []).append(listed)
    return {level: listed for level, listed in found.items() if listed}


LEVELS = ("法律", "行政法规", "部门规章", "规范性文件")
"""Ranks of laws, the highest first."""


@cache
def _violations_of() -> Mapping[str, int]:
    number: dict[str, int] = {}
    for entry in catalogue().values():
        for law_id in {citation.law for citation in entry.basis}:
            number[law_id] = number.get(law_id, 0) + 1
    return number


@cache
def categories() -> Mapping[str, str]:
    """The categories of campaigns to which violations belong, with their labels."""
    used = {entry.category for entry in catalogue().values()}
    known = {one.code: one.label for campaign in shipped_campaigns() for one in campaign.categories}
    return {code: label for code, label in known.items() if code in used}


def known_violation(code: str) -> Violation | None:
    """The violation of that code, in capitals or not; None for a code that the catalogue does not have."""
    plain = code.strip().upper()
    return violation(plain) if plain in catalogue() else None


@lru_cache(4096)
def in_force_word(entry: Violation, today: date) -> str:
    """in_force, ended, or to_come."""
    if entry.in_force(today):
        return "in_force"
    return "to_come" if entry.since and entry.since > today else "ended"
