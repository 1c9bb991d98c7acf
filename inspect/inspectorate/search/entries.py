"""Keeping the index: whatever touches a searched row is noted as it is flushed, and entered before the commit.

Entries are derived from the rows, so no record tells of them; ``flask search rebuild`` makes them anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Select, Table, delete, event, func, insert, inspect, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapper, Session, object_session

from ..extensions import db
from ..masking import without_numbers
from .grams import areas, folded, grams
from .searched import MOST_CHARACTERS, SEARCHED, Searched, Touch, place_of

AT_ONCE = 500
"""Rows whose entries are made in one turn; SQLite takes no more than some thousand values in a statement."""

REBUILT_AT_ONCE = 5_000

_TOUCHED = "touched_entries"

Entry = dict[str, Any]
Condition = Callable[[Any], Any]


# ---------------------------------------------------------------- noting what is touched


def _note(operation: str) -> Callable[..., None]:
    def note(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:
        session = object_session(row)
        for searched, touch in _touches().get(type(row), ()):
            counts = _changed(row, touch) if operation == "update" else not touch.changes_only
            if session is not None and counts:
                session.info.setdefault(_TOUCHED, defaultdict(list))[searched].append(touch.rows(row))

    return note


def _changed(row: Any, touch: Touch) -> bool:
    attributes = inspect(row).attrs
    return any(name in attributes and attributes[name].history.has_changes() for name in touch.columns)


_known: dict[type, list[tuple[Searched, Touch]]] = {}


def _touches() -> dict[type, list[tuple[Searched, Touch]]]:
    """What touches what, by the class of the changed row; gathered once all areas have declared theirs."""
    if not _known:
        for searched in SEARCHED:
            for touch in searched.touches:
                mapped: Any = inspect(touch.model)
                for mapper in mapped.self_and_descendants:
                    _known.setdefault(mapper.class_, []).append((searched, touch))
    return _known


def bring_up_to_date(session: Session) -> None:
    """Enter what the transaction has touched so far, so that a search in it finds it."""
    session.flush()
    touched: dict[Searched, list[Any]] = session.info.pop(_TOUCHED, {})
    for searched, rows in touched.items():
        ids = {row for row in rows if isinstance(row, int)}
        for row in rows:
            if isinstance(row, Select):
                ids.update(session.connection().scalars(row))
        ordered = sorted(ids)
        for at in range(0, len(ordered), AT_ONCE):
            _renew(session.connection(), searched, ordered[at : at + AT_ONCE])


def _after_rollback(session: Session, transaction: Any) -> None:
    if not transaction.nested:
        session.info.pop(_TOUCHED, None)


def listen() -> None:
    """Attach to the application's sessions; once per process."""
    if event.contains(db.session, "before_commit", bring_up_to_date):
        return
    for operation in ("insert", "update", "delete"):
        event.listen(Mapper, f"after_{operation}", _note(operation))
    event.listen(db.session, "before_commit", bring_up_to_date)
    event.listen(db.session, "after_soft_rollback", _after_rollback)


# ---------------------------------------------------------------- making entries


def entries(connection: Connection, searched: Searched, fitting: Condition) -> Iterator[Entry]:
    """What the index should hold of the rows whose id fits."""
    table: Any = inspect(searched.model).local_table
    names = [searched.department, *([searched.day] if searched.day else []), *searched.texts, *searched.codes]
    own = select(table.c.id, table.c.region_code, *(table.c[name] for name in names))
    more: dict[int, list[str]] = defaultdict(list)
    for beside in searched.beside:
        for row_id, told in connection.execute(beside.where(fitting(beside.selected_columns[0]))):
            more[row_id].append(told)
    for row in connection.execute(own.where(fitting(table.c.id))).mappings():
        pieces = [piece for name in searched.texts if row[name] for piece in without_numbers(row[name])]
        pieces += [*(row[name] for name in searched.codes), *more.get(row["id"], ())]
        told = (folded(piece[:MOST_CHARACTERS]) for piece in pieces if piece)
        yield {
            "place": place_of(row["id"], row[searched.day] if searched.day else None),
            "row_id": row["id"],
            "text": " ".join(dict.fromkeys(filter(None, told))),
            "tags": " ".join(areas(row["region_code"], row[searched.department])),
        }


