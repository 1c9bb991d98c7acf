"""Who may open what: every route × role × place × method against one table, deny by default.

Nobody sees a neighbour, another province or another sector; whoever is above reads what lies below and changes nothing
that belongs to an office there; whoever is below sees nothing of what lies above. A route that the table does not name
fails. The slice opens each page in the own office for all who are let through and for one who is not, and asks the
rest of one of them, beside at one of the places.
"""

import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from flask import Flask
from werkzeug.routing import Rule

from inspectorate import web
from inspectorate.accounts.permissions import Role
from inspectorate.extensions import db
from tests.harness.access_table import EXPECTED
from tests.harness.reach import address, changes, formats, inline, methods, rules, to_sign_in, token, told
from tests.harness.scale import FULL
from tests.harness.strangers import NAME as STRANGE_NAME
from tests.harness.strangers import strangers
from tests.harness.world import OWN_NAME, PLACES, SHARED_NAME, World, build

LETTERS = dict(zip("IRHOAU", Role, strict=True))
"""Inspector, legal Reviewer, Head, campaign Office, Administrator, aUditor; ``*`` all, ``?`` without a sign-in too; a
small letter: in the own office alone."""

REACH = {
    "anywhere": set(PLACES),
    "region": {"own", "above", "nation"},
    "office": {"own"},
    "superior": {"above"},
    "registry": {"own", "above", "nation", "sector"},
    "here": {"own", "sector"},
}
"""From where a route opens: no record in its address; a record of the own region and sector; of the own office alone;
of the office above alone;
of the own region, whatever the sector (registry and campaigns); what only the own region has, whatever the sector."""

NOT_SET_UP = {"signin.to_provider", "signin.from_provider"}
"""Single sign-on, which is not there until somebody sets it up."""

UNSEEN = {"neighbour": (OWN_NAME, SHARED_NAME), "province": (OWN_NAME, SHARED_NAME), "sector": (OWN_NAME,)}
"""Names that nobody at a place may read anywhere; what the city alone owns is read by those above alone."""

BESIDE = ("neighbour", "province")

REFUSED = {401, 403, 404, 409}


class Expectation(NamedTuple):
    """One line of the table."""

    places: set[str]
    read: str
    write: str

    def roles(self, method: str, place: str = "own") -> set[Role | None]:
        """Who may, at a place; None stands for whoever has not signed in."""
        letters = self.write if method == "POST" else self.read
        if letters in "*?":
            return {*Role, None} if letters == "?" else {*Role}
        return {LETTERS[one.upper()] for one in letters if one != "-" and (one.isupper() or place == "own")}

    def opens(self, method: str, place: str, role: Role | None) -> bool:
        """Whether the request is let through."""
        return role in self.roles(method, place) and place in self.places


def table() -> dict[str, Expectation]:
    """The expectations by endpoint."""
    lines = (line.split() for line in EXPECTED.strip().splitlines())
    return {name: Expectation(REACH[reach], read, write) for name, reach, read, write in lines}


