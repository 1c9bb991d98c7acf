"""Walks 5 and 6 of a working day, from thirty counties to the frozen table of their province and its files.

What a walk may cost stands in docs/walks.md, in its second table.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from inspectorate import clock, create_app
from inspectorate.extensions import db
from tests.conftest import ROOT
from tests.databases import KINDS, dispose, owner_of
from tests.harness.scale import FULL
from tests.journeys.walks import county_deadline, province_freezes
from tests.journeys.walks.story import Story
from tests.journeys.walks.thirty_counties import Ground, settle
from tests.journeys.walks.windows import windows

pytestmark = pytest.mark.journey

ALLOWED = re.compile(r"^\| (\d), thirty counties \|[^|]*\| (\d+) \| (\d+) \|", re.MULTILINE)
"""Lines of the second table in docs/walks.md: walk, what it is, presses, fields."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"] if FULL else ["sqlite"])
def app(
    request: pytest.FixtureRequest, run_folder: Path, tmp_path_factory: pytest.TempPathFactory, worker_name: str
) -> Iterator[Flask]:
    """The application on an empty database that stays for both walks."""
    kind = KINDS[request.param]
    stored = kind(run_folder, tmp_path_factory.mktemp("counties"), f"counties_{worker_name}", owner_of(request.config))
    app = create_app(stored.config() | {"WTF_CSRF_ENABLED": True, "TESTING": False})
    stored.reset(app)
    yield app
    dispose(app)


@pytest.fixture(scope="module")
def place(app: Flask) -> Iterator[Ground]:
    """The province on the morning of 3 August 2021, the counties' last day."""
    ground = Ground(app)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: ground.now)
        with app.app_context():
            settle(ground)
            db.session.remove()
        yield ground


@pytest.fixture(scope="module")
def story(browser: Browser, place: Ground, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A server that stays for both walks, and a window for each person."""
    chapters = {5: partial(county_deadline.walk, place=place), 6: partial(province_freezes.walk, place=place)}
    with windows(browser, place.app) as opened:
        yield Story(opened, tmp_path_factory.mktemp("papers"), chapters)


@pytest.fixture
def walk(story: Story, record_property: Callable[[str, object], None]) -> Callable[[int], None]:
    """Walk up to a walk, say what it took, and hold it to what it may take."""
    lines = ALLOWED.findall((ROOT / "docs" / "walks.md").read_text(encoding="utf-8"))
    allowed = {int(number): (int(presses), int(fields)) for number, presses, fields in lines}

    def walk(number: int) -> None:
        took = story.tell(number)
        record_property("found", f"walk {number} among thirty counties: {took}")
        presses, fields = allowed[number]
        assert took.presses <= presses and took.fields <= fields, f"longer than docs/walks.md allows: {took}"

    return walk


def test_walk_5_the_county_office_mends_one_warning_explains_the_other_and_submits(walk: Callable[[int], None]) -> None:
    walk(5)


def test_walk_6_the_province_sends_one_back_freezes_and_takes_table_and_cases_away(walk: Callable[[int], None]) -> None:
    walk(6)
