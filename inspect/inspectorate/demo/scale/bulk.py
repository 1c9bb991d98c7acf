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

from sqlalchemy import Connection, Table, func, select

from ... import clock
from ...accounts.actor import SYSTEM
from ...audit.models import RecordEntry
from ...audit.rules import GENESIS, instant
from ...audit.seals import open_seals
from ...columns import Instant, Json
from ...extensions import Base, db, let_planner_see

AT_ONCE = 40_000
"""Rows kept back before they are written."""

Row = dict[str, Any]
Owned = tuple[str, Row]
"""A table's name and a row of it."""


_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""``audit.rules.canonical`` without making the encoder anew for each of millions of values."""

TEXT: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: str,
    bool: lambda value: "true" if value else "false",
    list: lambda value: _canonical(value) if value else "[]",
    dict: lambda value: _canonical(value) if value else "{}",
    datetime: lambda value: f'"{instant(value)}"',
}
"""Values as the record has them."""


class Sink:
    """One table: gives ids, knows the defaults of the model, and turns rows into what the driver takes.

    Rows that say the same columns in the same order are of one shape, and are written by one statement.
    """

    def __init__(self, connection: Connection, table: Table) -> None:
        self.table, self.name = table, table.name
        postgres = connection.dialect.name == "postgresql"
        self._turn = {column.name: turn for column in table.columns if (turn := _turning(column, postgres))}
        self.defaults = _defaults(table)
        self.last_id: int = connection.scalar(select(func.max(table.c.id))) or 0
        self.waiting: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        self._orders: dict[tuple[str, ...], list[str]] = {}

    def whole(self, values: Row) -> Row:
        """The row with an id and the model's defaults."""
        self.last_id += 1
        return {**self.defaults, "id": self.last_id, **values}

    def told(self, row: Row) -> str:
        """The new row as a change of the record, in canonical JSON."""
        shape = tuple(row)
        order = self._orders.get(shape)
        if order is None:
            order = self._orders[shape] = sorted(shape)
        told = ",".join(
            [f'"{name}":[null,{TEXT[type(value)](value)}]' for name in order if (value := row[name]) is not None]
        )
        return f'{{"op":"insert","row":"{self.name}:{row["id"]}","set":{{{told}}}}}'

    def keep(self, row: Row) -> None:
        """Let it wait until enough have come together."""
        shape = tuple(row)
        if self._turn:
            turned = {name: turn(row[name]) for name, turn in self._turn.items() if row.get(name) is not None}
            row = {**row, **turned} if turned else row
        waiting = self.waiting.get(shape)
        if waiting is None:
            waiting = self.waiting[shape] = []
        waiting.append(tuple(row.values()))


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
        return _json
    if isinstance(column.type, Instant):
        return _postgres_instant if postgres else _sqlite_instant
    return None


def _json(value: Any) -> str:
    """Text is JSON already: the changes of an entry."""
    return value if isinstance(value, str) else TEXT[type(value)](value)


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
        self._before = f",1,{','.join(map(_canonical, (instant(self.at), SYSTEM.user_id, SYSTEM.name)))}"
        self._after = f",{_canonical([None, GENESIS])[1:]}"
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
        whole = f'["{subject_type}",{subject_id}{self._before},"{event}",{changes}{self._after}'
        self._entries.keep(
            self._entries.whole(
                {
                    "seal_id": self._seals.take(self.connection),
                    "subject_type": subject_type,
                    "subject_id": subject_id,
                    "seq": 1,
                    "at": self.at,
                    "actor_id": SYSTEM.user_id,
                    "actor_name": SYSTEM.name,
                    "event": event,
                    "changes": changes,
                    "previous_hash": GENESIS,
                    "hash": hashlib.sha256(whole.encode()).hexdigest(),
                }
            )
        )

    def flush(self) -> None:
        """Write what waits, parents first."""
        for sink in self.sinks.values():
            for shape, rows in sink.waiting.items():
                self.written[sink.name] += len(rows)
                _write(self.connection, sink.name, shape, rows)
            sink.waiting = {}
        self._waiting = 0

    def finish(self) -> Mapping[str, int]:
        """Write the rest, let the next ids follow, and let the planner see what is there. Returns rows by table."""
        self.flush()
        if self.connection.dialect.name == "postgresql":
            for name in self.written:
                self.connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
                )
        let_planner_see(self.connection)
        return dict(self.written)


def _write(connection: Connection, table: str, shape: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{name}"' for name in shape)
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        with driver.cursor().copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
    else:
        marks = ", ".join("?" * len(shape))
        connection.exec_driver_sql(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(rows))


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
