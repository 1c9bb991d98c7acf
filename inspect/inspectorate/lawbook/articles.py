"""The page of an article: its words as in force on a day, what hangs on it, its neighbours and its other versions."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..errors import NotFound
from ..law.statutes import Citation, Law, LawVersion, law, laws
from ..law.texts import Found, article_on, text_of
from ..law.texts.changes import plain
from .tied import Tied, tied_to


class OtherVersion(NamedTuple):
    """Another version of the law. ``same``: the article of that number reads the same there as in the one shown, by
    their texts, else as far as the catalogue knows; ``loaded``: its text is here."""

    version: LawVersion
    same: bool
    loaded: bool


class ArticlePage(NamedTuple):
    """``version``: None before the first known one; ``holds``: the citation, written for the current one, holds in it.

    ``found`` is the text of that very version, where it is loaded.
    """

    citation: Citation
    law: Law
    version: LawVersion | None
    holds: bool
    found: Found
    tied: Tied
    before: Citation | None
    after: Citation | None
    others: Sequence[OtherVersion]

    @property
    def missing_part(self) -> bool:
        """Whether the article is there but not the paragraph or item that was asked for."""
        asked = self.citation.paragraph or self.citation.item
        return bool(asked and self.found.article and self.found.paragraph is None)


def article_page(citation: Citation, on: date) -> ArticlePage:
    """Everything that is known of an article. Raises NotFound for a law or an article that there is not."""
    if citation.law not in laws():
        raise NotFound
    known = law(citation.law)
    found = article_on(citation, on)
    version = found.version
    if not (found.article or (version or known.current).has_article(citation)):
        raise NotFound
    before, after = _neighbours(citation, found, version or known.current)
    return ArticlePage(
        citation=citation,
        law=known,
        version=version,
        holds=version is not None and version.holds(citation),
        found=found,
        tied=tied_to(citation, on),
        before=before,
        after=after,
        others=list(_others(citation, known, found)),
    )


def _neighbours(citation: Citation, found: Found, version: LawVersion) -> tuple[Citation | None, Citation | None]:
    own = (citation.article, citation.suffix or 0)
    if found.text and found.article:
        keys = [article.key for article in found.text.articles]
    else:
        near = range(max(citation.article - 1, 1), citation.article + 2)
        plain = {(number, 0) for number in near if version.has_article(Citation(citation.law, number))}
        keys = sorted({*plain, own, *(key for key in version.inserted if key[0] in near)})
    place = keys.index(own)
    before = keys[place - 1] if place else None
    after = keys[place + 1] if place + 1 < len(keys) else None
    return _article(citation.law, before), _article(citation.law, after)


def _article(law_id: str, key: tuple[int, int] | None) -> Citation | None:
    return Citation(law_id, key[0], suffix=key[1] or None) if key else None


def _others(citation: Citation, known: Law, found: Found) -> Iterator[OtherVersion]:
    for version in known.versions:
        if version is not found.version:
            yield OtherVersion(version, _reads_alike(citation, found, version), version.name in found.loaded)


def _reads_alike(citation: Citation, found: Found, other: LawVersion) -> bool:
    text = text_of(citation.law, other.name)
    if found.article and text:
        article = text.article(citation.article, citation.suffix)
        return article is not None and plain(article) == plain(found.article)
    return found.version is not None and found.version.holds(citation) and other.holds(citation)
