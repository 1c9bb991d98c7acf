"""文号 from many processes at once: no gap and no number twice, whatever fails or is declared void in between."""

import multiprocessing
import random
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import select

from inspectorate import create_app
from inspectorate.accounts.actor import Actor
from inspectorate.audit.verification import verify
from inspectorate.cases.models import Case
from inspectorate.documents import actions
from inspectorate.documents.models import Document, NumberSeries
from inspectorate.extensions import db, unit_of_work
from tests.databases import dispose
from tests.documents.conftest import TODAY, make_office
from tests.documents.samples import snapshot
from tests.harness.scale import count
from tests.harness.world import keep

WRITERS, PAPERS = count(4, 16), count(8, 100)
PROCESSES = multiprocessing.get_context("fork")

KINDS = ("D34", "D28")
"""罚 and 罚告: two series that grow side by side."""


class Interrupted(Exception):
    """Something fails after the number was taken."""


def test_no_number_is_left_out_or_given_twice_whatever_fails_or_is_void(
    app: Flask, record_property: Callable[[str, object], None]
) -> None:
    with app.app_context():
        office = make_office()
        keep()
        case_id, actor = office.case.id, office.actor
        db.session.remove()
    dispose(app)
    config = {name: app.config[name] for name in ("SQLALCHEMY_DATABASE_URI", "DATA_DIR", "FILES_URL", "SECRET_KEY")}
    results: Any = PROCESSES.SimpleQueue()
    writers = [
        PROCESSES.Process(target=write, args=(config, case_id, actor, number, results)) for number in range(WRITERS)
    ]
    for writer in writers:
        writer.start()
    made = [results.get() for _ in writers]
    for writer in writers:
        writer.join()
    assert [one for one in made if isinstance(one, str)] == [], "a writer has failed"
    issued, failed = (sum(numbers) for numbers in zip(*made, strict=True))
    with app.app_context():
        void = look(issued)
        db.session.remove()
    record_property(
        "found",
        f"{WRITERS} processes, {issued:,} papers in {len(KINDS)} series, {failed:,} taken back, {void:,} void: "
        "no gap, no number twice",
    )


def write(config: dict[str, Any], case_id: int, actor: Actor, number: int, results: Any) -> None:
    """One process: tells how many papers it has issued and how many were taken back, or what went wrong."""
    try:
        app = create_app(config)
        with app.app_context():
            db.engine.dispose(close=False)
            results.put(_issue_many(case_id, actor, random.Random(number)))
    except BaseException as error:
        results.put(repr(error))


def _issue_many(case_id: int, actor: Actor, chance: random.Random) -> tuple[int, int]:
    issued = failed = 0
    while issued < PAPERS:
        kind, way = chance.choice(KINDS), chance.choice(["keep", "keep", "fail", "void"])
        try:
            with unit_of_work():
                case = db.session.get_one(Case, case_id)
                data, place = snapshot(kind), case.agency
                paper = actions.issue_document(
                    actor, case, kind, data, agency=place, on=TODAY, today=TODAY, category="医"
                )
                if way == "fail":
                    raise Interrupted
                if way == "void":
                    actions.void_document(actor, paper, reason="文书有误，作废")
        except Interrupted:
            failed += 1
        else:
            issued += 1
    return issued, failed


def look(issued: int) -> int:
    """The serials of each series have neither gap nor double; a void paper keeps its own. Tells how many are void."""
    papers = db.session.scalars(select(Document)).all()
    assert len(papers) == issued
    for series in db.session.scalars(select(NumberSeries)):
        serials = sorted(paper.serial or 0 for paper in papers if paper.series == series.series)
        assert serials == list(range(1, series.last_serial + 1))
    assert len({paper.number for paper in papers}) == issued
    assert all(paper.number and str(paper.serial) in paper.number for paper in papers)
    assert list(verify()) == []
    return sum(paper.void_reason is not None for paper in papers)
