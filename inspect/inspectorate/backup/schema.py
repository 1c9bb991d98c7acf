"""The schema by its migrations, within a transaction that may still be rolled back."""

from collections.abc import Callable
from typing import Any

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection


def _script() -> ScriptDirectory:
    return ScriptDirectory(current_app.extensions["migrate"].directory)


def newest() -> str:
    """The revision that this program works with."""
    return str(_script().get_current_head())


def present(connection: Connection) -> str | None:
    """The revision of the database; None where nothing has been set up."""
    return MigrationContext.configure(connection).get_current_revision()


def make_anew(connection: Connection) -> None:
    """Take down whatever there is and build the schema of this program, all tables empty."""
    script = _script()
    if present(connection):
        _run(connection, lambda at, _context: script._downgrade_revs("base", at))
    _run(connection, lambda at, _context: script._upgrade_revs("head", at))


def _run(connection: Connection, steps: Callable[[Any, Any], Any]) -> None:
    context = MigrationContext.configure(connection, opts={"fn": steps, "transactional_ddl": True})
    with Operations.context(context):
        context.run_migrations()
