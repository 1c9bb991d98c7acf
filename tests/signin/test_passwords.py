"""Passwords by length and by what is easy to guess; a given one is good for one sign-in, and its giver is named."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from inspectorate import clock
from inspectorate.accounts.models import User
from inspectorate.accounts.passwords import check_password, one_time_password
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.errors import Refusal
from tests import factories
from tests.client import save
from tests.signin.conftest import PASSWORD

FRESH = "另外一个足够长的密码哦哦"


@pytest.mark.parametrize(
    "password",
    [
        "kurz", "elfzeichen1", "password1234", "123456789012", "qwertyuiop12", "aaaaaaaaaaaa", "Abcd1234!@#$",
        "1q2w3e4r5t6y", "杭州市西湖区卫生健康局", "wangfangwangfang", "wangfang2026", "x" * 72, "x" * 201,
    ],
)  # fmt: skip
def test_short_and_easily_guessed_passwords_are_refused(app, password):
    with app.test_request_context(), pytest.raises(Refusal):
        check_password(password, ["wangfang", "王芳", "杭州市西湖区卫生健康局"])


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "一个很长的密码一二三四五",
        "梧桐 雨伞 打印机 三点",
        "n" * 3 + "-7Qd!vK2#zL",
        "长" * 3 + FRESH * 8,
    ],
)
def test_no_composition_is_prescribed(app, password):
    with app.test_request_context():
        check_password(password, ["wangfang", "王芳", "杭州市西湖区卫生健康局"])


@given(st.text(max_size=250))
def test_any_text_is_taken_or_refused_and_nothing_else(app_once, password):
    with app_once.test_request_context():
        try:
            check_password(password, ["", "王芳"])
        except Refusal as refusal:
            assert refusal.field == "password"
        else:
            assert 12 <= len(password) <= 200


@pytest.fixture(scope="module")
def app_once(application):
    return application


def test_passwords_for_one_sign_in_pass_every_rule_and_never_repeat(app):
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    with app.test_request_context():
        for password in list(made)[:20]:
            check_password(password, ["wang", "王芳"])


@pytest.fixture
def administrator(somebody):
    return factories.user(Role.ADMINISTRATOR, agency=somebody.agency, display_name="管理员刘")


def given_password(page):
    return page.text.partition("<code>")[2].partition("</code>")[0]


def test_a_reset_password_is_shown_once_ends_all_sessions_and_must_be_changed(
    app, session, somebody, administrator, enter
):
    user, office = app.test_client(), app.test_client()
    enter(user)
    office.sign_in(administrator)
    assert user.get("/").status_code == 200
    password = given_password(office.post(f"/accounts/users/{somebody.id}/password"))
    assert user.get("/").status_code == 302, "the session has ended"
    assert "error-summary" in enter(user).text, "the old password is good for nothing"
    assert enter(user, password=password).status_code == 302
    for path in ("/", "/sessions", "/cases", "/registry/persons/new"):
        assert user.get(path).location == "/password"
    assert user.post("/registry/persons/new", data={"name": "x"}).location == "/password"
    page = user.get("/password").text
    assert "管理员刘" in page and "当前密码" not in page
    assert user.post("/password", data={"password": FRESH, "again": FRESH}).status_code == 302
    assert user.get("/").status_code == 200
    assert "error-summary" in enter(app.test_client(), password=password).text, "it was good for once"
    events = [(entry.event, entry.actor_name) for entry in session.query(RecordEntry).order_by(RecordEntry.id)]
    assert ("signin:password:reset", "管理员刘") in events and ("signin:password:change", "王芳") in events
    stored = repr([entry.changes for entry in session.query(RecordEntry)])
    assert password not in stored and "argon2" not in stored
    own = user.get("/sessions").text
    assert "发放一次性密码" in own and "管理员刘" in own


def test_a_password_for_one_sign_in_is_no_longer_good_after_three_days(app, session, somebody, administrator, enter):
    office = app.test_client()
    office.sign_in(administrator)
    password = given_password(office.post(f"/accounts/users/{somebody.id}/password"))
    session.expire_all()
    assert timedelta(days=2) < session.get(User, somebody.id).one_time_until - clock.now() <= timedelta(days=3)
    session.get(User, somebody.id).one_time_until = clock.now() - timedelta(seconds=1)
    assert "error-summary" in enter(app.test_client(), password=password).text


def test_nobody_resets_the_own_password_without_knowing_it(session, sign_in, administrator):
    number, before = administrator.id, administrator.password_hash
    assert sign_in(administrator).post(f"/accounts/users/{number}/password").status_code in (200, 409)
    session.expire_all()
    assert session.get(User, number).password_hash == before


def test_a_new_sign_in_begins_with_a_password_for_once(app, session, administrator, enter):
    office = app.test_client()
    office.sign_in(administrator)
    form = {"name": "zhao", "display_name": "赵敏", "agency_id": administrator.agency_id, "roles": "inspector"}
    password = given_password(office.post("/accounts/users/new", data=form))
    newcomer = app.test_client()
    assert enter(newcomer, "zhao", password).status_code == 302
    assert newcomer.get("/").location == "/password"


@pytest.mark.parametrize(
    ("options", "changed"), [([], False), (["--must-change"], True), (["--no-must-change"], False)]
)
def test_the_command_says_whether_the_password_is_good_for_once(app, session, options, changed):
    factories.agency(key="A1")
    session.info.clear()
    session.commit()
    arguments = ["user", "add", "chen", "--role", "inspector", "--agency", "A1", *options]
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0 and done.stdout.startswith("added chen, password ")
    assert (session.query(User).one().one_time_until is not None) is changed


def test_the_command_takes_the_password_from_standard_input(app, session, client, enter):
    factories.agency(key="A1")
    session.info.clear()
    session.commit()
    arguments = ["user", "add", "chen", "--role", "inspector", "--agency", "A1", "--password-stdin"]
    done = app.test_cli_runner().invoke(args=arguments, input=f"{FRESH}\n")
    assert done.exit_code == 0 and FRESH not in done.output
    assert enter(client, "chen", FRESH).status_code == 302
    assert client.get("/").status_code == 200
    weak = app.test_cli_runner().invoke(args=[*arguments[:2], "li", *arguments[3:]], input="password1234\n")
    assert weak.exit_code == 1 and "容易被猜中" in weak.stderr


def test_a_wrong_present_password_changes_nothing_and_is_counted(client, session, somebody, enter):
    enter(client)
    body = {"password": FRESH, "again": FRESH}
    for _ in range(3):
        assert "当前密码不正确" in client.post("/password", data=body | {"current": "falsch"}).text
    assert "秒后再试" in client.post("/password", data=body | {"current": PASSWORD}).text


def test_a_hash_with_older_parameters_is_made_anew_at_sign_in(app, client, session, somebody, enter):
    somebody.password_hash = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1).hash(PASSWORD)
    assert enter(client).status_code == 302
    session.expire_all()
    assert "t=1" in session.get(User, somebody.id).password_hash
    assert enter(app.test_client()).status_code == 302


def test_the_operator_of_the_machine_helps_an_administrator_whom_nobody_else_can(app, session, somebody, client, enter):
    save()
    done = app.test_cli_runner().invoke(args=["user", "reset", "wang"])
    assert done.exit_code == 0
    assert enter(client, password=done.stdout.split()[-1]).status_code == 302
    assert client.get("/").location == "/password"
    assert session.query(RecordEntry).filter_by(event="signin:password:reset", actor_id=None).count() == 1
    unknown = app.test_cli_runner().invoke(args=["user", "reset", "nobody"])
    assert unknown.exit_code == 1 and "nobody" in unknown.stderr
    without = app.test_cli_runner().invoke(args=["user", "reset", "wang", "--second-factor"])
    assert without.exit_code == 1 and "未启用双因素验证" in without.stderr
