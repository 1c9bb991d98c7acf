"""What changed between two versions of a law, article by article, and which violations a change touches.

Copies differ in blanks and in the width of brackets and colons; neither is a change of the law.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..statutes import Citation, LawVersion, law
from ..violations import Violation, catalogue
from .model import Article, Paragraph, Text

SAME_NUMBER, OTHER_NUMBER, IN_ORDER = 0.3, 0.6, 0.4
"""How alike, from 0 to 1, the words of two articles are to be the same one: under its own number, under another, and
under another where it keeps its place among its neighbours."""

_Key = tuple[int, int]
_SENTENCE = re.compile(r"[^，。；：、\n]*[，。；：、\n]?")
_WIDE = str.maketrans("():,;", "（）：，；")


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
    """An article of the older version and what it is in the newer.

    ``pieces`` are its words from first to last, lines parted by line ends; nothing where they are the same or all of
    them are new or gone.
    """

    kind: Kind
    old: Article | None
    new: Article | None
    pieces: tuple[Piece, ...] = ()

    @property
    def key(self) -> tuple[str, int, int]:
        """Tells it from the others: version, number and suffix; those of the newer version where it is there."""
        article = self.new or self.old
        assert article is not None
        return ("new" if self.new else "old", *article.key)


@lru_cache(maxsize=16)
def changes(old: Text, new: Text) -> tuple[Change, ...]:
    """Every article of both, in the order of the newer; what is gone stands behind the one that it stood behind."""
    pairs = _pairs(old, new)
    before = {key: article for article, key in pairs.items()}
    gone = _gone_after(old, pairs)
    found = [Change(Kind.GONE, article, None) for article in gone.get(None, ())]
    for article in new.articles:
        found.append(_change(before.get(article.key), article))
        found += (Change(Kind.GONE, each, None) for each in gone.get(article.key, ()))
    return tuple(found)


def touched(found: Iterable[Change], old: Text, new: Text) -> dict[tuple[str, int, int], tuple[Violation, ...]]:
    """The violations that rest on, or forbid what is forbidden in, an article that did not stay the same.

    By :attr:`Change.key`. A violation counts by what it cites now, of the newer version, and by what its editions
    cited while the older one applied.
    """
    cited_new, cited_old = _cited(new.law, new.adopted), _cited(old.law, old.adopted)
    touching = {}
    for change in found:
        if change.kind is Kind.SAME:
            continue
        concerned = [
            *(cited_new.get(change.new.key, ()) if change.new else ()),
            *(cited_old.get(change.old.key, ()) if change.old else ()),
        ]
        if concerned:
            touching[change.key] = tuple({entry.code: entry for entry in concerned}.values())
    return touching


def plain(article: Article | Paragraph) -> str:
    """Its words, a paragraph or item a line, without what copies differ in."""
    return "\n".join("".join(line.split()) for line in article.lines()).translate(_WIDE)


# ---------------------------------------------------------------- which article is which


def _pairs(old: Text, new: Text) -> dict[Article, tuple[int, int]]:
    """The key in the newer version of each article of the older that is still there."""
    later = {article.key: _Words(plain(article)) for article in new.articles}
    earlier = {article.key: _Words(plain(article)) for article in old.articles}
    taken: dict[_Key, _Key] = {}
    used: set[_Key] = set()
    for alike, key, other in sorted(_scores(earlier, later), reverse=True):
        if key in taken or other in used:
            continue
        if key == other or alike >= OTHER_NUMBER or _in_order(key, other, taken):
            taken[key] = other
            used.add(other)
    return {article: taken[article.key] for article in old.articles if article.key in taken}


def _in_order(key: _Key, other: _Key, taken: Mapping[_Key, _Key]) -> bool:
    """Whether the article would keep its place among those settled, but for a few that moved themselves."""
    crossed = sum((before < key) != (after < other) for before, after in taken.items())
    return crossed <= len(taken) // 12


class _Words:
    """The words of an article, and its pairs of characters for comparing."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.pairs = Counter(pairwise(words))
        self.size = max(self.pairs.total(), 1)

    def likeness(self, other: "_Words") -> float:
        """From 0 to 1, how many pairs of characters they share."""
        if self.words == other.words:
            return 1.0
        return 2 * (self.pairs & other.pairs).total() / (self.size + other.size)


