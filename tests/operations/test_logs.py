"""One line for each request, with its reference; nothing that somebody typed, no personal data, no forged lines.

The line is written when an answer is sent whole: ``buffered`` sends it so.
"""

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from inspectorate.accounts.permissions import Role
from inspectorate.operations import logs
from inspectorate.operations.logs import HEADER, Lines, Readable, in_request
from tests import factories
from tests.operations.test_headers import PROXIED, behind_tls, breaking

pytestmark = pytest.mark.one_database

__all__ = ["behind_tls", "breaking"]

NAME, IDENTITY, PHONE, PASSWORD = "欧阳慕容", "110101199003070097", "13912345678", "korrekt pferd batterie"

Told = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Everything that is logged, as the server writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Lines())
    handler.addFilter(in_request)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def told(stream: io.StringIO) -> Told:
    """The lines of ours, parsed."""

    def told() -> list[dict[str, Any]]:
        lines = map(json.loads, stream.getvalue().splitlines())
        return [line for line in lines if line["logger"].startswith("inspectorate")]

    return told


def test_a_request_is_one_line(client: Any, told: Told) -> None:
    answer = client.get("/sign-in?next=/cases", buffered=True)
    (line,) = told()
    assert line["message"] == "request" and line["level"] == "INFO"
    assert (line["method"], line["route"], line["status"], line["user"]) == ("GET", "/sign-in", 200, None)
    assert line["client"] == "127.0.0.1" and line["ms"] > 0 and isinstance(line["statements"], int)
    assert line["request"] == answer.headers[HEADER] and re.fullmatch(r"[0-9a-f]{16}", line["request"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00", line["time"])
    assert "/cases" not in json.dumps(line)


def test_the_line_names_who_and_which_record_by_number(
    session: Any, sign_in: Any, told: Told, stream: io.StringIO
) -> None:
    user, place = factories.user(Role.INSPECTOR), factories.establishment(name="慕容诊所")
    sign_in(user).get(f"/registry/{place.id}", buffered=True)
    line = told()[-1]
    assert line["route"] == "/registry/<int:subject_id>" and line["of"] == f"subject_id={place.id}"
    assert line["user"] == user.id and line["statements"] > 0
    assert "慕容" not in stream.getvalue()


def test_an_address_that_nothing_has_is_not_repeated(client: Any, told: Told, stream: io.StringIO) -> None:
    client.get(f"/{PHONE}/{NAME}?q={NAME}", buffered=True)
    assert told()[-1]["route"] is None and told()[-1]["status"] == 404
    assert not {NAME, PHONE} & set(re.findall(r"[\w]+", stream.getvalue()))


def test_an_error_is_found_by_the_reference_on_its_page(client: Any, breaking: None, told: Told) -> None:
    answer = client.get("/sign-in", buffered=True)
    (reference,) = re.findall(r"[0-9a-f]{16}", answer.get_data(as_text=True).split("<main")[1])
    error, request = (line for line in told() if line["request"] == reference)
    assert error["level"] == "ERROR" and error["route"] == "/sign-in"
    assert "builtins.RuntimeError: broken" in error["exc_info"] and "test_headers.py" in error["exc_info"]
    assert request["status"] == 500


@pytest.mark.parametrize("given", ["0123456789abcdef0123456789abcdef", "A.b_c-12"])
def test_the_reference_of_a_trusted_proxy_is_kept(behind_tls: Flask, given: str) -> None:
    headers = {**PROXIED["headers"], HEADER: given}
    answer = behind_tls.test_client().get("/healthz", base_url=PROXIED["base_url"], headers=headers)
    assert answer.headers[HEADER] == given


@pytest.mark.parametrize("given", ["short", "x" * 65, 'a"b\\c"d{e}f', "<script>alert(1)", "has a blank in it"])
def test_a_reference_that_is_not_well_formed_is_not(behind_tls: Flask, given: str) -> None:
    headers = {**PROXIED["headers"], HEADER: given}
    answer = behind_tls.test_client().get("/healthz", base_url=PROXIED["base_url"], headers=headers)
    assert re.fullmatch(r"[0-9a-f]{16}", answer.headers[HEADER])


def test_nobody_else_chooses_the_reference(client: Any) -> None:
    assert client.get("/healthz", headers={HEADER: "chosen-by-a-visitor"}).headers[HEADER] != "chosen-by-a-visitor"


FILLED = {"name": NAME, "id_number": IDENTITY, "phone": PHONE, "region_code": "330106", "address": "慕容路1号3幢"}


def test_forms_leave_nothing_in_the_log(session: Any, client: Any, sign_in: Any, stream: io.StringIO) -> None:
    client.post("/sign-in", data={"name": NAME, "password": PASSWORD}, buffered=True)
    browser = sign_in(factories.user(Role.INSPECTOR))
    browser.post("/registry/persons/new", data=FILLED, buffered=True)
    browser.get("/search", query_string={"q": NAME}, buffered=True)
    browser.get("/registry/persons", query_string={"q": IDENTITY}, buffered=True, follow_redirects=True)
    text = stream.getvalue()
    assert text.count('"message": "request"') == 5
    assert not [word for word in (NAME, IDENTITY, PHONE, PASSWORD, "慕容") if word in text]


def test_errors_leave_nothing_of_the_form_in_the_log(
    session: Any, app: Flask, sign_in: Any, told: Told, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        from flask import request

        typed = request.form
        detail = f"duplicate key value\nDETAIL:  Key (id_number)=({typed['id_number']}) already exists."
        try:
            raise ValueError(f"{typed['name']} of {typed['address']} and another one, {PHONE}")
        except ValueError as error:
            raise IntegrityError("insert", {"name": NAME}, Exception(detail), hide_parameters=True) from error

    monkeypatch.setitem(app.view_functions, "registry.new_person", fail)
    assert sign_in(factories.user(Role.INSPECTOR)).post("/registry/persons/new", data=FILLED).status_code == 500
    error = next(line for line in told() if line["level"] == "ERROR")
    assert "builtins.ValueError: *** of *** and another one, ***" in error["exc_info"]
    assert "duplicate key value" in error["exc_info"] and "test_logs.py" in error["exc_info"]
    assert not [word for word in (NAME, IDENTITY, PHONE, "慕容路") if word in stream.getvalue()]


def test_statements_never_carry_their_values_into_an_error(session: Any) -> None:
    factories.user(Role.INSPECTOR, name=NAME)
    with pytest.raises(IntegrityError) as error:
        factories.user(Role.INSPECTOR, name=NAME)
    assert "parameters hidden" in str(error.value) and NAME not in logs.struck(str(error.value))
    session.rollback()


def test_the_server_does_not_repeat_a_request_that_it_cannot_read() -> None:
    line = f"Invalid request from ip=10.0.0.1: Invalid HTTP request line: 'GET /cases?q={NAME} HTTP/1.1'"
    assert logs.struck(line) == "Invalid request from ip=10.0.0.1: ***"


def test_a_refusal_leaves_no_search_words_in_the_log(session: Any, sign_in: Any, stream: io.StringIO) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    for blank in ("+", "%20"):
        assert browser.get(f"/accounts/users/new?q={NAME}{blank}{NAME}").status_code in (403, 404)
    assert "audit:refusal" in stream.getvalue() and NAME not in stream.getvalue()


@pytest.mark.parametrize("form", [Lines(), Readable()], ids=["json", "text"])
@given(message=st.text(), more=st.text())
def test_nobody_can_forge_a_line(form: logging.Formatter, message: str, more: str) -> None:
    record = logging.makeLogRecord({"name": "inspectorate", "levelname": "INFO", "msg": message, "more_to_say": more})
    line = form.format(record)
    assert line.isprintable() or (isinstance(form, Lines) and json.loads(line)["message"] == message)
    assert len(line.splitlines()) == 1 or isinstance(form, Lines)
    assert "\n" not in line and "\r" not in line and "\x1b" not in line


def test_for_reading_a_line_is_short() -> None:
    record = logging.makeLogRecord(
        {
            "name": "inspectorate.access",
            "levelname": "INFO",
            "msg": "request",
            "route": "/cases",
            "user": None,
            "ms": 3.1,
        }
    )
    assert re.fullmatch(r"\d\d:\d\d:\d\d INFO    request route=/cases ms=3\.1", Readable().format(record))


def test_logs_go_to_standard_error_and_libraries_keep_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.RootLogger(logging.WARNING)
    monkeypatch.setattr(logging, "getLogger", lambda name=None: root if name is None else logging.Logger(name))
    monkeypatch.setattr(logging, "captureWarnings", lambda capture: None)
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    logs.configure("info", "auto")
    assert isinstance(root.handlers[0].formatter, Lines) and root.level == logging.INFO
    logs.configure("debug", "text")
    assert len(root.handlers) == 1 and isinstance(root.handlers[0].formatter, Readable)
