"""Alive, ready, figures: quick, without cookies, and without a word to strangers."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from inspectorate.accounts.permissions import Role
from inspectorate.extensions import db
from inspectorate.operations import metrics, readiness
from tests import factories
from tests.operations.test_config import SECRET
from tests.operations.test_headers import PROXIED, behind_tls

pytestmark = pytest.mark.one_database

__all__ = ["behind_tls"]


def test_alive_asks_nobody(app: Flask, client: Any) -> None:
    asked: list[str] = []
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", lambda *more: asked.append(more[2]))
    answer = client.get("/healthz")
    assert answer.status_code == 200 and answer.text == "alive\n" and answer.mimetype == "text/plain"
    assert not asked and "Set-Cookie" not in answer.headers


def test_ready_when_database_migrations_and_files_are(app: Flask, client: Any) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n") and "Set-Cookie" not in answer.headers


def test_not_ready_is_said_to_strangers_and_why_to_the_log(
    app: Flask, client: Any, session: Any, caplog: pytest.LogCaptureFixture
) -> None:
    session.execute(text("update alembic_version set version_num = '0000'"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready\n")
    assert "the database is at version 0000" in {record.why for record in caplog.records}.pop()


def test_a_database_that_does_not_answer_is_not_ready(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        db.session.execute(text("drop table alembic_version"))
        assert re.fullmatch(r"the database \S+ cannot be used: .*", readiness.wrong()[0])
        db.session.rollback()


def test_a_folder_that_cannot_be_written_to_or_is_full_is_not_ready(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        monkeypatch.setattr(readiness, "LEAST_FREE", 10**18)
        assert re.search(r"only [\d,]+ bytes are free", readiness.wrong()[0])
        monkeypatch.setattr(os, "access", lambda *_: False)
        assert "cannot be written to" in readiness.wrong()[0]
        app.config["FILES_URL"] = "nosuch://bucket/x"
        assert readiness.wrong() == ["the store of evidence does not answer: ValueError"]


def figure(answer: Any, name: str, **labels: str) -> float:
    """A figure's value; 0 where there is none yet."""
    wanted = ",".join(f'{key}="{value}"' for key, value in labels.items())
    line = re.search(rf"^{re.escape(name + (f'{{{wanted}}}' if wanted else ''))} (\S+)$", answer.text, re.MULTILINE)
    return float(line[1]) if line else 0.0


def test_requests_are_counted_by_route_and_status_never_by_address(client: Any) -> None:
    labels = {"method": "GET", "route": "/sign-in", "status": "200"}
    before = figure(client.get("/metrics"), "inspectorate_requests_total", **labels)
    client.get("/sign-in?next=/cases", buffered=True)
    client.get("/nowhere/at/all", buffered=True)
    client.open("/sign-in", method="PROPFIND", buffered=True)
    answer = client.get("/metrics")
    assert figure(answer, "inspectorate_requests_total", **labels) == before + 1
    assert figure(answer, "inspectorate_request_seconds_count", method="GET", route="/sign-in") >= 1
    assert figure(answer, "inspectorate_requests_total", method="GET", route="none", status="404") >= 1
    assert 'method="other"' in answer.text and "nowhere" not in answer.text and "PROPFIND" not in answer.text
    assert figure(answer, "inspectorate_information", version="0.1.0") == 1


def test_entries_of_the_record_are_counted_by_event_when_they_are_committed(session: Any, sign_in: Any) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    name = {"event": "registry:person:add"}
    before = figure(browser.get("/metrics"), "inspectorate_record_entries_total", **name)
    refused = browser.post("/registry/persons/new", data={"name": "", "region_code": "330106"})
    made = browser.post("/registry/persons/new", data={"name": "李娜", "region_code": "330106", "confirmed": "y"})
    assert (refused.status_code, made.status_code) == (200, 302)
    assert figure(browser.get("/metrics"), "inspectorate_record_entries_total", **name) == before + 1


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_figures_are_not_told_through_a_proxy_however_it_is_set(client: Any, header: str) -> None:
    assert client.get("/metrics", headers={header: "127.0.0.1"}).status_code == 404


@pytest.mark.parametrize("address", ["203.0.113.7", "10.0.0.1", "::ffff:203.0.113.7"])
def test_figures_are_not_told_to_another_machine(client: Any, address: str) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == 404


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", ""])
def test_figures_are_told_to_this_machine(client: Any, address: str) -> None:
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": address}).status_code == 200


def test_figures_are_told_to_whoever_shows_the_token(app: Flask, client: Any) -> None:
    elsewhere = {"environ_base": {"REMOTE_ADDR": "10.0.0.1"}}
    empty = client.get("/metrics", headers={"Authorization": "Bearer "}, **elsewhere)
    assert empty.status_code == 404
    app.config["METRICS_TOKEN"] = SECRET
    right = client.get("/metrics", headers={"Authorization": f"Bearer {SECRET}"}, **elsewhere)
    wrong = client.get("/metrics", headers={"Authorization": "Bearer 密码"}, **elsewhere)
    assert (right.status_code, wrong.status_code) == (200, 404)


def test_behind_a_proxy_figures_are_told_on_the_machine_alone(behind_tls: Flask) -> None:
    client = behind_tls.test_client()
    assert client.get("/metrics", **PROXIED).status_code == 404
    assert client.get("/metrics", base_url=PROXIED["base_url"]).status_code == 200


def test_what_killed_servers_left_is_removed_by_the_next(tmp_path: Path) -> None:
    gone, alive = tmp_path / "inspectorate-metrics-99999999-x", tmp_path / f"inspectorate-metrics-{os.getpid()}-x"
    for folder in (gone, alive):
        folder.mkdir()
        (folder / "counter_0.db").touch()
    made = Path(metrics.fresh_folder(str(tmp_path)))
    assert made.is_dir() and alive.is_dir() and not gone.exists()
