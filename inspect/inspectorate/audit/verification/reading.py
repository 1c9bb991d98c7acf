"""Rows as they are stored, in the words of the record, whatever somebody may have put into them.

SQLite keeps whatever it is given in whatever column; a date that is none must be named, not stumble over.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Select,
    Table,
    Text,
    cast,
    func,
    select,
    type_coerce,
)
from sqlalchemy.types import NullType

from ...columns import Instant
from ...extensions import db

AT_ONCE = 500
"""Rows in memory at a time."""

Read = Callable[[Any], Any]


@contextmanager
def snapshot() -> Iterator[Connection]:
    """A connection that sees the database as it is at one moment, while others go on writing."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin() as transaction:
            yield connection
            transaction.rollback()


def table_of(model: Any) -> Table:
    """The table of a model, typed."""
    table: Table = model.__table__
    return table


def rows(
    connection: Connection, table: Table, narrow: Callable[[Select[Any]], Select[Any]]
) -> Iterator[dict[str, Any]]:
    """The rows of a table as dicts of column names to values of the record; ``narrow`` orders and restricts them."""
    yield from some_columns(connection, list(table.columns), narrow)


def some_columns(
    connection: Connection, columns: list[Column[Any]], narrow: Callable[[Select[Any]], Select[Any]]
) -> Iterator[dict[str, Any]]:
    """As ``rows``, with some columns of one table."""
    postgres = connection.dialect.name == "postgresql"
    names = [column.name for column in columns]
    readers = [(column.name, read) for column in columns if (read := _reader(column, postgres))]
    query = narrow(select(*(_stored(column, postgres) for column in columns)))
    for row in connection.execute(query.execution_options(yield_per=AT_ONCE)):
        values = dict(zip(names, row, strict=True))
        for name, read in readers:
            if values[name] is not None:
                values[name] = read(values[name])
        yield values


def _stored(column: Column[Any], postgres: bool) -> ColumnElement[Any]:
    if not postgres:
        return type_coerce(column, NullType())
    if isinstance(column.type, Instant):
        return cast(func.timezone("UTC", column), Text)
    return cast(column, Text) if isinstance(column.type, Date) else column


def _reader(column: Column[Any], postgres: bool) -> Read | None:
    """How a stored value becomes one of the record; None where it is one."""
    if isinstance(column.type, Instant):
        return _instant
    if postgres:
        return None
    if isinstance(column.type, JSON):
        return _json
    return _boolean if isinstance(column.type, Boolean) else _plain


def _instant(stored: Any) -> str:
    """``2026-07-15 02:30:00.5`` in UTC as ISO text to the microsecond; anything else as it is."""
    if not isinstance(stored, str):
        return _strange(stored)
    moment, _point, fraction = stored.partition(".")
    return f"{moment.replace(' ', 'T')}.{fraction:0<6}+00:00"


def _json(stored: Any) -> Any:
    try:
        return json.loads(stored)
    except (TypeError, ValueError):
        return _strange(stored)


def _boolean(stored: Any) -> Any:
    return bool(stored) if stored in (0, 1) and isinstance(stored, int) else _strange(stored)


def _plain(stored: Any) -> Any:
    return stored if type(stored) in (str, int) else _strange(stored)


def _strange(stored: Any) -> str:
    return f"unreadable {stored!r}"
