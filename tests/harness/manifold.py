"""The small world many times over: whole copies of every record for the lists, and more of everything inside each.

Rows are copied table by table below the models; nothing that the copies say needs to make sense but their relations.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, Connection, Table, UniqueConstraint, func, insert, select

from inspectorate.extensions import Base, db
from inspectorate.search.entries import rebuild

KEPT = {"agency", "officer", "app_user"}
"""Whom all copies still refer to, so that the same people see them."""

LEFT_OUT = {"record_seal", "number_series", "sign_in_attempt", "user_session"}
OWNERS = {"inspection", "enforcement_case", "complaint", "subject", "entry_approval"}
"""Records with pages of their own: in the second pass they get more of everything that belongs to them."""

BOUNDED = {"case_handler", "inspection_officer", "typical_case"}
"""Parts of which a form takes no more than a few, or there is one alone."""

Row = dict[str, Any]


def _rows(connection: Connection, table: Table) -> list[Row]:
    return [dict(row) for row in connection.execute(select(table).order_by(table.c.id)).mappings()]


class Manifold:
    """Remembers the rows of the world, and adds copies of them under new ids."""

    def __init__(self) -> None:
        self.tables = [table for table in Base.metadata.sorted_tables if "id" in table.c and table.name not in LEFT_OUT]
        connection = db.session.connection()
        self.originals = {table.name: _rows(connection, table) for table in self.tables}
        self.turn = 0

    def grow(self, times: int, parts: int) -> None:
        """So many more whole copies of every record, and so many more of each part within the first."""
        self.connection = db.session.connection()
        self.last = {table.name: self._last_id(table) for table in self.tables}
        for turn in range(1, times + 1):
            self.turn += 1
            whole = self._copy(self.tables, self.turn, keep=KEPT, known={})
            if turn <= parts:
                inner = [table for table in self.tables if table.name not in OWNERS | KEPT | BOUNDED]
                self._copy(inner, 1_000 + self.turn, keep=OWNERS, known=whole)
        self._go_on_counting()
        for _name, _number in rebuild(self.connection):
            pass

    def _go_on_counting(self) -> None:
        """On PostgreSQL a number that was given does not count unless the sequence is told."""
        if self.connection.dialect.name == "postgresql":
            for name, last in self.last.items():
                if last:
                    self.connection.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), last)))

    def _last_id(self, table: Table) -> int:
        return self.connection.scalar(select(func.max(table.c.id))) or 0

    def _copy(
        self, tables: Iterable[Table], turn: int, *, keep: set[str], known: dict[str, dict[int, int]]
    ) -> dict[str, dict[int, int]]:
        """One more of every row; a reference goes to the copy made in this turn, else to one that is ``known``."""
        made: dict[str, dict[int, int]] = defaultdict(dict)
        for table in tables:
            rows = []
            for row in self.originals[table.name]:
                self.last[table.name] += 1
                made[table.name][row["id"]] = self.last[table.name]
                rows.append(self._copied(table, row, turn, keep, made, known) | {"id": self.last[table.name]})
            if rows:
                self.connection.execute(insert(table), rows)
        return {**known, **made}

    def _copied(self, table: Table, row: Row, turn: int, keep: set[str], made: Any, known: Any) -> Row:
        copied = dict(row)
        unique = _unique_columns(table)
        for column in table.columns:
            value = row[column.name]
            target = next((key.column.table.name for key in column.foreign_keys), None)
            if value is None or column.name == "id":
                continue
            if target is not None:
                # What must differ within its owner goes to another one; the owner itself stays.
                differs = column.name in unique and column.name != _owner(table)
                goes_to = {**known, **made} if differs else {} if target in keep else made
                copied[column.name] = goes_to.get(target, {}).get(value, value)
            elif column.name in unique and isinstance(value, str) and not isinstance(column.type, JSON):
                copied[column.name] = f"{value}-{turn}"[-(getattr(column.type, "length", None) or 200) :]
            elif column.name in ("serial", "seq", "ordinal"):
                copied[column.name] = value + 10_000 * turn
        return copied


def _owner(table: Table) -> str | None:
    """The column that names what a row belongs to: the first that refers to anything."""
    return next((column.name for column in table.columns if column.foreign_keys), None)


def _unique_columns(table: Table) -> set[str]:
    """Columns of which a copy needs values of its own: of references where there are some, else of texts."""
    found = {column.name for column in table.columns if column.unique}
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            references = {column.name for column in constraint.columns if column.foreign_keys}
            found |= references or {column.name for column in constraint.columns}
    return found
