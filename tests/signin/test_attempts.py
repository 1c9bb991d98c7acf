"""After failures one waits; nobody is locked out by a colleague; no answer tells who exists."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text

from inspectorate import clock
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.extensions import db, unit_of_work
from inspectorate.signin.actions.attempts import sweep
from inspectorate.signin.models import Failures
from inspectorate.signin.rules import LIMITS, LOCK, LOCKED_FROM, Lifetime
from tests import factories
from tests.signin.conftest import PASSWORD

WRONG = "错的密码错的密码"
HERE, ELSEWHERE = "203.0.113.5", "198.51.100.7"


@pytest.fixture
def now(monkeypatch):
    """A clock that a test can set on: ``now(minutes=5)``."""
    state = {"now": datetime(2026, 7, 15, 2, 0, tzinfo=UTC)}
    monkeypatch.setattr(clock, "now", lambda: state["now"])

    def later(**span):
        state["now"] += timedelta(**span)

    return later


def tries(client, number, name="wang", address=HERE, password=WRONG):
    answers = [
        client.post("/sign-in", data={"name": name, "password": password}, environ_overrides={"REMOTE_ADDR": address})
        for _ in range(number)
    ]
    return answers[-1]


@pytest.mark.parametrize("kind", LIMITS)
@given(failures=st.integers(0, 10_000))
def test_each_failure_makes_the_wait_no_shorter_and_it_has_an_end(kind, failures):
    limit = LIMITS[kind]
    assert limit.wait(failures) <= limit.wait(failures + 1) <= limit.longest
    assert (limit.wait(failures) == 0) == (failures < limit.free)


@given(hours=st.integers(0, 100), failures=st.integers(0, 100))
def test_failures_are_forgotten_after_a_while(hours, failures):
    then = datetime(2026, 1, 1, tzinfo=UTC)
    limit, later = LIMITS["pair"], then + timedelta(hours=hours)
    assert (limit.open_at(failures, then, later) <= later) or hours < limit.forgotten / timedelta(hours=1)


@pytest.mark.parametrize(
    ("idle", "age", "over"),
    [
        ({"minutes": 119}, {"hours": 11}, False),
        ({"minutes": 121}, {"hours": 3}, True),
        ({"minutes": 1}, {"hours": 13}, True),
    ],
)
def test_a_session_ends_without_requests_and_in_any_case(idle, age, over):
    now = datetime(2026, 1, 2, tzinfo=UTC)
    limits = Lifetime(timedelta(hours=2), timedelta(hours=12))
    assert limits.over(now - timedelta(**age), now - timedelta(**idle), now) is over


def test_the_wait_grows_is_told_and_takes_not_even_the_right_password(app, client, session, somebody, now):
    assert tries(client, 3).status_code == 200
    told = tries(client, 1, password=PASSWORD)
    assert told.status_code == 429 and told.headers["Retry-After"] == "2" and "2秒" in told.text
    assert 'value="wang"' in told.text
    now(seconds=2)
    assert tries(client, 1).status_code == 200
    assert tries(client, 1).headers["Retry-After"] == "4"
    now(seconds=4)
    assert tries(client, 1, password=PASSWORD).status_code == 302


def test_knocking_while_one_waits_does_not_make_the_wait_longer(client, session, somebody, now):
    tries(client, 3)
    tries(client, 50)
    now(seconds=2)
    assert tries(client, 1, password=PASSWORD).status_code == 302


def knock(client, now, times, name="wang", address=HERE):
    """Fail so many times, each as soon as it is taken."""
    for _ in range(times):
        answer = tries(client, 1, name, address)
        if answer.status_code == 429:
            now(seconds=int(answer.headers["Retry-After"]))
            answer = tries(client, 1, name, address)
        assert answer.status_code == 200


def test_who_guesses_at_a_name_locks_neither_its_owner_on_a_known_device_nor_elsewhere(app, somebody, now):
    owner, colleague, new_phone = app.test_client(), app.test_client(), app.test_client()
    assert tries(owner, 1, password=PASSWORD).status_code == 302
    owner.post("/sign-out")
    knock(colleague, now, LOCKED_FROM["pair"])
    assert tries(colleague, 1, password=PASSWORD).status_code == 429
    assert tries(owner, 1, password=PASSWORD).status_code == 302, "from the same address, but on a known device"
    assert tries(new_phone, 1, password=PASSWORD, address=ELSEWHERE).status_code == 302


@pytest.mark.one_database
def test_a_name_tried_from_everywhere_makes_strangers_wait_but_not_its_owner(app, session, somebody, now):
    owner = app.test_client()
    assert tries(owner, 1, password=PASSWORD).status_code == 302
    owner.post("/sign-out")
    for number in range(LIMITS["name"].free):
        assert tries(app.test_client(), 1, address=f"192.0.2.{number}").status_code == 200
    assert tries(app.test_client(), 1, password=PASSWORD, address="192.0.2.200").status_code == 429
    assert tries(owner, 1, password=PASSWORD).status_code == 302


def test_a_known_device_that_guesses_waits_too(app, somebody, now):
    shared = app.test_client()
    tries(shared, 1, password=PASSWORD)
    shared.post("/sign-out")
    knock(shared, now, 4)
    assert tries(shared, 1, password=PASSWORD).status_code == 429


@pytest.mark.one_database
def test_an_address_that_tries_many_names_waits(app, somebody, now):
    client = app.test_client()
    for number in range(LIMITS["address"].free):
        assert tries(client, 1, name=f"name{number}").status_code == 200
    assert tries(client, 1, name="another").status_code == 429
    assert tries(app.test_client(), 1, name="another", address=ELSEWHERE).status_code == 200


def test_names_that_nobody_bears_are_answered_alike_and_stand_nowhere(client, session, somebody, now):
    unknown, known = "geheim-im-falschen-feld", "wang"
    for _ in range(4):
        one, other = tries(client, 1, name=unknown), tries(client, 1, name=known)
        assert one.status_code == other.status_code
        assert one.headers.get("Retry-After") == other.headers.get("Retry-After")
        assert one.text.replace(unknown, known).split("csrf_token")[0] == other.text.split("csrf_token")[0]
    assert unknown not in repr([vars(row) for row in session.query(Failures)])
    assert unknown not in repr([vars(row) for row in session.query(RecordEntry)])


def test_a_failure_is_the_same_work_whether_somebody_bears_the_name_or_not(app, client, session, somebody, now):
    # An entry, its seal and their way to the disk take ten milliseconds: enough to tell names apart by the clock.
    tries(client, 2)
    tries(client, 2, name="nobody")
    failures = session.query(RecordEntry).filter_by(event="signin:session:fail")
    whose = Counter((entry.subject_type, entry.subject_id) for entry in failures)
    assert whose == {("user", somebody.id): 2, ("installation", 1): 2}


def test_failures_and_signing_in_stand_in_the_record_of_the_sign_in(client, session, somebody, now):
    tries(client, 1)
    tries(client, 1, password=PASSWORD)
    client.post("/sign-out")
    events = [(entry.event, entry.actor_id, entry.reason) for entry in session.query(RecordEntry).order_by("id")]
    assert events == [
        ("signin:session:fail", None, HERE),
        ("signin:session:start", somebody.id, HERE),
        ("signin:session:leave", somebody.id, None),
    ]


def test_signing_in_begins_the_count_anew(client, somebody, now):
    tries(client, 2)
    tries(client, 1, password=PASSWORD)
    client.post("/sign-out")
    assert tries(client, 3).status_code == 200
    assert tries(client, 1).status_code == 429


def test_an_administrator_sees_locks_and_lifts_them(app, session, somebody, now):
    knock(app.test_client(), now, LOCKED_FROM["pair"])
    administrator = app.test_client()
    administrator.sign_in(factories.user(Role.ADMINISTRATOR, agency=somebody.agency))
    page = administrator.get(f"/accounts/users/{somebody.id}/sign-in").text
    assert HERE in page and "解除" in page
    assert tries(app.test_client(), 1, password=PASSWORD).status_code == 429
    assert administrator.post(f"/accounts/users/{somebody.id}/locks/lift").status_code == 302
    assert HERE not in administrator.get(f"/accounts/users/{somebody.id}/sign-in").text
    assert tries(app.test_client(), 1, password=PASSWORD).status_code == 302
    assert session.query(RecordEntry).filter_by(event="signin:lock:lift").count() == 1


@pytest.mark.one_database
def test_no_wait_is_longer_than_a_quarter_of_an_hour(client, somebody, now):
    knock(client, now, 15)
    assert int(tries(client, 1).headers["Retry-After"]) == LOCK


def test_sweeps_never_wait_for_each_other_nor_for_whoever_holds_what_is_old(session):
    """On SQLite a sweep has the database to itself; on PostgreSQL it leaves what is held to the next one."""
    now = clock.now()
    with unit_of_work():
        for name in ("held", "free"):
            session.add(Failures(kind="pair", key_hash=name, number=1, last_at=now - timedelta(days=90), address=HERE))
    side_by_side = db.engine.dialect.name == "postgresql"
    with db.engine.connect() as other:
        if side_by_side:
            other.execute(select(Failures).where(Failures.key_hash == "held").with_for_update())
            session.execute(text("SET LOCAL lock_timeout = '1s'"))
        sweep(now)
        assert session.scalars(select(Failures.key_hash)).all() == (["held"] if side_by_side else [])
        session.rollback()
