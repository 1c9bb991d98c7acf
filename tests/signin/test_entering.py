"""Signing in, and what a session is good for."""

import pytest

from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from tests import factories
from tests.signin.conftest import PASSWORD


def test_name_and_password_lead_to_the_page_that_was_asked_for(client, somebody, enter):
    asked = client.get("/search?q=美芮")
    assert asked.status_code == 302 and "/sign-in?next=" in asked.location
    assert enter(client, next="/search?q=1").location == "/search?q=1"
    assert "王芳" in client.get("/").text


@pytest.mark.parametrize(
    ("name", "password"), [("wang", "错的密码"), ("nobody", PASSWORD), ("wang", ""), ("", PASSWORD)]
)
def test_a_wrong_name_or_password_opens_nothing(client, somebody, name, password, enter):
    answer = enter(client, name, password)
    assert answer.status_code == 200 and "error-summary" in answer.text
    assert client.get("/").status_code == 302


def test_the_name_typed_stays_and_the_refusal_does_not_tell_which_was_wrong(client, somebody, enter):
    known, unknown = enter(client, password="错的密码"), enter(client, "wangx", "错的密码")
    assert "登录名或者密码不正确" in known.text and "登录名或者密码不正确" in unknown.text
    assert 'value="wang"' in known.text


@pytest.mark.parametrize(
    "target", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "http:example.org"]
)
def test_nobody_is_sent_to_another_site(client, somebody, target, enter):
    assert enter(client, next=target).location == "/"


def test_a_closed_sign_in_is_refused_and_its_session_ends(client, session, somebody, enter):
    enter(client)
    somebody.active = False
    assert client.get("/").status_code == 302
    assert "error-summary" in enter(client).text


def test_signing_out_ends_the_session(client, somebody, enter):
    enter(client)
    client.post("/sign-out")
    assert client.get("/").status_code == 302


def test_a_new_password_ends_other_sessions(app, client, somebody, enter):
    other = app.test_client()
    enter(client)
    enter(other)
    fresh = "另外一个足够长的密码哦哦"
    changed = client.post("/password", data={"current": PASSWORD, "password": fresh, "again": fresh})
    assert changed.status_code == 302
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302


def test_a_short_password_or_two_different_ones_are_refused(client, somebody, enter):
    enter(client)
    short = client.post("/password", data={"current": PASSWORD, "password": "短", "again": "短"})
    assert "12" in short.text and "error-summary" in short.text
    other = client.post(
        "/password", data={"current": PASSWORD, "password": "另外一个足够长的密码哦哦", "again": "不同"}
    )
    assert "不一致" in other.text


def test_the_language_is_chosen_for_the_session(client, somebody, enter):
    enter(client)
    client.post("/language", data={"language": "en", "next": "/"})
    assert 'lang="en"' in client.get("/").text
    client.post("/language", data={"language": "klingon"})
    assert 'lang="en"' in client.get("/").text


def test_the_language_chosen_stays_after_signing_out_and_on_another_device(app, client, session, somebody, enter):
    enter(client)
    client.post("/language", data={"language": "en"})
    client.post("/sign-out")
    enter(client)
    assert 'lang="en"' in client.get("/sessions").text
    phone = app.test_client()
    enter(phone)
    assert 'lang="en"' in phone.get("/sessions").text
    phone.post("/language", data={"language": "zh"})
    enter(tablet := app.test_client())
    assert 'lang="zh-CN"' in tablet.get("/sessions").text
    assert session.query(RecordEntry).filter_by(event="accounts:user:language").count() == 2


def test_a_user_does_not_get_the_language_of_whoever_sat_here_before(app, client, somebody, enter):
    enter(own := app.test_client())
    own.post("/language", data={"language": "zh"})
    client.post("/language", data={"language": "en"})
    enter(client)
    assert 'lang="zh-CN"' in client.get("/sessions").text


def test_a_page_that_changes_nothing_in_the_cookie_sends_none(client, somebody, enter):
    """A slow page would else put back the cookie of before, and with it an earlier language or token."""
    enter(client)
    client.get("/sessions")
    assert "session=" not in str(client.get("/sessions").headers.getlist("Set-Cookie"))


def test_every_answer_carries_the_strict_headers(client, somebody):
    headers = client.get("/sign-in").headers
    assert (
        "script-src 'self'" in headers["Content-Security-Policy"] and "unsafe" not in headers["Content-Security-Policy"]
    )
    assert headers["X-Content-Type-Options"] == "nosniff" and headers["X-Frame-Options"] == "DENY"


def test_a_nul_character_is_a_bad_request_not_an_error(client, somebody):
    assert client.get("/search?q=%00").status_code == 400


def test_who_has_signed_in_keeps_menu_and_search_where_nothing_is_found(session, client, sign_in):
    assert 'role="search"' not in client.get("/nowhere").text
    signed_in = sign_in(factories.user(Role.INSPECTOR))
    for path, status in (("/nowhere", 404), ("/cases/99", 404), ("/accounts/users/new", 403)):
        answer = signed_in.get(path)
        assert answer.status_code == status and 'role="search"' in answer.text
