"""Tables as lines of JSON, the same from both databases, so that what one wrote the other reads.

Left out are the workings of the door (sessions, failures: everybody signs in again) and what is made from other rows.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Date, Table, func, insert, literal, select, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.schema import AddConstraint, DropConstraint

from ..audit.capture import RECORD_TABLES, is_recorded
from ..audit.verification.reading import rows
from ..columns import Instant
from ..extensions import Base
from .archive import BadArchive, Manifest, Reader, Writer

AT_ONCE = 1000

Read = Callable[[Any], Any]


def kept_tables() -> list[Table]:
    """The tables that a backup holds, parents first: the record, what it tells of, and those that say ``kept`` in their
    ``info``, of which it tells in other rows.
    """
    return [
        table
        for table in Base.metadata.sorted_tables
        if table.name in RECORD_TABLES or is_recorded(table) or table.info.get("kept")
    ]


def part_of(table: Table) -> str:
    """The name of a table in the archive."""
    return f"tables/{table.name}.jsonl"


def write_tables(connection: Connection, writer: Writer, manifest: Manifest) -> None:
    """All rows, as they are in the snapshot of the connection."""
    for table in kept_tables():
        told = manifest.tables[table.name] = {"columns": [column.name for column in table.columns], "rows": 0}
        writer.add(part_of(table), _lines(connection, table, told))


def _lines(connection: Connection, table: Table, told: dict[str, Any]) -> Iterator[bytes]:
    for row in rows(connection, table, lambda query: query.order_by(*table.primary_key.columns)):
        told["rows"] += 1
        yield json.dumps(list(row.values()), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def is_empty(connection: Connection) -> bool:
    """Whether none of the tables holds a row."""
    ones = (select(literal(1)).select_from(table).limit(1) for table in kept_tables())
    return not any(connection.execute(one).first() for one in ones)


def read_tables(connection: Connection, reader: Reader) -> None:
    """Load all rows into empty tables. Raises BadArchive."""
    tables = kept_tables()
    if set(reader.manifest.tables) != {table.name for table in tables}:
        raise BadArchive("the archive holds other tables than the database: it is of another version of the program")
    with _foreign_keys_later(connection, tables):
        for table in tables:
            try:
                _load(connection, reader, table)
            except KeyError as error:
                raise BadArchive(f"{part_of(table)} is not told of as a backup does: {error} is missing") from None
    if connection.dialect.name == "postgresql":
        for table in tables:
            _let_ids_follow(connection, table)


@contextmanager
def _foreign_keys_later(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Rows may name others that come later: foreign keys are checked when all are there."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        yield
        if broken := connection.execute(text("PRAGMA foreign_key_check")).first():
            raise BadArchive(f"{broken[0]}:{broken[1]} names a row of {broken[2]} that is not in the archive")
        return
    keys = [key for table in tables for key in table.foreign_key_constraints]
    for key in keys:
        connection.execute(DropConstraint(key))
    yield
    for key in keys:
        try:
            connection.execute(AddConstraint(key))
        except DBAPIError as error:
            raise BadArchive(f"a row names another that is not in the archive: {_told(error)}") from None


def _load(connection: Connection, reader: Reader, table: Table) -> None:
    name, told = part_of(table), reader.manifest.tables[table.name]
    columns = [column.name for column in table.columns]
    if set(told["columns"]) != set(columns):
        raise BadArchive(f"{name} has other columns than the database: it is of another version of the program")
    readers = [_reader(table.c[column]) for column in told["columns"]]
    number, lines = 0, reader.lines(name)
    try:
        while batch := [_row(told["columns"], readers, line) for line in islice(lines, AT_ONCE)]:
            connection.execute(insert(table), batch)
            number += len(batch)
    except (DBAPIError, StatementError) as error:
        raise BadArchive(f"{name} cannot be loaded: {_told(error)}") from None
    except (ValueError, TypeError) as error:
        raise BadArchive(f"{name} near row {number + 1}: {error}") from None
    if number != told["rows"]:
        raise BadArchive(f"{name} holds {number} rows, but the manifest says {told['rows']}")


def _row(columns: Sequence[str], readers: Sequence[Read], line: Sequence[Any]) -> dict[str, Any]:
    values = zip(columns, readers, line, strict=True)
    return {column: value if value is None else read(value) for column, read, value in values}


def _reader(column: Column[Any]) -> Read:
    if isinstance(column.type, Instant):
        return datetime.fromisoformat
    return date.fromisoformat if isinstance(column.type, Date) else _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _told(error: Exception) -> str:
    return str(getattr(error, "orig", error)).partition("\n")[0]


def _let_ids_follow(connection: Connection, table: Table) -> None:
    last = connection.scalar(select(func.max(table.c.id))) if "id" in table.c else None
    if last:
        sequence = func.pg_get_serial_sequence(table.name, "id")
        connection.execute(select(func.setval(sequence, last)))
