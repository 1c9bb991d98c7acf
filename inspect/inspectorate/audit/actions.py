"""Writing the record: one entry per action, in the transaction of the change itself."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, select

from .. import clock
from ..extensions import db
from . import capture
from .models import RecordEntry
from .rules import GENESIS, entry_hash
from .seals import open_seals

if TYPE_CHECKING:
    from ..accounts.actor import Actor


def record(subject: Any, event: str, actor: "Actor", *, reason: str | None = None) -> RecordEntry:
    """Append an entry to the subject's chain, with all changes flushed since the last entry (行政处罚法47).

    ``subject`` has ``record_type`` and ``id``; ``event`` is ``area:thing:verb``.
    """
    changes = capture.take_changes(db.session())
    head = _head(subject.record_type, subject.id)
    entry = RecordEntry(**_content(subject, event, actor, changes, after=head, reason=reason))
    db.session.add(entry)
    db.session.flush()
    return entry


def record_all(owned: Iterable[tuple[Any, Sequence[Any]]], event: str, actor: "Actor") -> None:
    """Begin the chains of many new subjects at once: pairs of a subject and all new rows that belong to it."""
    by_row = {change["row"]: change for change in capture.take_changes(db.session())}
    entries = [
        _content(subject, event, actor, [by_row.pop(capture.row_name(row)) for row in rows]) for subject, rows in owned
    ]
    if by_row:
        raise capture.Unrecorded(", ".join(sorted(by_row)))
    if entries:
        db.session.execute(insert(RecordEntry), entries)


def _content(
    subject: Any,
    event: str,
    actor: "Actor",
    changes: list[dict[str, Any]],
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
    seal_id = open_seals(db.session()).take(db.session.connection())
    return {**told, "hash": entry_hash(**told), "seal_id": seal_id}


def _head(subject_type: str, subject_id: int) -> Any:
    """The last entry of a chain; on PostgreSQL writers of one chain queue up here, those of other chains do not."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(subject_type), subject_id)))
    return db.session.execute(
        select(RecordEntry.seq, RecordEntry.hash)
        .where(RecordEntry.subject_type == subject_type, RecordEntry.subject_id == subject_id)
        .order_by(RecordEntry.seq.desc())
        .limit(1)
    ).one_or_none()
