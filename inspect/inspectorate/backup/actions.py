"""Making a backup while people work, and getting it back, whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from flask import current_app
from sqlalchemy import Connection

from .. import clock, files
from ..audit import keys, seals, witness
from ..audit.faults import Fault
from ..audit.reading import snapshot
from ..audit.rules import instant
from ..audit.stored import named_files
from ..audit.verification import Outside, verify
from ..config import read
from ..extensions import db, marked_as_writing
from ..search.entries import rebuild
from . import schema
from .archive import Manifest, Reader, Writer
from .tables import is_empty, read_tables, write_tables


class NotNow(Exception):
    """It cannot be done like this, and nothing has been changed; the message is one line and says the way out."""


class Faulty(Exception):
    """What would be kept or brought back is not as the record says; nothing has been changed."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


# ---------------------------------------------------------------- making


def back_up(target: IO[bytes], *, despite_faults: bool = False) -> Manifest:
    """Write everything as it is at one moment. Raises Faulty when a file that a row names is missing or altered.

    The rows come first: a file is stored before its row and never deleted, so every file of the snapshot is there.
    """
    with Writer(target) as writer:
        with snapshot() as connection:
            manifest = _described(connection)
            write_tables(connection, writer, manifest)
            faults = _write_files(connection, writer, manifest)
        if faults and not despite_faults:
            raise Faulty(faults)
        writer.add("keys/record-key", [keys.record_key()])
        writer.add("keys/secret", [str(current_app.secret_key).encode()])
        writer.finish(manifest)
    return manifest


def _described(connection: Connection) -> Manifest:
    revision = schema.present(connection)
    if revision != schema.newest():
        raise NotNow(
            f"the database is {f'at version {revision}' if revision else 'not set up'}, this program needs version "
            f"{schema.newest()}: run .venv/bin/flask db upgrade"
        )
    head = seals.newest(connection)
    return Manifest(
        made_at=instant(clock.now()),
        schema=revision,
        database=connection.dialect.name,
        installation=head.installation if head else None,
        seal=head.number if head else 0,
    )


def _write_files(connection: Connection, writer: Writer, manifest: Manifest) -> list[Fault]:
    faults: list[Fault] = []
    for sha256, row in named_files(connection):
        if f"files/{sha256}" in writer.parts:
            continue
        try:
            files.check(sha256)
            with files.opened(sha256) as file:
                writer.add(f"files/{sha256}", iter(partial(file.read, files.PART), b""), compress=False)
        except (files.Corrupt, OSError) as error:
            manifest.missing.append(sha256)
            faults.append(Fault("file", sha256, f"{error}; {row} names it"))
    return faults


# ---------------------------------------------------------------- getting it back


@dataclass
class _Undo:
    """What must be taken back on the disk when the restore fails."""

    files: list[str] = field(default_factory=list)
    contents: dict[Path, bytes | None] = field(default_factory=dict)

    def all(self) -> None:
        for sha256 in self.files:
            with suppress(OSError):
                files.remove(sha256)
        for path, content in self.contents.items():
            _put_back(path, content)


def restore(source: IO[bytes], *, replace: bool = False, despite_faults: bool = False) -> tuple[Manifest, list[Fault]]:
    """Bring back what an archive holds, verified before it is committed; returns the faults it was loaded despite.

    Raises BadArchive, NotNow or Faulty; then database, files and keys are as they were.
    """
    reader = Reader(source)
    manifest = reader.manifest
    if manifest.schema != schema.newest():
        raise NotNow(
            f"the archive is of version {manifest.schema} of the database, this program has {schema.newest()}: "
            "restore it with the release that made it, then upgrade"
        )
    key = _key_of(reader)
    db.session.remove()
    with marked_as_writing(), db.engine.connect() as connection, _undone_on_failure() as undo, connection.begin():
        _make_room(connection, replace=replace)
        read_tables(connection, reader)
        for _table, _number in rebuild(connection):
            pass
        _bring_files(reader, undo)
        faults = verify(connection, Outside(key, None))
        if faults and not despite_faults:
            raise Faulty(faults)
        head = seals.newest(connection)
        _bring_keys(reader, undo)
    if head:
        witness.remember(head, anew=True)
    else:
        witness.path().unlink(missing_ok=True)
    return manifest, faults


def _key_of(reader: Reader) -> bytes:
    key = reader.whole("keys/record-key")
    given = current_app.config["RECORD_KEY"]
    if given and str(given).encode() != key:
        raise NotNow("RECORD_KEY is not the key of this archive's record: leave it out, or set the one it had")
    return key


def _make_room(connection: Connection, *, replace: bool) -> None:
    there = schema.present(connection)
    if there == schema.newest() and is_empty(connection):
        return
    if there and not replace:
        raise NotNow("there are records in the database already; --replace puts those of the archive in their place")
    schema.make_anew(connection)


def _bring_files(reader: Reader, undo: _Undo) -> None:
    for name in reader.manifest.parts:
        folder, _slash, sha256 = name.partition("/")
        if folder == "files":
            if not files.has(sha256):
                undo.files.append(sha256)
            files.put(reader.whole(name))


def _bring_keys(reader: Reader, undo: _Undo) -> None:
    """Each into its generated file, unless the environment gives it."""
    folder = current_app.config["DATA_DIR"]
    if not current_app.config["RECORD_KEY"]:
        _write(folder / keys.NAME, reader.whole("keys/record-key"), undo)
    if not read()["SECRET_KEY"]:
        _write(folder / "secret", reader.whole("keys/secret"), undo)


def _write(path: Path, content: bytes, undo: _Undo) -> None:
    before = path.read_bytes() if path.exists() else None
    if before is not None and before.strip() == content:
        return
    undo.contents[path] = before
    _put_back(path, content)


def _put_back(path: Path, content: bytes | None) -> None:
    """The content under that name, readable by its owner alone, or no such file."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, fresh = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, path)


@contextmanager
def _undone_on_failure() -> Iterator[_Undo]:
    undo = _Undo()
    try:
        yield undo
    except BaseException:
        undo.all()
        raise
