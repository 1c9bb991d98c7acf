"""A real browser and a real server on the demo data, fresh for each journey."""

import logging
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from inspectorate import create_app
from tests import postgres
from tests.databases import SqliteDatabase, dispose
from tests.harness.scale import FULL
from tests.journeys.screen import Screen

# The Nu validator needs Java, which only the full run asks for.
collect_ignore = [] if FULL else ["test_markup.py"]

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
DEMO = ("demo", "--establishments", "60", "--seed", "1")


class Server:
    """The application on a free port of this machine, in a thread of the test, so that a test can set its clock."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="session")
def demo_database(run_folder: Path, tmp_path_factory: pytest.TempPathFactory, worker_name: str) -> SqliteDatabase:
    """A database whose template holds the demo data, made once per run."""
    database = SqliteDatabase(run_folder, tmp_path_factory.mktemp("demo"), worker_name, owner=0)
    folder = run_folder / "demo"
    with postgres.locked(run_folder / "demo.lock"):
        if not folder.exists():
            fresh = run_folder / "demo-unfinished"
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir()
            shutil.copyfile(database.template, fresh / "inspectorate.db")
            config = database.config() | {
                "SQLALCHEMY_DATABASE_URI": f"sqlite:///{fresh / 'inspectorate.db'}",
                "DATA_DIR": fresh,
                "FILES_URL": (fresh / "files").as_uri(),
            }
            app = create_app(config)
            done = app.test_cli_runner().invoke(args=DEMO)
            assert not done.exit_code, f"{done.output}\n{done.exc_info}"
            # The last connection takes what is still in the write-ahead log into the file that is copied.
            dispose(app)
            fresh.rename(folder)
    database.template = folder / "inspectorate.db"
    return database


@pytest.fixture(scope="session")
def running(demo_database: SqliteDatabase) -> Iterator[Server]:
    """The server of this worker; journeys take ``server``."""
    server = Server(create_app(demo_database.config() | {"WTF_CSRF_ENABLED": True, "TESTING": False}))
    yield server
    server.stop()


@pytest.fixture
def server(running: Server, demo_database: SqliteDatabase) -> Server:
    """The server on a fresh copy of the demo data and its files."""
    demo_database.reset(running.app)
    files = demo_database.folder / "files"
    shutil.rmtree(files, ignore_errors=True)
    originals = demo_database.template.parent / "files"
    if originals.exists():
        shutil.copytree(originals, files)
    return running


def opened(browser: Browser, server: Server, size: dict[str, int], **options: Any) -> Iterator[Screen]:
    """A window of its own; the journey fails when a page had an error or asked for something from elsewhere."""
    context = browser.new_context(
        base_url=server.url, viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", **options
    )
    context.set_default_timeout(30_000)
    context.set_default_navigation_timeout(30_000)
    complaints: list[str] = []
    page = context.new_page()
    watch(context, page, server, complaints)
    yield Screen(page)
    context.close()
    assert not complaints


def watch(context: BrowserContext, page: Page, server: Server, complaints: list[str]) -> None:
    """Note errors of scripts, refusals of the content policy, failed answers and requests that leave this server."""
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))

    def said(message: Any) -> None:
        # Every refused request is an error to the console; which ones are wrong is told by their status.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text}")

    def answered(response: Any) -> None:
        if response.status >= 500:
            complaints.append(f"{response.status} {response.url}")

    def requested(request: Any) -> None:
        if not request.url.startswith((server.url, "data:", "blob:")):
            complaints.append(f"left the server: {request.url}")

    page.on("console", said)
    context.on("response", answered)
    context.on("request", requested)


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Screen]:
    """A phone held upright."""
    yield from opened(browser, server, PHONE, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def desktop(browser: Browser, server: Server) -> Iterator[Screen]:
    """An office screen."""
    yield from opened(browser, server, DESKTOP)
