"""Passwords: argon2 and nothing else."""

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from flask import current_app

MINIMUM_LENGTH = 10


def _hasher() -> PasswordHasher:
    cost = current_app.config.get("PASSWORD_COST")
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1) if cost == "test" else PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2 hash to keep."""
    return _hasher().hash(password)


def password_matches(password_hash: str, password: str) -> bool:
    """Whether the password is the one hashed."""
    try:
        return _hasher().verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False
