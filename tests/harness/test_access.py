"""Who may open what: every route × role × place against one table, deny by default.

Nobody sees a neighbour, another province or another sector; whoever is above reads what lies below and changes nothing
that belongs to an office there. A route that the table does not name fails.
"""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from inspectorate import web
from inspectorate.accounts.permissions import Role
from inspectorate.extensions import db
from inspectorate.inspections.snapshots import FIELD_RECORD
from tests.harness.world import OWN_NAME, PLACES, SHARED_NAME, World, build
from tests.house.test_routes import STATIC

LETTERS = dict(zip("IRHOAU", Role, strict=True))
"""Inspector, legal Reviewer, Head, campaign Office, Administrator, aUditor; ``*`` all, ``?`` without a sign-in too."""

REACH = {
    "anywhere": set(PLACES),
    "region": {"own", "above"},
    "office": {"own"},
    "registry": {"own", "above", "sector"},
}
"""From where a route opens: no record in its address; a record of the own region and sector; of the own office alone;
of the own region, whatever the sector (registry and campaigns)."""

# route                         from      read     write
EXPECTED = """
accounts.agency                 region    A        A
accounts.index                  anywhere  HAU      -
accounts.new_agency             anywhere  A        A
accounts.new_officer            anywhere  HA       HA
accounts.new_user               anywhere  A        A
accounts.officer                region    HA       HA
accounts.user                   region    A        A
audit.index                     anywhere  U        -
campaigns.account               office    O        O
campaigns.choose                region    -        O
campaigns.drop                  office    -        O
campaigns.index                 anywhere  IRHOU    -
campaigns.new                   anywhere  O        O
campaigns.records               registry  IRHOU    -
campaigns.records_file          registry  IRHOU    -
campaigns.show                  registry  IRHOU    -
campaigns.table                 registry  IRHOU    -
campaigns.table_file            registry  IRHOU    -
campaigns.typical               registry  IRHOU    -
campaigns.typical_file          registry  IRHOU    -
campaigns.up                    office    -        O
cases.approval                  office    H        H
cases.change                    office    I        I
cases.choose                    anywhere  I        -
cases.closing                   office    I        I
cases.defence                   office    I        I
cases.deliberation              office    I        I
cases.draft                     region    IRHU     -
cases.evidence                  office    I        I
cases.execution                 office    I        I
cases.index                     anywhere  IRHOU    -
cases.investigation             office    I        I
cases.list_as_file              anywhere  IRHOU    -
cases.new                       anywhere  I        I
cases.payment                   office    I        I
cases.proposal                  office    I        I
cases.rename                    office    I        I
cases.report                    office    I        I
cases.resume                    office    I        I
cases.review                    office    R        R
cases.review_defence            office    R        R
cases.send                      office    -        I
cases.serve_decision            office    I        I
cases.serve_notice              office    I        I
cases.show                      region    IRHOU    -
cases.submit_decision           office    -        I
cases.submit_filing             office    -        I
cases.terminate                 office    H        H
cases.transfer                  office    I        I
cases.withdraw                  office    I        I
cases.withdraw_evidence         office    I        I
complaints.accept               office    H        H
complaints.change               office    IH       IH
complaints.close                office    IH       IH
complaints.export               anywhere  IHU      -
complaints.index                anywhere  IHU      -
complaints.intake_record        office    -        IH
complaints.new                  anywhere  IH       IH
complaints.reopen               office    H        H
complaints.reporter             region    IH       IH
complaints.reply                office    IH       IH
complaints.show                 region    IHU      -
complaints.withdraw             office    H        H
documents.docx                  region    IRHU     -
documents.pdf                   region    IRHU     -
documents.show                  region    IRHU     -
documents.verify                anywhere  ?        -
home.article                    anywhere  *        -
home.index                      anywhere  *        -
home.search                     anywhere  *        -
home.set_language               anywhere  -        ?
inspections.approval            region    IRHU     H
inspections.approvals           anywhere  IRHU     IRHU
inspections.check               office    I        I
inspections.choose              anywhere  I        -
inspections.evidence            office    I        I
inspections.evidence_file       region    IRHU     -
inspections.findings            office    I        I
inspections.index               anywhere  IRHU     -
inspections.list_as_file        anywhere  IRHU     -
inspections.new                 anywhere  I        I
inspections.new_approval        anywhere  I        I
inspections.preview             office    I        -
inspections.show                region    IRHU     -
inspections.statement           office    I        I
inspections.subject             office    I        I
inspections.supplement          office    I        I
inspections.thumbnail           region    IRHU     -
inspections.today               anywhere  I        -
inspections.violations          anywhere  I        -
inspections.visit               office    I        I
inspections.withdraw            office    I        I
inspections.withdraw_evidence   office    I        I
operations.figures              anywhere  ?        -
operations.healthz              anywhere  ?        -
operations.readyz               anywhere  ?        -
registry.change                 registry  IH       IH
registry.connect                registry  IH       IH
registry.disconnect             registry  -        IH
registry.export                 anywhere  IRHOU    -
registry.export_persons         anywhere  IRHOU    -
registry.index                  anywhere  IRHOU    -
registry.new                    anywhere  IH       IH
registry.new_person             anywhere  IH       IH
registry.numbers                registry  IH       IH
registry.persons                anywhere  IRHOU    -
registry.show                   registry  IRHOU    -
signin.code                     anywhere  ?        ?
signin.end_other_sessions       anywhere  -        *
signin.end_session              anywhere  -        *
signin.end_sessions             region    -        A
signin.from_provider            anywhere  ?        -
signin.lift_locks               region    -        A
signin.new_codes                anywhere  *        *
signin.own_password             anywhere  *        *
signin.reset_password           region    A        A
signin.reset_second_factor      region    -        A
signin.second_factor            anywhere  *        *
signin.sessions                 anywhere  *        -
signin.sign_in                  anywhere  ?        ?
signin.sign_out                 anywhere  -        ?
signin.to_provider              anywhere  ?        -
signin.turn_off                 anywhere  *        *
signin.user_sign_in             region    A        -
"""

