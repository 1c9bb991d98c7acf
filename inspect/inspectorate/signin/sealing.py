"""What must not be read by whoever reads the database or the page: sealed with the installation's secret."""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app


class Unsealable(Exception):
    """It was not sealed here, was changed, is too old, or the installation's secret is another since."""


@lru_cache(maxsize=16)
def _key(secret: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"inspectorate {purpose}".encode()).derive(
        secret.encode()
    )


def _own_key(purpose: str) -> bytes:
    return _key(str(current_app.secret_key), purpose)


def seal(content: bytes, purpose: str) -> str:
    """The content, unreadable and unchangeable; one purpose cannot open what another has sealed."""
    return Fernet(base64.urlsafe_b64encode(_own_key(purpose))).encrypt(content).decode()


def unseal(text: str, purpose: str, seconds: int | None = None) -> bytes:
    """What was sealed, at the most so many seconds ago. Raises Unsealable."""
    try:
        return Fernet(base64.urlsafe_b64encode(_own_key(purpose))).decrypt(text.encode(), ttl=seconds)
    except (InvalidToken, ValueError) as error:
        raise Unsealable from error


def fingerprint(text: str, purpose: str) -> str:
    """A hash that only this installation can compute: for names and codes too short to be hashed openly."""
    return hmac.new(_own_key(purpose), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def new_token() -> str:
    """256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
