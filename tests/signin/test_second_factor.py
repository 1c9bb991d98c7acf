"""The second factor: codes of the phone and for recovery, demanded by role, used once, counted when wrong."""

import re
import time
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from lxml import html

from inspectorate import clock
from inspectorate.accounts.passwords import hash_password
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.signin.models import RecoveryCode, SecondFactor
from inspectorate.signin.rules import is_totp, plain_code
from tests import factories
from tests.signin.conftest import PASSWORD

CODE = re.compile(r"<li><code>([0-9a-f]{8}-[0-9a-f]{8})</code></li>")


@pytest.fixture(autouse=True)
def later(monkeypatch):
    """A clock that a test can set on, for the server and the phone."""
    state = {"now": datetime(2026, 7, 15, 2, 0, tzinfo=UTC)}
    monkeypatch.setattr(clock, "now", lambda: state["now"])

    def later(**span):
        state["now"] += timedelta(**span)

    return later


def phone_of(page):
    """The phone that has scanned the page's picture."""
    return pyotp.TOTP(re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", ""))


def sealed_in(page):
    """The secret as the page carries it."""
    return html.fromstring(page).xpath("//input[@name='sealed']/@value")[0]


def shows(phone, steps=0):
    return phone.at(clock.now(), counter_offset=steps)


def set_up(client):
    """Set the second factor up; returns the phone and the recovery codes."""
    page = client.get("/second-factor").text
    phone = phone_of(page)
    done = client.post("/second-factor", data={"sealed": sealed_in(page), "code": shows(phone)})
    return phone, CODE.findall(done.text)


@pytest.fixture
def phone(app, somebody, enter, later):
    """The phone of a user who has set the second factor up a minute ago, and the recovery codes."""
    client = app.test_client()
    enter(client)
    made = set_up(client)
    later(minutes=1)
    return made


def test_setting_up_needs_a_code_of_the_phone_and_gives_ten_codes_once(client, session, somebody, enter):
    enter(client)
    page = client.get("/second-factor").text
    assert "data:image/svg+xml" in page
    phone, sealed = phone_of(page), sealed_in(page)
    wrong = client.post("/second-factor", data={"sealed": sealed, "code": "000000"})
    assert "error-summary" in wrong.text and phone_of(wrong.text).secret == phone.secret, "the picture stays the same"
    done = client.post("/second-factor", data={"sealed": sealed, "code": shows(phone)})
    codes = CODE.findall(done.text)
    assert len(set(codes)) == 10
    stored = repr([vars(row) for row in (*session.query(SecondFactor), *session.query(RecoveryCode))])
    recorded = repr([entry.changes for entry in session.query(RecordEntry)])
    for secret in (phone.secret, *codes):
        assert secret not in stored + recorded
    assert client.get("/second-factor").location == "/sessions"
    assert session.query(RecordEntry).filter_by(event="signin:factor:begin").count() == 1


def test_long_after_signing_in_it_needs_the_password_too(client, session, somebody, enter, later):
    enter(client)
    later(minutes=11)
    page = client.get("/second-factor").text
    phone, sealed = phone_of(page), sealed_in(page)
    for current in ("", "not the password"):
        data = {"sealed": sealed, "code": shows(phone), "current": current}
        assert client.post("/second-factor", data=data).status_code == 200
    assert session.query(SecondFactor).count() == 0
    later(minutes=1)
    data = {"sealed": sealed, "code": shows(phone), "current": PASSWORD}
    assert len(CODE.findall(client.post("/second-factor", data=data).text)) == 10
    assert session.query(SecondFactor).count() == 1


def test_then_the_password_alone_opens_nothing(app, client, somebody, phone, enter):
    asked = enter(client, next="/search?q=1")
    assert asked.status_code == 200 and "验证码" in asked.text
    assert client.get("/").status_code == 302
    assert "error-summary" in client.post("/sign-in/code", data={"code": "123456"}).text
    entered = client.post("/sign-in/code", query_string={"next": "/search?q=1"}, data={"code": shows(phone[0])})
    assert entered.location == "/search?q=1"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_whose_clock_is_half_a_minute_off_still_serves(client, somebody, phone, enter, later, steps, taken):
    later(minutes=5)
    enter(client)
    answer = client.post("/sign-in/code", data={"code": shows(phone[0], steps)})
    assert (answer.status_code == 302) is taken


def test_no_code_is_taken_twice_nor_an_older_one_after_it(app, somebody, phone, enter):
    first, second = app.test_client(), app.test_client()
    enter(first), enter(second)
    assert first.post("/sign-in/code", data={"code": shows(phone[0])}).status_code == 302
    for steps in (0, -1):
        assert "error-summary" in second.post("/sign-in/code", data={"code": shows(phone[0], steps)}).text


def test_a_recovery_code_is_good_for_once_however_it_is_typed(app, session, somebody, phone, enter):
    first, second = app.test_client(), app.test_client()
    enter(first), enter(second)
    typed = phone[1][0].upper().replace("-", " ")
    assert first.post("/sign-in/code", data={"code": typed}).status_code == 302
    assert "error-summary" in second.post("/sign-in/code", data={"code": phone[1][0]}).text
    assert "尚余9个恢复码" in first.get("/sessions").text
    assert session.query(RecordEntry).filter_by(event="signin:factor:recover").count() == 1


def test_guessing_codes_is_slowed_down_like_guessing_passwords(app, somebody, phone, enter):
    client = app.test_client()
    enter(client)
    for _ in range(3):
        assert client.post("/sign-in/code", data={"code": "000000"}).status_code == 200
    slowed = client.post("/sign-in/code", data={"code": shows(phone[0])})
    assert slowed.status_code == 429 and slowed.headers["Retry-After"] == "2"
    assert enter(app.test_client()).status_code in (200, 429)


def test_the_second_step_does_not_wait_for_ever_and_is_nobody_elses(client, somebody, phone, enter, later):
    enter(client)
    later(minutes=11)
    answer = client.post("/sign-in/code", data={"code": shows(phone[0])})
    assert answer.status_code == 200 and "密码" in answer.text
    assert client.get("/").status_code == 302


def test_a_password_changed_before_the_second_step_has_not_been_shown(app, session, somebody, phone, enter):
    thief = app.test_client()
    enter(thief)
    somebody.password_hash = hash_password("另外一个足够长的密码哦哦")
    thief.post("/sign-in/code", data={"code": shows(phone[0])})
    assert thief.get("/sessions").status_code == 302


def test_new_codes_and_turning_it_off_need_the_password(app, client, session, somebody, phone, enter, later):
    enter(client)
    client.post("/sign-in/code", data={"code": shows(phone[0])})
    assert "当前密码不正确" in client.post("/second-factor/codes", data={"current": "falsch"}).text
    renewed = CODE.findall(client.post("/second-factor/codes", data={"current": PASSWORD}).text)
    assert len(renewed) == 10 and not set(renewed) & set(phone[1])
    assert "当前密码不正确" in client.post("/second-factor/off", data={"current": "falsch"}).text
    assert client.post("/second-factor/off", data={"current": PASSWORD}).status_code == 302
    assert session.query(SecondFactor).count() == session.query(RecoveryCode).count() == 0
    assert enter(app.test_client()).status_code == 302


def test_a_role_that_must_have_one_does_nothing_before_and_cannot_turn_it_off(app, client, somebody, enter, later):
    app.config["SECOND_FACTOR_ROLES"] = ("inspector", "administrator")
    enter(client)
    for path in ("/", "/cases", "/sessions"):
        assert client.get(path).location == "/second-factor"
    assert client.post("/registry/persons/new", data={"name": "x"}).location == "/second-factor"
    phone, _codes = set_up(client)
    assert client.get("/").status_code == 200
    assert "必须使用双因素验证" in client.post("/second-factor/off", data={"current": PASSWORD}).text
    later(minutes=1)
    other = app.test_client()
    enter(other)
    assert other.post("/sign-in/code", data={"code": shows(phone)}).status_code == 302
    assert other.get("/").status_code == 200


def test_a_role_that_need_not_is_left_alone(app, client, somebody, enter):
    app.config["SECOND_FACTOR_ROLES"] = ("administrator",)
    enter(client)
    assert client.get("/").status_code == 200


def test_an_administrator_resets_that_of_a_lost_phone_and_it_is_recorded(app, session, sign_in, somebody, phone, enter):
    administrator = factories.user(Role.ADMINISTRATOR, agency=somebody.agency)
    office = sign_in(administrator)
    assert "已启用" in office.get(f"/accounts/users/{somebody.id}/sign-in").text
    assert office.post(f"/accounts/users/{somebody.id}/second-factor/reset").status_code == 302
    assert enter(app.test_client()).status_code == 302
    entry = session.query(RecordEntry).filter_by(event="signin:factor:reset").one()
    assert (entry.actor_id, entry.subject_id) == (administrator.id, somebody.id)
    assert office.post(f"/accounts/users/{somebody.id}/second-factor/reset").status_code == 409


def test_nobody_resets_the_own_one(app, session, sign_in, somebody):
    administrator = factories.user(Role.ADMINISTRATOR, agency=somebody.agency)
    assert sign_in(administrator).post(f"/accounts/users/{administrator.id}/second-factor/reset").status_code == 409


def test_a_page_of_somebody_else_sets_up_nothing(app, client, session, somebody, enter, sign_in):
    other = app.test_client()
    other.sign_in(factories.user(Role.INSPECTOR, agency=somebody.agency))
    page = other.get("/second-factor").text
    enter(client)
    client.post("/second-factor", data={"sealed": sealed_in(page), "code": shows(phone_of(page))})
    assert session.query(SecondFactor).count() == 0


def test_after_a_change_of_the_secret_it_says_what_to_do(app, client, somebody, phone, enter):
    app.config["SECRET_KEY"] = "another secret, long enough to be one"
    enter(client)
    assert "系统密钥已更换" in client.post("/sign-in/code", data={"code": shows(phone[0])}).text


@pytest.mark.parametrize("typed", ["123456", "123 456", "一二三四五六", "", "٣٣٣٣٣٣", "x" * 41, "\u202e12345"])
def test_any_code_is_taken_or_refused(client, somebody, phone, enter, typed):
    enter(client)
    begun = time.monotonic()
    assert client.post("/sign-in/code", data={"code": typed}).status_code == 200
    assert time.monotonic() - begun < 5


def test_codes_are_compared_as_they_are_meant():
    assert plain_code(" AB-cd 12 ") == "abcd12"
    assert is_totp("012345") and not is_totp("12345") and not is_totp("٣٣٣٣٣٣")
