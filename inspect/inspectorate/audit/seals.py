"""Closing transactions with seals, so that no entry can be taken away, added or written anew unseen."""

import uuid
from dataclasses import dataclass, field

from sqlalchemy import Connection, event, func, insert, select
from sqlalchemy.orm import Session, SessionTransaction

from .. import clock
from ..extensions import db
from .keys import record_key
from .models import RecordEntry, RecordSeal
from .rules import GENESIS, Covered, entry_name, seal_hash, stamp
from .witness import Head, remember

MOST = 500
"""Entries that one seal covers at most; a longer transaction is closed with several."""

TURN = 4_720_001
"""Advisory lock of PostgreSQL: transactions that are about to commit queue up here, for a moment."""

_OPEN = "open_seals"
_CLOSED = "closed_seal"


@dataclass
class OpenSeals:
    """The seals that one transaction will be closed with."""

    ids: list[int] = field(default_factory=list)
    room: int = 0

    def take(self, connection: Connection) -> int:
        """The ``seal_id`` for the next entry."""
        if not self.room:
            self.ids.append(self._next_id(connection))
            self.room = MOST
        self.room -= 1
        return self.ids[-1]

    def _next_id(self, connection: Connection) -> int:
        if connection.dialect.name == "postgresql":
            return int(connection.scalar(select(func.nextval("record_seal_id_seq"))) or 0)
        if self.ids:
            return self.ids[-1] + 1
        return 1 + max(connection.scalar(select(func.max(one))) or 0 for one in (RecordSeal.id, RecordEntry.seal_id))

    def close(self, connection: Connection, key: bytes | None = None) -> Head | None:
        """Write the seals, as the last thing before the commit. Returns the newest; None when there was no entry.

        ``key`` is given where it is not the installation's yet.
        """
        if connection.dialect.name == "postgresql" and self.ids:
            connection.execute(select(func.pg_advisory_xact_lock(TURN)))
        head = None
        for seal_id in self.ids:
            if covers := _covers(connection, seal_id):
                head = _close(connection, seal_id, covers, head or newest(connection), key or record_key())
        self.ids, self.room = [], 0
        return head


def newest(connection: Connection) -> Head | None:
    """The last seal of the record."""
    columns = (RecordSeal.installation, RecordSeal.number, RecordSeal.hash)
    row = connection.execute(select(*columns).order_by(RecordSeal.number.desc()).limit(1)).one_or_none()
    return Head(*row) if row else None


def _covers(connection: Connection, seal_id: int) -> list[Covered]:
    columns = (
        RecordEntry.id,
        RecordEntry.subject_type,
        RecordEntry.subject_id,
        RecordEntry.seq,
        RecordEntry.hash,
    )
    rows = connection.execute(select(*columns).where(RecordEntry.seal_id == seal_id).order_by(RecordEntry.id))
    return [[row.id, entry_name(row.subject_type, row.subject_id, row.seq), row.hash] for row in rows]


def _close(connection: Connection, seal_id: int, covers: list[Covered], before: Head | None, key: bytes) -> Head:
    content = {
        "number": before.number + 1 if before else 1,
        "installation": before.installation if before else uuid.uuid4().hex,
        "at": clock.now(),
        "covers": covers,
        "previous_hash": before.hash if before else GENESIS,
    }
    hash_ = seal_hash(**content)  # type: ignore[arg-type]
    values = {"id": seal_id, **content, "hash": hash_, "stamp": stamp(key, hash_)}
    connection.execute(insert(RecordSeal), values)
    return Head(str(content["installation"]), int(str(content["number"])), hash_)


def open_seals(session: Session) -> OpenSeals:
    """Those of the session's transaction."""
    seals: OpenSeals = session.info.setdefault(_OPEN, OpenSeals())
    return seals


def before_commit(session: Session) -> None:
    """Close the transaction; a savepoint is left to its transaction."""
    if _OPEN in session.info and not session.in_nested_transaction():
        session.info[_CLOSED] = session.info.pop(_OPEN).close(session.connection())


def after_commit(session: Session) -> None:
    """Keep the head outside the database too."""
    if head := session.info.pop(_CLOSED, None):
        remember(head)


def after_rollback(session: Session, transaction: SessionTransaction) -> None:
    """What was never committed needs no seal; what was entered before a savepoint still does."""
    if not transaction.nested:
        session.info.pop(_OPEN, None)
        session.info.pop(_CLOSED, None)


def listen() -> None:
    """Attach to the application's sessions, once per process, after all others.

    Whoever waits for the turn to be sealed must not hold what the one before needs to come to an end.
    """
    for name, listener in (
        ("before_commit", before_commit),
        ("after_commit", after_commit),
        ("after_soft_rollback", after_rollback),
    ):
        if not event.contains(db.session, name, listener):
            event.listen(db.session, name, listener)
