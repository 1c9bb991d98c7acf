"""The two commands and what the READMEs tell people to type."""

import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click import Command, Context, Group

from tests.house.source import ROOT, relative

if TYPE_CHECKING:
    from flask import Flask

SCRIPTS = sorted(path for path in [*(ROOT / "script").iterdir(), ROOT / ".ci" / "run"] if path.is_file())
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]
FLASK = re.compile(r"`[^`]*?(?:\.venv/bin/|… )flask ([a-z][a-z-]*(?: [a-z][a-z-]*)?)")


@pytest.mark.parametrize("path", SCRIPTS, ids=relative)
def test_every_script_is_well_formed_and_executable(path: Path) -> None:
    if path.read_text().startswith("#!/usr/bin/env bash"):
        assert os.access(path, os.X_OK)
    if path.suffix in ("", ".sh") and "python" not in path.read_text().splitlines()[0]:
        subprocess.run(["bash", "-n", path], check=True)


def test_ci_runs_the_very_command_that_a_person_runs() -> None:
    assert re.search(r"^exec script/test", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)


def commands_in(readme: Path) -> set[tuple[str, ...]]:
    """First words of every ``flask`` command that a README tells people to type."""
    return {tuple(match.split()) for match in FLASK.findall(readme.read_text())}


@pytest.mark.parametrize("readme", READMES, ids=relative)
def test_the_commands_of_the_readmes_exist(app: "Flask", readme: Path) -> None:
    assert commands_in(readme)
    missing = []
    for words in commands_in(readme):
        command: Command | None = app.cli
        for word in words:
            if not isinstance(command, Group):
                break
            command = command.get_command(Context(command), word)
        if command is None:
            missing.append(" ".join(words))
    assert not missing


def test_both_readmes_tell_the_same() -> None:
    assert commands_in(READMES[0]) == commands_in(READMES[1])


@pytest.mark.parametrize(
    "arguments",
    [
        ["export"],
        ["audit", "verify"],
        ["user", "add", "zhang", "--role", "inspector", "--agency", "A1"],
        ["campaign", "summary", "medical_cosmetology_2021", "--region", "330000", "--format", "json"],
        ["demo"],
    ],
    ids=" ".join,
)
def test_a_database_that_is_not_set_up_is_told_in_one_line(app: "Flask", tmp_path: Path, arguments: list[str]) -> None:
    from inspectorate import create_app
    from tests.databases import test_config

    fresh = create_app(test_config(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path))
    result = fresh.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 1 and result.stdout == ""
    assert re.fullmatch(r"Error: the database sqlite:\S+ cannot be used: .*flask db upgrade\.\n", result.stderr)


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_sign_in_has_a_name(session: Any, app: "Flask", name: str) -> None:
    from tests import factories
    from tests.client import save

    factories.agency(key="A1")
    save()
    arguments = ["user", "add", name, "--role", "inspector", "--agency", "A1"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 1 and result.stderr.count("\n") == 1


@pytest.mark.parametrize("source", ["", "x" * 61])
def test_a_source_has_a_name_that_can_be_kept(app: "Flask", source: str) -> None:
    assert app.test_cli_runner().invoke(args=["import", "README.md", "--source", source]).exit_code == 2
