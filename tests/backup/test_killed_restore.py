"""A restore that is killed leaves what was there, or all of the archive; keys and files belong to it."""

import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from inspectorate import create_app
from inspectorate.audit import witness
from inspectorate.backup import RESTORING, actions, unfinished
from inspectorate.extensions import db
from tests.backup.test_backup import elsewhere, exported, on, work_goes_on, world
from tests.databases import dispose
from tests.harness.scale import count
from tests.harness.world import World

__all__ = ["elsewhere", "world"]

KILLS = count(2, 40)
KEYS = ("record-key", "secret")

State = tuple[bytes, list[str]]


@pytest.fixture
def archive(app: Flask, world: World, tmp_path: Path) -> Path:
    db.session.remove()
    assert on(app, "backup", tmp_path / "backup.zip").exit_code == 0
    return tmp_path / "backup.zip"


@pytest.fixture
def target(elsewhere: Flask, tmp_path: Path) -> Flask:
    """Another installation, with a record and keys of its own."""
    work_goes_on(elsewhere, tmp_path)
    return elsewhere


def restored_in_a_child(target: Flask, archive: Path, die: Callable[[], None] = lambda: None) -> int:
    """The process that restores; ``die`` prepares its end."""
    dispose(target)
    child = os.fork()
    if child == 0:
        code = 70
        try:
            die()
            code = on(target, "restore", "--replace", archive).exit_code
        finally:
            os._exit(code)
    return child


def started_again(target: Flask) -> Flask:
    """What the next start finds."""
    names = ("SQLALCHEMY_DATABASE_URI", "DATA_DIR", "FILES_URL", "TESTING")
    return create_app({name: target.config[name] for name in names} | {"SECRET_KEY": None})


def state_of(target: Flask, path: Path) -> State:
    """What it holds, and its keys; its record verifies with them, and nothing is left lying."""
    again = started_again(target)
    try:
        verified = on(again, "audit", "verify")
        assert verified.exit_code == 0, verified.output
        folder = again.config["DATA_DIR"]
        assert not (folder / RESTORING).exists()
        return exported(again, path), [(folder / name).read_text() for name in KEYS]
    finally:
        dispose(again)


def killing(target: object, name: str) -> Callable[[], None]:
    """Prepares a death right after, or instead of, a function that the restore calls."""
    before: Any = getattr(target, name)

    def dies(*arguments: Any, **options: Any) -> Any:
        if name != "remember":
            before(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    return lambda: setattr(target, name, dies)


@pytest.mark.parametrize(
    ("where", "name", "brought"),
    [(actions, "lay_ready", False), (unfinished, "_newest", True), (witness, "remember", True)],
    ids=["before its commit", "after its commit", "with its keys in their place"],
)
def test_killed_beside_its_commit_it_is_ended_or_forgotten_at_the_next_start(
    app: Flask, archive: Path, target: Flask, tmp_path: Path, where: object, name: str, brought: bool
) -> None:
    old = state_of(target, tmp_path / "old.jsonl")
    _pid, status = os.waitpid(restored_in_a_child(target, archive, killing(where, name)), 0)
    assert os.WIFSIGNALED(status)
    contents, keys = state_of(target, tmp_path / "after.jsonl")
    if brought:
        assert contents == exported(app, tmp_path / "whole.jsonl")
        assert keys == [(app.config["DATA_DIR"] / "record-key").read_text(), app.secret_key]
    else:
        assert (contents, keys) == old


def test_killed_at_any_moment_it_leaves_the_old_or_the_whole(
    app: Flask, archive: Path, target: Flask, tmp_path: Path, record_property: Callable[[str, str], None]
) -> None:
    old = state_of(target, tmp_path / "old.jsonl")
    whole = exported(app, tmp_path / "whole.jsonl")
    chance, longest, ended = random.Random(4), 0.5, 0
    for _ in range(KILLS):
        child = restored_in_a_child(target, archive)
        time.sleep(chance.uniform(0.3, 1) * longest)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        after = state_of(target, tmp_path / "after.jsonl")
        if after == old:
            longest *= 1.2
            continue
        assert after[0] == whole
        ended, longest = ended + 1, longest * 0.8  # towards the commit, where it matters most
        work_goes_on(target, tmp_path)
        old = state_of(target, tmp_path / "old.jsonl")
    assert os.waitpid(restored_in_a_child(target, archive), 0)[1] == 0
    assert state_of(target, tmp_path / "after.jsonl")[0] == whole
    record_property("found", f"{KILLS} restores killed: {KILLS - ended} left the old, {ended} the whole")
