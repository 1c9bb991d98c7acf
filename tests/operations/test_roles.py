"""The role that serves can do its work, and neither change the schema nor touch what the record has written."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import make_url, text
from sqlalchemy.exc import ProgrammingError

from inspectorate import create_app
from inspectorate.accounts.permissions import Role
from inspectorate.config import read
from inspectorate.extensions import db
from inspectorate.operations import safety, trouble
from tests import databases, factories, postgres
from tests.client import IsolatedClient, save
from tests.harness.world import keep

MAKE = """DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'inspectorate') THEN CREATE ROLE inspectorate LOGIN; END IF;
END $$"""


@pytest.fixture
def served(app: Flask, run_folder: Path) -> Iterator[Flask]:
    """The application on PostgreSQL as the serving role."""
    url = make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    with app.app_context():
        yield from _served(app, url, run_folder)


def _served(app: Flask, url: Any, run_folder: Path) -> Iterator[Flask]:
    # Roles belong to the cluster, which all workers share.
    with postgres.locked(run_folder / "roles.lock"), db.engine.begin() as connection:
        connection.execute(text(MAKE))
    given = app.test_cli_runner().invoke(args=["rights", "inspectorate"])
    assert given.exit_code == 0, given.output
    as_role = url.set(username="inspectorate").render_as_string(hide_password=False)
    served = create_app(databases.test_config(as_role, app.config["DATA_DIR"]))
    served.test_client_class = IsolatedClient
    yield served
    databases.dispose(served)


pytestmark = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def test_it_serves(app: Flask, served: Flask) -> None:
    user = factories.user(Role.INSPECTOR)
    save()
    client = served.test_client()
    client.sign_in(user)  # type: ignore[attr-defined]
    made = client.post("/registry/persons/new", data={"name": "李娜", "region_code": "330106", "confirmed": "y"})
    assert made.status_code == 302
    assert db.session.execute(text("select event from record_entry where event = 'registry:person:add'")).scalar()


FORBIDDEN = {
    "changing an entry": "update record_entry set actor_name = 'x'",
    "deleting an entry": "delete from record_entry",
    "changing a seal": "update record_seal set hash = 'x'",
    "emptying the record": "truncate record_entry",
    "switching its triggers off": "alter table record_entry disable trigger all",
    "claiming to be migrated": "update alembic_version set version_num = '9999'",
    "making a table": "create table mine (id int)",
    "dropping a table": "drop table record_seal",
    "becoming the owner": f"set role {postgres.SUPERUSER}",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_it_may_not(served: Flask, what: str) -> None:
    with served.app_context(), db.engine.connect() as connection, pytest.raises(ProgrammingError) as refused:
        connection.execute(text(FORBIDDEN[what]))
    assert isinstance(refused.value.orig, psycopg.errors.InsufficientPrivilege)


def test_whoever_may_change_the_schema_is_advised_against_serving(app: Flask, served: Flask) -> None:
    def advice(url: str) -> list[str]:
        chosen = read({"DATABASE_URL": url, "DATA_DIR": str(app.config["DATA_DIR"])})
        with trouble._database(url) as connection:
            return list(safety.advice(chosen, connection))

    assert advice(served.config["SQLALCHEMY_DATABASE_URI"]) == []
    assert "may change the schema" in advice(app.config["SQLALCHEMY_DATABASE_URI"])[0]


def test_a_role_that_is_not_there_is_named(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["rights", "nobody"])
    assert done.exit_code == 1 and done.stderr.startswith("Error: the database has no role 'nobody'.")


@pytest.fixture
def owned(app: Flask, run_folder: Path, worker_name: str) -> Iterator[Flask]:
    """The application on an empty database, as a role that owns it and is nothing more."""
    url, name = make_url(app.config["SQLALCHEMY_DATABASE_URI"]), f"owned_{worker_name}"
    with postgres.locked(run_folder / "roles.lock"), postgres.connect(str(url.query["host"])) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'inspectorate_owner'").fetchone():
            connection.execute("CREATE ROLE inspectorate_owner LOGIN")
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name} OWNER inspectorate_owner TEMPLATE template0")
    as_owner = url.set(username="inspectorate_owner", database=name).render_as_string(hide_password=False)
    owned = create_app(databases.test_config(as_owner, app.config["DATA_DIR"]))
    yield owned
    databases.dispose(owned)


def test_the_owner_migrates_takes_down_and_brings_back_without_being_more(
    app: Flask, served: Flask, owned: Flask, session: Any, tmp_path: Path
) -> None:
    file = tmp_path / "all.backup"
    factories.user(Role.INSPECTOR, name="li.ming")
    keep()

    def run(one: Flask, *arguments: str) -> None:
        # A command runs in the context that there is: the test's own would be that of another database.
        with one.app_context():
            done = one.test_cli_runner().invoke(args=arguments)
        assert done.exit_code == 0, (arguments, done.output, done.exception)

    run(served, "backup", str(file))
    for command in (["db", "upgrade"], ["db", "downgrade", "base"], ["restore", str(file)], ["rights", "inspectorate"]):
        run(owned, *command)
    with owned.app_context(), db.engine.connect() as connection:
        assert connection.execute(text("select name from app_user")).scalar() == "li.ming"
