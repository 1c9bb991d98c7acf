"""Configuration from the environment; secrets from it or from a generated file with mode 600."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parents[2]
SQLITE_PREFIX = "sqlite:///"
DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}


class Misconfigured(Exception):
    """The environment asks for what cannot be; the message is one line and says the way out."""


def data_dir() -> Path:
    """Folder of the embedded database, the evidence and the generated secret."""
    return Path(os.environ.get("DATA_DIR", ROOT / "data")).resolve()


def database_url(folder: Path) -> str:
    """SQLAlchemy URL; a plain ``postgresql://`` is read as the psycopg 3 driver. Raises Misconfigured."""
    url = os.environ.get("DATABASE_URL") or f"{SQLITE_PREFIX}{folder / 'inspectorate.db'}"
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    try:
        known = make_url(url).drivername in DRIVERS
    except (ArgumentError, ValueError):
        known = False
    if not known:
        # The address itself is not repeated: it may hold a password.
        raise Misconfigured(
            "DATABASE_URL is not the address of a database. Write postgresql://user:password@host:5432/name, or "
            "sqlite:////folder/file.db, or leave it out for the embedded database in DATA_DIR."
        )
    return url


def settings() -> dict[str, Any]:
    """The whole configuration of the app, before overrides."""
    folder = data_dir()
    return {
        "DATA_DIR": folder,
        "FILES_URL": os.environ.get("FILES_URL", (folder / "files").as_uri()),
        "SQLALCHEMY_DATABASE_URI": database_url(folder),
        "SECRET_KEY": os.environ.get("SECRET_KEY"),
        "RECORD_KEY": os.environ.get("RECORD_KEY"),
        "BABEL_DEFAULT_LOCALE": "zh",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
        "BOOTSTRAP_SERVE_LOCAL": True,
        "MAX_CONTENT_LENGTH": 64 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": os.environ.get("BEHIND_TLS") == "1",
        "PERMANENT_SESSION_LIFETIME": 12 * 3600,
        "WTF_CSRF_TIME_LIMIT": None,
        "DEMO": os.environ.get("DEMO") == "1",
    }


def secret_from_file(folder: Path) -> str:
    """The generated secret of this installation, made at first use, readable by its owner alone.

    Raises Misconfigured when it can neither be read nor made, or is empty.
    """
    path = folder / "secret"
    try:
        if not path.exists():
            make_secret(path)
        secret = path.read_text().strip()
    except OSError as error:
        raise Misconfigured(
            f"the secret {path} can neither be read nor made: {error.strerror}. Give this user the folder, name "
            "another in DATA_DIR, or give the secret itself in SECRET_KEY."
        ) from None
    if not secret:
        raise Misconfigured(f"the secret {path} is empty. Delete it, and a new one is made; everybody signs in again.")
    return secret


def make_secret(path: Path) -> None:
    """Write a fresh secret that only its owner can read; one that is there already stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Complete before it gets its name: several server processes may ask at once, and all must read the same.
    descriptor, fresh = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    with suppress(FileExistsError):
        os.link(fresh, path)
    os.unlink(fresh)
