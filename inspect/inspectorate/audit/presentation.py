"""Entries of the record as people read them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from ..masking import MASKS
from ..money import yuan
from ..pages import page_of
from ..screens import day, moment
from .coded import decoded
from .models import RecordEntry
from .subjects import Chain, Named
from .words import COLUMNS, COLUMNS_OF, EVENTS, NAMING_ADDRESSES, SUBJECTS


@dataclass(frozen=True)
class ReadableEntry:
    """What ``components/record.html`` shows of one entry; ``changes`` are (label, before, after)."""

    at: datetime
    who: str
    what: str
    note: str | None
    """The reason, or where it came from."""
    changes: list[tuple[str, str, str]]
    kind: str
    """Of what it is about."""
    subject: str
    """Its number and name, as far as the viewer may know them; else that of its row."""
    page: str | None


def readable(entries: Iterable[RecordEntry], named: Mapping[Chain, Named] | None = None) -> list[ReadableEntry]:
    """The entries in words, in the order given; ``named``: what is known of their subjects (``subjects.names``)."""
    known = named or {}
    return [_readable(entry, known.get((entry.subject_type, entry.subject_id))) for entry in entries]


def _readable(entry: RecordEntry, known: Named | None) -> ReadableEntry:
    return ReadableEntry(
        at=entry.at,
        who=entry.actor_name if entry.actor_id is not None else _("The system"),
        what=str(EVENTS.get(entry.event, entry.event)),
        note=_note(entry),
        changes=[change for row in entry.changes for change in _changes(row)],
        kind=str(SUBJECTS.get(entry.subject_type, entry.subject_type)),
        subject=(known and known.name) or str(entry.subject_id),
        page=page_of(entry.subject_type, known.key) if known and known.key else None,
    )


def _note(entry: RecordEntry) -> str | None:
    if not entry.reason:
        return None
    if entry.event in NAMING_ADDRESSES:
        return _("From %(address)s", address=entry.reason)
    return _("Note: %(reason)s", reason=entry.reason)


def _changes(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    shown, table = [], row["row"].partition(":")[0]
    for column, (before, after) in row["set"].items():
        if column in COLUMNS:
            label = COLUMNS_OF.get((table, column), COLUMNS[column])
            shown.append((str(label), _value(table, column, before), _value(table, column, after)))
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
        return "、".join(_one(table, column, one) for one in value)
    return decoded(table, column, str(value))


def _one(table: str, column: str, value: Any) -> str:
    """A member of a list; of a reason at a cell only the reason, the cell stands beside it on the return's page."""
    return str(value["reason"]) if isinstance(value, dict) and "reason" in value else decoded(table, column, str(value))
