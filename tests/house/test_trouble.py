"""What the operator of a machine can mend is told in one line with the way out, by every command and by the server."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from inspectorate import create_app
from inspectorate.config import Misconfigured, read, secret_from_file
from inspectorate.operations import trouble
from tests import databases
from tests.databases import migrate
from tests.house.source import ROOT

BIN = Path(sys.executable).parent
NO_SERVER = "postgresql://li:geheim@127.0.0.1:1/inspectorate"


def run(folder: Path, *command: str, **environment: str) -> Any:
    """A command of the environment, as somebody types it."""
    variables = {name: value for name, value in os.environ.items() if name not in {"CI", "TMPDIR"}}
    return subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        env=variables | {"DATA_DIR": str(folder), "PORT": "0"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("command", "environment", "wrong", "way_out"),
    [
        ("flask db upgrade", {"DATABASE_URL": "nonsense"}, "not the address of a database", "Write postgresql://"),
        ("flask --help", {"DATABASE_URL": "mysql://x/y"}, "not the address of a database", "sqlite:////folder/file.db"),
        ("gunicorn", {"DATABASE_URL": "nonsense"}, "not the address of a database", "Write postgresql://"),
        ("flask db upgrade", {"DATABASE_URL": NO_SERVER}, "Connection refused", "See that the server runs"),
        ("gunicorn", {"DATABASE_URL": NO_SERVER}, "Connection refused", "See that the server runs"),
        ("flask db upgrade", {"DATA_DIR": "/proc/nowhere"}, "unable to open database file", "DATA_DIR"),
        ("gunicorn", {"DATA_DIR": "/proc/nowhere"}, "the secret /proc/nowhere/secret", "SECRET_KEY"),
        ("gunicorn", {}, "no such table", "flask db upgrade"),
    ],
)  # fmt: skip
def test_it_is_told_in_one_line(
    tmp_path: Path, command: str, environment: dict[str, str], wrong: str, way_out: str
) -> None:
    done = run(tmp_path, *command.split(), **environment)
    assert done.returncode != 0 and done.stdout == ""
    assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 1
    assert wrong in done.stderr and way_out in done.stderr
    assert "geheim" not in done.stderr


@pytest.mark.parametrize("command", [["demo"], ["audit", "verify"], ["export"]], ids=" ".join)
def test_a_database_that_does_not_answer(tmp_path: Path, command: list[str]) -> None:
    app = create_app(databases.test_config(database_url_of(NO_SERVER), tmp_path))
    result = app.test_cli_runner().invoke(args=command)
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.count("\n") == 1 and "Connection refused" in result.stderr and "geheim" not in result.stderr


def database_url_of(url: str) -> str:
    return str(read({"DATABASE_URL": url})["DATABASE_URL"])


@pytest.mark.parametrize("url", ["nonsense", "mysql://u@h/x", "postgresql://u@h:port/x", "postgresql+psycopg2://u@h/x"])
def test_what_is_no_address_of_a_database_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        database_url_of(url)
    assert url not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "reason", "way_out"),
    [
        ("sqlite:////srv/a/inspectorate.db", "unable to open database file", "See that /srv/a exists"),
        ("sqlite:////srv/a/inspectorate.db", "attempt to write a readonly database", "See that /srv/a exists"),
        ("sqlite:////srv/a/inspectorate.db", "database is locked", "Another program keeps writing"),
        ("sqlite:////srv/a/inspectorate.db", "no such column: agency.court", "flask db upgrade"),
        ("postgresql+psycopg://h/x", 'relation "agency" does not exist\nLINE 1: select', "flask db upgrade"),
        ("postgresql+psycopg://h/x", 'FATAL:  database "x" does not exist', "See that the server runs"),
        ("postgresql+psycopg://h/x", "FATAL:  password authentication failed", "DATABASE_URL is right"),
    ],
)
def test_the_way_out_fits_the_reason(url: str, reason: str, way_out: str) -> None:
    told = trouble.of_database(OperationalError("select", {}, Exception(reason)), url)
    assert way_out in told and "\n" not in told


def test_a_port_that_is_taken_is_named_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        done = run(tmp_path, "gunicorn", PORT=port)
    assert done.returncode != 0 and done.stderr.count("\n") == 1
    assert f"cannot listen on 127.0.0.1:{port}: another program listens there already" in done.stderr


@pytest.mark.parametrize(("host", "port"), [("nobody.invalid", "0"), ("192.0.2.1", "0")])
def test_an_address_that_cannot_be_is_refused(host: str, port: str) -> None:
    with pytest.raises(Misconfigured, match=f"cannot listen on {host}:{port}"):
        trouble.before_serving(read({"HOST": host, "PORT": port}))


def test_a_database_of_an_older_version_is_not_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    migrate(f"sqlite:///{tmp_path / 'inspectorate.db'}", tmp_path, "0001")
    with pytest.raises(Misconfigured, match=r"at version 0001.*flask db upgrade"):
        trouble.before_serving()


def test_a_folder_of_evidence_that_cannot_be_made_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "files").write_text("in the way")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    with pytest.raises(Misconfigured, match=f"{tmp_path}/files: "):
        trouble.before_serving()


def test_the_secret_is_made_once_and_an_empty_one_never_signs_anything(tmp_path: Path) -> None:
    made = secret_from_file(tmp_path / "new")
    assert len(made) >= 48 and secret_from_file(tmp_path / "new") == made
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o777 == 0o600
    (tmp_path / "secret").touch()
    with pytest.raises(Misconfigured, match="is empty"):
        secret_from_file(tmp_path)


def test_a_file_that_cannot_be_written_is_named(session: Any, app: Any, tmp_path: Path) -> None:
    (tmp_path / "files").write_text("in the way")
    result = app.test_cli_runner().invoke(args=["demo", "--establishments", "30"])
    assert result.exit_code == 1 and result.stderr.splitlines()[-1].startswith(f"Error: {tmp_path / 'files'}")


def test_a_terminal_that_knows_no_chinese_is_given_what_it_can_show(tmp_path: Path) -> None:
    done = run(tmp_path, "flask", "law", "export", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0, done.stderr
    assert r"\u6cd5" in done.stdout
