"""The lines of a file freed of what is not the law's: front matter, marks of the layout, entities.

What is left of a line is the statute's words, with the kind that its layout says. Whatever is no known mark is refused.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from ...characters import REVERSING, UNPRINTABLE
from ..numerals import chinese, number_of


class Unreadable(ValueError):
    """A text that cannot be understood: the file, the line (0 where it is the file as a whole), and why."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(name, line, reason)
        self.name, self.line, self.reason = name, line, reason

    def __str__(self) -> str:
        name = self.name if self.name.isprintable() else ascii(self.name)
        return f"{name}:{self.line}: {self.reason}" if self.line else f"{name}: {self.reason}"


class Kind(Enum):
    """What a line is."""

    TITLE = "title"
    HEADING = "heading"
    ARTICLE = "article"
    ITEM = "item"
    POINT = "point"
    ROW = "row"
    ANNEX = "annex"
    TEXT = "text"


class Line(NamedTuple):
    """A line that says something: its number in the file, its words, and what its mark says.

    ``number`` and ``suffix`` are of article or item; ``level`` is of a heading: 编 0, 分编 1, 章 2, 节 3.
    """

    place: int
    kind: Kind
    text: str
    number: int = 0
    suffix: int = 0
    level: int = 0


LEVELS = ("编", "分编", "章", "节")
CHAPTER = LEVELS.index("章")
UNNUMBERED = ("总则", "分则", "附则")
"""Chapters that may stand without a number."""

_CHINESE = r"[零〇一二三四五六七八九十百千]+"
_NUMBER = rf"{_CHINESE}|\d+"
_ARTICLE = re.compile(
    r"(?P<bold>\*\*)?(?:<span id=\"(?P<id>[^\"<>]*)\">)?"
    rf"第(?P<number>{_NUMBER})条(?:之(?P<suffix>{_NUMBER}))?(?:</span>)?"
    r"(?(bold)\*\*\s*|(?:\s+|$))(?P<text>.*)"
)
_ITEM = re.compile(rf"[（(]\s*(?P<number>{_CHINESE})\s*[）)]\s*(?P<text>(?![至、和]\s*[（(]|项).*)")
_POINT = re.compile(r"\d{1,2}[.．、]\s*(?!\d)|[（(]\d{1,2}[）)]|[①-⑳]")
_HEADING = re.compile(rf"第(?P<number>{_NUMBER})(?P<level>编|分编|章|节)(?P<title>.*)")
_BARE_HEADING = re.compile(rf"第(?:{_NUMBER})(?:编|分编|章|节)\s+[^\s。；：，]{{1,12}}(?:\s*[^。；：，]{{0,24}})")
_ANNEX = re.compile(r"附(?:件|录|表)[一二三四五六七八九十\d]*[：:]?|附[：:].*")
_FRONT_MATTER_BEGINS = re.compile(r"[A-Za-z_][\w-]*:(?:\s.*)?")
_FRONT_MATTER = re.compile(r"[A-Za-z_][\w-]*:(?:\s.*)?|-\s.*|[ \t]+.*")
# Not past the next beginning: a line of beginnings without an end would be tried from each of them to its last.
_COMMENT = re.compile(r"<!--(?:(?!<!--).)*?-->")
_LINK = re.compile(r"<a href=\"[^\"<>]*\">([^<>]*)</a>|<span id=\"[^\"<>]*\">([^<>]*)</span>")
_TAG = re.compile(r"</?[A-Za-z!?][^>]*>?")
_QUOTED = re.compile(r"<([^<>]*[\u4e00-\u9fff][^<>]*)>")
_ENTITY = re.compile(r"&(emsp|ensp|nbsp|thinsp|#12288|#160);")
_SEPARATOR = re.compile(r"[|:\s-]+")
_LEFT_OVER = re.compile(r"[#*<>|`\\{}\[\]]|&\w+;|\ufffd")
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_RULE = re.compile(r"-{3,}|\*{3,}|_{3,}")


def lines_of(source: str, name: str) -> Iterator[Line]:
    """The lines that say something, in order. Raises Unreadable."""
    raw = source.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    place = 0
    seen: set[Kind] = set()
    while place < len(raw):
        place += 1
        given = raw[place - 1]
        if wrong := UNPRINTABLE.search(given) or REVERSING.search(given):
            raise Unreadable(name, place, f"holds the control character U+{ord(wrong[0]):04X}")
        if given.rstrip() == "---" and (end := _front_matter(raw, place, name)):
            place = end
            continue
        words = _ENTITY.sub(" ", _COMMENT.sub("", _INVISIBLE.sub("", given))).strip()
        if not words or _RULE.fullmatch(words):
            continue
        line = _line(words, place, name, seen)
        if line is not None:
            seen.add(line.kind)
            yield line


