"""Whatever somebody changes behind the application's back, ``flask audit verify`` finds and names."""

import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from inspectorate import files
from inspectorate.audit.verification import verify
from inspectorate.documents.models import Document
from inspectorate.extensions import db
from inspectorate.inspections.models import Evidence
from tests import factories
from tests.harness import manipulations
from tests.harness.manipulations import IN_THE_DATABASE, Named, NotPossible
from tests.harness.scale import count
from tests.harness.world import build, keep
from tests.inspections.scene import moment

TIMES = count(30, 1000)
FILES_EVERY = 6
"""Each sixth manipulation is one of a file."""


@pytest.fixture
def stored(app: Flask, session: Any, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The paths of the files of a world with a record of every kind."""
    world = build(monkeypatch)
    for number in range(6):
        columns = {"kind": "audiovisual", "title": f"照片{number}", "captured_at": moment(date(2026, 7, 15), 9, 0)}
        content = Random(number).randbytes(2000)
        factories.add(Evidence(case_id=world.ids["case_id"], sha256=files.put(content), **columns))
        keep()
    paper = session.get_one(Document, world.ids["document_id"])
    paper.pdf_sha256 = files.put(b"%PDF-1.7 printed once")
    keep()
    session.remove()
    assert verify() == []
    return sorted(path for path in Path(app.config["DATA_DIR"], "files").rglob("*") if path.is_file())


def in_the_database(random: Random) -> tuple[str, Named, Any]:
    """Do one manipulation that is possible, verify inside its transaction, and roll it back."""
    while True:
        manipulate = random.choice(IN_THE_DATABASE)
        with db.engine.connect() as connection, connection.begin() as transaction:
            try:
                named = _done(connection, manipulate, random)
                return manipulate.__name__, named, verify(connection)
            except (NotPossible, DBAPIError):
                continue  # nothing there to do it to, or a constraint of the database itself refuses it
            finally:
                transaction.rollback()


def _done(connection: Connection, manipulate: Callable[..., Named], random: Random) -> Named:
    with manipulations.unguarded(connection):
        return manipulate(connection, random)


def on_the_disk(paths: list[Path], random: Random) -> tuple[str, Named, Any]:
    """Do one manipulation of a file, verify, and undo it."""
    what, named, undo = manipulations.manipulate_a_file(paths, random)
    try:
        return what, named, verify()
    finally:
        undo()


def test_every_manipulation_is_found_and_named(stored: list[Path], record_property: Callable[[str, str], None]) -> None:
    done: Counter[str] = Counter()
    unnamed, seconds = [], 0.0
    for number in range(TIMES):
        random = Random(number)
        started = time.perf_counter()
        what, named, faults = on_the_disk(stored, random) if number % FILES_EVERY == 0 else in_the_database(random)
        seconds += time.perf_counter() - started
        done[what] += 1
        if not named.by(faults):
            unnamed.append((number, what, named, faults[:3]))
    assert not unnamed
    assert verify() == []
    each = 1000 * seconds / TIMES
    record_property("found", f"{TIMES} manipulations of {len(done)} kinds, each found and named ({each:.0f} ms each)")
