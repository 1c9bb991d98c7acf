"""The file store: files known by their SHA-256, written whole or not at all, checked on every reading."""

import hashlib
import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import fsspec
from flask import current_app
from fsspec.implementations.local import LocalFileSystem

from . import clock

log = logging.getLogger(__name__)

ARRIVING = "arriving"
"""Folder of the store in which files are written before they get their name; nothing in it is a file of the store."""

PART = 1024 * 1024
"""Bytes read at a time where files pass through."""

LEFT_BEHIND = 24 * 3600
"""Seconds after which nobody writes a file any more: no request lives that long."""

_swept: set[Path] = set()
"""Folders swept by this process: once is enough, whoever is killed is followed by a new process."""


class Corrupt(RuntimeError):
    """A stored file is missing or no longer has the content that its name promises."""


def _store() -> tuple[Any, str]:
    filesystem, root = fsspec.core.url_to_fs(current_app.config["FILES_URL"])
    return filesystem, root.rstrip("/")


def _path(root: str, sha256: str) -> str:
    return f"{root}/{sha256[:2]}/{sha256}"


def put(content: bytes) -> str:
    """Store a file and return its SHA-256; when it returns, the file outlasts a crash of the machine.

    An equal file is stored once. A crash leaves nothing half-written under a file's name. Raises OSError.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    filesystem, root = _store()
    path = _path(root, sha256)
    if not isinstance(filesystem, LocalFileSystem):
        if not filesystem.exists(path):
            filesystem.pipe_file(path, content)
    elif not _is_there(path, sha256):
        _write_durably(Path(root), Path(path), content)
    return sha256


def _is_there(path: str, sha256: str) -> bool:
    """Whether a file is stored whole. Whoever sends one that was altered meanwhile brings it back."""
    try:
        with open(path, "rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return False
    if found != sha256:
        log.error(
            "the file %s had been altered in the store (SHA-256 %s); it came again and is replaced", sha256, found
        )
    return found == sha256


def _write_durably(root: Path, path: Path, content: bytes) -> None:
    """The content first, then its name, then the folder that holds the name, each on the disk before the next."""
    arriving = root / ARRIVING
    for folder in (root, arriving, path.parent):
        _make_folder(folder)
    _sweep(arriving)
    temporary = arriving / uuid.uuid4().hex
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _make_folder(folder: Path) -> None:
    """Make a folder whose own name outlasts a crash too."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder would outlast a crash."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(arriving: Path) -> None:
    """Remove what processes that were killed left half-written, once no request can still be writing it."""
    if arriving in _swept:
        return
    _swept.add(arriving)
    for leftover in arriving.iterdir():
        with suppress(FileNotFoundError):
            if clock.now().timestamp() - leftover.stat().st_mtime > LEFT_BEHIND:
                leftover.unlink()


def get(sha256: str) -> bytes:
    """The content of a stored file. Raises Corrupt when it is missing or altered."""
    filesystem, root = _store()
    try:
        content: bytes = filesystem.cat_file(_path(root, sha256))
    except FileNotFoundError as error:
        raise Corrupt(f"the file {sha256} is missing from the store") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Corrupt(f"the file {sha256} has been altered in the store")
    return content


@contextmanager
def opened(sha256: str) -> Iterator[IO[bytes]]:
    """A stored file for reading bit by bit; whoever reads it checks the content. Raises Corrupt when it is missing."""
    filesystem, root = _store()
    try:
        file = filesystem.open(_path(root, sha256), "rb")
    except FileNotFoundError as error:
        raise Corrupt(f"the file {sha256} is missing from the store") from error
    with file:
        yield file


def check(sha256: str) -> None:
    """Read a stored file through without keeping it. Raises Corrupt when it is missing or altered."""
    with opened(sha256) as file:
        digest = hashlib.sha256()
        while part := file.read(PART):
            digest.update(part)
    if digest.hexdigest() != sha256:
        raise Corrupt(f"the file {sha256} has been altered in the store")


def stored() -> Iterator[str]:
    """The names of all files of the store, whether a row names them or not."""
    filesystem, root = _store()
    if filesystem.isdir(root):
        for folder, _folders, names in filesystem.walk(root):
            if folder.rpartition("/")[2] != ARRIVING:
                yield from names


def remove(sha256: str) -> None:
    """Take back what this process has just put, before any row names it."""
    filesystem, root = _store()
    filesystem.rm_file(_path(root, sha256))


def has(sha256: str) -> bool:
    """Whether a file of that name is stored, whatever its content."""
    filesystem, root = _store()
    return bool(filesystem.exists(_path(root, sha256)))
