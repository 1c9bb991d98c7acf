"""Fresh, migrated databases at the price of a file copy: migrations run once per test run, on a template."""

import os
import shutil
from pathlib import Path
from typing import Any, Protocol

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
    """Made with ``CREATE DATABASE … TEMPLATE``: triggers that refuse DELETE are no obstacle, sequences start at 1."""

    TEMPLATE = "migrated"

    def __init__(self, run_folder: Path, folder: Path, worker: str, owner: int) -> None:
        self.folder, self.name = folder, f"test_{worker}"
        self.cluster = postgres.shared(run_folder, owner)
        self.url = postgres.url(self.cluster, self.name)
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
        """Drop what an earlier test left and copy the template."""
        dispose(app)
        postgres.copy(self.cluster, self.TEMPLATE, self.name)


KINDS: dict[str, type[Database]] = {"sqlite": SqliteDatabase, "postgresql": PostgresDatabase}


def dispose(app: Flask) -> None:
    """Close the app's connections to its database."""
    with app.app_context():
        db.engine.dispose()


def owner_of(config: Any) -> int:
    """The process whose end ends the cluster: pytest's controller."""
    return int(getattr(config, "workerinput", {}).get("controller", os.getpid()))
