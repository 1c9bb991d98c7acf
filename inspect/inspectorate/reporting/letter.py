"""An official letter as blocks: bulletins and reports are shown, and written as DOCX and PDF, from the same."""

from collections.abc import Sequence
from typing import NamedTuple

from .drawing.shapes import Drawing


class Heading(NamedTuple):
    """一、 (level 1, 黑体) or （一） (level 2, 楷体)."""

    text: str
    level: int = 1


class Passage(NamedTuple):
    """A paragraph."""

    text: str


class Grid(NamedTuple):
    """A table with its caption; the first column holds names, the others figures unless ``wordy``."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    wordy: bool = False


class Figure(NamedTuple):
    """A picture with its caption."""

    caption: str
    drawing: Drawing


LONGEST_HEADING = 30
"""Characters behind the number; a longer line is a paragraph."""

Block = Heading | Passage | Grid | Figure


class Letter(NamedTuple):
    """``masthead``: the red head and the words below it (number of the bulletin, office and day), only on what has been
    issued. ``note``: small print at the end. ``day``: ISO, for the file's own date.
    """

    title: str
    addressee: str
    blocks: Sequence[Block]
    office: str
    dated: str
    draft: bool
    masthead: tuple[str, str] | None = None
    number: str = ""
    note: str = ""
    day: str = ""


def paragraphs(text: str) -> list[str]:
    """The lines of a text as paragraphs, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def blocks_of(text: str) -> list[Block]:
    """Typed text as blocks: a short line that begins with （一） is a heading of the second level."""
    return [Heading(line, 2) if _is_heading(line) else Passage(line) for line in paragraphs(text)]


def _is_heading(line: str) -> bool:
    number, bracket, rest = line[1:].partition("）")
    numbered = line.startswith("（") and bool(bracket) and bool(number) and set(number) <= set("一二三四五六七八九十")
    return numbered and len(rest) <= LONGEST_HEADING and not set(rest) & set("。；：")
