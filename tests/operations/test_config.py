"""One table of settings: read, refused when nonsense, shown by a command, and told in the documentation."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from inspectorate.config import SETTINGS, Misconfigured, read
from inspectorate.operations.table import END, START, table
from inspectorate.version import VERSION
from tests.house.source import PACKAGE, ROOT, package_files, relative

OPERATIONS = ROOT / "docs" / "operations.md"
SECRET = "kZ3-mQ9_xW7.rT5,yU1;oP8:aS2+dF4=gH6"


def test_an_empty_environment_gives_every_setting_its_default() -> None:
    values = read({})
    assert set(values) == {setting.name for setting in SETTINGS}
    assert values["HOST"] == "127.0.0.1" and values["PORT"] == 8000
    assert values["DATABASE_URL"].startswith("sqlite:///") and values["FILES_URL"].startswith("file:///")


def test_an_empty_variable_is_none() -> None:
    assert read({"PORT": "", "BEHIND_TLS": " "}) == read({})


def test_behind_tls_one_proxy_is_trusted_unless_told_otherwise() -> None:
    assert read({"BEHIND_TLS": "1"})["TRUSTED_PROXIES"] == 1
    assert read({"BEHIND_TLS": "yes", "TRUSTED_PROXIES": "2"})["TRUSTED_PROXIES"] == 2
    assert read({})["TRUSTED_PROXIES"] == 0


@pytest.mark.parametrize(
    ("name", "given", "way_out"),
    [
        ("PORT", "x", "a whole number from 0 to 65535"),
        ("PORT", "-1", "a whole number from 0 to 65535"),
        ("PORT", "70000", "a whole number from 0 to 65535"),
        ("PORT", "８０００", "a whole number from 0 to 65535"),
        ("WEB_CONCURRENCY", "x", "a whole number from 1 to 256"),
        ("WEB_CONCURRENCY", "0", "a whole number from 1 to 256"),
        ("BEHIND_TLS", "maybe", "write 1 for yes or 0 for no"),
        ("LOG_LEVEL", "loud", "debug, info, warning or error"),
        ("LOG_FORMAT", "xml", "auto, json or text"),
        ("HOST", "unix:socket", "the whole path"),
        ("TRUSTED_PROXIES", "10.0.0.1", "a whole number from 0 to 10"),
    ],
)
def test_nonsense_is_refused_in_one_line_that_names_the_setting_and_the_way_out(
    name: str, given: str, way_out: str
) -> None:
    with pytest.raises(Misconfigured) as refused:
        read({name: given})
    told = str(refused.value)
    assert told.startswith(f"{name}={given!r}: ") and way_out in told and "\n" not in told


def test_a_secret_may_lie_in_a_file_as_containers_and_systemd_hand_it_over(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    assert read({"SECRET_KEY_FILE": str(tmp_path / "secret")})["SECRET_KEY"] == SECRET
    with pytest.raises(Misconfigured, match=r"SECRET_KEY_FILE=.*cannot be read: No such file"):
        read({"SECRET_KEY_FILE": str(tmp_path / "nowhere")})


def test_only_the_table_reads_the_environment() -> None:
    # metrics.py hands the folder of its figures to the library, which takes it from there.
    allowed = {"config.py", "operations/trouble.py", "operations/metrics.py"}
    reading = [path for path in package_files() if re.search(r"os\.environ|getenv", path.read_text())]
    assert {relative(path) for path in reading} <= {relative(PACKAGE / name) for name in allowed}


def test_the_command_shows_every_setting_and_no_secret(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in SETTINGS:
        monkeypatch.delenv(setting.name, raising=False)
    monkeypatch.setenv("SECRET_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", "postgresql://li:geheim@h/x")
    shown = app.test_cli_runner().invoke(args=["config"])
    assert shown.exit_code == 0 and all(setting.name in shown.stdout for setting in SETTINGS)
    values = json.loads(app.test_cli_runner().invoke(args=["config", "--json"]).stdout)
    assert list(values) == [setting.name for setting in SETTINGS]
    assert values["SECRET_KEY"] == "set" and values["METRICS_TOKEN"] is None and values["PORT"] == 8000
    assert not {SECRET, "geheim"} & set(re.findall(r"[^\s\"]+|geheim", shown.stdout + json.dumps(values)))


def test_the_table_of_the_documentation_is_the_table_that_the_program_reads() -> None:
    """``python -m inspectorate.operations.table docs/operations.md`` writes it anew."""
    text = OPERATIONS.read_text()
    assert text[text.index(START) : text.index(END)] == f"{START}\n{table()}"


def test_the_readmes_name_no_setting_that_does_not_exist() -> None:
    known = {setting.name for setting in SETTINGS} | {f"{setting.name}_FILE" for setting in SETTINGS if setting.secret}
    for name in ("README.md", "README.zh-CN.md"):
        rows = re.findall(r"^\| (`[A-Z].*?) \|", (ROOT / name).read_text(), re.MULTILINE)
        assert rows and not {word for row in rows for word in re.findall(r"[A-Z_]{4,}", row)} - known


def test_the_version_is_the_one_of_the_project() -> None:
    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text()
