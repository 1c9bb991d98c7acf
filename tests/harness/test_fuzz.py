"""Whatever is sent, the answer is a page, and soon: no server error, nothing changed past the record.

The slice is bounded and always the same; the full run sends more than 20,000 requests.
"""

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule

from inspectorate.accounts.permissions import Role
from inspectorate.procedure.states import State
from tests.harness import hostile, reach
from tests.harness.fuzzer import Fuzzer, Hang, in_time, prepare, somebody
from tests.harness.hostile_requests import BODIES, ODD_PATHS, anything, mutilated, odd_headers
from tests.harness.reach import rules
from tests.harness.scale import FULL, count
from tests.harness.world import SHARED_NAME, World

HASHING = {"accounts.new_user"}
"""They hash a password for a tenth of a second each time: asked less often."""


def hashes(rule: Rule) -> bool:
    return rule.endpoint in HASHING or rule.endpoint.startswith("signin.")


STATES = list(State) if FULL else [State.INVESTIGATION, State.EXECUTION]
APART = (State.NOT_FILED, State.WITHDRAWN, State.TERMINATED)
"""States to which no ordinary way leads."""

ORDINARY = [
    pytest.param(state, marks=pytest.mark.one_database if state is State.EXECUTION else ())
    for state in STATES
    if state not in APART
]


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20210602)


@pytest.fixture
def fuzzer(
    request: pytest.FixtureRequest,
    session: Any,
    app: Flask,
    database: Any,
    client: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Fuzzer]:
    made = prepare(app, database, client, monkeypatch, getattr(request, "param", State.EXECUTION))
    made.told = request.node.user_properties
    with made.writes:
        yield made
        made.finish_batch()
    assert not made.wrong, made.faults()


def address(app: Flask, rule: Rule, fuzzer: Fuzzer) -> str:
    """Where a record of the world is found; what a search would ask for comes from elsewhere."""
    return reach.address(app, rule, fuzzer.world.ids).partition("?")[0]


def methods(rule: Rule) -> list[str]:
    return [method for method in reach.methods(rule) if method != "HEAD"]


def asked(app: Flask, method: str) -> list[Rule]:
    return [rule for rule in rules(app) if method in methods(rule)]


def more_of(endpoint: str, world: World) -> dict[str, Any]:
    """Arguments without which a form does not show itself."""
    if endpoint == "registry.new":
        return {"kind": "medical_institution"}
    if endpoint == "registry.connect":
        return {"q": SHARED_NAME}
    return {"subject_id": world.ids["subject_id"]} if endpoint.endswith((".new", ".new_approval")) else {}


@pytest.mark.one_database
def test_no_argument_and_no_header_breaks_a_page(app: Flask, fuzzer: Fuzzer, chance: random.Random) -> None:
    for _ in range(count(1, 24)):
        for rule in asked(app, "GET"):
            role = chance.choice(somebody(rule, "GET"))
            place = address(app, rule, fuzzer)
            for arguments in hostile.queries(chance, 2):
                headers = odd_headers(chance) if chance.random() < 0.5 else []
                fuzzer.send(role, "GET", place, query_string=arguments, headers=headers)
        fuzzer.finish_batch()


@pytest.mark.parametrize("fuzzer", ORDINARY, indirect=True)
def test_nothing_typed_into_a_form_breaks_it_or_passes_the_record_by(
    app: Flask, fuzzer: Fuzzer, chance: random.Random
) -> None:
    for rule in asked(app, "POST"):
        role = chance.choice(somebody(rule, "POST"))
        place, more = address(app, rule, fuzzer), more_of(rule.endpoint, fuzzer.world)
        page = fuzzer.send(role, "GET", place, query_string=more) if "GET" in methods(rule) else None
        text = page.get_data(as_text=True) if page else ""
        for body in hostile.forms(text, chance, 1 if hashes(rule) else count(1, 6)):
            fuzzer.send(role, "POST", place, query_string=more, data=body)
        fuzzer.finish_batch()


