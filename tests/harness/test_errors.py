"""An error page has a reference that finds the line in the log, and tells nothing of what is inside."""

import io
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from flask import Flask, Response, render_template_string, stream_with_context
from flask_login import current_user
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from inspectorate import handlers
from inspectorate.accounts.permissions import Role
from inspectorate.audit import seals
from inspectorate.extensions import PATIENCE, db
from inspectorate.operations.logs import HEADER, Lines, in_request
from tests import factories
from tests.client import save

SECRET = "Passwort-im-Klartext"
INTERNALS = (
    SECRET,
    "Traceback",
    "RuntimeError",
    "ZeroDivisionError",
    "sqlite",
    "psycopg",
    "sqlalchemy",
    ".py",
    "SELECT",
)


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """What the server has logged as errors, parsed."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    handler.addFilter(in_request)
    handler.setLevel(logging.ERROR)
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def broken(app: Flask, session: Any, client: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """``broken(view)`` asks for the start page with that view in its place."""
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    user = factories.user(Role.INSPECTOR)
    save()
    client.sign_in(user)

    def ask(view: Callable[[], Any], language: str = "zh", **request: Any) -> Any:
        client.post("/language", data={"language": language})
        monkeypatch.setitem(app.view_functions, "home.index", view)
        return client.get("/", **request)

    return ask


def in_a_view() -> str:
    raise RuntimeError(SECRET)


def in_a_template() -> str:
    return render_template_string(f"{{{{ 1 / 0 }}}}{SECRET}")


def in_a_statement() -> str:
    db.session.execute(text(f"select '{SECRET}' from no_such_table"))
    return ""


WORDS = {"zh": "系统出现故障", "en": "Something went wrong on our side"}


def tells_its_reference(answer: Any, lines: list[dict[str, Any]]) -> None:
    reference, page = answer.headers[HEADER], answer.get_data(as_text=True)
    assert reference in page and answer.content_type.startswith("text/html")
    assert not [word for word in INTERNALS if word in page]
    assert [line["request"] for line in lines] == [reference] and "Error" in lines[0]["exc_info"]
    assert __name__.rpartition(".")[2] in lines[0]["exc_info"]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("view", [in_a_view, in_a_template, in_a_statement])
def test_an_error_has_a_reference_that_finds_its_line_and_tells_nothing_else(
    broken: Any, lines: Any, view: Any, language: str
) -> None:
    answer = broken(view, language)
    assert answer.status_code == 500 and WORDS[language] in answer.get_data(as_text=True)
    tells_its_reference(answer, lines())


def test_an_error_before_the_view_is_told_in_the_same_way(
    app: Flask, broken: Any, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.before_request_funcs, None, [*app.before_request_funcs[None]])

    def stumble() -> None:
        if current_user.is_authenticated and "stumble" in app.config:
            raise RuntimeError(SECRET)

    app.before_request_funcs[None].append(stumble)
    monkeypatch.setitem(app.config, "stumble", True)
    answer = broken(lambda: "never")
    assert answer.status_code == 500
    assert answer.headers[HEADER] in answer.get_data(as_text=True) and lines()[-1]["request"] == answer.headers[HEADER]


def test_an_error_of_the_error_page_itself_still_tells_the_reference(
    broken: Any, lines: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(handlers, "render_template", fail)
    answer = broken(in_a_view)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500 and answer.headers[HEADER] in page and SECRET not in page
    assert "管理员" in page and "administrator" in page
    assert {line["request"] for line in lines()} == {answer.headers[HEADER]} and len(lines()) == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_locked_database_asks_for_patience(broken: Any, lines: Any, language: str) -> None:
    def locked() -> str:
        raise OperationalError("update subject", {}, sqlite3.OperationalError("database is locked"))

    answer = broken(locked, language)
    assert answer.status_code == 503 and int(answer.headers["Retry-After"]) > 0
    assert {"zh": "数据库正忙", "en": "The database is busy"}[language] in answer.get_data(as_text=True)
    tells_its_reference(answer, lines())


TERMINATE = "select pg_terminate_backend(pg_backend_pid())"


@contextmanager
def held(path: str | None) -> Iterator[None]:
    """Another program writes to the embedded database and does not end."""
    other = sqlite3.connect(path or "", isolation_level=None)
    other.execute("begin immediate")
    try:
        yield
    finally:
        other.close()


def test_a_lost_connection_asks_for_patience_and_the_next_request_has_another(broken: Any, client: Any) -> None:
    """On SQLite, which has no connection to lose: another program keeps the database to itself."""
    embedded = db.engine.dialect.name == "sqlite"

    def lose() -> str:
        with held(db.engine.url.database) if embedded else nullcontext():
            db.session.execute(text("pragma busy_timeout = 20" if embedded else "select 1"))
            db.session.execute(text("update agency set version = 1" if embedded else TERMINATE))
        return ""

    answer = broken(lose)
    assert answer.status_code == 503 and "Retry-After" in answer.headers
    assert client.get("/complaints").status_code == 200


def test_an_error_while_an_answer_is_sent_finds_its_line(broken: Any, lines: Any) -> None:
    def halfway() -> Response:
        def pieces() -> Iterator[str]:
            yield "begun"
            raise RuntimeError(SECRET)

        return Response(stream_with_context(pieces()), mimetype="text/plain")

    with pytest.raises(RuntimeError):
        broken(halfway, buffered=True)
    assert [line["message"] for line in lines()] == ["cut off"] and len(lines()[0]["request"]) >= 8
    assert lines()[0]["route"] == "/" and "RuntimeError" in lines()[0]["exc_info"]


def test_who_waits_behind_a_transaction_that_hangs_is_told_before_the_worker_is_ended(
    broken: Any, client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name == "sqlite":
        patience = f"{db.session.scalar(text('pragma busy_timeout')) // 1000}s"
    else:
        patience = db.session.scalar(text("show lock_timeout"))
    assert patience == f"{PATIENCE}s"
    db.session.rollback()
    monkeypatch.setattr("inspectorate.extensions.PATIENCE", 1)
    db.engine.dispose()  # so that the next connections have less of it
    turn = text(f"select pg_advisory_xact_lock({seals.TURN})")

    def wait() -> str:
        db.session.execute(text("update agency set version = 1") if embedded else turn)
        return ""

    embedded = db.engine.dialect.name == "sqlite"
    with held(db.engine.url.database) if embedded else db.engine.begin() as other:
        if other is not None:
            other.execute(turn)
        answer = broken(wait)
    db.engine.dispose()
    assert answer.status_code == 503 and "Retry-After" in answer.headers
