"""Reading sessions, failures and second factors."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import current_app
from sqlalchemy import and_, func, or_, select

from .. import clock
from ..accounts.models import User
from ..extensions import db
from .models import Failures, KnownDevice, RecoveryCode, SecondFactor, SignInSession
from .rules import LIMITS, LOCKED_FROM, Lifetime
from .sealing import token_hash

KNOWN_FOR = timedelta(days=180)
"""How long a device stays known without being used."""


def lifetime() -> Lifetime:
    """How long sessions last here."""
    config = current_app.config
    return Lifetime(timedelta(minutes=config["SESSION_IDLE_MINUTES"]), timedelta(hours=config["SESSION_HOURS"]))


def session_of(token: str) -> SignInSession | None:
    """The session of a cookie's token with its user, whether it still lasts or not."""
    return db.session.scalar(select(SignInSession).where(SignInSession.token_hash == token_hash(token)))


def lasts(session: SignInSession) -> bool:
    """Whether somebody is signed in by it."""
    if session.ended_at is not None or not session.user.active:
        return False
    return not lifetime().over(session.started_at, session.seen_at, clock.now())


def sessions_of(user_id: int) -> Sequence[SignInSession]:
    """The sessions of a user that last, the latest used first."""
    now, limits = clock.now(), lifetime()
    query = (
        select(SignInSession)
        .where(
            SignInSession.user_id == user_id,
            SignInSession.ended_at.is_(None),
            SignInSession.seen_at >= now - limits.idle,
            SignInSession.started_at >= now - limits.longest,
        )
        .order_by(SignInSession.seen_at.desc(), SignInSession.id.desc())
    )
    return db.session.scalars(query).all()


class Credentials(NamedTuple):
    """What signing in is checked against; a copy, so that no transaction stays open while a password is hashed."""

    user_id: int
    password_hash: str
    active: bool
    one_time_until: datetime | None


def credentials(name: str) -> Credentials | None:
    """Those of a sign-in name, whatever its capitals; None for a name that nobody bears."""
    query = select(User.id, User.password_hash, User.active, User.one_time_until)
    row = db.session.execute(query.where(func.lower(User.name) == name.strip().lower())).one_or_none()
    return Credentials(*row) if row else None


def is_known_device(user_id: int, device_hash: str) -> bool:
    """Whether the user has signed in from this browser in the last half year."""
    query = select(KnownDevice.id).where(
        KnownDevice.user_id == user_id,
        KnownDevice.device_hash == device_hash,
        KnownDevice.seen_at > clock.now() - KNOWN_FOR,
    )
    return db.session.scalar(query) is not None


def failures(keys: Iterable[tuple[str, str]]) -> dict[str, Failures]:
    """The counts of pairs of kind and hash, by kind."""
    query = select(Failures).where(or_(*(and_(Failures.kind == kind, Failures.key_hash == key) for kind, key in keys)))
    return {found.kind: found for found in db.session.scalars(query.execution_options(populate_existing=True))}


def locks_of(user_id: int) -> list[Failures]:
    """The failures of a user's name that make somebody wait long, the latest first."""
    now = clock.now()
    found = db.session.scalars(
        select(Failures).where(Failures.user_id == user_id).order_by(Failures.last_at.desc(), Failures.id)
    )
    return [
        one for one in found if one.number >= LOCKED_FROM[one.kind] and now - one.last_at < LIMITS[one.kind].forgotten
    ]


def second_factor(user_id: int) -> SecondFactor | None:
    """The second factor of a user."""
    return db.session.scalar(select(SecondFactor).where(SecondFactor.user_id == user_id))


def recovery_codes_left(user_id: int) -> int:
    """How many recovery codes are still good."""
    query = select(func.count()).select_from(RecoveryCode)
    return db.session.scalar(query.where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))) or 0


def demands_second_factor(user: User) -> bool:
    """Whether one of the user's roles has to show a second factor here."""
    return bool(user.role_set & frozenset(current_app.config["SECOND_FACTOR_ROLES"]))


def is_device(device_hash: str) -> bool:
    """Whether it is a device that we have named, whoever uses it."""
    return db.session.scalar(select(KnownDevice.id).where(KnownDevice.device_hash == device_hash).limit(1)) is not None
