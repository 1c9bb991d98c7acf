"""What was changed in a draft, in words: kept with it, and told to whoever saves too late."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ..audit.presentation import ReadableEntry
from . import writing
from .models import FormDraft
from .words import TABLES

KEPT = 20
"""Changes that a draft keeps."""

SHOWN = 8
"""Values of one change that are told."""

LONGEST = 200
"""Characters of such a value."""


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[list[str]]:
    """The values that differ: [table and key, before, after]."""
    return [list(one) for _number, one in zip(range(SHOWN), _changes(before, after), strict=False)]


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in writing.ORDER:
        old, new = _tables(name, before), _tables(name, after)
        if old.keys() == new.keys() and list(old) != list(new):
            yield name, "、".join(old), "、".join(new)
        for table in dict.fromkeys([*old, *new]):
            mine, theirs = old.get(table, {}), new.get(table, {})
            for key in dict.fromkeys([*mine, *theirs]):
                if mine.get(key) != theirs.get(key):
                    label = " · ".join(part for part in (name, table, key) if part)
                    yield label, _shown(mine.get(key)), _shown(theirs.get(key))


def _tables(name: str, document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    content = document.get(name, {} if name in writing.SINGLE else [])
    if name in writing.SINGLE:
        return {"": content}
    return {str(table.get("id", number)): table for number, table in enumerate(content, 1)}


def _shown(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else writing.written(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


def entries(draft: FormDraft) -> list[ReadableEntry]:
    """The changes kept with a draft, as the record shows its entries."""
    return [
        ReadableEntry(
            at=datetime.fromisoformat(one["at"]),
            who=one["who"],
            what=str(TABLES.get(one["what"], one["what"])),
            note=None,
            changes=[(_in_words(label), old, new) for label, old, new in one["changes"]],
            kind="",
            subject="",
            page=None,
        )
        for one in draft.log
    ]


def _in_words(label: str) -> str:
    name, dot, rest = label.partition(" · ")
    return f"{TABLES.get(name, name)}{dot}{rest}"