DRAFT = {"check", "evidence", "findings", "preview", "statement", "subject", "visit", "withdraw", "withdraw_evidence"}
"""Steps of a report that only its draft has."""

SEARCHES = {"home.search": OWN_NAME, "inspections.choose": OWN_NAME, "cases.choose": OWN_NAME}

REFUSED = {401, 403, 404, 409}


class Expectation(NamedTuple):
    """One line of the table."""

    places: set[str]
    read: str
    write: str

    def roles(self, method: str) -> set[Role | None]:
        """Who may; None stands for whoever has not signed in."""
        letters = self.read if method == "GET" else self.write
        if letters in "*?":
            return {*Role, None} if letters == "?" else {*Role}
        return {LETTERS[letter] for letter in letters if letter != "-"}


def table() -> dict[str, Expectation]:
    """The expectations by endpoint."""
    lines = (line.split() for line in EXPECTED.strip().splitlines())
    return {name: Expectation(REACH[reach], read, write) for name, reach, read, write in lines}


def rules(app: Flask) -> list[Rule]:
    """Our routes; signing out comes last."""
    ours = (rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC)
    return sorted(ours, key=lambda rule: rule.endpoint == "signin.sign_out")


def methods(rule: Rule) -> list[str]:
    return sorted(set(rule.methods or ()) & {"GET", "POST"})


def address(app: Flask, rule: Rule, world: World) -> str:
    """The route's address for a record of the world."""
    area, name = rule.endpoint.split(".")
    values = world.ids | {"format": "csv", "law": "apl", "article": 62, "kind": "D18"}
    if area == "inspections" and name in DRAFT:
        values["inspection_id"] = world.ids["draft_id"]
        values |= {"evidence_id": world.ids["draft_evidence_id"], "kind": FIELD_RECORD}
    if rule.endpoint == "cases.withdraw_evidence":
        values["evidence_id"] = world.ids["case_evidence_id"]
    if rule.endpoint == "campaigns.typical_file":
        values["format"] = "json"
    more: dict[str, Any] = {"q": SEARCHES[rule.endpoint]} if rule.endpoint in SEARCHES else {}
    if rule.endpoint in ("campaigns.records", "campaigns.records_file"):
        more |= {"foot": "in"}
    with app.test_request_context():
        return url_for(rule.endpoint, **{name: values[name] for name in rule.arguments}, **more)