PLACES = ["/complaints/new", "/registry/persons/new", "/sign-in", "/language", "/cases/1/evidence"]


def test_no_body_breaks_a_request(fuzzer: Fuzzer, chance: random.Random) -> None:
    bodies = [*BODIES, *mutilated(chance, count(40, 600))]
    for (body, kind), place in zip(bodies, cycle(PLACES)):
        length = len(body) if chance.random() < 0.9 else chance.choice([0, len(body) // 2, len(body) + 10])
        fuzzer.send(Role.INSPECTOR, "POST", place, input_stream=BytesIO(body), content_length=length, content_type=kind)
    fuzzer.finish_batch()


NUMBERS = ["2147483648", "9223372036854775808", "9" * 60, "-1", "1.5", "%00", "%ED%A0%80", "%2F", "..", "%D9%A3"]


@pytest.mark.one_database
def test_no_number_in_an_address_breaks_a_page(app: Flask, fuzzer: Fuzzer, chance: random.Random) -> None:
    for rule in rules(app):
        for name in sorted(rule.arguments):
            for method in methods(rule):
                role = chance.choice(somebody(rule, method))
                place = address(app, rule, fuzzer)
                for number in chance.sample(NUMBERS, count(2, len(NUMBERS))):
                    response = fuzzer.send(role, method, _with(rule, name, number, place))
                    if response is not None and response.status_code not in (302, 308, 400, 404, 405, 409):
                        fuzzer.wrong.append((response.status_code, method, rule.endpoint, name, number))


def _with(rule: Rule, name: str, number: str, place: str) -> str:
    """The address with something else in the place of one argument."""
    pattern = rule.rule.split("/")
    at = next(position for position, part in enumerate(pattern) if f"{name}>" in part)
    parts = place.split("/")
    parts[at] = number
    return "/".join(parts)


@pytest.mark.one_database
@pytest.mark.parametrize("role", [None, Role.INSPECTOR])
def test_no_path_breaks_the_server(fuzzer: Fuzzer, chance: random.Random, role: Role | None) -> None:
    for path in ODD_PATHS:
        for method in ("GET", "POST", "HEAD") if FULL else ("GET",):
            fuzzer.send(role, method, "/", environ_overrides={"PATH_INFO": path}, headers=odd_headers(chance))
    for query in ("x" * 9000, "&" * 5000, "a" * 200_000, "q=%00", "q=%", "%ff=%ff", "q=" + quote("长" * 3000)):
        fuzzer.send(role, "GET", "/cases", query_string=query)
    fuzzer.finish_batch()


@pytest.mark.one_database
@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "G\xffT", "get"])
def test_other_methods_change_nothing_and_break_nothing(app: Flask, fuzzer: Fuzzer, method: str) -> None:
    step = 1 if FULL or method == "HEAD" else 6
    for rule in islice(rules(app), 0, None, step):
        fuzzer.send(Role.SUPERVISOR, method, address(app, rule, fuzzer))
    # Reading, however it is spelt, may enter that a file was given.
    assert not fuzzer.changed or method.upper() in ("HEAD", "GET")