def tokens(entry: Any) -> list[str]:
    """Everything by which an entry is found."""
    return [*sorted(grams(entry["text"].split())), *entry["tags"].split()]


def _renew(connection: Connection, searched: Searched, ids: Sequence[int]) -> None:
    """Let the entries of some rows be as they should; those that are so already stay."""
    table = searched.table
    there = {row.row_id: dict(row._mapping) for row in connection.execute(select(table).where(table.c.row_id.in_(ids)))}
    wanted = {entry["row_id"]: entry for entry in entries(connection, searched, lambda column: column.in_(ids))}
    _remove(connection, table, [entry for row_id, entry in there.items() if wanted.get(row_id) != entry])
    _add(connection, table, [entry for row_id, entry in wanted.items() if there.get(row_id) != entry])


def _remove(connection: Connection, table: Any, gone: Sequence[Entry]) -> None:
    if gone and connection.dialect.name == "sqlite":
        words = [(entry["place"], " ".join(tokens(entry))) for entry in gone]
        connection.exec_driver_sql(
            f"INSERT INTO {table.name}_grams ({table.name}_grams, rowid, tokens) VALUES ('delete', ?, ?)", words
        )
    if gone:
        connection.execute(delete(table).where(table.c.place.in_([entry["place"] for entry in gone])))


def _add(connection: Connection, table: Any, new: Sequence[Entry]) -> None:
    if not new:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(insert(table), new)
        words = [(entry["place"], " ".join(tokens(entry))) for entry in new]
        connection.exec_driver_sql(f"INSERT INTO {table.name}_grams (rowid, tokens) VALUES (?, ?)", words)
        return
    # Somebody else may have entered the row since we looked: the later one stands.
    adding = postgresql.insert(with_tokens(table))
    again = {name: adding.excluded[name] for name in ("place", "text", "tags", "tokens")}
    rows = [{**entry, "tokens": tokens(entry)} for entry in new]
    connection.execute(adding.on_conflict_do_update(index_elements=["row_id"], set_=again), rows)


_with_tokens: dict[str, Any] = {}


def with_tokens(table: Any) -> Any:
    """The table as PostgreSQL has it, with the array of its grams."""
    if table.name not in _with_tokens:
        copy = Table(table.name, MetaData(), *(Column(column.name, column.type) for column in table.columns))
        copy.append_column(Column("tokens", postgresql.ARRAY(postgresql.TEXT)))
        _with_tokens[table.name] = copy
    return _with_tokens[table.name]


# ---------------------------------------------------------------- making all anew


def rebuild(connection: Connection) -> Iterator[tuple[str, int]]:
    """Make all entries anew in the present transaction; yields each table's name and how many entries it has."""
    for searched in SEARCHED:
        yield searched.table.name, _rebuild(connection, searched)


def _rebuild(connection: Connection, searched: Searched) -> int:
    table, name = inspect(searched.model).local_table, searched.table.name
    postgres = connection.dialect.name == "postgresql"
    connection.execute(delete(searched.table))
    if postgres:
        connection.exec_driver_sql(f"DROP INDEX ix_{name}_grams")
    else:
        connection.exec_driver_sql(f"INSERT INTO {name}_grams ({name}_grams) VALUES ('delete-all')")
    last = connection.scalar(select(func.max(table.c.id))) or 0
    number = 0
    for first in range(1, last + 1, REBUILT_AT_ONCE):
        found = list(entries(connection, searched, _within(first, first + REBUILT_AT_ONCE - 1)))
        number += len(found)
        (_copy if postgres else _add)(connection, searched.table, found)
    if postgres:
        connection.exec_driver_sql(f"CREATE INDEX ix_{name}_grams ON {name} USING gin (tokens) WITH (fastupdate = off)")
        connection.exec_driver_sql(f"ANALYZE {name}")
    return number


def _within(first: int, last: int) -> Condition:
    return lambda column: column.between(first, last)


def _copy(connection: Connection, table: Any, found: Iterable[Entry]) -> None:
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(f"COPY {table.name} (place, row_id, text, tags, tokens) FROM STDIN") as copy:
        for entry in found:
            copy.write_row((*entry.values(), tokens(entry)))
