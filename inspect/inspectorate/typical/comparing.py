"""What an office changed against the draft, sentence by sentence. Pure."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_CLAUSE = re.compile(r"[^。；，：\n]*[。；，：\n]?")


class Piece(NamedTuple):
    """A stretch of text. ``change``: same, added or removed."""

    change: str
    text: str


def changes(draft: str, text: str) -> list[Piece]:
    """The text with what was added and removed against the draft; nothing changed: one piece, or none."""
    before, after = _clauses(draft), _clauses(text)
    return list(_joined(_pieces(before, after)))


def is_changed(pieces: list[Piece]) -> bool:
    """Whether anything differs."""
    return any(piece.change != "same" for piece in pieces)


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSE.findall(text.replace("\r\n", "\n").strip()) if clause]


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for way, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if way == "equal":
            yield Piece("same", "".join(after[start:end]))
            continue
        if last > first:
            yield Piece("removed", "".join(before[first:last]))
        if end > start:
            yield Piece("added", "".join(after[start:end]))


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and held.change == piece.change:
            held = Piece(held.change, held.text + piece.text)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held
