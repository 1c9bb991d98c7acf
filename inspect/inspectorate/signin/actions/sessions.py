"""Sessions begin, go on under a new token, and end."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Connection, select, text, update

from ... import clock
from ...accounts.actor import Actor, actor_of
from ...accounts.models import User
from ...audit.actions import record
from ...errors import Refusal
from ...extensions import db, marked_as_writing
from .. import queries
from ..models import SignInSession
from ..sealing import new_token, token_hash
from .attempts import Visitor, forget_devices, remember_device, sweep, sweep_away

KEPT_FOR = timedelta(days=30)
"""How long the row of an ended session stays: until then it tells whose form comes in too late."""

MINUTE = timedelta(minutes=1)


def begin_session(
    user: User, visitor: Visitor, *, by_single_sign_on: bool = False, second_factor: bool = False
) -> tuple[SignInSession, str]:
    """Sign a user in; returns the session and the token for the cookie, which is kept nowhere."""
    now, token = clock.now(), new_token()
    session = SignInSession(
        token_hash=token_hash(token),
        user=user,
        started_at=now,
        seen_at=now,
        address=visitor.address[:45],
        agent=visitor.agent[:300],
        by_single_sign_on=by_single_sign_on,
        second_factor=second_factor,
    )
    db.session.add(session)
    remember_device(user, visitor)
    _sweep(now)
    record(user, "signin:session:start", actor_of(user), reason=visitor.address)
    return session, token


def renew_token(session: SignInSession) -> str:
    """The session goes on under another token: the old one, wherever it may be, is good for nothing."""
    token = new_token()
    session.token_hash = token_hash(token)
    db.session.flush()
    return token


def see_session(session_id: int, seen_at: datetime) -> None:
    """Write down that the session is in use: a small transaction of its own that waits for nobody.

    Beside a busy writer it is left to the next request; a minute more or less ends no session.
    """
    seen = update(SignInSession).where(SignInSession.id == session_id).values(seen_at=seen_at)
    with marked_as_writing(), db.engine.connect() as connection, _impatient(connection), connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
        connection.execute(seen)


@contextmanager
def _impatient(connection: Connection) -> Iterator[None]:
    """SQLite waits for another writer a fiftieth of a second instead of half a minute."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute("PRAGMA busy_timeout = 20")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout = {patience}")


def sign_out(session: SignInSession) -> None:
    """The user ends the own session."""
    session.ended_at = clock.now()
    record(session.user, "signin:session:leave", actor_of(session.user))


def end_own_session(actor: Actor, session_id: int) -> None:
    """End one of the own sessions, such as that of a lost phone. Raises Refusal when it has ended already."""
    session = next((one for one in queries.sessions_of(actor.user_id or 0) if one.id == session_id), None)
    if session is None:
        raise Refusal(_("This session has ended already. Load the page again."))
    session.ended_at = clock.now()
    record(session.user, "signin:session:end", actor, reason=session.address)


def end_other_sessions(actor: Actor, present: SignInSession, visitor: Visitor) -> int:
    """Sign the user out everywhere else; no other browser is known any longer. Returns how many sessions ended."""
    ended = end_sessions(present.user, but=present)
    remember_device(present.user, visitor)
    record(present.user, "signin:session:others", actor)
    return ended


def end_sessions_of(actor: Actor, user: User) -> int:
    """An administrator signs a user out everywhere. Returns how many sessions ended."""
    ended = end_sessions(user)
    record(user, "signin:session:all", actor)
    return ended


def end_all_sessions(actor: Actor) -> int:
    """The operator signs everybody out, such as after a cookie may have been stolen. Returns how many people."""
    signed_in = select(SignInSession.user_id).where(SignInSession.ended_at.is_(None))
    people = db.session.scalars(select(User).where(User.id.in_(signed_in)).order_by(User.id)).all()
    return sum(1 for user in people if queries.sessions_of(user.id) and end_sessions_of(actor, user))


def end_sessions(user: User, but: SignInSession | None = None) -> int:
    """End all sessions of a user, for the record entry of a larger act; devices are forgotten. Returns how many."""
    lasting = [session for session in queries.sessions_of(user.id) if but is None or session.id != but.id]
    for session in lasting:
        session.ended_at = clock.now()
    forget_devices(user.id)
    db.session.flush()
    return len(lasting)


def _sweep(now: datetime) -> None:
    sweep_away(SignInSession, SignInSession.seen_at < now - KEPT_FOR)
    sweep(now)
