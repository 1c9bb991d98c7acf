"""The walks of a working day, one case through all of them: entered once on a phone, printed by the province.

Each walk costs no more presses and fields than docs/walks.md says; what it took is printed at the end of the run.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import Browser

from inspectorate import create_app
from tests.conftest import ROOT
from tests.databases import PostgresDatabase, SqliteDatabase, owner_of
from tests.harness.scale import FULL
from tests.journeys.conftest import DEMO
from tests.journeys.hands import Hand, Keyboard, Pointer
from tests.journeys.walks import (
    approve_serve_decide,
    county_reports,
    field_report,
    legal_review,
    open_a_case,
    province_prints,
)
from tests.journeys.walks.story import Story
from tests.journeys.walks.windows import windows

pytestmark = pytest.mark.journey

WALKS = {
    1: field_report.walk,
    2: open_a_case.walk,
    3: legal_review.walk,
    4: approve_serve_decide.walk,
    5: county_reports.walk,
    6: province_prints.walk,
}
ALLOWED = re.compile(r"^\| (\d) \|[^|]*\| (\d+) \| (\d+) \|", re.MULTILINE)
"""Lines of the table in docs/walks.md: walk, what it is, presses, fields."""


class Way(NamedTuple):
    """On which database a story is walked, by which hand, and whether the browser runs scripts."""

    database: str = "sqlite"
    hand: type[Hand] = Pointer
    scripts: bool = True

    def __str__(self) -> str:
        return f"{self.database}-{self.hand.__name__.lower()}{'' if self.scripts else '-no scripts'}"


WAYS = [Way(), Way("postgresql"), Way(hand=Keyboard), Way(scripts=False)]


@pytest.fixture(scope="module", params=WAYS if FULL else WAYS[:1], ids=str)
def way(request: pytest.FixtureRequest) -> Way:
    """One of the ways."""
    found: Way = request.param
    return found


@pytest.fixture(scope="module")
def app(
    way: Way,
    request: pytest.FixtureRequest,
    run_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    worker_name: str,
) -> Flask:
    """The application on demo data that stay for all walks."""
    folder = tmp_path_factory.mktemp("story")
    if way.database == "postgresql":
        stored = PostgresDatabase(run_folder, folder, f"story_{worker_name}", owner_of(request.config))
        app = create_app(stored.config() | {"WTF_CSRF_ENABLED": True, "TESTING": False})
        stored.reset(app)
        done = app.test_cli_runner().invoke(args=DEMO)
        assert not done.exit_code, done.output
        return app
    database = SqliteDatabase(run_folder, folder, worker_name, owner=0)
    database.template = request.getfixturevalue("demo_database").template
    app = create_app(database.config() | {"WTF_CSRF_ENABLED": True, "TESTING": False})
    database.reset(app)
    shutil.copytree(database.template.parent / "files", folder / "files", dirs_exist_ok=True)
    return app


@pytest.fixture(scope="module")
def story(browser: Browser, app: Flask, way: Way, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A server that stays for all walks, and a window for each person."""
    with windows(browser, app, way.hand, way.scripts) as opened:
        yield Story(opened, tmp_path_factory.mktemp("papers"), WALKS)


@pytest.fixture
def walk(story: Story, record_property: Callable[[str, object], None]) -> Callable[[int], None]:
    """Walk up to a walk, say what it took, and hold it to what it may take."""
    allowed = {int(number): (int(presses), int(fields)) for number, presses, fields in _allowed()}

    def walk(number: int) -> None:
        took = story.tell(number)
        record_property("found", f"walk {number}: {took}")
        presses, fields = allowed[number]
        assert took.presses <= presses and took.fields <= fields, f"longer than docs/walks.md allows: {took}"

    return walk


def _allowed() -> list[tuple[str, str, str]]:
    return ALLOWED.findall((ROOT / "docs" / "walks.md").read_text(encoding="utf-8"))


def test_walk_1_an_inspector_reports_a_visit_on_the_phone(walk: Callable[[int], None]) -> None:
    walk(1)


def test_walk_2_a_case_is_opened_from_the_report_and_its_fine_held_to_the_range(walk: Callable[[int], None]) -> None:
    walk(2)


def test_walk_3_the_legal_reviewer_sees_everything_on_one_page_and_agrees(walk: Callable[[int], None]) -> None:
    walk(3)


def test_walk_4_the_head_approves_by_the_clock_until_all_is_paid_in_two_parts_and_closed(
    walk: Callable[[int], None],
) -> None:
    walk(4)


def test_walk_5_the_county_office_mends_the_months_table_and_submits_it(walk: Callable[[int], None]) -> None:
    walk(5)


def test_walk_6_the_province_prints_a_table_that_leads_to_its_records_and_the_typical_cases(
    walk: Callable[[int], None],
) -> None:
    walk(6)
