"""Sends requests and judges each: no server error, an answer in time, no change past the record.

Requests commit as in production; what they changed is taken back between the batches by copying the database.
"""

import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine
from werkzeug.routing import Rule

from inspectorate.accounts.permissions import Role
from inspectorate.audit import witness
from inspectorate.audit.verification import verify
from inspectorate.audit.verification.rows import recorded_tables
from inspectorate.extensions import db
from inspectorate.procedure.states import State
from tests import postgres
from tests.databases import PostgresDatabase, dispose
from tests.harness.test_access import table
from tests.harness.world import World, build

PATIENCE = 5.0
"""Seconds that one request may take."""

RECORD = "record_entry"
READING = ("GET", "HEAD", "OPTIONS")
MADE_BY_READING = {"document"}
"""The PDF of a paper is made when it is first asked for; its hash is kept with an entry of its own."""


class Hang(BaseException):
    """A request took longer than it may; no handler of the application catches it."""


@contextmanager
def in_time(seconds: float = PATIENCE) -> Iterator[None]:
    """Interrupts what is inside when the time is over, wherever it stands. Raises Hang."""

    def ring(_signal: int, _frame: Any) -> None:
        raise Hang(f"no answer within {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Snapshot(Protocol):
    """A database as it was at one moment."""

    def restore(self) -> None:
        """Have it again as it was."""
        ...


class SqliteSnapshot:
    """A copy of the file."""

    def __init__(self, app: Flask, database: Any) -> None:
        self.app, self.path = app, Path(database.path)
        self.kept = self.path.with_suffix(".kept")
        dispose(app)
        shutil.copyfile(self.path, self.kept)

    def restore(self) -> None:
        """Have it again as it was."""
        dispose(self.app)
        for suffix in ("-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.kept, self.path)


class PostgresSnapshot:
    """A database made from the other as its template."""

    def __init__(self, app: Flask, database: PostgresDatabase) -> None:
        self.app, self.database, self.kept = app, database, f"{database.name}_kept"
        dispose(app)
        postgres.copy(database.cluster, database.name, self.kept)

    def restore(self) -> None:
        """Have it again as it was."""
        dispose(self.app)
        postgres.copy(self.database.cluster, self.kept, self.database.name)


@dataclass
class Writes:
    """Tables written by each transaction that was committed since the last look."""

    open: dict[int, set[str]] = field(default_factory=dict)
    committed: list[set[str]] = field(default_factory=list)

    def __enter__(self) -> "Writes":
        for name, listener in self._listeners():
            event.listen(Engine, name, listener)
        return self

    def __exit__(self, *_error: object) -> None:
        for name, listener in self._listeners():
            event.remove(Engine, name, listener)

    def _listeners(self) -> list[tuple[str, Any]]:
        executed, committed, rolled_back = self._executed, self._committed, self._rolled_back
        return [("before_cursor_execute", executed), ("commit", committed), ("rollback", rolled_back)]

    def take(self) -> list[set[str]]:
        """What was committed since the last look."""
        taken, self.committed = self.committed, []
        return taken

    def _executed(self, connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        words = statement.split(None, 3)
        verb = words[0].upper() if words else ""
        if verb in ("INSERT", "UPDATE", "DELETE"):
            name = words[1 if verb == "UPDATE" else 2].partition("(")[0].strip('"')
            self.open.setdefault(id(connection), set()).add(name)

    def _committed(self, connection: Any) -> None:
        if tables := self.open.pop(id(connection), None):
            self.committed.append(tables)

    def _rolled_back(self, connection: Any) -> None:
        self.open.pop(id(connection), None)


@dataclass
class Fuzzer:
    """Sends requests as whoever may, and keeps what was wrong with them."""

    app: Flask
    world: World
    snapshot: Snapshot
    cookies: dict[Role | None, str]
    writes: Writes
    sent: int = 0
    answered: dict[int, int] = field(default_factory=dict)
    slowest: tuple[float, str] = (0.0, "")
    wrong: list[tuple[Any, ...]] = field(default_factory=list)
    changed: bool = False
    told: list[tuple[str, object]] = field(default_factory=list)
    """The properties of the test, which tell what it did."""

    def send(self, role: Role | None, method: str, place: str, **request: Any) -> Any:
        """One request as somebody of a role of the own office (None: nobody); the response, or None."""
        headers = [*request.pop("headers", [])]
        if not any(name.lower() == "cookie" for name, _value in headers) and self.cookies.get(role):
            headers.append(("Cookie", self.cookies[role]))
        client = self.app.test_client(use_cookies=False)
        self.sent += 1
        self.writes.take()
        begun = time.perf_counter()
        try:
            with in_time():
                response = client.open(place, method=method, headers=headers, buffered=True, **request)
        except Hang as hang:
            self.wrong.append((str(hang), method, place, request))
            return None
        except Exception as error:
            self.wrong.append((repr(error), method, place, request))
            return None
        spent = time.perf_counter() - begun
        self.slowest = max(self.slowest, (spent, f"{method} {place[:60]}"))
        self.answered[response.status_code] = self.answered.get(response.status_code, 0) + 1
        if response.status_code >= 500:
            self.wrong.append((response.status_code, method, place, request))
        self._judge_changes(method, place, request)
        self.told[:] = [("found", self.found())]
        return response

    def _judge_changes(self, method: str, place: str, request: Any) -> None:
        for tables in self.writes.take():
            kept = tables & {table.name for table in recorded_tables()}
            self.changed = self.changed or bool(kept)
            if kept and (RECORD not in tables or (method in READING and kept - MADE_BY_READING)):
                self.wrong.append((f"changed {sorted(kept)} unseen", method, place, request))

    def finish_batch(self) -> None:
        """The record must agree with the rows; then all is as it was before the batch."""
        if not self.changed:
            return
        if faults := verify():
            self.wrong.append(("not as the record says", faults[:3]))
        db.session.remove()
        self.snapshot.restore()
        # Nothing outside the database remembers what was taken back.
        witness.path().unlink(missing_ok=True)
        self.changed = False

    def faults(self) -> str:
        """What was wrong, in lines that fit a screen."""
        return "\n".join(repr(fault)[:400] for fault in self.wrong[:40])

    def found(self) -> str:
        """What a run tells."""
        statuses = ", ".join(f"{number} × {status}" for status, number in sorted(self.answered.items()))
        seconds, place = self.slowest
        return f"{self.sent:,} requests ({statuses}); slowest {seconds:.2f} s ({place})"


def prepare(app: Flask, database: Any, client: Any, monkeypatch: pytest.MonkeyPatch, state: State) -> Fuzzer:
    """A world with its case in a state, people of every role signed in, and a copy of it all."""
    world = build(monkeypatch, state)
    cookies: dict[Role | None, str] = {None: ""}
    name = app.config["SESSION_COOKIE_NAME"]
    for role in Role:
        client.sign_in(world.person("own", role))
        cookie = client.get_cookie(name)
        cookies[role] = f"{name}={cookie.value}"
    db.session.remove()
    kind = PostgresSnapshot if isinstance(database, PostgresDatabase) else SqliteSnapshot
    # Errors are answered as in production, not raised into the test.
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    return Fuzzer(app, world, kind(app, database), cookies, Writes())


def somebody(rule: Rule, method: str) -> list[Role | None]:
    """The roles that may use a route, in order; where nobody may, those who try nevertheless."""
    roles = table()[rule.endpoint].roles(method) or {None, Role.INSPECTOR}
    return sorted(roles, key=lambda role: role.value if role else "")
