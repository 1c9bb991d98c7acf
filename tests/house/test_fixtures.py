"""The test house keeps its promises: fresh databases, requests as in production, nothing skipped unseen."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select, text

from tests import scratch

if TYPE_CHECKING:
    from flask import Flask

    from tests.client import IsolatedClient
    from tests.databases import Database


def people(session: Any) -> int:
    from inspectorate.accounts.models import User

    count: int = session.scalar(select(func.count()).select_from(User))
    return count


@pytest.mark.parametrize("turn", [1, 2])
def test_every_test_finds_an_empty_database(turn: int, session: Any, client: "IsolatedClient") -> None:
    from inspectorate.accounts.permissions import Role
    from tests import factories

    assert people(session) == 0
    assert factories.user(Role.INSPECTOR).id == 1
    client.get("/sign-in")
    assert people(session) == 1


def test_the_databases_are_what_they_are_called(session: Any, database: "Database") -> None:
    versions = {"sqlite": "select sqlite_version()", "postgresql": "show server_version"}
    assert session.scalar(text(versions[session.get_bind().dialect.name]))
    assert database.url.startswith(session.get_bind().dialect.name)


def test_a_user_who_is_signed_in_reaches_a_page_and_another_browser_does_not(
    app: "Flask", sign_in: "Callable[..., IsolatedClient]"
) -> None:
    from inspectorate.accounts.permissions import Role
    from tests import factories

    assert sign_in(factories.user(Role.INSPECTOR)).get("/").status_code == 200
    assert app.test_client().get("/").status_code == 302


def test_changes_to_the_config_do_not_outlive_a_test(app: "Flask") -> None:
    assert "LEFT_BEHIND" not in app.config
    app.config["LEFT_BEHIND"] = True


def test_the_shared_folder_is_beside_the_checkout(shared_folder: Path) -> None:
    assert (shared_folder / "domain.md").exists()


@pytest.mark.parametrize(
    ("free", "flags", "variables", "used"),
    [
        (scratch.ENOUGH, 0, {}, True),
        (scratch.ENOUGH - 1, 0, {}, False),
        (scratch.ENOUGH, os.ST_NOEXEC, {}, False),
        (scratch.ENOUGH, 0, {"TMPDIR": "/elsewhere"}, False),
    ],
    ids=["roomy", "too small", "runs no programs", "another place is named"],
)
def test_memory_is_used_for_what_a_run_leaves_only_where_it_serves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, free: int, flags: int, variables: dict[str, str], used: bool
) -> None:
    monkeypatch.setattr(scratch, "MEMORY", tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_flag=flags))
    monkeypatch.setattr(os, "environ", variables)
    monkeypatch.setattr(tempfile, "tempdir", None)
    scratch.use_memory()
    assert (tempfile.tempdir == str(tmp_path)) is used
