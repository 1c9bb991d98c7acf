"""Whatever is sent, the answer is a page: no server error, nothing changed past the record, on both databases.

Bounded: a fixed seed, every form a few times. ``FUZZ=50 pytest tests/harness/test_fuzz.py`` goes deeper.
"""

import os
import random
from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from inspectorate import web
from inspectorate.audit import capture
from inspectorate.audit.verification import verify
from inspectorate.extensions import db
from inspectorate.procedure.states import State
from tests.harness import hostile
from tests.harness.test_access import address, methods, rules, table
from tests.harness.world import SHARED_NAME, World, build

ROUNDS = int(os.environ.get("FUZZ", "2"))

LEFT_OUT = {"accounts.sign_in", "accounts.sign_out", "accounts.own_password", "accounts.reset_password"}
"""They end the session, or hash a password for a tenth of a second each time."""


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20210602)


@pytest.fixture
def world(request: pytest.FixtureRequest, session: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    return build(monkeypatch, getattr(request, "param", State.EXECUTION))


def fuzzed(app: Flask) -> Iterator[Rule]:
    return (rule for rule in rules(app) if rule.endpoint not in LEFT_OUT)


def sign_in(client: Any, world: World, endpoint: str, method: str, chance: random.Random) -> None:
    """Somebody who may use the route."""
    roles = sorted(role for role in table()[endpoint].roles(method) if role)
    client.sign_in(world.person("own", chance.choice(roles)))


def more_of(endpoint: str, world: World) -> dict[str, Any]:
    """Arguments without which a form does not show itself."""
    if endpoint == "registry.new":
        return {"kind": "medical_institution"}
    if endpoint == "registry.connect":
        return {"q": SHARED_NAME}
    return {"subject_id": world.ids["subject_id"]} if endpoint.endswith((".new", ".new_approval")) else {}


def test_no_argument_of_an_address_breaks_a_page(app: Flask, client: Any, world: World, chance: random.Random) -> None:
    broken = []
    for rule in fuzzed(app):
        if "GET" in methods(rule):
            sign_in(client, world, rule.endpoint, "GET", chance)
            place = address(app, rule, world).partition("?")[0]
            for arguments in hostile.queries(chance, ROUNDS):
                response = client.get(place, query_string=arguments)
                broken += [(place, arguments)] if response.status_code >= 500 else []
    assert not broken, broken


@pytest.mark.parametrize("world", [State.INVESTIGATION, State.EXECUTION], indirect=True)
def test_nothing_typed_into_a_form_breaks_it_or_passes_the_record_by(
    app: Flask, client: Any, world: World, chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo(monkeypatch)
    broken = []
    for rule in fuzzed(app):
        if "POST" in methods(rule):
            sign_in(client, world, rule.endpoint, "POST", chance)
            place, more = address(app, rule, world), more_of(rule.endpoint, world)
            page = client.get(place, query_string=more).get_data(as_text=True) if "GET" in methods(rule) else ""
            for body in hostile.forms(page, chance, ROUNDS):
                response = client.post(place, query_string=more, data=body)
                broken += [(place, body)] if response.status_code >= 500 else []
    assert not broken, broken
    assert verify() == []


def undo(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be committed is checked against the record as a commit does, and taken back."""

    def commit() -> None:
        capture._refuse_leftovers(db.session())
        db.session.rollback()

    monkeypatch.setattr(
        web, "db", SimpleNamespace(session=SimpleNamespace(commit=commit, rollback=db.session.rollback))
    )


BODIES = [
    (b"", "application/x-www-form-urlencoded"),
    (b"a=%ED%A0%80&a=%00&%ff=%fe&=&&==", "application/x-www-form-urlencoded"),
    (b"%" * 1000, "application/x-www-form-urlencoded"),
    (b"&".join(b"f%d=1" % n for n in range(3000)), "application/x-www-form-urlencoded"),
    (b'{"name": [1, {"a": null}]}', "application/json"),
    (b"\xff\xfe\x00", "text/plain"),
    (b"x" * (5 * 1024 * 1024), "application/x-www-form-urlencoded"),
    (b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nunended', "multipart/form-data; boundary=b"),
    (b"--b\r\n\r\n--b--", "multipart/form-data; boundary=b"),
    (b"no boundary", "multipart/form-data"),
    (b"x", "multipart/form-data; boundary=" + "b" * 500),
    (b"x", "nonsense/\xff;;="),
]


@pytest.mark.parametrize(
    "place", ["/complaints/new", "/registry/persons/new", "/sign-in", "/language", "/cases/1/evidence"]
)
def test_no_body_breaks_a_request(client: Any, world: World, place: str) -> None:
    client.sign_in(world.office.handler_user)
    answers = [client.post(place, input_stream=BytesIO(body), content_length=len(body), content_type=kind).status_code
               for body, kind in BODIES]  # fmt: skip
    assert all(status < 500 for status in answers), answers
    assert verify() == []


NUMBERS = ["2147483648", "9223372036854775808", "9" * 60, "-1", "1.5", "%00", "%ED%A0%80"]


def test_no_number_in_an_address_breaks_a_page(app: Flask, client: Any, world: World, chance: random.Random) -> None:
    broken = []
    for rule in fuzzed(app):
        for name in rule.arguments:
            for method in methods(rule):
                sign_in(client, world, rule.endpoint, method, chance)
                place = address(app, rule, world).partition("?")[0]
                for number in chance.sample(NUMBERS, 3):
                    mangled = _with(rule, name, number, place)
                    response = client.open(mangled, method=method)
                    broken += [(method, mangled)] if response.status_code not in (302, 400, 404, 405, 409) else []
    assert not broken, broken


def _with(rule: Rule, name: str, number: str, place: str) -> str:
    """The address with something else in the place of one argument."""
    pattern = rule.rule.split("/")
    at = next(position for position, part in enumerate(pattern) if f"{name}>" in part)
    parts = place.split("/")
    parts[at] = number
    return "/".join(parts)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_change_nothing_and_break_nothing(app: Flask, client: Any, world: World, method: str) -> None:
    client.sign_in(world.office.head_user)
    answers = {
        (rule.endpoint, client.open(address(app, rule, world), method=method).status_code) for rule in fuzzed(app)
    }
    assert not [answer for answer in answers if answer[1] >= 500]
    assert verify() == []


@pytest.mark.parametrize("place", ["/complaints/1/reply", "/registry/1/change", "/registry/2/change"])
def test_a_form_that_lost_its_version_is_a_late_save_and_overwrites_nothing(
    client: Any, world: World, place: str
) -> None:
    client.sign_in(world.office.handler_user)
    page = client.get(place).get_data(as_text=True)
    body = hostile.filled(hostile.Fields(page), random.Random(1))
    del body["version"]
    assert client.post(place, data=body).status_code in (200, 409)
    assert verify() == []


def test_an_unknown_source_or_target_of_a_case_is_refused_at_the_field(client: Any, world: World) -> None:
    client.sign_in(world.office.handler_user)
    body = {"origin": "x" * 60, "received_on": "2026-07-15", "summary": "线索", "target": "nowhere|" + "x" * 60}
    for _ in range(2):
        response = client.post("/cases/new?subject_id=1", data=body)
        assert response.status_code == 200 and "error-summary" in response.get_data(as_text=True)
        body["origin"] = "other"
    assert verify() == []
