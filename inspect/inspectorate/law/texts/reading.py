"""Reading of statute texts in the three layouts that are about: bold, plain and anchored headings of articles.

What a reader would overlook is refused, by file and line: an article that is missing, twice or out of order, one
without words, an item without its paragraph, marks that are no part of a statute, a text that is not of the version
that its name says. docs/law-texts.md describes the layouts.
"""

import re
from pathlib import Path
from typing import NoReturn

from ..statutes import LawVersion, UnknownLaw, law
from .blocks import Block
from .lines import Kind, Line, Unreadable, lines_of
from .model import Article, Text
from .outline import Outline

__all__ = ["Unreadable", "parse", "read_content", "read_file", "read_text"]

LONGEST = 8 * 1024 * 1024
"""Octets; the longest code there is has half a million."""

_NAME = re.compile(r"(?P<law>[a-z][a-z0-9_]*)@(?P<adopted>\d{4}-\d{2}-\d{2})\.md")
_ENDS = re.compile(r"[。；：:！？…）)”’》〉]$")
_INNER_ITEM = re.compile(r"[；。]\s*[（(][一二三四五六七八九十]+[）)]")
_CAPTION = re.compile(r"【[^】]*】\s*")


def read_file(path: Path) -> Text:
    """The text in a file. Raises Unreadable, and OSError."""
    if path.stat().st_size > LONGEST:
        raise Unreadable(path.name, 0, f"has more than {LONGEST // 1024 // 1024} MiB: no statute is that long")
    return read_content(path.read_bytes(), path.name)


def read_content(content: bytes, name: str) -> Text:
    """The text in what a file of that name holds. Raises Unreadable."""
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(name, line, "is not UTF-8; save it in that encoding") from None
    return read_text(source, name)


def read_text(source: str, name: str) -> Text:
    """The text of one version of a law of the catalogue; ``name`` is ``<law id>@<adopted>.md``. Raises Unreadable."""
    version = _version_of(name)
    text = parse(source, name)
    _same_law(text, version, name)
    _same_extent(text, version, name)
    return text


def parse(source: str, name: str) -> Text:
    """The text in itself, of whatever law; ``name`` gives its law and version. Raises Unreadable."""
    reader = _Reader(name)
    for line in lines_of(source, name):
        reader.take(line)
    return reader.text()


def _version_of(name: str) -> LawVersion:
    named = _NAME.fullmatch(name)
    if not named:
        raise Unreadable(name, 0, "is not named <law id>@<day of adoption>.md, like food@2021-04-29.md")
    try:
        versions = law(named["law"]).versions
    except UnknownLaw as error:
        raise Unreadable(name, 0, str(error)) from None
    for version in versions:
        if version.name == named["adopted"]:
            return version
    known = ", ".join(version.name for version in versions)
    raise Unreadable(name, 0, f"the catalogue has no version of {named['law']} adopted on that day, only {known}")


def _same_law(text: Text, version: LawVersion, name: str) -> None:
    title = law(version.law).title
    if text.title and _plain(text.title) != _plain(title):
        raise Unreadable(name, 0, f"is titled {text.title}, but the law {version.law} is {title}")


def _plain(title: str) -> str:
    return re.sub(r"[\s（）()〈〉《》]", "", title).removeprefix("中华人民共和国")


def _same_extent(text: Text, version: LawVersion, name: str) -> None:
    """The catalogue knows the last article of most versions: a file cut off at its end is found by that alone."""
    last = text.articles[-1]
    if version.articles and last.number != version.articles:
        reason = f"ends with article {last.number}, but version {version.name} has {version.articles}"
        raise Unreadable(name, last.line, reason)
    if version.articles:
        inserted = {article.key for article in text.articles if article.suffix}
        for number, suffix in sorted(inserted.symmetric_difference(version.inserted)):
            reason = f"article {number}-{suffix} is in the text or in the catalogue's version, but not in both"
            raise Unreadable(name, 0, reason)