def _front_matter(raw: list[str], opening: int, name: str) -> int | None:
    """The line that closes the front matter opened by ``opening``; None where the line is only a rule."""
    begun = False
    for place in range(opening + 1, len(raw) + 1):
        text = raw[place - 1].rstrip()
        if text == "---":
            return place
        if not text:
            continue
        if not (_FRONT_MATTER if begun else _FRONT_MATTER_BEGINS).fullmatch(text):
            break
        begun = True
    if begun:
        raise Unreadable(name, opening, "front matter (---) that does not end")
    return None


def _line(words: str, place: int, name: str, seen: set[Kind]) -> Line | None:
    if words.startswith("#"):
        return _heading(words, place, name, seen)
    if article := _ARTICLE.fullmatch(words):
        return _article(article, place, name)
    if words.startswith("|"):
        if _SEPARATOR.fullmatch(words):
            return None
        return Line(place, Kind.ROW, _clean("　".join(_cells(words)), place, name))
    if _BARE_HEADING.fullmatch(words) or _squeezed(words) in UNNUMBERED:
        return _heading(words, place, name, seen)
    if _ANNEX.fullmatch(_squeezed(words)):
        return Line(place, Kind.ANNEX, _clean(words, place, name))
    text = _clean(words if Kind.ARTICLE in seen else words.removeprefix("> "), place, name)
    if item := _ITEM.fullmatch(text):
        return Line(place, Kind.ITEM, item["text"], _number(item["number"], place, name))
    return Line(place, Kind.POINT if _POINT.match(text) else Kind.TEXT, text)


def _article(found: re.Match[str], place: int, name: str) -> Line:
    written = f"{found['number']}{'之' + found['suffix'] if found['suffix'] else ''}"
    number = _number(found["number"], place, name)
    suffix = _number(found["suffix"], place, name) if found["suffix"] else 0
    if found["id"] is not None and found["id"] != written:
        raise Unreadable(name, place, f"the anchor {found['id']!r} is not that of article {written}")
    return Line(place, Kind.ARTICLE, _clean(found["text"], place, name), number, suffix)


def _number(written: str, place: int, name: str) -> int:
    """The number, written as numbers are: 一百二十四 or 124, not 一一 for 十一."""
    try:
        number = number_of(written)
        longer = f"一{chinese(number)}" if 10 <= number < 20 else ""  # 一十一
        if written.replace("〇", "零") in (chinese(number), longer, str(number)):
            return number
    except ValueError:
        pass
    raise Unreadable(name, place, f"{written[:20]} is no number of an article, item or chapter")


def _heading(words: str, place: int, name: str, seen: set[Kind]) -> Line:
    text = _clean(words.lstrip("#").strip().rstrip("#").strip("* "), place, name)
    squeezed = _squeezed(text)
    if found := _HEADING.fullmatch(squeezed):
        title = found["title"]
        if not title or _HEADING.search(title) or re.search(rf"第(?:{_NUMBER})条", title):
            raise Unreadable(name, place, f"a heading without a title, or several in one: {text}")
        level = LEVELS.index(found["level"])
        return Line(place, Kind.HEADING, title, _number(found["number"], place, name), level=level)
    if squeezed in UNNUMBERED:
        return Line(place, Kind.HEADING, squeezed, level=CHAPTER)
    if _ANNEX.fullmatch(squeezed):
        return Line(place, Kind.ANNEX, text)
    if words.startswith("# ") and not seen & {Kind.TITLE, Kind.ARTICLE} and squeezed:
        return Line(place, Kind.TITLE, squeezed)
    raise Unreadable(name, place, f"a heading that is no 编, 章 or 节: {text}")


def _clean(words: str, place: int, name: str) -> str:
    """The words without links and anchors. Raises Unreadable where marks are left."""
    words = _LINK.sub(lambda found: found[1] or found[2] or "", words)
    words = _QUOTED.sub(r"〈\1〉", words) if not _TAG.search(words) else words
    if wrong := _TAG.search(words) or _LEFT_OVER.search(words):
        raise Unreadable(name, place, f"holds {wrong[0][:40]!r}, which is no part of a statute's text")
    return words.strip()


def _cells(words: str) -> list[str]:
    return [cell.strip() for cell in words.strip("|").split("|")]


def _squeezed(text: str) -> str:
    return "".join(text.split())
