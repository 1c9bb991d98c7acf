"""The file store: whole or not at all, whatever interrupts the writing."""

import os
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from inspectorate import files

CONTENT = b"a photograph"


@pytest.fixture
def store(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(files, "_swept", set())
    return Path(app.config["DATA_DIR"]) / "files"


@pytest.fixture(autouse=True)
def context(app: Flask) -> Any:
    with app.app_context():
        yield


def everything(store: Path) -> list[str]:
    return sorted(str(path.relative_to(store)) for path in store.rglob("*") if path.is_file())


def test_a_file_is_stored_once_under_its_sha256_and_nothing_else_is_left(store: Path) -> None:
    sha256 = files.put(CONTENT)
    assert files.put(CONTENT) == sha256
    assert everything(store) == [f"{sha256[:2]}/{sha256}"]
    assert files.get(sha256) == CONTENT


def test_content_name_and_folders_are_on_the_disk_before_the_file_is_acknowledged(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).relative_to(store.parent).as_posix())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    sha256 = files.put(CONTENT)
    written = next(one for one in synced if "/arriving/" in one)
    # The folders above have their names, the content is there, and only then the file's own name is.
    assert [one for one in synced if one != written] == [".", "files", "files", f"files/{sha256[:2]}"]
    assert synced.index(written) == len(synced) - 2


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_whatever_fails_while_a_file_is_written_leaves_nothing_behind(
    store: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    files.put(b"another, so that the folders are there")
    before = everything(store)

    def fail(*_: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), fail)
    with pytest.raises(OSError, match="the disk is full"):
        files.put(CONTENT)
    assert everything(store) == before


def test_what_a_killed_process_left_is_swept_after_a_day_and_not_before(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arriving = store / files.ARRIVING
    arriving.mkdir(parents=True)
    old, fresh = arriving / "old", arriving / "fresh"
    for path in (old, fresh):
        path.write_bytes(b"half a photo")
    os.utime(old, (0, 0))
    files.put(CONTENT)
    assert not old.exists() and fresh.exists()


def test_an_altered_file_is_told_on_reading_and_comes_back_when_it_is_sent_again(store: Path) -> None:
    sha256 = files.put(CONTENT)
    path = store / sha256[:2] / sha256
    path.write_bytes(b"something else")
    with pytest.raises(files.Corrupt, match="altered"):
        files.get(sha256)
    files.put(CONTENT)
    assert files.get(sha256) == CONTENT
    path.unlink()
    with pytest.raises(files.Corrupt, match="missing"):
        files.get(sha256)
