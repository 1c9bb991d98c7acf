"""The test house: every database test runs on SQLite and on PostgreSQL, each on a fresh copy of a migrated database.

``DATABASES=sqlite`` (or ``postgresql``) in the environment runs one of them only, for quick turns while developing.
Under CI a skipped test is a failed one, except where ``../shared`` is absent. Fixtures import the application when they
are used: the tests of ``law`` and ``procedure`` run without it.
"""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tests import scratch
from tests.harness import results
from tests.harness.scale import FULL

if TYPE_CHECKING:
    from flask import Flask
    from playwright.sync_api import Browser

    from tests.client import IsolatedClient
    from tests.databases import Database

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
DATABASES = os.environ.get("DATABASES", "sqlite,postgresql").split(",")
CI = bool(os.environ.get("CI"))
STARTED = time.monotonic()

settings.register_profile(
    "house", deadline=None, derandomize=CI, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.load_profile("house")
scratch.use_memory()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each worker which process owns what outlives a single worker."""
    node.workerinput["controller"] = os.getpid()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is marked ``full_run`` runs in the full run only; what is marked ``one_database`` runs on PostgreSQL only
    there, or where a database was asked for.
    """
    if FULL:
        return
    left_out = [item for item in items if item.get_closest_marker("full_run")]
    if "DATABASES" not in os.environ:
        left_out += [item for item in items if item.get_closest_marker("one_database") and on_postgresql(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def on_postgresql(item: pytest.Item) -> bool:
    """Whether the test runs on PostgreSQL."""
    callspec = getattr(item, "callspec", None)
    return callspec is not None and "postgresql" in callspec.params.values()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under CI a skip fails."""
    report: pytest.TestReport = yield
    return _skips_fail(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Under CI a skipped module fails."""
    report: pytest.CollectReport = yield
    return _skips_fail(report)


def pytest_terminal_summary(terminalreporter: Any, exitstatus: int, config: pytest.Config) -> None:
    """What walks and harnesses found; a full run writes it down (tests/harness/results.py)."""
    if hasattr(config, "workerinput"):
        return  # a worker knows only its own part
    stats = terminalreporter.stats
    passed = stats.get("passed", [])
    found = results.told(passed)
    for name, value in found if FULL or config.get_verbosity() > 0 else ():
        terminalreporter.write_line(f"{name}: {value}")
    if FULL and exitstatus in (0, 1) and config.args_source is pytest.Config.ArgsSource.TESTPATHS:
        minutes = (time.monotonic() - STARTED) / 60
        run = results.full_run(passed, [*stats.get("failed", []), *stats.get("error", [])], minutes)
        before = config.cache.get("full-run", None) if config.getoption("lf") else None
        if before:
            run = results.FullRun(*before).completed(run)
        config.cache.set("full-run", run)
        results.write_page(ROOT / "docs" / "full-run.md", run)


def _skips_fail(report: Any) -> Any:
    lacks_shared = not SHARED.is_dir() and "shared" in str(report.longrepr)
    if CI and report.skipped and not lacks_shared:
        report.outcome = "failed"
        report.longrepr = f"nothing may be skipped in CI: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if hasattr(request.config, "workerinput") else base


@pytest.fixture(scope="session", params=DATABASES)
def database(
    request: pytest.FixtureRequest, run_folder: Path, tmp_path_factory: pytest.TempPathFactory, worker_name: str
) -> "Database":
    """One of the databases, for this worker alone."""
    from tests.databases import KINDS, owner_of

    folder = tmp_path_factory.mktemp(request.param)
    return KINDS[request.param](run_folder, folder, worker_name, owner_of(request.config))


@pytest.fixture(scope="session")
def worker_name() -> str:
    """``gw0``, ``gw1``, … of the worker; ``main`` when there is but one."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """The one browser of this worker."""
    from tests.browser import launched

    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def application(database: "Database") -> "Iterator[Flask]":
    """The app, made once per worker and database; tests take ``app``."""
    from inspectorate import create_app
    from tests.client import IsolatedClient
    from tests.databases import dispose

    application = create_app(database.config())
    application.test_client_class = IsolatedClient
    yield application
    dispose(application)


@pytest.fixture
def app(application: "Flask", database: "Database", tmp_path: Path) -> "Iterator[Flask]":
    """The app on a fresh, migrated, empty database and an empty folder of files; changes to its config are undone."""
    from inspectorate.law.texts import store

    config = dict(application.config)
    application.config.update(DATA_DIR=tmp_path, FILES_URL=(tmp_path / "files").as_uri())
    store.use(tmp_path / store.FOLDER)
    database.reset(application)
    yield application
    application.config.clear()
    application.config.update(config)


@pytest.fixture
def session(app: "Flask") -> Iterator[Any]:
    """The database session of the test, inside an application context."""
    from inspectorate.extensions import db

    with app.app_context():
        yield db.session
        db.session.remove()


@pytest.fixture
def client(app: "Flask") -> "IsolatedClient":
    """A browser without a sign-in; ``app.test_client()`` makes another."""
    return app.test_client()  # type: ignore[return-value]


@pytest.fixture
def sign_in(session: Any, client: "IsolatedClient") -> "Callable[[Any], IsolatedClient]":
    """``sign_in(user)`` signs the ``client`` in and returns it."""

    def sign_in(user: Any) -> "IsolatedClient":
        client.sign_in(user)
        return client

    return sign_in


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The reference folder beside the checkout; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not here")
    return SHARED
