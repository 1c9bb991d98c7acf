"""Failures are counted, and after some of them one waits; but nobody can lock out a colleague.

Counted for each name and address together, for each name over all unknown devices, and for each address. Who has
signed in from a browser before is known by its device cookie and counted apart, so that whatever others try with the
name does not concern it (OWASP, "device cookies"). Names that nobody bears are counted alike: no answer tells them
apart.
"""

from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select

from ... import clock
from ...accounts.actor import Actor
from ...accounts.models import User
from ...audit.actions import record
from ...extensions import db
from ...turns import take_turn
from .. import queries
from ..models import Failures, KnownDevice, SignInSession
from ..rules import LIMITS
from ..sealing import fingerprint, token_hash


class Visitor(NamedTuple):
    """Where a request comes from: address, what the browser calls itself, and the device cookie it carries, if any."""

    address: str
    agent: str = ""
    device: str | None = None


class Wait(NamedTuple):
    """An attempt that was not looked at: it comes too early."""

    seconds: int


def keys(name: str, user_id: int | None, visitor: Visitor) -> dict[str, str]:
    """Under which hashes an attempt is counted, by kind."""
    name = name.strip().lower()
    if user_id is not None and visitor.device and queries.is_known_device(user_id, token_hash(visitor.device)):
        return {"device": fingerprint(f"{name}\n{visitor.device}", "failures")}
    return {
        "pair": fingerprint(f"{name}\n{visitor.address}", "failures"),
        "name": fingerprint(name, "failures"),
        "address": fingerprint(visitor.address, "failures"),
    }


def wait_before(counted: dict[str, str]) -> Wait | None:
    """How long to wait before the next attempt, if at all."""
    now = clock.now()
    opens = [
        LIMITS[kind].open_at(found.number, found.last_at, now)
        for kind, found in queries.failures(counted.items()).items()
    ]
    latest = max(opens, default=now)
    return Wait(ceil((latest - now).total_seconds())) if latest > now else None


def count_failure(counted: dict[str, str], user_id: int | None, visitor: Visitor) -> None:
    """One more failure."""
    now, before = clock.now(), queries.failures(counted.items())
    for kind, key in counted.items():
        found = before.get(kind)
        if found is None:
            found = Failures(kind=kind, key_hash=key, number=0)
            db.session.add(found)
        elif now - found.last_at >= LIMITS[kind].forgotten:
            found.number = 0
        found.number, found.last_at, found.address = found.number + 1, now, visitor.address
        found.user_id = None if kind == "address" else user_id
    db.session.flush()


def forget_failures(counted: dict[str, str]) -> None:
    """Signing in has succeeded: what was counted for this name from here begins anew; the address's own count stays."""
    for kind in ("pair", "device"):
        if kind in counted:
            db.session.execute(delete(Failures).where(Failures.kind == kind, Failures.key_hash == counted[kind]))


def take_turn_of(counted: dict[str, str]) -> None:
    """Attempts at one name go one after the other: many at once get no more tries than one."""
    for kind in sorted(counted):
        take_turn("failures", kind, counted[kind])


def remember_device(user: User, visitor: Visitor) -> None:
    """From now on this browser is one that the user has signed in from."""
    if not visitor.device:
        return
    device_hash = token_hash(visitor.device)
    take_turn("device", device_hash)
    found = db.session.query(KnownDevice).filter_by(user_id=user.id, device_hash=device_hash).one_or_none()
    if found is None:
        db.session.add(KnownDevice(user_id=user.id, device_hash=device_hash, seen_at=clock.now()))
    else:
        found.seen_at = clock.now()
    db.session.flush()


def forget_devices(user_id: int) -> None:
    """No browser is known any longer."""
    db.session.execute(delete(KnownDevice).where(KnownDevice.user_id == user_id))


def lift_locks(actor: Actor, user: User) -> None:
    """Whoever waits because of failures with the user's name may try again at once."""
    db.session.execute(delete(Failures).where(Failures.user_id == user.id))
    record(user, "signin:lock:lift", actor)


def sweep(now: datetime) -> None:
    """Counts that are forgotten and devices that are no longer known need no rows."""
    longest = max(limit.forgotten for limit in LIMITS.values())
    sweep_away(Failures, Failures.last_at < now - longest - timedelta(hours=1))
    sweep_away(KnownDevice, KnownDevice.seen_at < now - queries.KNOWN_FOR)


def sweep_away(model: type[Failures | KnownDevice | SignInSession], old: ColumnElement[bool]) -> None:
    """Delete the old rows but those that somebody else is busy with (PostgreSQL): sweeps never wait for each other."""
    free = select(model.id).where(old).with_for_update(skip_locked=True)
    db.session.execute(delete(model).where(model.id.in_(free)))