@pytest.fixture
def world(session: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> World:
    caplog.set_level(logging.ERROR)
    return build(monkeypatch)


@pytest.fixture
def undone(app: Flask, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """What a request would commit is rolled back, so that one world serves all; forms need their token."""
    undo = SimpleNamespace(commit=lambda: db.session.rollback(), rollback=lambda: db.session.rollback())
    monkeypatch.setattr(web, "db", SimpleNamespace(session=undo))
    app.config["WTF_CSRF_ENABLED"] = True


def answers(app: Flask, client: Any, world: World, place: str, role: Role) -> Iterator[tuple[Rule, str, Any]]:
    """What every route answers to one person: route, method, response."""
    client.sign_in(world.person(place, role))
    csrf = token(client)
    for number, rule in enumerate(rules(app)):
        for method in methods(rule):
            if is_asked(number, rule, method, place, role):
                for format in formats(rule) if FULL else formats(rule)[:1]:
                    data = {"csrf_token": csrf} if method == "POST" else None
                    where = address(app, rule, world.ids, format)
                    yield rule, method, client.open(where, method=method, data=data, buffered=True)


def is_asked(number: int, rule: Rule, method: str, place: str, role: Role) -> bool:
    """Whether the slice asks this; the full run asks everything."""
    if FULL:
        return True
    let_through = [one for one in Role if one in table()[rule.endpoint].roles(method)]
    turned_away = [one for one in Role if one not in let_through]
    if place == "own" and method == "GET" and role in let_through:
        return True
    if place == "own" and turned_away and role is turned_away[number % len(turned_away)]:
        return method != "HEAD"
    if place in BESIDE and BESIDE[number % len(BESIDE)] != place:
        return False
    return bool(let_through) and role is let_through[number % len(let_through)]


def fits(rule: Rule, method: str, place: str, role: Role, response: Any) -> bool:
    """Whether the answer is the one that the table expects."""
    expected, status = table()[rule.endpoint], response.status_code
    may = role in expected.roles(method, place)
    if rule.endpoint in NOT_SET_UP:
        return bool(status == 404)
    if rule.endpoint == "signin.sign_out":
        return bool(status == 302)
    if expected.opens(method, place, role):
        # What the state of the record does not allow is refused with a reason.
        return status in (200, 302, 409) and not to_sign_in(response)
    if place in ("own", "above", "nation"):
        return is_refused(response)
    # Outside the scope nobody learns whether there is such a record.
    return status == 404 or (status == 403 and not may)


def is_refused(response: Any) -> bool:
    return response.status_code in REFUSED or to_sign_in(response)


def test_every_route_is_in_the_table(app: Flask) -> None:
    assert sorted(table()) == sorted(rule.endpoint for rule in rules(app))


@pytest.mark.one_database
@pytest.mark.parametrize("place", PLACES if FULL else ["own", "sector", "neighbour"])
def test_every_route_opens_to_the_right_roles_at_the_right_places(
    app: Flask, client: Any, world: World, undone: None, place: str, record_property: Any
) -> None:
    strangers(world)
    wrong, asked = [], 0
    hidden = UNSEEN.get(place, ()) if place in ("above", "nation") else (*UNSEEN.get(place, ()), STRANGE_NAME)
    for role in Role:
        for rule, method, response in answers(app, client, world, place, role):
            asked += 1
            case = (role.value, method, rule.endpoint, response.status_code)
            wrong += [case] if not fits(rule, method, place, role, response) else []
            wrong += [(*case, "a body")] if method == "HEAD" and response.get_data() else []
            wrong += [(*case, name) for name in hidden if name in told(response)]
            wrong += [(*case, what) for what in inline(response)]
    record_property("found", f"access: {asked:,} requests from {place} answered as the table says")
    assert not wrong, wrong


@pytest.mark.one_database
def test_nobody_below_sees_what_lies_above(app: Flask, client: Any, world: World, undone: None) -> None:
    ids, wrong = strangers(world), []
    for role in Role:
        client.sign_in(world.person("own", role))
        csrf = token(client)
        for number, rule in enumerate(rules(app)):
            for method in methods(rule) if names_of_records(rule) else ():
                if is_asked(number, rule, method, "above", role):
                    data = {"csrf_token": csrf} if method == "POST" else None
                    response = client.open(address(app, rule, ids), method=method, data=data)
                    status, may = response.status_code, role in table()[rule.endpoint].roles(method)
                    wrong += [(role, method, rule.endpoint, status)] if status != 404 and (status != 403 or may) else []
                    wrong += [(role, method, rule.endpoint)] if STRANGE_NAME in told(response) else []
    assert not wrong, wrong


def names_of_records(rule: Rule) -> set[str]:
    """The records of an office that the address names; campaigns and sessions are none."""
    none = {"campaign_id", "choice_id", "form_id", "session_id"}
    return {name for name in rule.arguments if name.endswith("_id")} - none


@pytest.mark.one_database
def test_whoever_has_not_signed_in_reaches_only_the_open_pages(
    app: Flask, client: Any, world: World, undone: None
) -> None:
    wrong, csrf, before = [], token(client), changes()
    for rule in rules(app):
        for method in methods(rule):
            data = {"csrf_token": csrf} if method == "POST" else None
            response = client.open(address(app, rule, world.ids), method=method, data=data)
            open_to_all = None in table()[rule.endpoint].roles(method) and rule.endpoint not in NOT_SET_UP
            if open_to_all is is_refused(response) and rule.endpoint != "signin.sign_out":
                wrong.append((method, rule.endpoint, response.status_code))
            wrong += [(method, rule.endpoint, name) for name in (OWN_NAME, SHARED_NAME) if name in told(response)]
            wrong += [(method, rule.endpoint, what) for what in inline(response)]
    assert not wrong, wrong
    assert changes() == before


@pytest.mark.one_database
@pytest.mark.parametrize("place", [None, *PLACES] if FULL else [None, "own", "neighbour"])
def test_no_form_is_taken_without_the_token_of_its_page_whoever_sends_it(
    app: Flask, client: Any, world: World, undone: None, place: str | None
) -> None:
    taken, before = [], changes()
    for role in Role if FULL and place else [Role.INSPECTOR]:
        if place:
            client.sign_in(world.person(place, role))
        for rule in rules(app):
            if "POST" in methods(rule):
                for data in ({}, {"csrf_token": "x"}) if FULL else ({"csrf_token": "x"},):
                    answer = client.post(address(app, rule, world.ids), data=data)
                    taken += [(role, rule.endpoint, answer.status_code)] if answer.status_code != 400 else []
                    taken += [(role, rule.endpoint, what) for what in inline(answer)]
    assert not taken, taken
    assert changes() == before


@pytest.mark.one_database
def test_a_route_that_only_takes_forms_is_not_opened_and_a_page_takes_none(
    app: Flask, client: Any, world: World, undone: None
) -> None:
    client.sign_in(world.person("own", Role.INSPECTOR))
    csrf, wrong = token(client), []
    for rule in rules(app):
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} - set(methods(rule)):
            response = client.open(address(app, rule, world.ids), method=method, data={"csrf_token": csrf})
            wrong += [(method, rule.endpoint, response.status_code)] if response.status_code != 405 else []
    assert not wrong, wrong


@pytest.mark.one_database
def test_looking_without_taking_leaves_no_trace(app: Flask, client: Any, world: World) -> None:
    """HEAD asks what GET would answer: nothing is given, so nothing is entered."""
    client.sign_in(world.person("own", Role.INSPECTOR))
    client.get(f"/documents/{world.ids['document_id']}.pdf")  # its file is made once
    before = changes()
    for rule in rules(app):
        if "HEAD" in methods(rule):
            client.head(address(app, rule, world.ids))
    assert changes() == before