@pytest.fixture
def world(session: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    return build(monkeypatch)


@pytest.fixture
def undone(monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """What a request would commit is rolled back, so that one world serves all."""
    undo = SimpleNamespace(commit=lambda: db.session.rollback(), rollback=lambda: db.session.rollback())
    monkeypatch.setattr(web, "db", SimpleNamespace(session=undo))


def answers(app: Flask, client: Any, world: World, place: str, role: Role) -> Iterator[tuple[str, str, Any]]:
    """What every route answers to one person: endpoint, method, response.

    Elsewhere PostgreSQL is asked only for those whom the roles let through: nobody else's request comes to a query.
    """
    client.sign_in(world.person(place, role))
    everything = place == "own" or db.engine.dialect.name == "sqlite"
    for rule in rules(app):
        for method in methods(rule):
            if everything or role in table()[rule.endpoint].roles(method):
                yield rule.endpoint, method, client.open(address(app, rule, world), method=method)


def is_refused(response: Any) -> bool:
    return response.status_code in REFUSED or to_sign_in(response)


def to_sign_in(response: Any) -> bool:
    return response.status_code == 302 and "/sign-in" in response.location


def test_every_route_is_in_the_table(app: Flask) -> None:
    assert sorted(table()) == sorted(rule.endpoint for rule in rules(app))


@pytest.mark.parametrize("place", PLACES)
def test_every_route_opens_to_the_right_roles_at_the_right_places(
    app: Flask, client: Any, world: World, undone: None, place: str
) -> None:
    wrong = []
    for role in Role:
        for endpoint, method, response in answers(app, client, world, place, role):
            expected = table()[endpoint]
            may = role in expected.roles(method)
            reachable = place in expected.places
            status = response.status_code
            if endpoint == "signin.sign_out":
                fits = status == 302
            elif may and reachable:
                # What the state of the record does not allow is refused with a reason.
                fits = status in (200, 302, 409) and not to_sign_in(response)
            elif place in ("own", "above"):
                fits = is_refused(response)
            else:
                # Outside the scope nobody learns whether there is such a record.
                fits = status == 404 or (status == 403 and not may)
            if not fits:
                wrong.append((role.value, method, endpoint, status))
            text = response.get_data(as_text=True) if "text" in response.content_type else ""
            wrong += [(role.value, method, endpoint, name) for name in unseen(place) if name in told(text)]
    assert not wrong, wrong


def unseen(place: str) -> tuple[str, ...]:
    """Names that nobody at the place may read anywhere."""
    return {"neighbour": (OWN_NAME, SHARED_NAME), "province": (OWN_NAME, SHARED_NAME), "sector": (OWN_NAME,)}.get(
        place, ()
    )


def told(text: str) -> str:
    """What a page tells beyond the words that were searched for."""
    for echo in (f"“{OWN_NAME}”", f'value="{OWN_NAME}"', f"q={OWN_NAME}"):
        text = text.replace(echo, "")
    return text


def test_whoever_has_not_signed_in_reaches_only_the_open_pages(app: Flask, client: Any, world: World) -> None:
    wrong = []
    for rule in rules(app):
        for method in methods(rule):
            response = client.open(address(app, rule, world), method=method)
            open_to_all = None in table()[rule.endpoint].roles(method)
            text = response.get_data(as_text=True)
            if open_to_all is is_refused(response) and rule.endpoint != "signin.sign_out":
                wrong.append((method, rule.endpoint, response.status_code))
            wrong += [(method, rule.endpoint, name) for name in (OWN_NAME, SHARED_NAME) if name in told(text)]
    assert not wrong, wrong


def test_no_form_is_taken_without_the_token_of_its_page(app: Flask, client: Any, world: World) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client.sign_in(world.office.handler_user)
    taken = []
    for rule in rules(app):
        if "POST" in methods(rule):
            status = client.post(address(app, rule, world), data={"csrf_token": "x"}).status_code
            taken += [(rule.endpoint, status)] if status != 400 else []
    assert not taken, taken
