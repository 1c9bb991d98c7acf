"""Every row of every recorded table against what the record says of it, in memory that does not grow with them.

Each value that the record puts into a column, or takes out of it, adds or subtracts a keyed hash of row, column and
value to the sum of the row's group; each stored value subtracts its own. A group in which nothing was altered ends at
zero. Only groups that do not are looked at row by row.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from ...extensions import Base
from .. import capture
from ..models import RecordEntry
from ..rules import canonical
from .faults import Fault
from .reading import rows, some_columns, table_of

GROUP = 500
"""Ids of a table that share a sum."""

GROUPS_AT_ONCE = 64
"""Groups that are looked at row by row in one reading of the record."""

ENOUGH = 1000
"""Altered rows and columns that are named; who altered more has altered everything."""

Group = tuple[str, int]


def recorded_tables() -> list[Table]:
    """The tables whose every change is in the record."""
    tables = Base.metadata.tables.values()
    return sorted(filter(capture.is_recorded, tables), key=lambda table: table.name)


class Sums:
    """The sums of all groups: all zero when the rows are as the record says."""

    def __init__(self) -> None:
        self._of: dict[Group, int] = defaultdict(int)
        # Python's hash of text is SipHash under a key drawn when the process starts; the salt is a second one, should
        # PYTHONHASHSEED have fixed the first. Nobody can choose values whose hashes cancel out.
        self._salt = secrets.token_hex(16)

    def add(self, changes: Any) -> None:
        """What an entry says was changed. What is not of the form of changes is a fault of the entry, named there."""
        try:
            for change in changes:
                name = change["row"]
                group = group_of(name)
                for column, (before, after) in change["set"].items():
                    if after is not None:
                        self._of[group] += self._hash(name, column, after)
                    if before is not None:
                        self._of[group] -= self._hash(name, column, before)
        except (AttributeError, KeyError, TypeError, ValueError):
            return

    def subtract(self, table: Table, row: Mapping[str, Any]) -> None:
        """A stored row."""
        name = f"{table.name}:{row['id']}"
        self._of[group_of(name)] -= sum(
            self._hash(name, column, shown) for column, shown in stored_values(row) if shown is not None
        )

    def suspects(self) -> list[Group]:
        """The groups in which something differs."""
        return sorted(group for group, total in self._of.items() if total)

    def _hash(self, row: str, column: str, value: Any) -> int:
        kind = type(value)
        text = value if kind is str else f"\x00{value!r}" if kind in (int, bool) else f"\x00{canonical(value)}"
        return hash(f"{self._salt}{row}\x1f{column}\x1f{text}")


def group_of(row: str) -> Group:
    """The group of a row named ``table:id``."""
    table, _colon, number = row.partition(":")
    return table, int(number) // GROUP if number.isdigit() else -1


def stored_values(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Columns and values of a stored row as the record would show them."""
    for column, value in row.items():
        yield column, capture.shown(column, value) if column in capture.SECRET_COLUMNS else value


def row_faults(connection: Connection, sums: Sums) -> Iterator[Fault]:
    """Rows and columns that are not as the record says; ``sums`` holds what all entries say."""
    for table in recorded_tables():
        for row in rows(connection, table, lambda query: query):
            sums.subtract(table, row)
    suspects, named = sums.suspects(), 0
    for start in range(0, len(suspects), GROUPS_AT_ONCE):
        for fault in _looked_at(connection, suspects[start : start + GROUPS_AT_ONCE]):
            yield fault
            named += 1
        if named >= ENOUGH and start + GROUPS_AT_ONCE < len(suspects):
            yield Fault("row", "further rows", f"more are altered than the {named} named here")
            return


def _looked_at(connection: Connection, groups: Sequence[Group]) -> Iterator[Fault]:
    expected = _expected(connection, frozenset(groups))
    for table in recorded_tables():
        for _table, number in (group for group in groups if group[0] == table.name):
            first = number * GROUP
            ids = table.c.id
            within = ids.between(first, first + GROUP - 1) if number >= 0 else ids < 0
            for row in rows(connection, table, lambda query, within=within, ids=ids: query.where(within).order_by(ids)):  # type: ignore[misc]
                name = f"{table.name}:{row['id']}"
                yield from _compared(name, row, expected.pop(name, None))
    for name in sorted(expected):
        yield Fault("row", name, "is in the record but not in the database: it was deleted unseen")


def _expected(connection: Connection, groups: frozenset[Group]) -> dict[str, dict[str, Any]]:
    """What the record says of the rows of some groups: all changes, in the order they were written."""
    entries = table_of(RecordEntry)
    found: dict[str, dict[str, Any]] = {}
    columns = [entries.c.id, entries.c.changes]
    for entry in some_columns(connection, columns, lambda query: query.order_by(entries.c.id)):
        try:
            for change in entry["changes"]:
                name = change["row"]
                if group_of(name) not in groups:
                    continue
                if change["op"] == "delete":
                    found.pop(name, None)
                else:
                    after = {column: pair[1] for column, pair in change["set"].items()}
                    found.setdefault(name, {}).update(after)
        except (AttributeError, KeyError, TypeError, ValueError, IndexError):
            continue
    return found


def _compared(name: str, row: Mapping[str, Any], recorded: Mapping[str, Any] | None) -> Iterator[Fault]:
    if recorded is None:
        yield Fault("row", name, "is in the database but not in the record: it was inserted unseen")
        return
    for column, stored in stored_values(row):
        if stored != recorded.get(column) or type(stored) is not type(recorded.get(column)):
            said = "other" if column in capture.SECRET_COLUMNS else repr(recorded.get(column))
            is_now = "not what it was" if column in capture.SECRET_COLUMNS else repr(stored)
            yield Fault("row", name, f"{column} is {is_now}, but the record says {said}")