class _Reader:
    """Takes the lines one by one, and makes articles of them."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.title = ""
        self.history: list[str] = []
        self.annex: list[str] = []
        self.in_annex = False
        self.articles: list[Article] = []
        self.outline = Outline()
        self.open: Line | None = None
        self.paragraphs: list[Block] = []

    def take(self, line: Line) -> None:
        """The next line. Raises Unreadable."""
        if self.in_annex:
            if line.kind in (Kind.ARTICLE, Kind.HEADING):
                self._refuse(line, "an article or chapter stands behind the annex")
            self.annex.append(line.text)
        elif line.kind is Kind.ARTICLE:
            self._close()
            self._number_fits(line)
            self.open = line
            self._begin(line, _CAPTION.sub("", line.text, count=1))
        elif line.kind is Kind.HEADING:
            self._close()
            if wrong := self.outline.take(line, behind=self.articles[-1].line if self.articles else 0):
                self._refuse(line, wrong)
        elif line.kind is Kind.ANNEX and (self.articles or self.open):
            self._close()
            self.in_annex = True
            self.annex.append(line.text)
        elif self.open is None:
            self._before_articles(line)
        else:
            self._words(line)

    def text(self) -> Text:
        """What was read. Raises Unreadable."""
        self._close()
        if not self.articles:
            raise Unreadable(self.name, 0, "has no article")
        named, _, adopted = self.name.removesuffix(".md").partition("@")
        return Text(named, adopted, self.title, tuple(self.history), tuple(self.articles), tuple(self.annex))

    # -------------------------------------------------------------- where in the law

    def _before_articles(self, line: Line) -> None:
        if self.articles:
            self._refuse(line, f"words between a heading and its first article: {line.text[:30]}")
        if line.kind is Kind.TITLE:
            self.title = line.text
        elif "".join(line.text.split()) != "目录":
            self.history.append(line.text)

    def _number_fits(self, line: Line) -> None:
        key = (line.number, line.suffix)
        if not self.articles:
            if key != (1, 0) and not self.outline.begins_late:
                self._refuse(line, f"the text begins with {_article_words(key)}: what is before it is missing")
            return
        last = self.articles[-1].key
        if key in ((last[0] + 1, 0), (last[0], last[1] + 1)):
            return
        seen = any(article.key == key for article in self.articles)
        how = "is there twice" if seen else f"follows {_article_words(last)}: one is missing, or they are out of order"
        self._refuse(line, f"{_article_words(key)} {how}")

    # -------------------------------------------------------------- the words of an article

    def _words(self, line: Line) -> None:
        if line.kind is Kind.ITEM:
            self._item(line)
        elif line.kind in (Kind.POINT, Kind.ROW):
            if not self.paragraphs:
                self._refuse(line, "a point or table stands without its paragraph")
            self.paragraphs[-1].add_below(line)
        else:
            self._begin(line, line.text)

    def _begin(self, line: Line, text: str) -> None:
        if text:
            self._looks_whole(line, text)
            self.paragraphs.append(Block(text, line.place))

    def _item(self, line: Line) -> None:
        self._take_back_to_item(line.number)
        if not self.paragraphs:
            self._refuse(line, f"item {line.number} stands without its paragraph")
        last = self.paragraphs[-1].last_item
        if line.number != last + 1:
            reason = f"item {line.number} follows item {last}" if last else f"its items begin with item {line.number}"
            self._refuse(line, reason)
        if not line.text:
            self._refuse(line, f"item {line.number} is empty")
        self._looks_whole(line, line.text)
        self.paragraphs[-1].add_item(line)

    def _take_back_to_item(self, number: int) -> None:
        """Where the items go on behind words that stood on lines of their own, those were words of the item before."""
        having = [place for place, block in enumerate(self.paragraphs) if block.items]
        if not having or having[-1] == len(self.paragraphs) - 1 or number != self.paragraphs[having[-1]].last_item + 1:
            return
        between = self.paragraphs[having[-1] + 1 :]
        del self.paragraphs[having[-1] + 1 :]
        for block in between:
            self.paragraphs[-1].add_words(block)

    def _looks_whole(self, line: Line, text: str) -> None:
        if not _ENDS.search(text):
            self._refuse(line, f"ends without a full stop, as if cut off: …{text[-12:]}")
        if _INNER_ITEM.search(text):
            self._refuse(line, "several items in one line")

    def _close(self) -> None:
        """End the article that is being read."""
        if self.open is None:
            return
        if not self.paragraphs:
            self._refuse(self.open, f"{_article_words((self.open.number, self.open.suffix))} is empty")
        for block in self.paragraphs:
            if breaks_off := block.breaks_off(last=block is self.paragraphs[-1]):
                raise Unreadable(self.name, block.place, breaks_off)
        paragraphs = tuple(block.done() for block in self.paragraphs)
        number, suffix = self.open.number, self.open.suffix or None
        self.articles.append(Article(number, suffix, self.outline.here, paragraphs, self.open.place))
        self.open, self.paragraphs = None, []

    def _refuse(self, line: Line, reason: str) -> NoReturn:
        raise Unreadable(self.name, line.place, reason)


def _article_words(key: tuple[int, int]) -> str:
    return f"article {key[0]}-{key[1]}" if key[1] else f"article {key[0]}"
