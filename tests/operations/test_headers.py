"""The headers that guard the browser are on every answer: pages, refusals, redirects, files, downloads, errors."""

import io
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from flask import Flask, abort

from inspectorate import create_app
from inspectorate.accounts.permissions import Role
from inspectorate.headers import HEADERS, HSTS
from inspectorate.operations.logs import HEADER
from tests import databases
from tests.client import IsolatedClient
from tests.harness.reach import address, rules
from tests.harness.scale import FULL
from tests.harness.world import World, build

pytestmark = pytest.mark.one_database

ALWAYS = {
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}


def lacking(response: Any) -> list[str]:
    """What an answer lacks or carries without need."""
    wrong = [name for name in (*HEADERS, HEADER, "Content-Type") if name not in response.headers]
    wrong += ["X-Powered-By"] if "X-Powered-By" in response.headers else []
    cookies = response.headers.getlist("Set-Cookie")
    wrong += [one for one in cookies if not {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(one.split("; "))]
    wrong += ["Cache-Control"] if not response.headers.get("Cache-Control") else []
    return wrong


def test_the_policies_are_strict() -> None:
    assert set(HEADERS) >= ALWAYS
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} <= set(policy.split("; "))
    assert HSTS == "max-age=31536000; includeSubDomains"


def test_every_route_answers_with_every_header(
    app: Flask, client: Any, session: Any, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    """Each route in one way of the fifteen in the slice, in all of them in the full run."""
    world: World = build(monkeypatch)
    people = (None, world.person("own", Role.INSPECTOR), world.person("own", Role.ADMINISTRATOR))
    ways = list(product(people, ("GET", "POST", "HEAD", "OPTIONS", "PUT")))
    wrong, asked = [], 0
    for number, rule in enumerate(rules(app)):
        for who, method in ways if FULL else [ways[number * 4 % len(ways)]]:
            if who:
                client.sign_in(who)
            asked += 1
            response = client.open(address(app, rule, world.ids), method=method, buffered=True)
            wrong += [(method, rule.rule, response.status_code, name) for name in lacking(response)]
    assert not wrong, wrong
    record_property("found", f"{asked:,} answers: every header on each")


ODD = {
    "no such page": ("GET", "/nowhere", {}, 404),
    "a file": ("GET", "/static/js/app.js", {}, 200),
    "a file of a library": ("GET", "/bootstrap/static/css/bootstrap.min.css", {}, 200),
    "no such file": ("GET", "/static/nowhere.js", {}, 404),
    "a number that nothing has": ("GET", "/cases/99999999999", {}, 404),
    "not signed in": ("GET", "/cases", {}, 302),
    "JSON": ("POST", "/language", {"json": {"language": "en"}}, 415),
    "a NUL": ("GET", "/search?q=%00", {}, 400),
    "alive": ("GET", "/healthz", {}, 200),
}


@pytest.mark.parametrize("case", ODD)
def test_odd_answers_carry_them_too(app: Flask, client: Any, case: str) -> None:
    method, path, options, status = ODD[case]
    response = client.open(path, method=method, buffered=True, **options)
    assert response.status_code == status and lacking(response) == []


def test_a_form_without_its_token_and_one_too_large_carry_them_too(app: Flask, client: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert lacking(refused := client.post("/language", data={"language": "en"})) == [] and refused.status_code == 400
    app.config["MAX_CONTENT_LENGTH"] = 100
    data = {"language": (io.BytesIO(b"x" * 5000), "x.txt")}
    assert lacking(refused := client.post("/language", data=data)) == [] and refused.status_code == 413


@pytest.fixture
def breaking(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whoever asks for the sign-in page meets an error of ours."""

    def fail() -> None:
        raise RuntimeError("broken")

    endpoint = next(rule.endpoint for rule in app.url_map.iter_rules() if rule.rule == "/sign-in")
    monkeypatch.setitem(app.view_functions, endpoint, fail)
    yield


def test_an_error_of_ours_carries_them_too_and_shows_its_reference_and_no_internals(
    app: Flask, client: Any, breaking: None
) -> None:
    response = client.get("/sign-in")
    text = response.get_data(as_text=True)
    assert response.status_code == 500 and lacking(response) == []
    assert response.headers[HEADER] in text
    assert "RuntimeError" not in text and "broken" not in text and "Traceback" not in text


def test_a_refusal_shows_its_reference(client: Any) -> None:
    response = client.get("/nowhere")
    assert response.headers[HEADER] in response.get_data(as_text=True)


@pytest.fixture
def behind_tls(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The same application as it is set up behind a proxy with TLS."""
    monkeypatch.setenv("BEHIND_TLS", "1")
    monkeypatch.setenv("TRUSTED_HOSTS", "inspect.example.gov.cn")
    folder, url = app.config["DATA_DIR"], app.config["SQLALCHEMY_DATABASE_URI"]
    proxied = create_app(databases.test_config(url, folder))
    proxied.test_client_class = IsolatedClient
    yield proxied
    databases.dispose(proxied)


PROXIED = {
    "base_url": "http://inspect.example.gov.cn",
    "headers": {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"},
}


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/cases", "/static/js/app.js", "/healthz"])
def test_behind_tls_browsers_are_told_to_come_by_tls_alone(behind_tls: Flask, path: str) -> None:
    response = behind_tls.test_client().get(path, buffered=True, **PROXIED)
    assert response.headers["Strict-Transport-Security"] == HSTS and lacking(response) == []


def test_without_tls_nothing_is_said_of_it(client: Any) -> None:
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers


def test_behind_tls_cookies_are_secure_and_bound_to_the_host(behind_tls: Flask) -> None:
    behind_tls.config["WTF_CSRF_ENABLED"] = True
    cookies = behind_tls.test_client().get("/sign-in", **PROXIED).headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; ")) and "Domain" not in cookie


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/healthz", "/static/js/app.js"])
def test_under_another_name_nothing_is_answered(behind_tls: Flask, path: str) -> None:
    response = behind_tls.test_client().get(path, base_url="http://evil.example")
    assert response.status_code == 400 and response.mimetype == "text/plain" and lacking(response) == []
    assert "evil" not in response.get_data(as_text=True)


def test_nobody_is_believed_who_is_no_trusted_proxy(app: Flask, client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    def look() -> None:
        from flask import request

        seen.update(address=request.remote_addr, secure=request.is_secure)
        abort(404)

    monkeypatch.setitem(app.view_functions, "operations.healthz", look)
    client.get("/healthz", headers={**PROXIED["headers"], HEADER: "chosen-by-the-visitor"})
    assert seen == {"address": "127.0.0.1", "secure": False}


def test_the_trusted_proxy_is_believed(behind_tls: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    def look() -> None:
        from flask import request

        seen.update(address=request.remote_addr, secure=request.is_secure)
        abort(404)

    monkeypatch.setitem(behind_tls.view_functions, "operations.healthz", look)
    behind_tls.test_client().get("/healthz", **PROXIED)
    # What a visitor puts before the proxy's own word is not believed.
    assert seen == {"address": "203.0.113.7", "secure": True}
    forged = {"X-Forwarded-For": "10.0.0.1, 203.0.113.7", "X-Forwarded-Proto": "https"}
    behind_tls.test_client().get("/healthz", base_url=PROXIED["base_url"], headers=forged)
    assert seen["address"] == "203.0.113.7"
