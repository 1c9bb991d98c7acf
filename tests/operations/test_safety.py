"""Serving is refused where it would be unsafe, in one line with the way out; commands run all the same."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from inspectorate.accounts.passwords import hash_password
from inspectorate.accounts.permissions import Role
from inspectorate.config import Misconfigured, read
from inspectorate.demo.sign_ins import PASSWORD
from inspectorate.operations import trouble
from inspectorate.operations.safety import is_local, is_open
from tests import factories
from tests.client import save
from tests.databases import migrate
from tests.house.source import ROOT
from tests.operations.test_config import SECRET

Refused = Callable[..., str]


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database."""
    path = tmp_path_factory.mktemp("safe") / "inspectorate.db"
    migrate(f"sqlite:///{path}", path.parent)
    return path


@pytest.fixture
def folder(migrated: Path, tmp_path: Path) -> Path:
    """A data folder that nobody else may look into."""
    tmp_path.chmod(0o700)
    (tmp_path / "inspectorate.db").write_bytes(migrated.read_bytes())
    return tmp_path


@pytest.fixture
def refused(folder: Path) -> Refused:
    """What is said of an environment, empty where serving may begin."""

    def refused(**environment: str) -> str:
        try:
            trouble.before_serving(read({"DATA_DIR": str(folder), "PORT": "0", **environment}))
        except Misconfigured as error:
            return str(error)
        return ""

    return refused


TLS = {"BEHIND_TLS": "1", "TRUSTED_HOSTS": "inspect.example.gov.cn"}

SSO = {"OIDC_ISSUER": "https://id.example", "OIDC_CLIENT_ID": "inspectorate", "OIDC_CLIENT_SECRET": SECRET}


@pytest.mark.parametrize(
    "environment",
    [
        {},
        SSO,
        {**SSO, "PASSWORD_SIGN_IN": "0"},
        {"SECRET_KEY": SECRET},
        TLS,
        {**TLS, "HOST": "0.0.0.0"},
        {"HOST": "0.0.0.0", "ALLOW_PLAIN_HTTP": "1"},
        {"HOST": "localhost"},
        {"HOST": "::1"},
    ],
    ids=str,
)
def test_what_is_safe_is_served(refused: Refused, environment: dict[str, str]) -> None:
    assert refused(**environment) == ""


@pytest.mark.parametrize(
    ("environment", "wrong", "way_out"),
    [
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY: too easily guessed", "openssl rand"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY: too easily guessed", "Left out, a good one is made"),
        ({"METRICS_TOKEN": "prometheus"}, "METRICS_TOKEN: too easily guessed", "openssl rand"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG is on", "FLASK_DEBUG=0"),
        ({"HOST": "0.0.0.0"}, "plain HTTP", "BEHIND_TLS=1"),
        ({"HOST": "::"}, "plain HTTP", "ALLOW_PLAIN_HTTP=1"),
        ({"TRUSTED_PROXIES": "1"}, "others come over plain HTTP", "BEHIND_TLS=1"),
        ({"RECORD_KEY": "short"}, "RECORD_KEY: too easily guessed", "openssl rand"),
        ({"PASSWORD_SIGN_IN": "0"}, "nobody could sign in", "Set both, or neither"),
        ({**SSO, "OIDC_ISSUER": "http://id.example"}, "OIDC_ISSUER is no address with https://", "the whole address"),
        ({**SSO, "OIDC_CLIENT_SECRET": ""}, "OIDC_ISSUER without OIDC_CLIENT_SECRET", "Register this site"),
        ({**TLS, "TRUSTED_PROXIES": "0"}, "BEHIND_TLS without a trusted proxy", "Leave TRUSTED_PROXIES out"),
    ],
    ids=str,
)
def test_what_is_unsafe_is_refused_in_one_line(
    refused: Refused, environment: dict[str, str], wrong: str, way_out: str
) -> None:
    told = refused(**environment)
    assert wrong in told and way_out in told and "\n" not in told
    assert all(value not in told for name, value in environment.items() if name in ("SECRET_KEY", "METRICS_TOKEN"))


def test_every_danger_is_told_at_once(refused: Refused) -> None:
    told = refused(SECRET_KEY="x", FLASK_DEBUG="1", HOST="0.0.0.0").splitlines()
    assert [line.split()[0] for line in told] == ["SECRET_KEY:", "FLASK_DEBUG", "HOST=0.0.0.0"]


@pytest.mark.parametrize("name", ["secret", "record-key"])
def test_a_secret_that_others_can_read_is_refused(refused: Refused, folder: Path, name: str) -> None:
    (folder / name).write_text(SECRET)
    (folder / name).chmod(0o600)
    assert refused() == ""
    (folder / name).chmod(0o640)
    assert re.fullmatch(rf"the secret .*/{name} can be read by others .* Run chmod 600 .*/{name}", refused())


