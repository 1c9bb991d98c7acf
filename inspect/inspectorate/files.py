"""The file store: files known by their SHA-256, written whole or not at all, checked on every reading."""

import hashlib
import os
import uuid
from typing import Any

import fsspec
from flask import current_app
from fsspec.implementations.local import LocalFileSystem


class Corrupt(RuntimeError):
    """A stored file is missing or no longer has the content that its name promises."""


def _store() -> tuple[Any, str]:
    filesystem, root = fsspec.core.url_to_fs(current_app.config["FILES_URL"])
    return filesystem, root.rstrip("/")


def _path(root: str, sha256: str) -> str:
    return f"{root}/{sha256[:2]}/{sha256}"


def put(content: bytes) -> str:
    """Store a file and return its SHA-256. An equal file is stored once; a crash leaves nothing half-written."""
    sha256 = hashlib.sha256(content).hexdigest()
    filesystem, root = _store()
    path = _path(root, sha256)
    if filesystem.exists(path):
        return sha256
    if not isinstance(filesystem, LocalFileSystem):
        filesystem.pipe_file(path, content)
        return sha256
    os.makedirs(os.path.dirname(path), exist_ok=True)
    temporary = f"{path}.{uuid.uuid4().hex}"
    with open(temporary, "xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return sha256


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
