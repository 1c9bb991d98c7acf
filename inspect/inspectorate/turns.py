"""Taking turns: whoever looks first and writes afterwards must be alone with what was looked for."""

from sqlalchemy import func, select

from .extensions import db


def take_turn(*what: str) -> None:
    """Until the transaction ends nobody else goes on with the same words.

    On SQLite the writer's lock of the whole transaction does this; on PostgreSQL an advisory lock on the words. Used
    where a row that does not exist yet cannot be locked: the same key twice makes one, a code is registered once.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended("\x1f".join(what), 0))))


def share_turn(*what: str) -> None:
    """Go on together with others that share these words, but not while somebody has the turn for them alone.

    On SQLite the writer's lock keeps all writers apart; on PostgreSQL a shared advisory lock on the words.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock_shared(func.hashtextextended("\x1f".join(what), 0))))