@pytest.mark.parametrize("name", ["inspectorate.db", "files"])
def test_what_everybody_may_change_is_refused_and_what_everybody_may_read_where_others_are_served(
    refused: Refused, folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refused() == ""
    # The folders above those of a test are closed to others: the right alone is looked at here.
    monkeypatch.setattr("inspectorate.operations.safety.is_open", lambda path, bit: bool(path.stat().st_mode & bit))
    (folder / "files").chmod(0o750)
    (folder / "inspectorate.db").chmod(0o640)
    path = folder / name
    path.chmod(0o777)
    assert f"everybody on this machine may change {path}. Run chmod -R o-w" in refused()
    path.chmod(0o755)
    assert refused() == ""
    assert f"everybody on this machine may read {path}. Run chmod -R o-rwx" in refused(**TLS)
    path.chmod(0o750)
    assert refused(**TLS) == ""


def test_a_closed_folder_above_protects_what_lies_in_it(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    inner.chmod(0o777)
    (tmp_path / "a").chmod(0o700)
    assert not is_open(inner, 0o002)
    assert is_open(Path("/tmp"), 0o002)


def test_a_database_of_a_newer_program_is_not_served(refused: Refused, folder: Path) -> None:
    engine = create_engine(f"sqlite:///{folder / 'inspectorate.db'}")
    with engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    engine.dispose()
    assert re.search(r"at version 9999, newer than this program.*restore the backup", refused())


def served(app: Any, **environment: str) -> str:
    """What is said of an environment on the database of the test."""
    save()
    url, folder = app.config["SQLALCHEMY_DATABASE_URI"], app.config["DATA_DIR"]
    try:
        trouble.before_serving(read({"DATA_DIR": str(folder), "DATABASE_URL": url, "PORT": "0", **environment}))
    except Misconfigured as error:
        return str(error)
    return ""


def test_demo_sign_ins_are_not_served_to_others(app: Any, session: Any) -> None:
    user = factories.user(Role.INSPECTOR, name="inspector", password_hash=hash_password(PASSWORD))
    assert served(app) == ""
    assert re.search(r"demo sign-ins inspector … \(1\).*ALLOW_DEMO_SIGN_INS=1", served(app, **TLS))
    assert served(app, **TLS, ALLOW_DEMO_SIGN_INS="1") == ""
    user.active = False
    assert served(app, **TLS) == ""


def test_what_is_better_done_otherwise_is_told_and_served(refused: Refused, folder: Path) -> None:
    def advice(**environment: str) -> list[str]:
        return trouble.before_serving(read({"DATA_DIR": str(folder), "PORT": "0", **environment}))

    assert advice() == []
    assert [line.split()[0] for line in advice(BEHIND_TLS="1")] == ["TRUSTED_HOSTS", "administrators"]
    assert advice(**TLS, SECOND_FACTOR_ROLES="administrator") == []


def test_a_demo_name_with_a_password_of_its_own_is_served(app: Any, session: Any) -> None:
    factories.user(Role.INSPECTOR, name="inspector", password_hash=hash_password("another one, and long"))
    factories.user(Role.INSPECTOR, name="li.ming", password_hash=hash_password(PASSWORD))
    assert served(app, **TLS) == ""


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("unix:/run/x", True),
     ("0.0.0.0", False), ("::", False), ("10.0.0.1", False), ("inspect.example.gov.cn", False)],
)  # fmt: skip
def test_what_reaches_others_is_known(host: str, local: bool) -> None:
    assert is_local(host) is local


def test_the_server_ends_and_commands_do_not(folder: Path) -> None:
    unsafe = os.environ | {"DATA_DIR": str(folder), "PORT": "0", "SECRET_KEY": "changeme", "HOST": "0.0.0.0"}
    run = {"cwd": ROOT, "env": unsafe, "capture_output": True, "text": True, "timeout": 60, "check": False}
    bin_folder = Path(sys.executable).parent
    server: Any = subprocess.run([bin_folder / "gunicorn"], **run)
    assert server.returncode == 1 and server.stdout == ""
    assert [line.split(":")[0] for line in server.stderr.splitlines()] == ["Error", "Error"]
    command: Any = subprocess.run([bin_folder / "flask", "config", "--check"], **run)
    assert command.returncode == 1 and command.stderr == server.stderr and "PORT" in command.stdout
    law = ["law", "range", "MC-001", "--subject", "org", "--illegal-income", "36800", "--on", "2026-03-01"]
    assert subprocess.run([bin_folder / "flask", *law], **run).returncode == 0


def test_the_server_says_nonsense_in_one_line(folder: Path) -> None:
    nonsense = os.environ | {"DATA_DIR": str(folder), "LOG_LEVEL": "loud"}
    run = {"cwd": ROOT, "env": nonsense, "capture_output": True, "text": True, "timeout": 60, "check": False}
    done: Any = subprocess.run([Path(sys.executable).parent / "gunicorn"], **run)
    assert done.returncode == 1
    assert done.stderr == "Error: LOG_LEVEL='loud': write debug, info, warning or error\n"


def test_what_is_made_at_the_first_start_belongs_to_its_owner_alone(refused: Refused, tmp_path: Path) -> None:
    place = tmp_path / "made"
    refused(DATA_DIR=str(place))
    open_to_others = {path.name for path in (place, place / "secret", place / "files") if path.stat().st_mode & 0o077}
    assert not open_to_others
