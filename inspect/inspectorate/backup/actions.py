"""Making a backup while people work, and getting it back, whole or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import IO

from flask import current_app
from sqlalchemy import Connection

from .. import clock, files
from ..accounts.actor import SYSTEM
from ..audit import keys, seals
from ..audit.access import INSTALLATION
from ..audit.actions import record_under
from ..audit.rules import instant
from ..audit.verification import Outside, verify
from ..audit.verification.faults import Fault
from ..audit.verification.files import named_files
from ..audit.verification.reading import snapshot
from ..audit.witness import Head
from ..config import read
from ..extensions import db, let_planner_see, marked_as_writing
from ..search.entries import rebuild
from . import schema
from .archive import Manifest, Reader, Writer
from .tables import is_empty, read_tables, write_tables
from .texts import read_texts, write_texts
from .unfinished import lay_ready, restoring


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
            faults = [*_write_files(connection, writer, manifest), *write_texts(writer, manifest)]
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
    try:
        with restoring(), marked_as_writing(), db.engine.connect() as connection, _new_files() as new:
            return manifest, _bring_back(connection, reader, key, new, replace=replace, despite_faults=despite_faults)
    except BlockingIOError:
        raise NotNow("another restore is running") from None


def _bring_back(
    connection: Connection, reader: Reader, key: bytes, new: list[str], *, replace: bool, despite_faults: bool
) -> list[Fault]:
    with connection.begin():
        _make_room(connection, replace=replace)
        read_tables(connection, reader)
        for _table, _number in rebuild(connection):
            pass
        let_planner_see(connection)
        _bring_files(reader, new)
        texts, faulty = read_texts(reader)
        faults = [*verify(connection, Outside(key, None)), *faulty]
        if faults and not despite_faults:
            raise Faulty(faults)
        told = _told(reader, seals.newest(connection), faults)
        record_under(key, connection, INSTALLATION, "backup:archive:restore", SYSTEM, reason=told)
        lay_ready(seals.newest(connection), {**_keys(reader), **texts})
    return faults


def _told(reader: Reader, head: Head | None, faults: list[Fault]) -> str:
    """What the record says of the archive that it was brought back from, in Chinese like all of it."""
    made = clock.local(datetime.fromisoformat(reader.manifest.made_at))
    parts = [
        f"备份制作于{made:%Y-%m-%d %H:%M:%S}",
        f"操作记录至第{head.number}号封签（{head.hash}）" if head else "备份中没有操作记录",
        f"备份清单SHA-256 {reader.sha256}",
        f"校验发现{len(faults)}处不符，仍予恢复" if faults else "校验通过",
    ]
    return "；".join(parts)


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


def _bring_files(reader: Reader, new: list[str]) -> None:
    for name in reader.manifest.parts:
        folder, _slash, sha256 = name.partition("/")
        if folder == "files":
            if not files.has(sha256):
                new.append(sha256)
            files.put(reader.whole(name))


def _keys(reader: Reader) -> dict[str, bytes]:
    """Each by the name of its generated file, unless the environment gives it."""
    found = {}
    if not current_app.config["RECORD_KEY"]:
        found[keys.NAME] = reader.whole("keys/record-key")
    if not read()["SECRET_KEY"]:
        found["secret"] = reader.whole("keys/secret")
    return found


@contextmanager
def _new_files() -> Iterator[list[str]]:
    """The files that the restore brings: taken away again when it fails, harmless when it is killed."""
    new: list[str] = []
    try:
        yield new
    except BaseException:
        for sha256 in new:
            with suppress(OSError):
                files.remove(sha256)
        raise
