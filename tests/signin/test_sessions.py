"""Sessions: one row each, ended by time, by their owner, by an administrator; the cookie alone is worth nothing."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from inspectorate import clock
from inspectorate.accounts.passwords import hash_password
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.extensions import unit_of_work
from inspectorate.signin.actions.sessions import see_session
from inspectorate.signin.agents import device_name
from inspectorate.signin.models import SignInSession
from tests import factories
from tests.signin.conftest import PASSWORD

START = datetime(2026, 7, 15, 2, 0, tzinfo=UTC)


@pytest.fixture
def later(monkeypatch):
    """A clock that a test can set on."""
    state = {"now": START}
    monkeypatch.setattr(clock, "now", lambda: state["now"])

    def later(**span):
        state["now"] += timedelta(**span)

    return later


def signed_in(client):
    return client.get("/sessions").status_code == 200


def test_without_a_request_for_two_hours_the_session_ends(client, somebody, enter, later):
    enter(client)
    later(minutes=119)
    assert signed_in(client)
    later(minutes=119)
    assert signed_in(client), "the last request counts"
    later(minutes=121)
    assert not signed_in(client)


def test_after_twelve_hours_it_ends_in_any_case(client, somebody, enter, later):
    enter(client)
    for _ in range(6):
        later(minutes=115)
        assert signed_in(client)
    later(minutes=40)
    assert not signed_in(client)


def test_the_lifetime_is_a_matter_of_configuration(app, client, somebody, enter, later):
    app.config.update(SESSION_IDLE_MINUTES=10, SESSION_HOURS=1)
    enter(client)
    later(minutes=11)
    assert not signed_in(client)


def test_that_it_is_in_use_is_written_once_a_minute(client, session, somebody, enter, later):
    enter(client)
    later(seconds=59)
    signed_in(client)
    assert session.query(SignInSession).one().seen_at == START
    session.rollback()
    later(seconds=1)
    signed_in(client)
    session.expire_all()
    assert session.query(SignInSession).one().seen_at == START + timedelta(minutes=1)


def test_beside_a_busy_writer_nobody_waits_to_write_down_that_a_session_is_in_use(session, somebody, client, enter):
    enter(client)
    number = session.query(SignInSession).one().id
    with unit_of_work():
        session.query(SignInSession).update({"agent": "busy"})
        begun = time.monotonic()
        with pytest.raises(OperationalError):
            see_session(number, clock.now())
        assert time.monotonic() - begun < 1


def test_signing_in_gives_a_new_token_and_the_old_cookie_opens_nothing(client, session, somebody, enter):
    with client.session_transaction() as cookie:
        cookie["planted"] = cookie["token"] = "planted"
    enter(client)
    with client.session_transaction() as cookie:
        stolen = dict(cookie)
    assert stolen["token"] != "planted" and "planted" not in stolen
    assert stolen["token"] not in repr([vars(row) for row in session.query(SignInSession)])
    client.post("/sign-out")
    with client.session_transaction() as cookie:
        cookie.update(stolen)
    assert not signed_in(client)


def test_signing_in_again_ends_the_session_that_the_browser_had(client, session, somebody, enter):
    factories.user(Role.INSPECTOR, name="li", password_hash=hash_password(PASSWORD))
    for name in ("wang", "li"):
        enter(client)
        with client.session_transaction() as cookie:
            stolen = dict(cookie)
        enter(client, name)
        assert signed_in(client)
        with client.session_transaction() as cookie:
            cookie.update(stolen)
        assert not signed_in(client), name


def test_a_new_password_gives_the_session_a_new_token(client, somebody, enter):
    enter(client)
    with client.session_transaction() as cookie:
        before = dict(cookie)
    fresh = "另外一个足够长的密码哦哦"
    client.post("/password", data={"current": PASSWORD, "password": fresh, "again": fresh})
    assert signed_in(client)
    with client.session_transaction() as cookie:
        assert cookie["token"] != before["token"]
        cookie.update(before)
    assert not signed_in(client)


def test_a_user_sees_the_own_sessions_and_ends_one_or_all_others(app, session, somebody, enter):
    here, phone, tablet = (app.test_client() for _ in range(3))
    for client, agent in ((phone, "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile"), (tablet, "x"), (here, "y")):
        client.post("/sign-in", data={"name": "wang", "password": PASSWORD}, headers={"User-Agent": agent})
    page = here.get("/sessions").text
    assert "Chrome · Android" in page and page.count('href="/sessions/end?session=') == 2
    first = session.query(SignInSession).order_by("id").first().id
    assert here.post(f"/sessions/end?session={first}").status_code == 302
    assert not signed_in(phone) and signed_in(tablet)
    assert here.post("/sessions/end-others").status_code == 302
    assert not signed_in(tablet) and signed_in(here)
    events = [entry.event for entry in session.query(RecordEntry).order_by("id")]
    assert events[-2:] == ["signin:session:end", "signin:session:others"]


@pytest.mark.parametrize("what", ["end?session={}", "end-others"])
def test_ending_sessions_asks_for_the_password_later_on(app, session, somebody, enter, later, what):
    here, phone = app.test_client(), app.test_client()
    enter(phone)
    address = "/sessions/" + what.format(session.query(SignInSession).one().id)
    enter(here)
    later(minutes=11)
    assert 'name="current"' in here.get(address).text
    for given in ({}, {"current": "wrong"}):
        assert here.post(address, data=given).status_code == 200
        assert signed_in(phone)
    assert here.post(address, data={"current": PASSWORD}).status_code == 302
    assert not signed_in(phone) and signed_in(here)


def test_nobody_ends_the_session_of_somebody_else(app, session, sign_in, somebody, enter):
    other = app.test_client()
    enter(other)
    number = session.query(SignInSession).one().id
    client = sign_in(factories.user(Role.ADMINISTRATOR, agency=somebody.agency))
    assert "该处登录已经结束" in client.post(f"/sessions/end?session={number}").text
    assert signed_in(other)
    assert client.post(f"/accounts/users/{somebody.id}/sessions/end").status_code == 302
    assert not signed_in(other)


def test_other_roles_end_the_sessions_that_had_the_old_ones(app, session, sign_in, somebody, enter):
    other = app.test_client()
    enter(other)
    client = sign_in(factories.user(Role.ADMINISTRATOR, agency=somebody.agency))
    form = {"display_name": "王芳", "active": "y", "version": somebody.version, "roles": ["auditor"]}
    form["officer_id"] = somebody.officer_id
    assert client.post(f"/accounts/users/{somebody.id}", data=form).status_code == 302
    assert not signed_in(other)


def test_cookies_are_out_of_reach_of_scripts_and_behind_tls_bound_to_it(app, somebody, enter):
    app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-session")
    answer = enter(app.test_client())
    cookies = {cookie.partition("=")[0]: cookie for cookie in answer.headers.getlist("Set-Cookie")}
    assert set(cookies) == {"__Host-session", "__Host-device"}
    for cookie in cookies.values():
        assert "HttpOnly" in cookie and "Secure" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
        assert "Domain" not in cookie


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 12; HarmonyOS) Chrome/99 HuaweiBrowser/15", "Huawei Browser · HarmonyOS"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("", ""),
    ],
)
def test_a_device_is_called_by_a_word_that_its_owner_knows(agent, name):
    assert device_name(agent) == name


def test_the_operator_signs_one_or_everybody_out(app, session, somebody, enter):
    other = factories.user(Role.INSPECTOR, name="li", password_hash=hash_password(PASSWORD))
    away = factories.user(Role.INSPECTOR, name="chen")
    mine, theirs = app.test_client(), app.test_client()
    enter(mine)
    enter(theirs, name="li")
    run = app.test_cli_runner().invoke
    assert run(args=["user", "sign-out", "wang"]).output == "sessions ended: 1\n"
    assert not signed_in(mine) and signed_in(theirs)
    assert run(args=["user", "sign-out", "--everybody"]).output == "signed out: 1 people\n"
    assert not signed_in(theirs)
    ended = session.query(RecordEntry.subject_id).filter_by(event="signin:session:all", actor_id=None).all()
    assert [user_id for (user_id,) in ended] == [somebody.id, other.id] and away.id not in ended
    assert run(args=["user", "sign-out", "nobody"]).exit_code == 1
    assert (
        run(args=["user", "sign-out"]).exit_code == run(args=["user", "sign-out", "li", "--everybody"]).exit_code == 2
    )
