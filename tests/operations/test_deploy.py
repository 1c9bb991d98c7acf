"""What is shipped to run the application fits the application: limits, patience, names of settings, commands."""

import re
from pathlib import Path
from typing import Any

import pytest
from click import Context

from inspectorate import limits
from inspectorate.audit.capture import RECORD_TABLES
from inspectorate.config import SETTINGS
from tests.house.source import MIGRATIONS, ROOT

DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx.conf").read_text()
PROXY = (DEPLOY / "nginx_proxy.conf").read_text()
GUNICORN = (ROOT / "gunicorn.conf.py").read_text()
SHIPPED = [path for path in DEPLOY.rglob("*") if path.is_file()]


def number(pattern: str, text: str) -> int:
    match = re.search(pattern, text, re.MULTILINE)
    assert match, pattern
    return int(match[1])


def test_the_proxy_takes_as_much_as_the_application_and_waits_longer() -> None:
    assert number(r"client_max_body_size (\d+)m;", NGINX) * 1024 * 1024 >= limits.REQUEST
    assert number(r"proxy_read_timeout (\d+)s;", PROXY) > number(r"^timeout = (\d+)", GUNICORN)


@pytest.mark.parametrize(
    "name", ["X-Forwarded-For $remote_addr", "X-Forwarded-Proto $scheme", "X-Request-ID $request_id"]
)
def test_the_proxy_sets_anew_what_the_application_believes(name: str) -> None:
    assert f"proxy_set_header {name};" in PROXY and "$proxy_add_x_forwarded_for" not in PROXY


def test_the_proxy_takes_slow_visitors_upon_itself_and_gives_figures_to_nobody() -> None:
    assert {"proxy_request_buffering on;", "proxy_buffering on;"} <= set(PROXY.splitlines())
    for place in ("/metrics", "/readyz"):
        assert re.search(rf"location = {place} {{\s+return 404;", NGINX)
    assert "$request_uri" not in NGINX.split("log_format")[1].split(";")[0] and "$args" not in NGINX


def test_what_the_proxy_answers_itself_it_says_in_both_languages() -> None:
    pages = dict(re.findall(r"error_page ([\d ]+) /nginx-pages/([\w-]+)\.html;", NGINX))
    assert {code for codes in pages for code in codes.split()} == {"413", "414", "429", "502", "503", "504"}
    assert set(pages.values()) == {path.stem for path in (DEPLOY / "pages").glob("*.html")}
    for name in pages.values():
        page = (DEPLOY / "pages" / f"{name}.html").read_text()
        assert '<html lang="zh-CN">' in page and '<section lang="en">' in page
        assert 'href="/nginx-pages/page.css"' in page and "<style" not in page and "<script" not in page


def test_what_the_proxy_includes_is_shipped() -> None:
    included = re.findall(r"include /etc/nginx/inspectorate_(\w+)\.conf;", NGINX)
    assert included and all((DEPLOY / f"nginx_{name}.conf").exists() for name in included)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_only_settings_that_exist_are_given(path: Path) -> None:
    known = {setting.name for setting in SETTINGS} | {f"{setting.name}_FILE" for setting in SETTINGS}
    known |= {"XDG_CACHE_HOME", "PYTHONDONTWRITEBYTECODE", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD_FILE"}
    given = re.findall(r'^\s*(?:ENV |Environment=)?([A-Z][A-Z_]{3,})(?:=["\w/]|: )', path.read_text(), re.MULTILINE)
    assert not {name for name in given if name not in known | {"HEALTHCHECK"}}


def test_the_commands_that_are_run_exist(app: Any) -> None:
    text = "\n".join(path.read_text() for path in [*SHIPPED, ROOT / "docs" / "operations.md"])
    run = set(
        re.findall(r"(?:\.venv/bin/flask|`inspectorate|^inspectorate|`flask) ([a-z-]+)(?: ([a-z-]+))?", text, re.M)
    )
    assert ("audit", "verify") in run
    missing = []
    for first, second in run:
        command = app.cli.get_command(Context(app.cli), first) or (first == "db" and app.cli)
        inner = getattr(command, "commands", {})
        if not command or (first != "db" and inner and second not in inner):
            missing.append((first, second))
    assert not missing


def test_the_serving_role_is_kept_from_every_table_that_the_record_is_kept_in() -> None:
    guarded = re.search(r"^TABLES = \((.*)\)$", (MIGRATIONS / "0002_record_triggers.py").read_text(), re.MULTILINE)
    assert guarded and tuple(re.findall(r'"(\w+)"', guarded[1])) == RECORD_TABLES


def test_units_keep_to_themselves() -> None:
    unit = (DEPLOY / "inspectorate.service").read_text()
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "CapabilityBoundingSet=", "PrivateTmp=yes",
                 "StateDirectoryMode=0700", "UMask=0007", "SystemCallFilter=@system-service"):  # fmt: skip
        assert line in unit.splitlines()
    for path in DEPLOY.glob("*.timer"):
        assert path.with_suffix(".service").exists()
