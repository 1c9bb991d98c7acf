"""The last seal that this machine has seen committed, kept in a file beside the database.

A record cut off together with the rows it made is an earlier state of the same database: nothing inside can tell. What
was seen outside can. The file is only a lower bound: after a crash it may be a few seals behind, never ahead.
"""

import fcntl
import json
import logging
import os
from pathlib import Path
from typing import NamedTuple

from flask import current_app

log = logging.getLogger(__name__)

NAME = "record-head"


class Head(NamedTuple):
    """The newest seal of a record."""

    installation: str
    number: int
    hash: str


def path() -> Path:
    """Where it lies."""
    folder: Path = current_app.config["DATA_DIR"]
    return folder / NAME


def remember(head: Head, *, anew: bool = False) -> None:
    """Keep the head unless a later one of the same record is known; ``anew`` forgets what was known (a restore).

    Never fails: the transaction has been committed.
    """
    try:
        file = os.open(path(), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = _parsed(os.read(file, 1000))
            if anew or known is None or known.installation != head.installation or known.number < head.number:
                text = json.dumps(head._asdict()).encode() + b"\n"
                os.pwrite(file, text, 0)
                os.ftruncate(file, len(text))
        finally:
            os.close(file)
    except OSError as error:
        log.warning("the head of the record could not be kept in %s: %s", path(), error.strerror)


def remembered() -> Head | None:
    """The head that was last kept, if any."""
    try:
        return _parsed(path().read_bytes())
    except OSError:
        return None


def _parsed(content: bytes) -> Head | None:
    try:
        return Head(**json.loads(content.decode().partition("\n")[0]))
    except (ValueError, TypeError):
        return None
