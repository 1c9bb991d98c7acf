"""Changing the own password, and giving a colleague one for a single sign-in."""

from flask_babel import gettext as _

from ... import clock
from ...accounts.actor import Actor, actor_of
from ...accounts.models import User
from ...accounts.passwords import (
    ONE_TIME_FOR,
    check_password,
    hash_password,
    one_time_password,
    password_matches,
)
from ...audit.actions import record
from ...errors import Refusal
from ..models import SignInSession
from .attempts import Visitor, count_failure, forget_failures, keys, remember_device, take_turn_of, wait_before
from .sessions import end_sessions, renew_token


def about(user: User) -> list[str]:
    """What everybody knows of a user, and no password may be made of."""
    return [user.name, user.display_name, user.agency.name, user.agency.number_prefix or ""]


def password_is_own(user: User, password: str, visitor: Visitor) -> Refusal | None:
    """Why a password typed again, before something of weight, is not taken; counted as signing in is."""
    counted = keys(user.name, user.id, visitor)
    take_turn_of(counted)
    if wait := wait_before(counted):
        return Refusal(too_early(wait.seconds), field="current")
    if password_matches(user.password_hash, password):
        forget_failures(counted)
        return None
    count_failure(counted, user.id, visitor)
    return Refusal(_("This is not your present password."), field="current")


def too_early(seconds: int) -> str:
    """That and how long one has to wait."""
    if seconds < 120:
        return _("Too many attempts have failed. Try again in %(n)d seconds.", n=seconds)
    return _("Too many attempts have failed. Try again in %(n)d minutes.", n=-(-seconds // 60))


def change_password(user: User, password: str, present: SignInSession, visitor: Visitor) -> str:
    """Change the own password; every other session ends. Returns the new token of the present one. Raises Refusal."""
    check_password(password, about(user))
    if password_matches(user.password_hash, password):
        raise Refusal(_("This is the password that you have now. Take another."), field="password")
    user.password_hash, user.one_time_until, user.one_time_by = hash_password(password), None, None
    end_sessions(user, but=present)
    remember_device(user, visitor)
    token = renew_token(present)
    record(user, "signin:password:change", actor_of(user))
    return token


def reset_password(actor: Actor, user: User) -> str:
    """Give a user a password for one sign-in, to be shown once; every session of the user ends. Raises Refusal.

    Nobody uses it unnoticed: the old password is gone, the new one must be changed at once, the record and the user's
    next page tell who gave it.
    """
    if user.id == actor.user_id:
        raise Refusal(_("Change your own password on your own page."))
    password = one_time_password()
    user.password_hash = hash_password(password)
    user.one_time_until, user.one_time_by = clock.now() + ONE_TIME_FOR, actor.name
    end_sessions(user)
    record(user, "signin:password:reset", actor)
    return password
