"""Migrations are numbered in sequence and give exactly the models' schema, each up and down, on both databases."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.house.source import MIGRATIONS

if TYPE_CHECKING:
    from flask import Flask

SCRIPTS = ScriptDirectory(str(MIGRATIONS.parent))
NAMES = sorted(path.stem for path in MIGRATIONS.glob("*.py"))


def test_migrations_are_numbered_in_sequence() -> None:
    assert NAMES
    assert [re.match(r"\d{4}_[a-z0-9_]+$", name) is not None for name in NAMES] == [True] * len(NAMES)
    assert [int(name[:4]) for name in NAMES] == list(range(1, len(NAMES) + 1))


def test_every_migration_follows_the_one_numbered_before_it() -> None:
    chain = [script.revision for script in SCRIPTS.walk_revisions()]
    assert list(reversed(chain)) == [name[:4] for name in NAMES]
    assert len(SCRIPTS.get_heads()) == 1


@pytest.fixture
def bare(app: "Flask") -> "Iterator[Flask]":
    """The app on its migrated database, with the connections of the tests before closed."""
    from inspectorate.extensions import db

    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def differences() -> list[Any]:
    """What autogenerate would still change in the database."""
    from inspectorate.extensions import db

    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, db.metadata))


def tables() -> set[str]:
    """Names of the tables that there are, apart from alembic's own."""
    from sqlalchemy import inspect

    from inspectorate.extensions import db

    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_the_migrations_give_exactly_the_schema_of_the_models(bare: "Flask") -> None:
    assert differences() == []


def test_each_migration_goes_down_and_up_again(bare: "Flask") -> None:
    from flask_migrate import downgrade, upgrade

    for name in reversed(NAMES):
        before = tables()
        downgrade(revision="-1")
        upgrade(revision="+1")
        assert tables() == before, name
        downgrade(revision="-1")
    assert tables() == set()
    upgrade()
    assert differences() == []


def test_the_command_that_checks_the_schema_agrees(bare: "Flask") -> None:
    result = bare.test_cli_runner().invoke(args=["db", "check"])
    assert not result.exit_code, result.output


def test_no_migration_depends_on_code_that_will_change() -> None:
    assert not [path.name for path in Path(MIGRATIONS).glob("*.py") if "inspectorate" in path.read_text()]
