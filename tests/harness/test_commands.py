"""Every command with whatever can stand on a line: a code, a line that says why, nothing changed, never a traceback."""

import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask

from inspectorate.audit.verification import verify
from inspectorate.audit.verification.rows import recorded_tables
from inspectorate.extensions import db
from tests.harness.bounded import MEMORY
from tests.harness.fuzzer import Writes, in_time
from tests.harness.scale import count
from tests.harness.world import build
from tests.house.source import ROOT

LONGEST = 60.0
"""Seconds: some commands read the whole database, and the machine may be busy."""

TEXTS = ["", " ", "x" * 5_000, "\x1b[31m", "a\nb", "\0", "\udcff\udcfe", "\ud800", "\u202e\u200b", "\ufffe", "-", "--",
         "长" * 300, "'; --", "{0}%s", "9" * 400, "-1", "1e999999", "NaN", "2026-02-30", "0000-00-00", "农历六月",
         "../../etc/passwd", "330106", "medical_cosmetology_2021", "unknown", "=", "a=b"]  # fmt: skip
GOOD = {"region": "330106", "form_id": "medical_cosmetology_2021", "kind": "json", "case": "杭西卫医立〔2026〕1号",
        "code": "MC-001", "format": "pdf", "agency_key": "A1", "roles": "inspector", "name": "zhang"}  # fmt: skip
"""What lets a command go further, by the name of its argument."""

LEFT_OUT = {"run", "shell", "routes", "db", "translate", "demo", "restore", "rights"}
"""Flask's own and those that make or replace a whole database: their arguments are tried by hand below."""


@pytest.fixture
def writes(session: Any, app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Writes]:
    build(monkeypatch)
    monkeypatch.chdir(tmp_path)
    db.session.remove()
    with Writes() as writes, little_memory():
        yield writes


@contextmanager
def little_memory() -> Iterator[None]:
    """What reads a file without an end fails, before the machine does."""
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (now + MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if not words and name in LEFT_OUT:
            continue
        if isinstance(command, click.Group):
            yield from commands(command, (*words, name))
        else:
            yield (*words, name), command


def places(tmp_path: Path) -> list[str]:
    """Names of files that are not what a command hopes for."""
    folder, locked, image = tmp_path / "folder", tmp_path / "locked", tmp_path / "image"
    folder.mkdir(exist_ok=True)
    (tmp_path / "good").write_text("{}")
    locked.unlink(missing_ok=True)
    locked.write_text("{")
    locked.chmod(0)
    image.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 1000)
    return ["", "/no/such/place", str(folder), str(locked), str(image), "/dev/null", "/dev/full", "/dev/zero",
            "x" * 300, "\udcff", "\x1b[31m"]  # fmt: skip


def lines(command: click.Command, tmp_path: Path) -> Iterator[list[str]]:
    """Lines in which one argument holds something odd and the others what lets the command go on."""
    for odd in command.params:
        values = places(tmp_path) if isinstance(odd.type, click.Path) else TEXTS
        for value in values[:: count(5, 1)]:
            line: list[str] = []
            for parameter in command.params:
                line += _written(parameter, value if parameter is odd else _good(parameter, tmp_path))
            yield line
    yield ["--no-such-option"]
    yield [word for parameter in command.params for word in _written(parameter, _good(parameter, tmp_path))] + ["more"]


def _good(parameter: click.Parameter, tmp_path: Path) -> str | None:
    if isinstance(parameter.type, click.Choice) and parameter.required:
        return str(GOOD.get(parameter.name or "", parameter.type.choices[0]))
    if isinstance(parameter.type, click.Path):
        return str(tmp_path / "good")
    return GOOD.get(parameter.name or "", "1") if parameter.required else None


def _written(parameter: click.Parameter, value: str | None) -> list[str]:
    if value is None:
        return []
    if isinstance(parameter, click.Option):
        return [parameter.opts[0]] if parameter.is_flag else [f"{parameter.opts[-1]}={value}"]
    return [value]


@pytest.mark.one_database
def test_every_command_answers_with_a_code_and_a_line(
    app: Flask, writes: Writes, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    runner, wrong, tried = app.test_cli_runner(), [], 0
    recorded = {table.name for table in recorded_tables()}
    for words, command in commands(app.cli):
        for line in lines(command, tmp_path):
            tried += 1
            writes.take()
            with in_time(LONGEST):
                result = runner.invoke(args=[*words, *line])
            seen = (*words, *(word[:40] for word in line))
            if result.exception is not None and not isinstance(result.exception, SystemExit):
                wrong.append((seen, repr(result.exception)[:200]))
            elif result.exit_code not in (0, 1, 2):
                wrong.append((seen, result.exit_code))
            elif result.exit_code and not result.stderr.strip() and words != ("audit", "verify"):
                wrong.append((seen, "says nothing"))
            if result.exit_code and any(tables & recorded for tables in writes.take()):
                wrong.append((seen, "changed something"))
    assert not wrong, "\n".join(map(repr, wrong[:40]))
    assert verify() == []
    record_property("found", f"{tried:,} lines on {len(list(commands(app.cli)))} commands")


@pytest.mark.parametrize("device", ["/dev/null", "/dev/full"])
def test_a_device_is_written_to_and_stays_one(app: Flask, writes: Writes, device: str) -> None:
    result = app.test_cli_runner().invoke(args=["export", "-o", device])
    assert stat.S_ISCHR(os.stat(device).st_mode)
    assert result.exit_code == (1 if device == "/dev/full" else 0)
    assert ("No space left" in result.stderr) is (device == "/dev/full")


def test_a_link_is_followed_and_stays_one(app: Flask, writes: Writes, tmp_path: Path) -> None:
    (tmp_path / "real").write_text("before")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert app.test_cli_runner().invoke(args=["law", "export", "-o", str(tmp_path / "link")]).exit_code == 0
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text().startswith("{")


REAL = [
    (["law", "export"], "/dev/full", 1, "No space left"),
    (["campaign", "load-form", b"/no/\xff\xfe"], None, 2, "does not exist"),
    (["law", "range", b"\xff\xfe\x1b[31m"], None, 2, "control characters"),
    (["law", "range", "MC-001", "--on", "0000-00-00"], None, 2, "--on"),
    (["demo", "--establishments", "9" * 40], None, 2, "--establishments"),
    (["db", "upgrade", "no-such-version"], None, 1, "no-such-version"),
    (["no-such-command"], None, 2, "no-such-command"),
]


@pytest.mark.parametrize(
    ("arguments", "output", "code", "words"), REAL[: count(3, 9)], ids=lambda value: str(value)[:40]
)
def test_a_real_terminal_gets_one_clear_line(
    tmp_path: Path, arguments: list[Any], output: str | None, code: int, words: str
) -> None:
    """In a process of its own, with the octets that a shell hands over."""
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 64, "LANG": "C", "PYTHONUTF8": "0"}
    environment.pop("DATABASE_URL", None)
    with open(output or os.devnull, "wb") as target:
        done = subprocess.run(
            [sys.executable, "-m", "flask", *arguments],
            cwd=ROOT, env=environment, stdout=target, stderr=subprocess.PIPE, timeout=120, check=False,
        )  # fmt: skip
    told = done.stderr.decode(errors="backslashreplace")
    assert done.returncode == code, told[-500:]
    assert words in told and "Traceback" not in told and "Exception ignored" not in told
