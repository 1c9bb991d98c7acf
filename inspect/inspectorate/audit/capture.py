"""Gathers every changed column of every audited row, so that no change can slip past the record.

``after_flush`` collects; ``record`` takes what was collected into its entry; ``before_commit`` refuses a transaction
in which something is left over. Statements that would change rows past the session are refused.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache, partial
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import event, inspect
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, object_session

from ..clock import UTC
from ..extensions import db
from .models import RecordEntry, RecordSeal

RECORD_TABLES = (RecordEntry.__tablename__, RecordSeal.__tablename__)
SECRET_COLUMNS = {"password_hash", "sealed_secret", "code_hash"}

_PENDING = "unrecorded_changes"
_VERSIONS = "versions_before"
_GONE = "rows_deleted_in_this_flush"
_SAVEPOINTS = "unrecorded_changes_at_savepoints"


class Unrecorded(RuntimeError):
    """A transaction changed audited rows without a record entry: a defect of the program, never of the user."""


def json_value(value: Any) -> Any:
    """A column's value as it stands in the record."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value


def is_recorded(table: Any) -> bool:
    """Whether the record tells of the table's rows: of all but those that say ``info={"unrecorded": why}``."""
    return table.name not in RECORD_TABLES and "unrecorded" not in table.info


@cache
def recorded_columns(mapper: Mapper[Any]) -> tuple[tuple[str, str], ...]:
    """Pairs (attribute, column name): the record keeps every column."""
    return tuple((prop.key, prop.columns[0].name) for prop in mapper.column_attrs)


def shown(column: str, value: Any) -> Any:
    """The value for the record: of a secret its SHA-256, so that one put in its place is noticed."""
    if column in SECRET_COLUMNS and value is not None:
        return f"sha256:{hashlib.sha256(str(value).encode()).hexdigest()}"
    return json_value(value)


def row_name(row: Any) -> str:
    """``table:primary key``."""
    return f"{row.__tablename__}:{row.id}"


def _inserted(row: Any) -> dict[str, list[Any]]:
    state = inspect(row)
    known = state.dict
    columns = recorded_columns(state.mapper)
    values = ((column, known[key] if key in known else getattr(row, key)) for key, column in columns)
    return {column: [None, shown(column, value)] for column, value in values if value is not None}


def _updated(row: Any, versions: Mapping[Any, int]) -> dict[str, list[Any]]:
    state = inspect(row)
    changed: dict[str, list[Any]] = {}
    for key, column in recorded_columns(state.mapper):
        if key not in state.committed_state:
            continue  # nobody has set it since it was stored
        history = state.attrs[key].history
        if history.has_changes():
            before, after = (next(iter(side), None) if side else None for side in (history.deleted, history.added))
            if before != after:
                changed[column] = [shown(column, before), shown(column, after)]
    if numbered := _version_key(state):
        # SQLAlchemy raises it while it writes the row, and keeps no history of that.
        version = getattr(row, numbered)
        before = versions.get(state, version - bool(changed))
        if before != version:
            changed[state.mapper.version_id_col.name] = [before, version]
    return changed


def _version_key(state: Any) -> str | None:
    column = state.mapper.version_id_col
    return None if column is None else str(state.mapper.get_property_by_column(column).key)


def _note_versions(session: Session, _context: Any, _instances: Any) -> None:
    """Before the flush: the versions as they are stored."""
    noted = session.info.setdefault(_VERSIONS, {})
    for row in session.dirty:
        state = inspect(row)
        if (key := _version_key(state)) and isinstance(stored := _stored(state, key), int):
            noted[state] = stored


def _stored(state: Any, key: str) -> Any:
    return state.committed_state.get(key, state.dict.get(key))


def _deleted(row: Any) -> dict[str, list[Any]]:
    return {column: [pair[1], None] for column, pair in _inserted(row).items()}


def _collect(session: Session, _context: Any) -> None:
    pending: list[dict[str, Any]] = session.info.setdefault(_PENDING, [])
    gone: list[Any] = session.info.pop(_GONE, [])
    changed = [row for row in session.dirty if not any(row is one for one in gone)]
    updated = partial(_updated, versions=session.info.pop(_VERSIONS, {}))
    for operation, rows, read in (("insert", session.new, _inserted), ("update", changed, updated)):
        recorded = (row for row in rows if is_recorded(row.__table__))
        for row in sorted(recorded, key=lambda row: (row.__tablename__, row.id)):
            if columns := read(row):
                pending.append({"row": row_name(row), "op": operation, "set": columns})


def _collect_deleted(_mapper: Mapper[Any], _connection: Any, row: Any) -> None:
    """Told of each row that is really deleted: those left over by their parent never stand in ``session.deleted``."""
    session = object_session(row)
    if session is not None and is_recorded(row.__table__) and (columns := _deleted(row)):
        pending = session.info.setdefault(_PENDING, [])
        pending.append({"row": row_name(row), "op": "delete", "set": columns})
        session.info.setdefault(_GONE, []).append(row)


def take_changes(session: Session) -> list[dict[str, Any]]:
    """The changes since the last entry, flushed and handed over."""
    session.flush()
    changes: list[dict[str, Any]] = session.info.pop(_PENDING, [])
    return changes


def has_changes(session: Session) -> bool:
    """Whether anything has changed since the last entry; flushes."""
    session.flush()
    return bool(session.info.get(_PENDING))


def _refuse_leftovers(session: Session) -> None:
    session.flush()
    if session.in_nested_transaction():
        return  # a savepoint comes to its end: its changes are now those of the whole transaction
    if left := session.info.get(_PENDING):
        raise Unrecorded("; ".join(f"{change['op']} {change['row']} {sorted(change['set'])}" for change in left))


def _refuse_unseen(execution: ORMExecuteState) -> None:
    """Statements that change rows without loading them slip past ``after_flush``: none may touch a recorded table."""
    if not (execution.is_insert or execution.is_update or execution.is_delete):
        return
    table = getattr(execution.statement, "table", None)
    if table is not None and is_recorded(table):
        raise Unrecorded(f"a statement would change {table.name} unseen; change the rows through the session")


def _note_savepoint(session: Session, transaction: Any) -> None:
    if transaction.nested:
        pending = list(session.info.get(_PENDING, ()))
        session.info.setdefault(_SAVEPOINTS, WeakKeyDictionary())[transaction] = pending


def _forget(session: Session, transaction: Any) -> None:
    """After a rollback: to a savepoint, all but what was pending there; of the whole transaction, everything."""
    session.info.pop(_GONE, None)
    session.info.pop(_VERSIONS, None)
    session.info[_PENDING] = session.info.get(_SAVEPOINTS, {}).pop(transaction, [])


def listen() -> None:
    """Attach to the application's sessions; once per process."""
    for name, listener in (
        ("before_flush", _note_versions),
        ("after_flush", _collect),
        ("do_orm_execute", _refuse_unseen),
        ("before_commit", _refuse_leftovers),
        ("after_transaction_create", _note_savepoint),
        ("after_soft_rollback", _forget),
    ):
        if not event.contains(db.session, name, listener):
            event.listen(db.session, name, listener)
    if not event.contains(Mapper, "after_delete", _collect_deleted):
        event.listen(Mapper, "after_delete", _collect_deleted)
