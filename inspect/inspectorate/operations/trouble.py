"""What hinders a command or the server from starting, told in one line with the way out."""

import errno
import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from ..config import ROOT, Misconfigured, secret_from_file, settings
from . import safety

NOT_SET_UP = ("no such table", "no such column", "does not exist")
"""How SQLite and PostgreSQL say that a table or column is not there."""


def of_database(error: DBAPIError, url: str) -> str:
    """Why the database cannot be used, and what to do; ``url`` as SQLAlchemy reads it."""
    reason = str(error.orig).strip().partition("\n")[0].rstrip(".")
    place = make_url(url)
    if any(words in reason for words in NOT_SET_UP) and "database" not in reason:
        hint = "It is not set up, or older than this program: run .venv/bin/flask db upgrade"
    elif place.get_backend_name() != "sqlite":
        hint = "See that the server runs, that the database exists there, and that DATABASE_URL is right"
    elif "locked" in reason:
        hint = "Another program keeps writing to it: end that one, or try again"
    else:
        hint = f"See that {_folder(place.database)} exists and may be written to, or name another folder in DATA_DIR"
    return f"the database {place.render_as_string(hide_password=True)} cannot be used: {reason}. {hint}."


def passes(error: DBAPIError) -> bool:
    """Whether it may work in a moment: the database is locked, overloaded, or the connection was lost."""
    reason = str(error.orig)
    return bool(error.connection_invalidated) or not any(words in reason for words in NOT_SET_UP)


def of_file(error: OSError) -> str:
    """Which file cannot be used, and why."""
    way_out = "See that this user may read and write there, or name another folder in DATA_DIR"
    return f"{error.filename}: {error.strerror}. {way_out}."


def _folder(database: str | None) -> Path:
    return Path(database or ".").resolve().parent


def before_serving(chosen: Mapping[str, Any] | None = None, *, listening: bool = True) -> list[str]:
    """Raise Misconfigured, a line each, for what would let every request fail and for what makes serving unsafe.

    Returns advice in lines. ``listening`` tries whether the address is free.
    """
    chosen = settings() if chosen is None else chosen
    if listening:
        _address(chosen["HOST"], str(chosen["PORT"]))
    secret = chosen["SECRET_KEY"] or secret_from_file(chosen["DATA_DIR"])
    _files(chosen["FILES_URL"])
    if found := list(safety.dangers(chosen, secret)):
        raise Misconfigured("\n".join(found))
    with _database(chosen["DATABASE_URL"]) as connection:
        _version(connection)
        if found := list(safety.of_sign_ins(chosen, connection)):
            raise Misconfigured("\n".join(found))
        return list(safety.advice(chosen, connection))


def _address(host: str, port: str) -> None:
    if {"GUNICORN_FD", "LISTEN_FDS"} & os.environ.keys():
        return  # handed over by the server before, or by systemd
    if host.startswith("unix:"):
        return _socket(Path(host.removeprefix("unix:")).parent)
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, int(port)))
    except (OSError, OverflowError) as error:
        said = (getattr(error, "strerror", None) or str(error)).partition(" (")[0].rstrip(".")
        reason = "another program listens there already" if getattr(error, "errno", 0) == errno.EADDRINUSE else said
        raise Misconfigured(
            f"cannot listen on {host}:{port}: {reason}. Choose another address, such as PORT=8001 script/run."
        ) from None


def _socket(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Misconfigured(f"no socket can be made in {folder}. Make the folder and give it to this user")


def _files(url: str) -> None:
    folder = safety.local_folder(url)
    if folder is None:
        return
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    except OSError as error:
        raise Misconfigured(of_file(error)) from None


@contextmanager
def _database(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise Misconfigured(of_database(error, url)) from None
    finally:
        engine.dispose()


def _version(connection: Connection) -> None:
    found, newest = connection.scalar(text("select version_num from alembic_version")), newest_version()
    if found is None or found < newest:
        raise Misconfigured(
            f"the database is at version {found}, this program needs {newest}. "
            "Run .venv/bin/flask db upgrade, or start with script/run, which does it"
        )
    if found > newest:
        raise Misconfigured(
            f"the database is at version {found}, newer than this program, which knows {newest}. "
            "Install the program that made it, or restore the backup from before the upgrade"
        )


def newest_version() -> str:
    """The last migration of this program."""
    return max(path.name.partition("_")[0] for path in (ROOT / "migrations" / "versions").glob("[0-9]*.py"))
