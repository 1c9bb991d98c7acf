"""The record of a complaint for people to read; the reporter never appears in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ..accounts.regions import region_name
from ..audit.presentation import ReadableEntry, readable
from ..audit.queries import history
from ..screens import day
from .models import Complaint
from .words import CHANNELS, COLUMNS


def entries(complaint: Complaint) -> list[ReadableEntry]:
    """All entries, the latest first."""
    raw = history(complaint)
    shown = [
        replace(entry, changes=[change for row in source.changes for change in _changes(row)])
        for source, entry in zip(raw, readable(raw), strict=True)
    ]
    return shown[::-1]


def _changes(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if row["row"].split(":")[0] == Complaint.__tablename__:
        for column, (before, after) in row["set"].items():
            if column in COLUMNS:
                yield str(COLUMNS[column]), _in_words(column, before), _in_words(column, after)


def _in_words(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column == "channel":
        return str(CHANNELS.get(value, value))
    if column == "region_code":
        return region_name(value, full=True)
    return day(date.fromisoformat(value)) if column.endswith("_on") else str(value)
