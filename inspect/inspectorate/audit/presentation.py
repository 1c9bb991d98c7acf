"""Entries of the record as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from ..masking import MASKS
from ..money import yuan
from ..screens import day, moment
from .coded import decoded
from .models import RecordEntry
from .words import COLUMNS, EVENTS, SUBJECTS


@dataclass(frozen=True)
class ReadableEntry:
    """What ``components/record.html`` shows of one entry; ``changes`` are (label, before, after)."""

    at: datetime
    who: str
    what: str
    reason: str | None
    changes: list[tuple[str, str, str]]
    subject: str


def readable(entries: Iterable[RecordEntry]) -> list[ReadableEntry]:
    """The entries in words, in the order given."""
    return [_readable(entry) for entry in entries]


def _readable(entry: RecordEntry) -> ReadableEntry:
    return ReadableEntry(
        at=entry.at,
        who=entry.actor_name if entry.actor_id is not None else _("The system"),
        what=str(EVENTS.get(entry.event, entry.event)),
        reason=entry.reason,
        changes=[change for row in entry.changes for change in _changes(row)],
        subject=f"{SUBJECTS.get(entry.subject_type, entry.subject_type)} {entry.subject_id}",
    )


def _changes(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    shown, table = [], row["row"].partition(":")[0]
    for column, (before, after) in row["set"].items():
        if column in COLUMNS:
            shown.append((str(COLUMNS[column]), _value(table, column, before), _value(table, column, after)))
    return shown


def _value(table: str, column: str, value: Any) -> str:
    if value is None:
        return ""
    if column in MASKS and table != "agency":
        return MASKS[column](value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column.endswith("_fen") and isinstance(value, int):
        return f"{yuan(value)} 元"
    if column.endswith(("_on", "_from", "_to")) and isinstance(value, str):
        return day(date.fromisoformat(value))
    if column.endswith("_at") and isinstance(value, str):
        return moment(datetime.fromisoformat(value))
    if isinstance(value, list):
        return "、".join(decoded(table, column, str(one)) for one in value)
    return decoded(table, column, str(value))
