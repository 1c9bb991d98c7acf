"""The demo, small, made once per worker and database; tests only read it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from inspectorate import clock
from inspectorate.demo.world import World, invent

if TYPE_CHECKING:
    from flask import Flask

    from tests.databases import Database

ESTABLISHMENTS, SEED = 30, 1


@pytest.fixture(scope="module")
def today() -> date:
    """The day on which the demo is made."""
    return clock.today()


@pytest.fixture(scope="module")
def world(today: date) -> World:
    """What was invented."""
    return invent(ESTABLISHMENTS, SEED, today)


@pytest.fixture(scope="module")
def demo(application: "Flask", database: "Database", tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Flask]":
    """An application whose database ``flask demo`` has filled."""
    config = dict(application.config)
    folder: Path = tmp_path_factory.mktemp("demo")
    application.config.update(DATA_DIR=folder, FILES_URL=(folder / "files").as_uri())
    database.reset(application)
    done = application.test_cli_runner().invoke(
        args=["demo", "--establishments", str(ESTABLISHMENTS), "--seed", str(SEED)]
    )
    assert done.exit_code == 0, f"{done.output}\n{done.exc_info}"
    yield application
    application.config.clear()
    application.config.update(config)
