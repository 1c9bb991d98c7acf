"""Fresh, migrated databases at the price of a file copy: migrations run once per test run, on a template."""

import os
import shutil
from pathlib import Path
from typing import Any, Protocol

import psycopg
from flask import Flask
from flask_migrate import upgrade

from inspectorate import create_app
from inspectorate.extensions import db
from tests import postgres

SECRET = "only for tests"


def test_config(url: str, folder: Path) -> dict[str, Any]:
    """Configuration of an app under test."""
    return {
        "TESTING": True,
        "SECRET_KEY": SECRET,
        "SQLALCHEMY_DATABASE_URI": url,
        "DATA_DIR": folder,
        "FILES_URL": (folder / "files").as_uri(),
        "WTF_CSRF_ENABLED": False,
    }


def migrate(url: str, folder: Path, revision: str = "head") -> None:
    """Bring the database at ``url`` to a revision, through the application's own migrations."""
    app = create_app(test_config(url, folder))
    with app.app_context():
        upgrade(revision=revision)
        db.session.remove()
        db.engine.dispose()


class Database(Protocol):
    """One kind of database, with a place of its own for one test worker."""

    url: str

    def __init__(self, run_folder: Path, folder: Path, worker: str, owner: int) -> None: ...

    def config(self) -> dict[str, Any]:
        """Configuration of an app on this database."""
        ...

    def reset(self, app: Flask) -> None:
        """Give the app a fresh copy of the migrated template."""
        ...


class SqliteDatabase:
    """A file copied from the template's."""

    def __init__(self, run_folder: Path, folder: Path, worker: str, owner: int) -> None:
        self.folder, self.path = folder, folder / "inspectorate.db"
        self.url = f"sqlite:///{self.path}"
        self.template = run_folder / "template.db"
        with postgres.locked(run_folder / "template.lock"):
            if not self.template.exists():
                fresh = run_folder / "template-unfinished.db"
                fresh.unlink(missing_ok=True)
                migrate(f"sqlite:///{fresh}", run_folder)
                fresh.rename(self.template)

    def config(self) -> dict[str, Any]:
        """Configuration of an app on this database."""
        return test_config(self.url, self.folder)

    def reset(self, app: Flask) -> None:
        """Copy the template over whatever an earlier test left."""
        dispose(app)
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.path}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self.template, self.path)


class PostgresDatabase:
    """A copy of the template, emptied between tests: making each anew took four times as long, and its first questions
    are dear.
    """

    TEMPLATE = "migrated"

    def __init__(self, run_folder: Path, folder: Path, worker: str, owner: int) -> None:
        self.folder, self.name = folder, f"test_{worker}"
        self.cluster = postgres.shared(run_folder, owner)
        self.url = postgres.url(self.cluster, self.name)
        self.emptier: Emptier | None = None
        with postgres.locked(run_folder / "template.lock"):
            if not postgres.exists(self.cluster, self.TEMPLATE):
                unfinished = "unfinished"
                postgres.copy(self.cluster, None, unfinished)
                migrate(postgres.url(self.cluster, unfinished), run_folder)
                postgres.rename(self.cluster, unfinished, self.TEMPLATE)

    def config(self) -> dict[str, Any]:
        """Configuration of an app on this database."""
        return test_config(self.url, self.folder)

    def reset(self, app: Flask) -> None:
        """Empty what an earlier test left, or copy the template again where that cannot be done."""
        if self.emptier is not None:
            if self.emptier.empty():
                return
            self.emptier.connection.close()
        dispose(app)
        postgres.copy(self.cluster, self.TEMPLATE, self.name)
        self.emptier = Emptier(postgres.connect(self.cluster, self.name))


class Emptier:
    """Empties a database through a connection of its own, past the triggers that keep the record.

    Sequences start at 1 again. What changed the schema, or still works in the database, is left to a new copy.
    """

    CHANGED = "SELECT count(*) FROM watch.changed"
    VERSIONS = "SELECT string_agg(version_num, ' ') FROM alembic_version"
    BUSY = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()"
    )
    FROM_ONE = "SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences WHERE last_value > 0"

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.connection = connection
        connection.execute("SET session_replication_role = replica; SET lock_timeout = '2s'")
        connection.execute(
            "CREATE SCHEMA watch; CREATE TABLE watch.changed (); "
            "CREATE FUNCTION watch.notice() RETURNS event_trigger LANGUAGE plpgsql AS "
            "$$ BEGIN INSERT INTO watch.changed DEFAULT VALUES; END $$; "
            "CREATE EVENT TRIGGER watch ON ddl_command_end EXECUTE FUNCTION watch.notice()"
        )
        self.versions = self._ask(self.VERSIONS)
        named = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        self.tables = [name for (name,) in named if name != "alembic_version"]
        self.filled = " UNION ALL ".join(f"SELECT '{n}' WHERE EXISTS (SELECT FROM \"{n}\")" for n in self.tables)

    def empty(self) -> bool:
        """Whether it could be done."""
        try:
            if self._ask(self.CHANGED) or self._ask(self.BUSY) or self._ask(self.VERSIONS) != self.versions:
                return False
            filled = [name for (name,) in self.connection.execute(self.filled)]
            if filled:
                names = ", ".join(f'"{name}"' for name in filled)
                self.connection.execute(f"TRUNCATE {names} CASCADE")
            self.connection.execute(self.FROM_ONE)
        except psycopg.Error:
            return False
        return True

    def _ask(self, question: str) -> Any:
        row = self.connection.execute(question).fetchone()
        return row and row[0]


KINDS: dict[str, type[Database]] = {"sqlite": SqliteDatabase, "postgresql": PostgresDatabase}


def dispose(app: Flask) -> None:
    """Close the app's connections to its database."""
    with app.app_context():
        db.engine.dispose()


def owner_of(config: Any) -> int:
    """The process whose end ends the cluster: pytest's controller."""
    return int(getattr(config, "workerinput", {}).get("controller", os.getpid()))
