"""Configuration from the environment; secrets from it or from a generated file with mode 600."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SQLITE_PREFIX = "sqlite:///"


def data_dir() -> Path:
    """Folder of the embedded database, the evidence and the generated secret."""
    return Path(os.environ.get("DATA_DIR", ROOT / "data")).resolve()


def database_url(folder: Path) -> str:
    """SQLAlchemy URL; a plain ``postgresql://`` is read as the psycopg 3 driver."""
    url = os.environ.get("DATABASE_URL") or f"{SQLITE_PREFIX}{folder / 'inspectorate.db'}"
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def settings() -> dict[str, Any]:
    """The whole configuration of the app, before overrides."""
    folder = data_dir()
    return {
        "DATA_DIR": folder,
        "FILES_URL": os.environ.get("FILES_URL", (folder / "files").as_uri()),
        "SQLALCHEMY_DATABASE_URI": database_url(folder),
        "SECRET_KEY": os.environ.get("SECRET_KEY"),
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
    """The generated secret of this installation, made at first use, readable by its owner alone."""
    path = folder / "secret"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Complete before it gets its name: several server processes may ask at once, and all must read the same.
        descriptor, fresh = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(fresh, path)
        os.unlink(fresh)
    return path.read_text()