def _scores(earlier: Mapping[_Key, _Words], later: Mapping[_Key, _Words]) -> Iterator[tuple[float, _Key, _Key]]:
    """How alike every two articles are that may be the same; equal ones first, then those of the same number."""
    by_words = {words.words: key for key, words in later.items()}
    settled = set()
    for key, words in earlier.items():
        equal = key if key in later and later[key].words == words.words else by_words.get(words.words)
        if equal is not None:
            settled.add(equal)
            yield 2.0, key, equal
            continue
        for other, its in later.items():
            least = SAME_NUMBER if other == key else IN_ORDER
            if other in settled or 2 * min(words.size, its.size) / (words.size + its.size) < least:
                continue
            alike = words.likeness(its)
            if alike >= least:
                yield alike + (0.1 if other == key else 0.0), key, other


def _gone_after(old: Text, pairs: Mapping[Article, _Key]) -> dict[_Key | None, list[Article]]:
    """The articles that are gone, by the key in the newer version of the last before them that stayed."""
    gone: dict[_Key | None, list[Article]] = {}
    last: _Key | None = None
    for article in old.articles:
        if article in pairs:
            last = pairs[article]
        else:
            gone.setdefault(last, []).append(article)
    return gone


# ---------------------------------------------------------------- which words


def _change(old: Article | None, new: Article) -> Change:
    if old is None:
        return Change(Kind.NEW, None, new)
    before, after = plain(old), plain(new)
    pieces = () if before == after else compared(before, after)
    if old.key != new.key:
        return Change(Kind.MOVED, old, new, pieces)
    return Change(Kind.CHANGED if pieces else Kind.SAME, old, new, pieces)


def compared(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, went and came, clause by clause; within clauses that are much alike, character by character."""
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    pieces: list[Piece] = []
    for sign, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if sign == "equal":
            pieces.append(Piece("=", "".join(old[a:b])))
        else:
            pieces += _within("".join(old[a:b]), "".join(new[c:d]))
    return tuple(_joined(pieces))


def _within(before: str, after: str) -> Iterator[Piece]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if not before or not after or len(before) * len(after) > 90_000 or matcher.ratio() < 0.5:
        yield Piece("-", before)
        yield Piece("+", after)
        return
    for sign, a, b, c, d in matcher.get_opcodes():
        if sign == "equal" and (b - a > 1 or a == 0 or b == len(before)):
            yield Piece("=", before[a:b])
        else:  # a single character that stayed between two that did not only makes it hard to read
            yield Piece("-", before[a:b])
            yield Piece("+", after[c:d])


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours of a kind as one; what went stands before what came."""
    went = came = stayed = ""
    for piece in pieces:
        if piece.sign == "=":
            if went or came:
                yield from (each for each in (Piece("-", went), Piece("+", came)) if each.text)
                went = came = ""
            stayed += piece.text
            continue
        if stayed and piece.text:
            yield Piece("=", stayed)
            stayed = ""
        went += piece.text if piece.sign == "-" else ""
        came += piece.text if piece.sign == "+" else ""
    yield from (each for each in (Piece("-", went), Piece("+", came), Piece("=", stayed)) if each.text)


# ---------------------------------------------------------------- which violations


@lru_cache(maxsize=64)
def _cited(law_id: str, adopted: str) -> Mapping[_Key, Sequence[Violation]]:
    """The violations by the articles of a version that they cite, in the edition of its days."""
    found: dict[_Key, list[Violation]] = {}
    version = next((each for each in law(law_id).versions if each.name == adopted), None)
    if version is None:
        return found
    for entry in catalogue().values():
        keys = {_key(cited) for edition in entry.editions for cited in _of(edition, version)}
        for key in keys:
            found.setdefault(key, []).append(entry)
    return found


def _of(edition: Violation, version: LawVersion) -> Iterator[Citation]:
    """What an edition cites of a version, if they applied on some day together."""
    began_later = edition.since and version.in_force_to and edition.since > version.in_force_to
    ended_before = edition.until and edition.until < version.in_force_from
    if began_later or ended_before:
        return
    for cited in edition.cited:
        if cited.law == version.law and (edition.historic or version.holds(cited)):
            yield cited


def _key(citation: Citation) -> _Key:
    return citation.article, citation.suffix or 0
