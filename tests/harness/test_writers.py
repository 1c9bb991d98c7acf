"""Many people change the same rows at once through the real server: no change is lost, none fails, all are recorded.

Each reads a form, counts up in a field and sends it back, as a person does. Who comes late is shown what is there now,
counts up from that, and sends again.
"""

import json
import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from flask import Flask
from lxml import html

from inspectorate.audit.models import RecordEntry
from inspectorate.audit.queries import history
from inspectorate.audit.verification import verify
from inspectorate.extensions import db
from inspectorate.registry.models import Person
from tests.harness.crowd import Crowd, gather
from tests.harness.scale import count
from tests.harness.server import Answer, Browser, Server

WRITERS, CHANGES = count(4, 16), count(5, 100)
ROWS = count(2, 8)
WORKERS = count(2, 4)
MOST_TRIES = 200
"""How often one change may come late before something is wrong."""


def test_many_writers_lose_no_change_of_the_same_rows(
    app: Flask, database: Any, record_property: Callable[[str, object], None]
) -> None:
    crowd = gather(app, WRITERS, ROWS)
    with Server(database.url, Path(app.config["DATA_DIR"]), WORKERS) as server, ThreadPoolExecutor(WRITERS) as pool:
        browsers = crowd.browsers(server.port)
        made = list(pool.map(lambda number: write(browsers[number], crowd, number), range(WRITERS)))
    changes: Counter[int] = sum((one for one, _late in made), Counter())
    late = sum(late for _one, late in made)
    assert changes.total() == WRITERS * CHANGES
    look(app, changes)
    record_property(
        "found",
        f"{WRITERS} writers, {changes.total():,} changes of {ROWS} rows, {late:,} of them first came late: "
        "none lost, all recorded",
    )


def write(browser: Browser, crowd: Crowd, number: int) -> tuple[Counter[int], int]:
    """How often one person has counted up each row, and how often that came late."""
    chance, made, late = random.Random(number), Counter[int](), 0
    for _ in range(CHANGES):
        person = chance.choice(crowd.persons)
        late += count_up(browser, person)
        made[person] += 1
    return made, late


def count_up(browser: Browser, person: int) -> int:
    """Count up in the address of a person; how often that came late."""
    place = f"/registry/{person}/change"
    answer = browser.get(place)
    assert answer.status == 200, answer.status
    fields, now = answer.fields, int(answer.fields["address"])
    for late in range(MOST_TRIES):
        answer = browser.post(place, fields | {"address": str(now + 1)})
        if answer.status == 302:
            return late
        assert answer.status == 409, (answer.status, answer.problems)
        fields, now = answer.fields, there_now(answer, "address", typed=str(now + 1))
    raise AssertionError("it came late every time")


def there_now(answer: Answer, name: str, typed: str) -> int:
    """What the page of a late save says is there now: in the field, or beside it where both have changed it."""
    assert answer.fields[name] == typed, "what was typed is gone"
    boxes = html.fromstring(answer.content.decode()).xpath("//input[@name='take']/@value")
    values = dict(json.loads(box)[1][0] for box in boxes)
    return int(values.get(name, typed))


def look(app: Flask, changes: Counter[int]) -> None:
    """The rows hold the sum of all changes, and each change has its entry."""
    with app.app_context():
        for person, number in changes.items():
            row = db.session.get_one(Person, person)
            assert row.address == str(number)
            entries = [entry for entry in history(row) if entry.event == "registry:person:change"]
            counted = [value for entry in entries for value in counts(entry)]
            assert counted == [str(step) for step in range(1, number + 1)]
        assert list(verify()) == []
        db.session.remove()


def counts(entry: RecordEntry) -> list[str]:
    """What an entry says the address became."""
    return [change["set"]["address"][1] for change in entry.changes if "address" in change["set"]]
