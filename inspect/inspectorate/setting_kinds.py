"""Kinds of settings: what a variable of the environment may hold, and what is said when it holds something else."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

DRIVERS = {"sqlite", "sqlite+pysqlite", "postgresql+psycopg"}
SHORTEST_SECRET = 32
FEWEST_DIFFERENT = 8
"""Characters that a secret has at least, and different ones among them."""


class Nonsense(ValueError):
    """What was given is not of the kind; the message says what would be."""


class Kind(NamedTuple):
    """How a variable is read; ``words`` name the kind in the documentation."""

    words: str
    parse: Callable[[str], Any]


def _yes_no(given: str) -> bool:
    lowered = given.lower()
    if lowered in ("1", "yes", "true", "on"):
        return True
    if lowered in ("0", "no", "false", "off"):
        return False
    raise Nonsense("write 1 for yes or 0 for no")


def whole(least: int, most: int) -> Kind:
    """A whole number, both ends included."""

    def parse(given: str) -> int:
        if not re.fullmatch(r"[0-9]{1,12}", given) or not least <= int(given) <= most:
            raise Nonsense(f"write a whole number from {least} to {most}")
        return int(given)

    return Kind("number", parse)


def choice(*words: str) -> Kind:
    """One of a few words."""

    def parse(given: str) -> str:
        if given.lower() not in words:
            raise Nonsense(f"write {', '.join(words[:-1])} or {words[-1]}")
        return given.lower()

    return Kind(" / ".join(words), parse)


def some(*words: str) -> Kind:
    """Some of a few words, with commas."""

    def parse(given: str) -> tuple[str, ...]:
        found = tuple(word for word in re.split(r"[,\s]+", given.lower()) if word)
        if unknown := [word for word in found if word not in words]:
            raise Nonsense(f"{unknown[0]!r} is none of {', '.join(words)}")
        return found

    return Kind("some of " + " / ".join(words), parse)


def _host(given: str) -> str:
    if given.startswith("unix:") and not Path(given.removeprefix("unix:")).is_absolute():
        raise Nonsense("write the whole path of the socket, such as unix:/run/inspectorate/socket")
    return given.strip("[]")


def _words(given: str) -> list[str]:
    return [word for word in re.split(r"[,\s]+", given) if word]


def weakness(secret: str) -> str:
    """Why a secret can be guessed, with the way out; empty when it cannot."""
    if len(secret) >= SHORTEST_SECRET and len(set(secret)) >= FEWEST_DIFFERENT:
        return ""
    return (
        f"too easily guessed: give at least {SHORTEST_SECRET} random characters, such as those that "
        "`openssl rand -base64 48` prints"
    )


def database() -> Kind:
    """A database's URL as SQLAlchemy reads it; a plain ``postgresql://`` is the psycopg 3 driver."""
    return Kind("URL", database_url)


def database_url(given: str) -> str:
    """The URL with its driver. Raises Nonsense, which does not repeat it: it may hold a password."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    for prefix in ("postgresql://", "postgres://"):
        if given.startswith(prefix):
            given = "postgresql+psycopg://" + given.removeprefix(prefix)
    try:
        known = make_url(given).drivername in DRIVERS
    except (ArgumentError, ValueError):
        known = False
    if not known:
        raise Nonsense(
            "not the address of a database. Write postgresql://user:password@host:5432/name, or "
            "sqlite:////folder/file.db, or leave it out for the embedded database in DATA_DIR"
        )
    return given


COUNT = whole(0, 10)
FOLDER = Kind("folder", lambda given: Path(given).resolve())
HOST = Kind("address", _host)
PORT = whole(0, 65535)
TEXT = Kind("text", str)
WORDS = Kind("names", _words)
YES_NO = Kind("1 or 0", _yes_no)
