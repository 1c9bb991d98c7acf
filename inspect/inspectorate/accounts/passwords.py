"""Passwords: argon2 and nothing else; long enough and not to be guessed, but of no prescribed composition."""

import secrets
from collections.abc import Iterable
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from flask import current_app
from flask_babel import gettext as _

from ..errors import Refusal

MINIMUM_LENGTH = 12
LONGEST = 200
"""NIST SP 800-63B-4 asks for at least 64; beyond, hashing would only be work."""

GUESSES = 10**8
"""Below so many guesses a password is found by whoever tries the common ones first (zxcvbn's third step of four)."""

LOOKED_AT = 72
"""Characters at the beginning that are compared with lists and patterns; a longer password is not worse."""

ONE_TIME_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is confused when it is read out: i l o 0 1."""


ONE_TIME_FOR = timedelta(days=3)
"""How long a password that somebody else has given may wait for its only use."""


def _hasher() -> PasswordHasher:
    cost = current_app.config.get("PASSWORD_COST")
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cost == "test" else PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2 hash to keep."""
    return _hasher().hash(password)


def password_matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed. Takes as long for None and for what is no hash."""
    try:
        return _hasher().verify(password_hash or "", password)
    except InvalidHashError:
        _hasher().hash(password)
        return False
    except Argon2Error:
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether it was made with other parameters than new ones are."""
    return _hasher().check_needs_rehash(password_hash)


def one_time_password() -> str:
    """A password for one sign-in, to be read out and typed: 79 bits in four groups."""
    groups = ("".join(secrets.choice(ONE_TIME_ALPHABET) for _number in range(4)) for _group in range(4))
    return "-".join(groups)


def check_password(password: str, about: Iterable[str], *, field: str = "password") -> None:
    """Raises Refusal for a password that is short, long, common, or made of what is known of its owner (``about``)."""
    if len(password) < MINIMUM_LENGTH:
        raise Refusal(_("The password needs at least %(n)d characters.", n=MINIMUM_LENGTH), field=field)
    if len(password) > LONGEST:
        raise Refusal(_("The password may have %(n)d characters at the most.", n=LONGEST), field=field)
    # Its lists take several megabytes; most processes never need them.
    from zxcvbn import zxcvbn

    known = [word for word in about if word]
    if zxcvbn(password[:LOOKED_AT], user_inputs=known)["guesses"] < GUESSES:
        message = _(
            "This password is easy to guess: it is common, a pattern, or made of your name or agency. Take several "
            "words that have nothing to do with each other."
        )
        raise Refusal(message, field=field)
