"""What a restore brings and no transaction reaches, keys and the statutes' texts: laid ready before its commit, put in
their place after it.

Killed in between, the restore is brought to its end, or forgotten, at the next start: the database says which.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from .. import files
from ..audit import seals, witness
from ..audit.witness import Head
from ..extensions import db
from ..law.texts.store import FOLDER
from . import RESTORING, schema

_HEAD = "head"
"""The newest seal of what is brought back; written last, so that where it lies everything does."""


def _place() -> Path:
    folder: Path = current_app.config["DATA_DIR"]
    return folder / RESTORING


@contextmanager
def restoring() -> Iterator[None]:
    """While a restore runs, and after it: its keys follow the database. Raises BlockingIOError beside another one."""
    place = _place()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _alone(place):
        for file in place.iterdir():
            file.unlink()
        try:
            yield
        finally:
            _follow(place)


def lay_ready(head: Head | None, contents: Mapping[str, bytes]) -> None:
    """Write down keys and texts, by the names of their files, before the commit."""
    place = _place()
    for name, content in {**contents, _HEAD: json.dumps(head and head._asdict()).encode()}.items():
        with open(os.open(place / name, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    files.sync_folder(place)


def settle() -> None:
    """At a start: end what a killed restore has left, unless one is running."""
    place = _place()
    try:
        with _alone(place):
            _follow(place)
    except (BlockingIOError, FileNotFoundError):
        return


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    folder = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(folder)


def _follow(place: Path) -> None:
    """Put keys and texts in their place if the database has been brought back; in any case nothing is left lying."""
    if (place / _HEAD).exists():
        wanted = json.loads((place / _HEAD).read_bytes())
        head = Head(**wanted) if wanted else None
        try:
            committed = _newest() == head
        except SQLAlchemyError:
            return  # the database cannot be asked now: at the next start
        if committed:
            _put_in_place(place, head)
    shutil.rmtree(place)


def _newest() -> Head | None:
    db.session.remove()
    with db.engine.connect() as connection:
        return seals.newest(connection) if schema.present(connection) else None


def _put_in_place(place: Path, head: Head | None) -> None:
    texts = place.parent / FOLDER
    texts.mkdir(mode=0o755, exist_ok=True)
    for file in place.iterdir():
        if file.name != _HEAD:
            os.replace(file, (texts if file.suffix == ".md" else place.parent) / file.name)
    if head:
        witness.remember(head, anew=True)
    else:
        witness.path().unlink(missing_ok=True)
    files.sync_folder(texts)
    files.sync_folder(place.parent)
