"""Name and password."""

from ... import clock
from ...accounts.actor import SYSTEM
from ...accounts.models import User
from ...accounts.passwords import hash_password, is_outdated, password_matches
from ...accounts.queries import user_by_name
from ...audit.access import INSTALLATION
from ...audit.actions import record
from ...extensions import db
from .. import queries
from .attempts import Visitor, Wait, count_failure, forget_failures, keys, take_turn_of, wait_before


class Wrong:
    """Name or password is wrong, or the sign-in closed, or the one-time password too old: it is never told which."""


def authenticate(name: str, password: str, visitor: Visitor) -> User | Wait | Wrong:
    """Whose name and password these are; a failure is counted and recorded, for a name that nobody bears too.

    The password is hashed between two short transactions: a tenth of a second in which nobody else could write. An
    entry more or less takes so long that the answer's time would tell who exists; the name itself stands nowhere.
    """
    known = queries.credentials(name)
    counted = keys(name, known.user_id if known else None, visitor)
    wait = wait_before(counted)
    db.session.rollback()
    if wait:
        return wait
    right = password_matches(known.password_hash if known else None, password)
    take_turn_of(counted)
    if wait := wait_before(counted):
        return wait
    if known is None or not right or not known.active or _too_late(known):
        count_failure(counted, known.user_id if known else None, visitor)
        tried = db.session.get(User, known.user_id if known else 0)
        record(tried or INSTALLATION, "signin:session:fail", SYSTEM, reason=visitor.address)
        return Wrong()
    user = db.session.get(User, known.user_id)
    if user is None or user.password_hash != known.password_hash or not user.active:
        return Wrong()  # changed in that tenth of a second
    if is_outdated(user.password_hash):
        user.password_hash = hash_password(password)
        record(user, "signin:password:rehash", SYSTEM)
    return user


def named_by_provider(name: str, visitor: Visitor) -> User | None:
    """The open sign-in of a name that the provider confirms; an attempt at a closed one is recorded. None is made."""
    user = user_by_name(name)
    if user is None or user.active:
        return user
    record(user, "signin:session:fail", SYSTEM, reason=visitor.address)
    return None


def succeeded(user: User, visitor: Visitor) -> None:
    """All that was asked for has been shown: what was counted for this name from here begins anew."""
    forget_failures(keys(user.name, user.id, visitor))


def _too_late(known: queries.Credentials) -> bool:
    return known.one_time_until is not None and known.one_time_until < clock.now()
