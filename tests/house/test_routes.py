"""Every route declares who may use it, and none comes or goes unnoticed."""

from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.routing import Map, Rule

from inspectorate.web import Route

if TYPE_CHECKING:
    from flask import Flask

ROUTES = Path(__file__).with_name("routes.txt")

# Served by libraries: files that ship with the code, open to everybody.
STATIC = {"static", "bootstrap.static"}


def routes(app: "Flask") -> dict[str, str]:
    """``METHODS address`` of every route of ours, and the permission it declares."""
    return {
        f"{'/'.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.rule}": str(
            getattr(app.view_functions[rule.endpoint], "permission", "none")
        )
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in STATIC
    }


def test_every_route_declares_a_permission(app: "Flask") -> None:
    assert not [route for route, permission in routes(app).items() if permission == "none"]


def test_no_route_comes_goes_or_changes_its_permission_unnoticed(app: "Flask") -> None:
    """``python -m tests.house.routes`` writes the file anew; the difference belongs into the same commit."""
    noticed = ROUTES.read_text().splitlines()
    assert [f"{permission} {route}" for route, permission in sorted(routes(app).items())] == noticed


def test_a_route_writes_its_addresses_as_werkzeug_would_but_learns_it_with_the_first(app: "Flask") -> None:
    ours = list(app.url_map.iter_rules())
    plain = [Rule(rule.rule, endpoint=rule.endpoint, methods=rule.methods) for rule in ours]
    theirs = Map(plain, converters=app.url_map.converters)
    written = [
        [
            addresses.bind("here").build(
                rule.endpoint, {**dict.fromkeys(rule.arguments, 7), "format": "csv", **more}, append_unknown=append
            )
            for rule in ours
            for more in ({}, {"page": "甲 乙"})
            for append in (True, False)
        ]
        for addresses in (app.url_map, theirs)
    ]
    assert written[0] == written[1]
    assert {type(rule) for rule in ours} == {Route}
