"""The headings of a law, from 编 down to 节: where an article stands, and whether a heading may come where it does."""

from ..numerals import chinese
from .lines import CHAPTER, LEVELS, Line


class Outline:
    """Takes the headings as they come.

    Before the first article they may also be a list of contents, after which everything begins anew.
    """

    def __init__(self) -> None:
        self._current: dict[int, Line] = {}
        self._last: dict[int, int] = {}
        self._first: Line | None = None

    @property
    def here(self) -> tuple[str, ...]:
        """The headings under which an article stands that would come now."""
        return tuple(_words(line) for _, line in sorted(self._current.items()))

    @property
    def begins_late(self) -> bool:
        """Whether the first heading is numbered later than one: the file holds a later part of a law."""
        return self._first is not None and self._first.number > 1

    def take(self, line: Line, *, behind: int) -> str | None:
        """The next heading; ``behind``: the line of the last article, 0 before the first. Says why it cannot follow."""
        lowest = max(self._current.values(), key=lambda each: each.place, default=None)
        if behind and lowest and lowest.place > behind and lowest.level >= line.level:
            return f"{_words(lowest)} above it has no article"
        if line.number and not self._fits(line, begun=bool(behind)):
            last = self._last.get(line.level)
            known = _ordinal(last, line.level) if last else f"the beginning of a {LEVELS[line.level]}"
            return f"{_words(line)} does not follow {known}"
        self._first = self._first or line
        self._last[line.level] = line.number or self._last.get(line.level, 0) + 1
        self._current = {level: kept for level, kept in self._current.items() if level < line.level} | {
            line.level: line
        }
        return None

    def _fits(self, line: Line, *, begun: bool) -> bool:
        """Chapters may be counted on through the parts of a code; sections are not through its chapters."""
        following = self._last.get(line.level, 0) + 1
        if not begun:
            return self._first is None or line.number in (1, following)
        anew = line.level not in self._current and any(above < line.level for above in self._current)
        if not anew or line.level == CHAPTER:
            return line.number == following or (anew and line.number == 1)
        return line.number == 1


def _words(line: Line) -> str:
    return f"{_ordinal(line.number, line.level)}　{line.text}" if line.number else line.text


def _ordinal(number: int, level: int) -> str:
    return f"第{chinese(number)}{LEVELS[level]}"
