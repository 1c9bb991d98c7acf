"""Rows in bulk: COPY on PostgreSQL, ``executemany`` on SQLite, inside the caller's transaction, indexes as they are.

Rows are dicts of what JSON can hold (days as ISO text) and aware instants, so that the entry of the record and the row
are written from one and the same value. An entry is put together as text, once, for its hash and for its column:
``flask audit verify`` on such a database shows that it is the text that ``audit`` would have written.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Boolean, Connection, Table, func, select

from ... import clock
from ...accounts.actor import SYSTEM
from ...audit.models import RecordEntry
from ...audit.rules import GENESIS, canonical, instant
from ...audit.seals import open_seals
from ...columns import Instant, Json
from ...extensions import Base, db

AT_ONCE = 40_000
"""Rows kept back before they are written."""

Row = dict[str, Any]
Owned = tuple[str, Row]
"""A table's name and a row of it."""


TEXT: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    bool: lambda value: "true" if value else "false",
    list: canonical,
    dict: canonical,
    datetime: lambda value: f'"{instant(value)}"',
}
"""Values as the record has them."""


class Sink:
    """One table: gives ids, knows the defaults of the model, and turns rows into what the driver takes."""

    def __init__(self, connection: Connection, table: Table) -> None:
        self.table, self.name = table, table.name
        self.columns = [column.name for column in table.columns]
        postgres = connection.dialect.name == "postgresql"
        self._turn = [(column.name, turn) for column in table.columns if (turn := _turning(column, postgres))]
        self.defaults = _defaults(table)
        self._sorted = sorted(self.columns)
        self.last_id: int = connection.scalar(select(func.max(table.c.id))) or 0
        self.waiting: list[tuple[Any, ...]] = []

    def whole(self, values: Row) -> Row:
        """The row with an id and the model's defaults."""
        self.last_id += 1
        return {**self.defaults, "id": self.last_id, **values}

    def told(self, row: Row) -> str:
        """The new row as a change of the record, in canonical JSON."""
        values = [(name, row[name]) for name in self._sorted if row.get(name) is not None]
        told = ",".join([f'"{name}":[null,{TEXT[type(value)](value)}]' for name, value in values])
        return f'{{"op":"insert","row":"{self.name}:{row["id"]}","set":{{{told}}}}}'

    def keep(self, row: Row, **turned: str) -> None:
        """Let it wait until enough have come together; ``turned``: what is already as the driver takes it."""
        written = {**row, **turned} if self._turn else row
        for name, turn in self._turn:
            if name not in turned and row.get(name) is not None:
                written[name] = turn(row[name])
        get = written.get
        self.waiting.append(tuple([get(name) for name in self.columns]))


def _defaults(table: Table) -> Row:
    """What the model puts where nothing is said; keys are always said, so that they repeat themselves."""
    found: Row = {}
    for column in table.columns:
        default: Any = column.default
        if default is not None and column.name != "key":
            # SQLAlchemy hands makers such as ``list`` a context, which its wrapper drops.
            found[column.name] = default.arg(None) if default.is_callable else default.arg
    return found


def _turning(column: Any, postgres: bool) -> Callable[[Any], Any] | None:
    """How a value of JSON becomes the driver's; None where it may stay as it is."""
    if isinstance(column.type, type(Json)):
        return canonical
    if isinstance(column.type, Instant):
        return _postgres_instant if postgres else _sqlite_instant
    return int if isinstance(column.type, Boolean) and not postgres else None


def _postgres_instant(value: datetime) -> str:
    return value.isoformat()


def _sqlite_instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")


class Bulk:
    """Writes chains: the rows of a subject and the first entry of its record."""

    def __init__(self, connection: Connection, tell: Callable[[str], None]) -> None:
        self.connection, self.tell = connection, tell
        self.sinks = {table.name: Sink(connection, table) for table in Base.metadata.sorted_tables if "id" in table.c}
        self.at = clock.now()
        self.written: dict[str, int] = defaultdict(int)
        self._stamp, self._tail = instant(self.at), canonical([None, GENESIS])[1:]
        self._seals = open_seals(db.session())
        self._entries = self.sinks[RecordEntry.__tablename__]
        self._waiting = 0

    def row(self, table: str, **values: Any) -> Owned:
        """A row with its id, to be handed to ``chain``."""
        return table, self.sinks[table].whole(values)

    def chain(self, subject_type: str, event: str, owned: Sequence[Owned]) -> None:
        """Write a subject (the first row) with all that belongs to it, and begin its record."""
        changes = []
        for table, row in owned:
            sink = self.sinks[table]
            sink.keep(row)
            changes.append(sink.told(row))
        self._begin(subject_type, owned[0][1]["id"], event, f"[{','.join(changes)}]")
        self._waiting += len(owned) + 1
        if self._waiting >= AT_ONCE:
            self.flush()

    def _begin(self, subject_type: str, subject_id: int, event: str, changes: str) -> None:
        """The first entry of a chain; its hash is that of ``audit.rules.entry_hash``."""
        head = canonical([subject_type, subject_id, 1, self._stamp, SYSTEM.user_id, SYSTEM.name, event])
        whole = f"{head[:-1]},{changes},{self._tail}"
        entry = self._entries.whole(
            {
                "seal_id": self._seals.take(self.connection),
                "subject_type": subject_type,
                "subject_id": subject_id,
                "seq": 1,
                "at": self.at,
                "actor_id": SYSTEM.user_id,
                "actor_name": SYSTEM.name,
                "event": event,
                "previous_hash": GENESIS,
                "hash": hashlib.sha256(whole.encode()).hexdigest(),
            }
        )
        self._entries.keep(entry, changes=changes)

    def flush(self) -> None:
        """Write what waits, parents first."""
        for sink in self.sinks.values():
            if sink.waiting:
                self.written[sink.name] += len(sink.waiting)
                _write(self.connection, sink)
                sink.waiting = []
        self._waiting = 0

    def finish(self) -> Mapping[str, int]:
        """Write the rest, let the next ids follow, and let the planner see what is there. Returns rows by table."""
        self.flush()
        if self.connection.dialect.name == "postgresql":
            for name in self.written:
                self.connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
                )
        self.connection.exec_driver_sql("ANALYZE")
        return dict(self.written)


def _write(connection: Connection, sink: Sink) -> None:
    names = ", ".join(f'"{name}"' for name in sink.columns)
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.cursor().copy(f'COPY "{sink.name}" ({names}) FROM STDIN') as copy:
            for row in sink.waiting:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(sink.columns))
        connection.exec_driver_sql(f'INSERT INTO "{sink.name}" ({names}) VALUES ({marks})', sink.waiting)


@contextmanager
def room_to_work(connection: Connection) -> Iterator[None]:
    """SQLite: keep half a gigabyte of pages while writing, so that indexes are not read again for every row."""
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar()
    connection.exec_driver_sql("PRAGMA cache_size = -524288")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {json.dumps(before)}")
