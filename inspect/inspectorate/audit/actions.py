"""Writing the record: one entry per action, in the transaction of the change itself."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, bindparam, func, insert, select

from .. import clock
from ..extensions import db
from . import capture
from .models import RecordEntry
from .rules import GENESIS, entry_hash
from .seals import OpenSeals, open_seals

if TYPE_CHECKING:
    from ..accounts.actor import Actor

_LAST_OF_CHAIN = (
    select(RecordEntry.seq, RecordEntry.hash)
    .where(RecordEntry.subject_type == bindparam("type"), RecordEntry.subject_id == bindparam("id"))
    .order_by(RecordEntry.seq.desc())
    .limit(1)
)
"""Written once: every action asks it."""


def record(subject: Any, event: str, actor: "Actor", *, reason: str | None = None) -> RecordEntry:
    """Append an entry to the subject's chain, with all changes flushed since the last entry (行政处罚法47).

    ``subject`` has ``record_type`` and ``id``; ``event`` is ``area:thing:verb``.
    """
    changes = capture.take_changes(db.session())
    connection = db.session.connection()
    seal_id, head = open_seals(db.session()).take(connection), _head(connection, subject.record_type, subject.id)
    entry = RecordEntry(**_content(subject, event, actor, changes, seal_id, after=head, reason=reason))
    db.session.add(entry)
    db.session.flush()
    return entry


def record_all(owned: Iterable[tuple[Any, Sequence[Any]]], event: str, actor: "Actor") -> None:
    """Begin the chains of many new subjects at once: pairs of a subject and all new rows that belong to it."""
    by_row = {change["row"]: change for change in capture.take_changes(db.session())}
    connection, seals = db.session.connection(), open_seals(db.session())
    entries = [
        _content(subject, event, actor, [by_row.pop(capture.row_name(row)) for row in rows], seals.take(connection))
        for subject, rows in owned
    ]
    if by_row:
        raise capture.Unrecorded(", ".join(sorted(by_row)))
    if entries:
        db.session.execute(insert(RecordEntry), entries)


def record_under(key: bytes, connection: Connection, subject: Any, event: str, actor: "Actor", *, reason: str) -> None:
    """Append an entry without changes in a transaction that is not the session's, and seal it with a record key.

    For what is done below the application: a restore, whose key is the installation's only when it has been committed.
    """
    seals = OpenSeals()
    seal_id, head = seals.take(connection), _head(connection, subject.record_type, subject.id)
    content = _content(subject, event, actor, [], seal_id, after=head, reason=reason)
    connection.execute(insert(RecordEntry), content)
    seals.close(connection, key)


def _content(
    subject: Any,
    event: str,
    actor: "Actor",
    changes: list[dict[str, Any]],
    seal_id: int,
    *,
    after: Any = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """The columns of the entry that follows the one ``after``; without it, the first of its chain."""
    told: dict[str, Any] = {
        "subject_type": subject.record_type,
        "subject_id": subject.id,
        "seq": after.seq + 1 if after else 1,
        "at": clock.now(),
        "actor_id": actor.user_id,
        "actor_name": actor.name,
        "event": event,
        "changes": changes,
        "reason": reason,
        "previous_hash": after.hash if after else GENESIS,
    }
    return {**told, "hash": entry_hash(**told), "seal_id": seal_id}


def _head(connection: Connection, subject_type: str, subject_id: int) -> Any:
    """The last entry of a chain; on PostgreSQL writers of one chain queue up here, those of other chains do not."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(subject_type), subject_id)))
    return connection.execute(_LAST_OF_CHAIN, {"type": subject_type, "id": subject_id}).one_or_none()
