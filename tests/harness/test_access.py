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
campaigns.change                here      O        O
campaigns.choose                here      O        O
campaigns.index                 anywhere  IRHOU    -
campaigns.indicator_table       registry  IRHOU    -
campaigns.new                   anywhere  O        O
campaigns.records               registry  IRHOU    -
campaigns.records_file          registry  IRHOU    -
campaigns.show                  registry  IRHOU    -
campaigns.table                 registry  IRHOU    -
campaigns.table_file            registry  IRHOU    -
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
complaints.reply                office    IH       IH
complaints.reporter             region    iH       iH
complaints.show                 region    IHU      -
complaints.withdraw             office    H        H
documents.docx                  region    IRHU     -
documents.pdf                   region    IRHU     -
documents.show                  region    IRHU     -
documents.verify                anywhere  ?        -
formdesk.about                  office    O        O
formdesk.discard                office    -        O
formdesk.draft                  office    O        -
formdesk.draft_file             office    O        -
formdesk.file                   anywhere  IRHOU    -
formdesk.index                  anywhere  IRHOU    -
formdesk.load                   anywhere  O        O
formdesk.more                   office    O        O
formdesk.new                    anywhere  O        O
formdesk.node                   office    O        O
formdesk.outline                office    O        O
formdesk.part                   office    O        O
formdesk.publish                office    O        O
formdesk.show                   anywhere  IRHOU    -
formdesk.text                   office    O        O
formdesk.undo                   office    -        O
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
joint.activities                registry  IRHOU    -
joint.activities_file           registry  IRHOU    -
joint.activity                  registry  IRHOU    -
joint.answer                    office    I        I
joint.change_liaison            office    O        O
joint.change_meeting            office    O        O
joint.change_resolution         office    O        O
joint.copy_liaisons             registry  O        O
joint.correct_activity          office    O        O
joint.drop_task                 office    O        O
joint.follow_up                 office    O        O
joint.follow_up_file            registry  IRHOU    -
joint.index                     registry  IRHOU    -
joint.liaison_numbers           registry  HO       HO
joint.liaisons                  registry  IRHOU    -
joint.meeting                   registry  IRHOU    -
joint.meetings                  registry  IRHOU    -
joint.minutes_file              registry  IRHOU    -
joint.new_activity              registry  O        O
joint.new_liaison               registry  O        O
joint.new_meeting               registry  O        O
joint.new_recheck               registry  O        O
joint.new_resolution            office    O        O
joint.recheck                   region    IRHOU    -
joint.rechecks                  registry  IRHOU    -
joint.rechecks_file             registry  IRHOU    -
joint.resolution                registry  IRHOU    -
joint.resolutions               registry  IRHOU    -
joint.settle                    office    O        O
joint.task                      region    IRHOU    -
joint.withdraw_activity         office    O        O
joint.withdraw_meeting          office    O        O
lawbook.article                 anywhere  *        -
lawbook.changes                 anywhere  *        -
lawbook.index                   anywhere  *        -
lawbook.law                     anywhere  *        -
lawbook.violation               anywhere  *        -
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
reporting.account               registry  IRHOU    -
reporting.account_file          here      IRHOU    -
reporting.account_letter        office    O        O
reporting.account_section       office    O        O
reporting.begin_account         registry  -        O
reporting.bulletin              office    IRHOU    -
reporting.bulletin_file         office    IRHOU    -
reporting.bulletin_words        office    O        O
reporting.bulletins             registry  IRHOU    -
reporting.figure                here      IRHOU    -
reporting.issue_bulletin        office    -        O
reporting.new_bulletin          registry  O        O
reporting.pictures              registry  IRHOU    -
returns.accept                  superior  -        O
returns.accept_chosen           registry  -        O
returns.begin                   region    -        O
returns.blank_by_link           anywhere  ?        -
returns.board                   registry  IRHOU    -
returns.board_file              registry  IRHOU    -
returns.by_link                 anywhere  ?        ?
returns.correct                 office    O        O
returns.department              registry  -        O
returns.department_files        registry  -        O
returns.differences             registry  IRHOU    -
returns.edit                    office    O        O
returns.files                   registry  IRHOU    -
returns.freeze                  office    O        O
returns.history                 registry  IRHOU    -
returns.make_link               office    -        O
returns.pass_on                 office    -        O
returns.remind                  registry  -        O
returns.revoke_link             office    -        O
returns.send_back               superior  O        O
returns.show                    registry  IRHOU    -
returns.sign                    office    H        H
returns.snapshot                registry  IRHOU    -
returns.snapshot_file           registry  IRHOU    -
returns.take_workbook           office    -        O
returns.upload                  registry  -        O
returns.upload_by_link          anywhere  -        ?
returns.workbook                registry  IRHOU    -
signin.code                     anywhere  ?        ?
signin.end_other_sessions       anywhere  *        *
signin.end_session              anywhere  *        *
signin.end_sessions             region    -        A
signin.from_provider            anywhere  -        -
signin.lift_locks               region    -        A
signin.new_codes                anywhere  *        *
signin.own_password             anywhere  *        *
signin.reset_password           region    A        A
signin.reset_second_factor      region    -        A
signin.second_factor            anywhere  *        *
signin.sessions                 anywhere  *        -
signin.sign_in                  anywhere  ?        ?
signin.sign_out                 anywhere  -        ?
signin.to_provider              anywhere  -        -
signin.turn_off                 anywhere  *        *
signin.user_sign_in             region    A        -
standards.end                   region    A        A
standards.index                 anywhere  *        -
standards.new                   anywhere  A        A
standards.show                  region    *        -
typical.account                 office    O        O
typical.choose                  region    -        O
typical.down                    office    -        O
typical.drop                    office    -        O
typical.exposure_file           registry  IRHOU    -
typical.exposures               registry  IRHOU    -
typical.file                    registry  IRHOU    -
typical.index                   registry  IRHOU    -
typical.leave_out               region    O        O
typical.names                   registry  O        O
typical.nominate                office    -        O
typical.put_back                region    -        O
typical.recall                  office    -        O
typical.send_back               region    O        O
typical.up                      office    -        O
"""

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
@pytest.mark.parametrize("place", PLACES if FULL else [place for place in PLACES if place != "nation"])
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
