"""The extensions, and the database set exactly as it was measured to lose nothing.

SQLite: WAL, ``synchronous=FULL``, 30 s of patience, and ``BEGIN IMMEDIATE`` for units of work that write, plain
``BEGIN`` for those that read: deferred transactions that turn into writers fail, immediate readers wait in vain.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from flask_bootstrap import Bootstrap5
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine, MetaData, event
from sqlalchemy.orm import DeclarativeBase

from .i18n import AreaBabel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all models."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model

migrate = Migrate()
babel = AreaBabel()
bootstrap = Bootstrap5()
csrf = CSRFProtect()
login_manager = LoginManager()

PATIENCE = 30
"""Seconds that a transaction waits for another one."""

_writing: ContextVar[bool] = ContextVar("writing", default=False)


def engine_options(url: str) -> dict[str, Any]:
    """Options of the engine for a database URL. What a statement carries never stands in an error: it is logged."""
    if url.startswith("sqlite"):
        return {"hide_parameters": True, "connect_args": {"timeout": PATIENCE, "isolation_level": None}}
    return {"hide_parameters": True, "pool_pre_ping": True}


@event.listens_for(Engine, "connect")
def _set_up(connection: Any, _record: Any) -> None:
    driver = type(connection).__module__.split(".")[0]
    if driver == "sqlite3":
        _set_up_sqlite(connection)
    elif driver == "psycopg":
        _set_up_postgresql(connection)


def _set_up_postgresql(connection: Any) -> None:
    """The same patience: behind a transaction that hangs a page says so, before gunicorn ends the worker."""
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{PATIENCE}s'")
    connection.autocommit = False


def _set_up_sqlite(connection: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {PATIENCE * 1000}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


@contextmanager
def marked_as_writing() -> Iterator[None]:
    """Transactions that begin inside take the writer's lock at once."""
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def is_writing() -> bool:
    """Whether the transaction of now takes the writer's lock."""
    return _writing.get()


def let_planner_see(connection: Connection) -> None:
    """Count what is in the tables, so that the database plans well at once where much has come or moved.

    PostgreSQL would do so by itself within minutes, SQLite never.
    """
    connection.exec_driver_sql("ANALYZE")


@contextmanager
def unit_of_work() -> Iterator[None]:
    """One writing transaction for commands and tests: all of it is committed, or nothing."""
    db.session.rollback()
    with marked_as_writing():
        try:
            yield
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
