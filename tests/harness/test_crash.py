"""The server is killed in the middle of its work, again and again: whatever it has acknowledged is there afterwards.

Several people write and upload without a pause and note what was answered. The whole group of processes is killed with
-9, the database and the files are looked at as the crash left them, and it starts again on them.
"""

import hashlib
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url, select

from inspectorate import clock
from inspectorate.complaints.models import Complaint
from inspectorate.documents.models import Document
from inspectorate.extensions import db
from inspectorate.inspections.models import Evidence
from inspectorate.registry.models import Person
from tests.databases import dispose
from tests.harness.crowd import Crowd, gather
from tests.harness.scale import FULL, count
from tests.harness.server import NO_FILES, Browser, NoAnswer, Server

KILLS = count(2, 100)
PEOPLE = 6


@dataclass
class Sent:
    """One thing that was sent: under which key, what, and whether the answer came."""

    kind: str
    key: str
    what: Any
    answered: bool = False


@dataclass
class Journal:
    """What all people have sent, in the order of each."""

    sent: list[Sent] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def enter(self, kind: str, key: str, what: Any) -> Sent:
        """Note something before it is sent."""
        entry = Sent(kind, key, what)
        with self.lock:
            self.sent.append(entry)
        return entry

    def of(self, kind: str) -> dict[str, Sent]:
        """The entries of one kind by their key."""
        return {entry.key: entry for entry in self.sent if entry.kind == kind}

    @property
    def answered(self) -> int:
        """How much was acknowledged."""
        return sum(entry.answered for entry in self.sent)


class Worker:
    """One of the people: does one thing after the other until the server is gone."""

    def __init__(self, number: int, browser: Browser, crowd: Crowd, journal: Journal) -> None:
        self.number, self.browser, self.crowd, self.journal = number, browser, crowd, journal
        self.chance = random.Random(number)
        self.done = 0
        self.work: Callable[[], None] = (self.complain, self.upload, self.change)[number % 3]

    def run(self) -> None:
        """Work until there is no answer."""
        try:
            while True:
                self.work()
        except NoAnswer:
            return

    def _key(self) -> str:
        self.done += 1
        return f"crash-{self.number}-{self.done}"

    def complain(self) -> None:
        """Write down a complaint."""
        key = self._key()
        self.send(self.journal.enter("complaint", key, f"无证行医 {key}"))

    def upload(self) -> None:
        """Add a file to the own report."""
        key = self._key()
        body = f"{key} " * self.chance.choice([200, 6_000, 30_000])
        self.send(self.journal.enter("evidence", key, f"%PDF-1.7\n{body}\n%%EOF\n".encode()))

    def change(self) -> None:
        """Count up in the address of the own person."""
        person = self.crowd.persons[self.number]
        form = self.browser.get(f"/registry/{person}/change").fields
        wanted = str(int(form["address"]) + 1)
        entry = self.journal.enter("change", f"{person} {wanted}", person)
        self.acknowledge(entry, f"/registry/{person}/change", form | {"address": wanted})

    def send(self, entry: Sent) -> None:
        """Send a complaint or a file, perhaps once more."""
        today = clock.today().isoformat()
        if entry.kind == "complaint":
            fields = {"key": entry.key, "text": entry.what, "received_on": today, "channel": "hotline"}
            fields |= {"region_code": "330106", "anonymous": "y", "subject_text": "某诊所"}
            self.acknowledge(entry, "/complaints/new", fields)
        else:
            place = f"/inspections/{self.crowd.drafts[self.number]}/evidence"
            fields = {"key": entry.key, "kind": "documentary", "add": "1"}
            self.acknowledge(entry, place, fields, {"files": (f"{entry.key}.pdf", entry.what)})

    def acknowledge(self, entry: Sent, place: str, fields: dict[str, str], files: Any = NO_FILES) -> None:
        """Send it, and note the answer."""
        answer = self.browser.post(place, fields, files)
        assert answer.status == 302, (entry.kind, answer.status, answer.problems)
        entry.answered = True


@pytest.fixture
def server(app: Flask, database: Any) -> Iterator[Server]:
    server = Server(database.url, Path(app.config["DATA_DIR"]))
    yield server
    server.kill()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if FULL else ["sqlite"], indirect=True)
