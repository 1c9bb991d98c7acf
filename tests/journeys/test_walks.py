"""The walks of a working day, one case through all of them: entered once on a phone, printed by the province."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from inspectorate import create_app
from tests.databases import SqliteDatabase
from tests.journeys.conftest import DESKTOP, PHONE, Server, watch
from tests.journeys.walks import approve_serve_decide, field_report, legal_review, open_a_case, province_prints
from tests.journeys.walks.story import Story
from tests.journeys.walks.walker import Walker

pytestmark = pytest.mark.journey

WALKS = {
    1: field_report.walk,
    2: open_a_case.walk,
    3: legal_review.walk,
    4: approve_serve_decide.walk,
    6: province_prints.walk,
}


@pytest.fixture(scope="module")
def story(
    browser: Browser,
    demo_database: SqliteDatabase,
    run_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    worker_name: str,
) -> Iterator[Story]:
    """A server and database that stay for all walks, and a window for each person."""
    database = SqliteDatabase(run_folder, tmp_path_factory.mktemp("story"), worker_name, owner=0)
    database.template = demo_database.template
    app = create_app(database.config() | {"WTF_CSRF_ENABLED": True, "TESTING": False})
    database.reset(app)
    shutil.copytree(database.template.parent / "files", database.folder / "files", dirs_exist_ok=True)
    server = Server(app)
    contexts, complaints = [], []

    def window(phone: bool) -> Walker:
        touch = {"has_touch": True, "is_mobile": True, "device_scale_factor": 2} if phone else {}
        size = PHONE if phone else DESKTOP
        context = browser.new_context(
            base_url=server.url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", **touch
        )
        context.set_default_timeout(10_000)
        context.set_default_navigation_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        watch(context, page, server, complaints)
        return Walker(page)

    yield Story(window, tmp_path_factory.mktemp("pictures"), WALKS)
    for context in contexts:
        context.close()
    server.stop()
    assert not complaints


def test_walk_1_an_inspector_reports_a_visit_on_the_phone(story: Story) -> None:
    story.tell(1)


def test_walk_2_a_case_is_opened_from_the_report_and_its_fine_held_to_the_range(story: Story) -> None:
    story.tell(2)


def test_walk_3_the_legal_reviewer_sees_everything_on_one_page_and_agrees(story: Story) -> None:
    story.tell(3)


def test_walk_4_the_head_approves_by_the_clock_until_the_fine_is_paid_in_two_parts_and_the_case_closed(
    story: Story,
) -> None:
    story.tell(4)


def test_walk_6_the_province_prints_a_table_that_leads_to_its_records_and_the_typical_cases(story: Story) -> None:
    story.tell(6)
