"""Nobody waits long for a paper; one that takes longer is made meanwhile."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from flask import Flask

from inspectorate.documents import pdf


class Slow:
    """Workers that are as slow as a test wants."""

    def __init__(self) -> None:
        self.given: list[Future[bytes]] = []

    def submit(self, *_what: Any) -> Future[bytes]:
        self.given.append(Future())
        return self.given[-1]


@pytest.fixture
def workers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    workers = Slow()
    pdf.close_pool()
    monkeypatch.setattr(pdf, "_workers", lambda: workers)
    for name in ("PATIENCE", "COLD_PATIENCE"):
        monkeypatch.setattr(pdf, name, 0.01)
    yield workers
    pdf.close_pool()


@pytest.fixture
def slow(app: Flask, workers: Slow) -> Iterator[Slow]:
    with app.test_request_context():
        yield workers


def test_a_long_paper_is_told_to_be_under_way_and_handed_out_later_without_being_made_twice(slow: Slow) -> None:
    for _ in range(2):
        with pytest.raises(pdf.StillBeingMade) as told:
            pdf.render_pdf("很长")
    assert told.value.code == 503 and "正在生成" in str(told.value.told)
    assert ("Retry-After", "0.01") in told.value.get_headers()
    assert len(slow.given) == 1
    slow.given[0].set_result(b"%PDF")
    assert pdf.render_pdf("很长") == b"%PDF"


def test_of_many_long_papers_the_first_are_given_up(slow: Slow) -> None:
    for number in range(pdf.KEPT + 2):
        with pytest.raises(pdf.StillBeingMade):
            pdf.render_pdf(str(number))
    assert [future.cancelled() for future in slow.given] == [True] * 2 + [False] * pdf.KEPT


def test_a_command_waits_for_its_file_however_long_it_takes(workers: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    made: Future[bytes] = Future()
    monkeypatch.setattr(workers, "submit", lambda *_what: made)
    threading.Timer(0.1, made.set_result, [b"%PDF"]).start()
    assert pdf.render_pdf("很长") == b"%PDF"
