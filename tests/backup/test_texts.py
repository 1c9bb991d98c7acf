"""The statutes' texts are part of a backup, and come back with everything else or not at all."""

import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from inspectorate.backup import unfinished
from inspectorate.extensions import db
from inspectorate.law.texts.store import FOLDER
from tests.backup.test_backup import elsewhere, on, rewritten, run, world
from tests.backup.test_killed_restore import killing, restored_in_a_child, started_again
from tests.databases import dispose
from tests.harness.world import World
from tests.law.texts.layouts import content_of, stand_in

__all__ = ["elsewhere", "run", "world"]

pytestmark = pytest.mark.one_database

NAME = "toxicdrug@1988-12-27.md"


@pytest.fixture
def texts(app: Flask, world: World) -> Path:
    """The folder of the application under test, with one text in it."""
    db.session.remove()
    folder: Path = app.config["DATA_DIR"] / FOLDER
    folder.mkdir()
    (folder / NAME).write_bytes(content_of(stand_in("toxicdrug", "1988-12-27")))
    return folder


def test_a_text_comes_back_byte_for_byte(app: Flask, elsewhere: Flask, texts: Path, tmp_path: Path) -> None:
    made = on(app, "backup", tmp_path / "backup.zip")
    assert made.exit_code == 0 and "1 texts of statutes" in made.stdout
    back = on(elsewhere, "restore", tmp_path / "backup.zip")
    assert back.exit_code == 0, back.output
    kept = elsewhere.config["DATA_DIR"] / FOLDER / NAME
    assert kept.read_bytes() == (texts / NAME).read_bytes()
    assert on(elsewhere, "law", "article", "toxicdrug", 3).stdout.endswith("第3号灯笼应当挂好。\n")


def test_a_text_altered_past_the_program_is_named(app: Flask, texts: Path, run: Any, tmp_path: Path) -> None:
    (texts / NAME).write_text("# 医疗用毒性药品管理办法\n\n第二条 挂灯。\n", "utf-8")
    refused = run("backup", tmp_path / "backup.zip")
    assert refused.exit_code == 1 and f"law text {NAME}:3: " in refused.stderr
    assert not (tmp_path / "backup.zip").exists()
    made = run("backup", "--despite-faults", tmp_path / "backup.zip")
    assert made.exit_code == 0 and f"left out: {NAME}" in made.stderr


def test_an_archive_with_a_text_that_is_none_is_not_brought_back(
    app: Flask, elsewhere: Flask, texts: Path, tmp_path: Path
) -> None:
    assert on(app, "backup", tmp_path / "backup.zip").exit_code == 0

    def swap(members: dict[str, bytes]) -> None:
        members[f"law-texts/{NAME}"] = b"another"

    result = on(elsewhere, "restore", rewritten(tmp_path / "backup.zip", tmp_path / "forged.zip", swap))
    assert result.exit_code == 1 and f"law text {NAME}: has no article" in result.stderr
    assert not (elsewhere.config["DATA_DIR"] / FOLDER).exists()


def test_a_text_that_leaves_its_folder_by_its_name_is_refused(
    app: Flask, texts: Path, run: Any, tmp_path: Path
) -> None:
    assert run("backup", tmp_path / "backup.zip").exit_code == 0
    with zipfile.ZipFile(tmp_path / "backup.zip", "a") as archive:
        archive.writestr("law-texts/../secret", b"x")
    result = run("restore", "--replace", tmp_path / "backup.zip")
    assert result.exit_code == 1 and "holds nothing of the name" in result.stderr


def test_killed_after_its_commit_the_texts_follow_at_the_next_start(
    app: Flask, elsewhere: Flask, texts: Path, tmp_path: Path
) -> None:
    assert on(app, "backup", tmp_path / "backup.zip").exit_code == 0
    _pid, status = os.waitpid(
        restored_in_a_child(elsewhere, tmp_path / "backup.zip", killing(unfinished, "_newest")), 0
    )
    kept = elsewhere.config["DATA_DIR"] / FOLDER / NAME
    assert os.WIFSIGNALED(status) and not kept.exists()
    dispose(started_again(elsewhere))
    assert kept.read_bytes() == (texts / NAME).read_bytes()
