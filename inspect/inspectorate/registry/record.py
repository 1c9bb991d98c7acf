"""The record of an establishment or a person for people to read: codes in words, attributes by their labels."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from flask_babel import gettext as _

from ..accounts.regions import region_name
from ..audit.presentation import ReadableEntry, readable
from ..audit.queries import history
from ..masking import MASKS, masked_numbers
from ..screens import day, language
from . import words
from .attributes import attributes_of, value_in_words
from .models import Establishment, Subject

Change = tuple[str, str, str]

LABELS = {
    "subject": words.COLUMNS,
    "licence": words.LICENCE_COLUMNS,
    "subject_connection": {"relation": words.COLUMNS["relation"]},
}
PERSONAL = ("phone", "born_on")


def entries(subject: Subject, *, full: bool) -> list[ReadableEntry]:
    """All entries, the latest first; telephones masked, without ``full`` none, and nothing of where a person lives."""
    raw = history(subject)
    shown = [
        replace(entry, changes=[change for row in source.changes for change in _changes(subject, row, full)])
        for source, entry in zip(raw, readable(raw), strict=True)
    ]
    return shown[::-1]


def _changes(subject: Subject, row: dict[str, Any], full: bool) -> Iterator[Change]:
    table = row["row"].split(":")[0]
    for column, (before, after) in row["set"].items():
        if table == "subject" and column == "attributes":
            yield from _attribute_changes(subject, before or {}, after or {})
        elif column in LABELS.get(table, {}) and not (_is_personal(subject, column) and not full):
            label = str(LABELS[table][column])
            if table == "licence":
                label = f"{_('Licence')} · {label}"
            yield label, _in_words(table, column, before), _in_words(table, column, after)


def _is_personal(subject: Subject, column: str) -> bool:
    return column in PERSONAL or (column == "address" and subject.party == "person")


def _attribute_changes(subject: Subject, before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    schema = {one.name: one for one in attributes_of(subject.kind)} if isinstance(subject, Establishment) else {}
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old != new:
            one = schema.get(name)
            label = one.label.in_language(language()) if one else name
            yield label, _attribute(one, old), _attribute(one, new)


def _attribute(one: Any, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value_in_words(one, value, language()) if one else masked_numbers(str(value))


def _in_words(table: str, column: str, value: Any) -> str:
    if value is None:
        return ""
    if column in MASKS:
        return MASKS[column](value)
    if column == "kind":
        return words.licence_in_words(value) if table == "licence" else words.kind_in_words(value)
    if column == "subkind":
        return words.kind_in_words(None, value)
    if column == "relation":
        return str(words.RELATIONS.get(value, value))
    if column == "sex":
        return str(words.SEXES.get(value, value))
    if column == "region_code":
        return region_name(value, full=True)
    if column.endswith("_on"):
        return day(date.fromisoformat(value))
    return str(value)
