"""The page of a law: its versions with their days, its articles by chapter, and what hangs on each article."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, takewhile
from typing import NamedTuple

from ..errors import NotFound
from ..law.statutes import Citation, Law, LawVersion, law, laws, version_in_force
from ..law.texts import Article, Text, loaded, text_of
from .tied import Tied, articles_cited, tied_to

ON_ONE_PAGE = 150
"""Articles. Longer laws show one chapter at a time: the ecological code has more than a thousand."""

MOST_FOUND = 100
"""Articles that a search in a law shows."""


class Entry(NamedTuple):
    """An article of the page: its words, None where no text of the version is loaded, and what hangs on it.

    ``begins``: the headings that stand above it and not above the one before it on the page.
    """

    citation: Citation
    article: Article | None
    tied: Tied
    begins: Sequence[str] = ()


class Part(NamedTuple):
    """A chapter, or whatever the law is divided into; ``number`` from 1."""

    number: int
    heading: Sequence[str]
    articles: Sequence[Article]

    @property
    def book(self) -> str:
        """The widest heading that it stands under: 编, or 章 where there is none."""
        return self.heading[0] if self.heading else ""

    @property
    def span(self) -> tuple[Article, Article]:
        """Its first and its last article."""
        return self.articles[0], self.articles[-1]


class LawPage(NamedTuple):
    """A law in one version. ``on`` is a day of that version; ``parts`` are empty where no text of it is loaded.

    ``part``: the one that is shown; None where all of the law is, or what was found. ``found``: how many articles the
    search found, None where nothing was searched for.
    """

    law: Law
    version: LawVersion
    on: date
    text: Text | None
    loaded: Sequence[str]
    parts: Sequence[Part]
    part: Part | None
    entries: Sequence[Entry]
    found: int | None

    @property
    def books(self) -> Sequence[tuple[str, Sequence[Part]]]:
        """The parts under the widest heading of each."""
        return [(book, list(parts)) for book, parts in groupby(self.parts, key=lambda part: part.book)]

    @property
    def address(self) -> Mapping[str, str]:
        """What names this law and version in an address."""
        return {"law": self.law.id, **({} if self.version is self.law.current else {"version": self.version.name})}


def law_page(law_id: str, version_name: str | None, part_number: int | None, words: str, today: date) -> LawPage:
    """Everything that is known of a law. Raises NotFound for a law, a version or a part that there is not."""
    if law_id not in laws():
        raise NotFound
    known = law(law_id)
    version = version_named(known, version_name) if version_name else version_in_force(law_id, today) or known.current
    on, text = day_of(version, today), text_of(law_id, version.name)
    parts = list(_parts(text)) if text else []
    wanted = words.casefold().split()
    part = None
    if parts and len(text.articles if text else ()) > ON_ONE_PAGE and not wanted:
        if part_number is not None and not 0 < part_number <= len(parts):
            raise NotFound
        part = parts[(part_number or 1) - 1]
    entries = list(_of_text(law_id, part.articles if part else text.articles, on)) if text else _cited(law_id, on)
    if wanted:
        entries = [entry for entry in entries if _has(entry, wanted)]
    entries = list(_under_headings(entries))
    return LawPage(
        law=known,
        version=version,
        on=on,
        text=text,
        loaded=loaded(law_id),
        parts=parts,
        part=part,
        entries=entries[:MOST_FOUND] if wanted else entries,
        found=len(entries) if wanted else None,
    )


def version_named(known: Law, name: str) -> LawVersion:
    """The version of a law that is named so in addresses. Raises NotFound."""
    found = next((version for version in known.versions if version.name == name), None)
    if found is None:
        raise NotFound
    return found


def day_of(version: LawVersion, today: date) -> date:
    """Today where the version is in force, else the day of it that is nearest."""
    return max(version.in_force_from, min(today, version.in_force_to or today))


def _parts(text: Text) -> Iterator[Part]:
    """The law in chapters, or finer where a chapter is still too long for one page."""
    deepest = max(len(article.heading) for article in text.articles)
    depth = 1
    while depth < deepest and max(map(len, _grouped(text, depth).values())) > ON_ONE_PAGE // 2:
        depth += 1
    for number, (heading, articles) in enumerate(_grouped(text, depth).items(), 1):
        yield Part(number, heading, articles)


def _grouped(text: Text, depth: int) -> dict[tuple[str, ...], list[Article]]:
    found: dict[tuple[str, ...], list[Article]] = {}
    for article in text.articles:
        found.setdefault(article.heading[:depth], []).append(article)
    return found


def _of_text(law_id: str, articles: Sequence[Article], on: date) -> Iterator[Entry]:
    for article in articles:
        citation = Citation(law_id, article.number, suffix=article.suffix)
        yield Entry(citation, article, tied_to(citation, on))


def _under_headings(entries: Sequence[Entry]) -> Iterator[Entry]:
    before: Sequence[str] = ()
    for entry in entries:
        heading = entry.article.heading if entry.article else ()
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(heading, before, strict=False)))
        yield entry._replace(begins=heading[same:])
        before = heading


def _cited(law_id: str, on: date) -> list[Entry]:
    """Where there is no text: the articles of which the catalogue or the rulebook has something to say."""
    return [Entry(citation, None, tied_to(citation, on)) for citation in articles_cited(law_id, on)]


def _has(entry: Entry, wanted: Sequence[str]) -> bool:
    titles = [f"{one.code} {one.title_zh}" for one in (*entry.tied.violated, *entry.tied.basis)]
    statements = [rule.statement for rule in entry.tied.rules]
    own = entry.article.whole() if entry.article else ""
    heading = entry.article.heading if entry.article else ()
    text = " ".join((entry.citation.place(), *heading, own, *titles, *statements)).casefold()
    return all(word in text for word in wanted)