def test_nothing_at_all_breaks_a_request(app: Flask, fuzzer: Fuzzer, chance: random.Random) -> None:
    """Hypothesis chooses the route, arguments, fields, files and headers, and makes what fails small again."""
    offered = {rule.endpoint: names(fuzzer, app, rule) for rule in rules(app)} if FULL else {}
    routes = [(rule, method) for rule in rules(app) for method in methods(rule)]

    @settings(
        max_examples=count(60, 3000),
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def send(data: st.DataObject) -> None:
        rule, method = data.draw(st.sampled_from(routes))
        drawn = data.draw(anything(offered.get(rule.endpoint) or ["name", "text", "files", "key"]))
        role = data.draw(st.sampled_from(somebody(rule, method)))
        place = address(app, rule, fuzzer)
        query = urlencode(more_of(rule.endpoint, fuzzer.world) | drawn["query"], errors="surrogatepass")
        known = len(fuzzer.wrong)
        fuzzer.send(role, method, place, query_string=query, headers=drawn["headers"], **body_of(method, drawn))
        fuzzer.finish_batch()
        assert len(fuzzer.wrong) == known, fuzzer.wrong[known:]

    send()


def names(fuzzer: Fuzzer, app: Flask, rule: Rule) -> list[str]:
    """The fields that a route's page offers."""
    if "POST" not in methods(rule) or "GET" not in methods(rule):
        return []
    more = more_of(rule.endpoint, fuzzer.world)
    page = fuzzer.send(somebody(rule, "GET")[0], "GET", address(app, rule, fuzzer), query_string=more)
    fields = hostile.Fields(page.get_data(as_text=True))
    return sorted({name for name, _value in fields.pairs} | set(fields.files))


def body_of(method: str, drawn: dict[str, Any]) -> dict[str, Any]:
    """What is sent along: nothing, a form, or a form with files."""
    if method == "GET":
        return {}
    if not drawn["files"]:
        body = urlencode(drawn["form"], doseq=True, errors="surrogatepass").encode()
        return {"data": body, "content_type": "application/x-www-form-urlencoded"}
    plain = {
        name.encode("utf-8", "replace").decode(): [one.encode("utf-8", "replace").decode() for one in [*value]]
        if isinstance(value, list)
        else value.encode("utf-8", "replace").decode()
        for name, value in drawn["form"].items()
    }
    files = [(BytesIO(content), filename, media) for filename, content, media in drawn["files"]]
    return {"data": plain | {"files": files}}


@pytest.mark.parametrize("place", ["/complaints/1/reply", "/registry/1/change", "/registry/2/change"])
def test_a_form_that_lost_its_version_is_a_late_save_and_overwrites_nothing(fuzzer: Fuzzer, place: str) -> None:
    page = fuzzer.send(Role.INSPECTOR, "GET", place).get_data(as_text=True)
    body = hostile.filled(hostile.Fields(page), random.Random(1))
    del body["version"]
    assert fuzzer.send(Role.INSPECTOR, "POST", place, data=body).status_code in (200, 409)
    assert not fuzzer.changed


def test_an_unknown_source_or_target_of_a_case_is_refused_at_the_field(fuzzer: Fuzzer) -> None:
    body = {"origin": "x" * 60, "received_on": "2026-07-15", "summary": "线索", "target": "nowhere|" + "x" * 60}
    for _ in range(2):
        response = fuzzer.send(Role.INSPECTOR, "POST", "/cases/new?subject_id=1", data=body)
        assert response.status_code == 200 and "error-summary" in response.get_data(as_text=True)
        body["origin"] = "other"


def test_a_request_that_hangs_is_interrupted() -> None:
    with pytest.raises(Hang), in_time(0.05):
        while True:
            pass


def test_a_change_past_the_record_is_seen(app: Flask, fuzzer: Fuzzer) -> None:
    """The judge itself: a page that changes a row without an entry does not pass."""
    from sqlalchemy import text

    from inspectorate.extensions import db

    app.view_functions["home.index"], before = unseen_change(db, text), app.view_functions["home.index"]
    try:
        fuzzer.send(Role.INSPECTOR, "GET", "/")
    finally:
        app.view_functions["home.index"] = before
    fuzzer.finish_batch()
    seen = [wrong[0] for wrong in fuzzer.wrong]
    fuzzer.wrong.clear()
    assert seen == ["changed ['subject'] unseen", "not as the record says"]


def unseen_change(db: Any, text: Any) -> Callable[[], str]:
    def view() -> str:
        db.session.execute(text("update subject set name = 'x' where id = 1"))
        db.session.commit()
        return "done"

    return view