def test_whatever_was_acknowledged_outlasts_a_killed_server(
    app: Flask, server: Server, record_property: Callable[[str, object], None]
) -> None:
    crowd = gather(app, PEOPLE, PEOPLE)
    journal, chance = Journal(), random.Random(20261122)
    server.start()
    browsers = crowd.browsers(server.port)
    workers = [Worker(number, browser, crowd, journal) for number, browser in enumerate(browsers)]
    for kill in range(KILLS):
        if kill:
            server.start()
        interrupted(server, workers, journal, chance)
        settle(app)
        look(app, journal, crowd)
    server.start()
    lost = sum(not entry.answered for entry in journal.sent)
    once_more(workers, journal)
    look(app, journal, crowd)
    record_property(
        "found",
        f"{KILLS} kills; {journal.answered:,} changes and files acknowledged and {lost:,} cut off: "
        "none lost, none half-done",
    )
    assert journal.answered > KILLS and lost > KILLS // 2, "it was not killed in the middle of anything"


def interrupted(server: Server, workers: list[Worker], journal: Journal, chance: random.Random) -> None:
    """All work at once, and the server is killed meanwhile, mostly after it has acknowledged something.

    Whatever a worker finds wrong fails the test.
    """
    before, warm, deadline = journal.answered, chance.random() < 0.8, time.monotonic() + 10
    wrong: list[BaseException] = []

    def run(worker: Worker) -> None:
        try:
            worker.run()
        except BaseException as error:
            wrong.append(error)

    threads = [Thread(target=run, args=[worker]) for worker in workers]
    for thread in threads:
        thread.start()
    while warm and journal.answered == before and not wrong and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(chance.uniform(0.02, 0.5))
    server.kill()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]


def settle(app: Flask) -> None:
    """Until PostgreSQL has noticed that its clients are gone, one of them may still commit what it was told to."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    dispose(app)
    if url.get_backend_name() == "sqlite":
        return
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    with psycopg.connect(host=url.query["host"], user=url.username, dbname="postgres", autocommit=True) as connection:  # type: ignore[arg-type]
        while (connection.execute(others, [url.database]).fetchone() or [0])[0]:
            time.sleep(0.01)


def look(app: Flask, journal: Journal, crowd: Crowd) -> None:
    """Everything acknowledged is there once and whole; what was not is there whole or not at all; the record holds."""
    with app.app_context():
        complaints(journal)
        evidence(journal)
        changes(journal, crowd)
        stored(Path(app.config["DATA_DIR"]) / "files")
        db.session.remove()
    verified = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert verified.exit_code == 0, verified.output


def complaints(journal: Journal) -> None:
    sent = journal.of("complaint")
    rows = db.session.execute(select(Complaint.key, Complaint.text, Complaint.number)).all()
    assert max(Counter(row.key for row in rows).values(), default=1) == 1
    assert {row.key: row.text for row in rows}.items() <= {key: entry.what for key, entry in sent.items()}.items()
    assert {key for key, entry in sent.items() if entry.answered} <= {row.key for row in rows}
    serials = sorted(int(row.number.rpartition("—")[2]) for row in rows)
    assert serials == list(range(1, len(rows) + 1)), "a number is missing, or was given twice"


def evidence(journal: Journal) -> None:
    sent = journal.of("evidence")
    rows = {row.key.removesuffix(":0"): row for row in db.session.execute(select(Evidence.key, Evidence.sha256))}
    assert {key for key, entry in sent.items() if entry.answered} <= rows.keys() <= sent.keys()
    for key, row in rows.items():
        assert row.sha256 == hashlib.sha256(sent[key].what).hexdigest()


def changes(journal: Journal, crowd: Crowd) -> None:
    for person in crowd.persons:
        mine = [entry for entry in journal.of("change").values() if entry.what == person]
        acknowledged = max((int(entry.key.split()[1]) for entry in mine if entry.answered), default=0)
        attempted = max((int(entry.key.split()[1]) for entry in mine), default=0)
        now = int(db.session.get_one(Person, person).address or 0)
        assert acknowledged <= now <= attempted


def stored(folder: Path) -> None:
    """Every file of a row is in the store, and every file there is what its name says."""
    there = {path.name: path for path in folder.glob("??/*")}
    named = {*db.session.scalars(select(Evidence.sha256)), *db.session.scalars(select(Document.pdf_sha256))} - {None}
    assert named <= there.keys()
    for name, path in there.items():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == name
    assert {path.name for path in folder.iterdir() if len(path.name) != 2} <= {"arriving"}


def once_more(workers: list[Worker], journal: Journal) -> None:
    """Whoever got no answer sends the same again: it is made, and made once."""
    for entry in journal.sent:
        if not entry.answered and entry.kind != "change":
            workers[int(entry.key.split("-")[1])].send(entry)
