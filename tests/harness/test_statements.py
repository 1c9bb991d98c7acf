"""No page asks the database more often because there is more in it: every page, with few and with many rows.

A statement for each row (N+1) is how pages that were quick in the office become slow in the province.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from inspectorate.accounts.permissions import Role
from inspectorate.extensions import db
from tests.harness.manifold import Manifold
from tests.harness.reach import address, rules
from tests.harness.scale import FULL, count
from tests.harness.test_access import NOT_SET_UP, table
from tests.harness.world import World, build

FEW, MANY = 3, count(12, 30)
"""Records of each kind."""

FEW_PARTS, MANY_PARTS = 2, count(5, 9)
"""Of everything inside a record; forms take no more penalties."""

OF_A_CASE = 4
"""Statements that telling one chosen case takes."""

WHOLE_LETTERS = {"reporting.account_section", "reporting.figure"}
"""Figures of all parts of a letter: tables, indicators, joint work; each question is asked once."""

MOST = 30
"""Statements of a page, with those that find out who asks and those of its entry in the record."""

FOR_EACH = {
    name: "each chosen case is told without the names that its own file and the province's register know: four asked"
    for name in ("typical.index", "typical.file", "typical.exposures", "typical.exposure_file", "reporting.account",
                 "reporting.account_file", "reporting.bulletin", "reporting.bulletin_file")
}  # fmt: skip
"""Pages that ask for each row after all, and why that is no harm: an office chooses a handful of cases, by hand."""

pytestmark = pytest.mark.one_database


@pytest.fixture
def world(session: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    return build(monkeypatch)


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the database is asked inside."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def pages(app: Flask) -> list[tuple[Rule, Role]]:
    """Every page with a role that reads it; the full run takes all roles that do."""
    found = []
    for rule in rules(app):
        expected = table()[rule.endpoint]
        readers = [role for role in Role if role in expected.roles("GET")]
        if "GET" in (rule.methods or ()) and rule.endpoint not in {*NOT_SET_UP, "signin.sign_out"}:
            found += [(rule, role) for role in (readers if FULL else readers[:1])]
    return found


def asked_by_pages(app: Flask, client: Any, world: World) -> dict[tuple[str, Role], list[str]]:
    """The statements of every page."""
    found: dict[tuple[str, Role], list[str]] = {}
    for rule, role in sorted(pages(app), key=lambda pair: pair[1]):
        client.sign_in(world.person("own", role))
        db.session.rollback()
        db.session.expire_all()
        with statements() as asked:
            response = client.get(address(app, rule, world.ids))
            response.get_data()
        assert response.status_code < 500, rule.endpoint
        found[rule.endpoint, role] = asked
    return found


def test_no_page_asks_more_often_when_there_is_more(
    app: Flask, client: Any, world: World, record_property: Any
) -> None:
    manifold = Manifold()
    manifold.grow(FEW, FEW_PARTS)
    few = asked_by_pages(app, client, world)
    manifold.grow(MANY - FEW, MANY_PARTS - FEW_PARTS)
    many = asked_by_pages(app, client, world)
    grown = {
        f"{endpoint} ({role.value})": (len(few[endpoint, role]), len(asked))
        for (endpoint, role), asked in many.items()
        if len(asked) > len(few[endpoint, role]) and endpoint not in FOR_EACH
    }
    assert not grown, grown
    usual = [(name, len(asked)) for (name, _), asked in many.items() if name not in {*FOR_EACH, *WHOLE_LETTERS}]
    beyond = {name: number for name, number in usual if number > MOST}
    assert not beyond, beyond
    for (name, role), asked in many.items():
        if name in FOR_EACH:
            assert len(few[name, role]) < len(asked) <= len(few[name, role]) + OF_A_CASE * (MANY - FEW), (
                name,
                len(asked),
            )
    most = max(number for _name, number in usual)
    record_property(
        "found", f"{len(many)} pages with {FEW} and {MANY} of everything: none asks more often, most {most}"
    )
