"""A statute as it is read: articles (条) of paragraphs (款), items (项) and points (目)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..numerals import chinese
from ..statutes import Citation


class Item(NamedTuple):
    """项: its number, its text without the number, and its 目 in order."""

    number: int
    text: str
    points: tuple[str, ...] = ()


class Paragraph(NamedTuple):
    """款, with the items that belong to it."""

    text: str
    items: tuple[Item, ...] = ()

    def item(self, number: int) -> Item | None:
        """The item of that number."""
        return next((item for item in self.items if item.number == number), None)

    def lines(self) -> Iterator[str]:
        """Its words as they are printed: its own, then each item with its number, and its points."""
        yield self.text
        for item in self.items:
            yield f"（{chinese(item.number)}）{item.text}"
            yield from item.points

    def whole(self) -> str:
        """The paragraph and its items as one text."""
        return "\n".join(self.lines())


class Article(NamedTuple):
    """条. ``suffix``: 1 for 之一. ``heading``: where it stands, from 编 down to 节. ``line``: where in the file."""

    number: int
    suffix: int | None
    heading: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    line: int

    @property
    def key(self) -> tuple[int, int]:
        """Number and suffix, in the order of the text."""
        return self.number, self.suffix or 0

    def paragraph_of(self, citation: Citation) -> int | None:
        """The number, from 1, of the paragraph that a citation of this article means; None where it means all of it.

        An item cited without its paragraph is the one that only one paragraph has. Raises LookupError where there is
        no such paragraph or item.
        """
        if citation.paragraph:
            if citation.paragraph > len(self.paragraphs):
                raise LookupError(f"it has {len(self.paragraphs)} paragraphs")
            if citation.item and not self.paragraphs[citation.paragraph - 1].item(citation.item):
                raise LookupError(f"its paragraph {citation.paragraph} has no item {citation.item}")
            return citation.paragraph
        if not citation.item:
            return None
        having = [number for number, each in enumerate(self.paragraphs, 1) if each.item(citation.item)]
        if not having:
            raise LookupError(f"it has no item {citation.item}")
        return having[0]

    def lines(self) -> Iterator[str]:
        """Its words as they are printed."""
        for paragraph in self.paragraphs:
            yield from paragraph.lines()

    def whole(self) -> str:
        """All its words as one text."""
        return "\n".join(paragraph.whole() for paragraph in self.paragraphs)

    def part(self, citation: Citation) -> str:
        """The words that a citation of this article means: all of it, a paragraph, or an item with its paragraph's
        own words. Raises LookupError."""
        number = self.paragraph_of(citation)
        if number is None:
            return self.whole()
        paragraph = self.paragraphs[number - 1]
        item = citation.item and paragraph.item(citation.item)
        return "\n".join((paragraph.text, item.text, *item.points)) if item else paragraph.whole()


@dataclass(frozen=True)
class Text:
    """One version of a law. ``adopted`` names the version; ``history`` and ``annex`` are the lines before and after."""

    law: str
    adopted: str
    title: str
    history: tuple[str, ...]
    articles: tuple[Article, ...]
    annex: tuple[str, ...] = ()

    @cached_property
    def _by_key(self) -> Mapping[tuple[int, int], Article]:
        return {article.key: article for article in self.articles}

    @property
    def begins_late(self) -> int | None:
        """The number of the first article, where the text does not begin with the first: a part of a law."""
        first = self.articles[0].number
        return first if first > 1 else None

    def article(self, number: int, suffix: int | None = None) -> Article | None:
        """The article of that number; 之一 is suffix 1."""
        return self._by_key.get((number, suffix or 0))

    def lack(self, citation: Citation) -> str | None:
        """What of the cited provision is not there, in words; None where all of it is."""
        article = self.article(citation.article, citation.suffix)
        if article is None:
            return "there is no such article"
        try:
            article.paragraph_of(citation)
        except LookupError as error:
            return str(error)
        return None
