"""What lists, counts, files, figures and forms tell: exactly what lies in the scope, and nothing of what does not."""

import csv
import io
import logging
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from lxml import html
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from inspectorate.accounts.models import Agency, Officer, User
from inspectorate.accounts.permissions import Role
from inspectorate.accounts.regions import covers
from inspectorate.campaigns.actions import categories_of
from inspectorate.campaigns.queries import form
from inspectorate.cases.models import Case, Decision, Penalty, Respondent
from inspectorate.complaints.models import Complaint
from inspectorate.extensions import Base, db
from inspectorate.inspections.models import Inspection
from inspectorate.procedure.states import FINAL, State
from inspectorate.registry.models import Establishment, Person
from tests import factories
from tests.harness.reach import address, formats, rules, told
from tests.harness.scale import FULL, count
from tests.harness.strangers import NAME as STRANGE_NAME
from tests.harness.strangers import strangers
from tests.harness.test_access import UNSEEN, undone, world
from tests.harness.world import CAMPAIGN, FORM, OWN_NAME, PLACES, SHARED_NAME, TODAY, World, build, keep

__all__ = ["undone", "world"]

SPREAD = ["330106", "330106", "330105", "330100", "330000", "330200", "440106", "440100", "000000"]
FOUND = re.compile(r'class="result-count"[^>]*>\D*([\d,]+)')
FIGURE = re.compile(r'<span class="figure[^"]*">([\d,.]+)</span><span>([^<]+)</span>')
OPEN, ENDED = [State.INVESTIGATION, State.NOTICE_APPROVAL], [*FINAL]


def scatter(world: World, number: int) -> None:
    """Records of every kind over counties, cities, provinces and sectors, in states that count and that do not."""
    chance = random.Random(20260715)
    agencies = {key: factories.agency(*key) for key in {(region, sector) for region in SPREAD for sector in SECTORS}}
    definition = form(FORM)
    assert definition is not None
    categories = list(categories_of(definition))
    for _ in range(number):
        (region, sector), agency = chance.choice(list(agencies.items()))
        day = TODAY - timedelta(days=chance.randrange(500))
        own: dict[str, Any] = {"agency": agency, "region_code": region, "sector": sector}
        place = factories.establishment(region)
        factories.person(region)
        bound = {"campaign": chance.choice([CAMPAIGN, None]), "category": chance.choice(categories)}
        factories.add(Inspection(subject=place, inspected_on=day, reason="routine",
                                 state=chance.choice(["submitted", "draft", "withdrawn"]), **bound, **own))  # fmt: skip
        closed = chance.choice([None, day])
        factories.add(Complaint(text="某事", received_on=day, closed_on=closed, channel="letter", **own))
        case = factories.add(Case(name="某案", state=chance.choice(OPEN + ENDED), origin="inspection", filed_on=day,
                                  due_on=chance.choice([None, day]), **own))  # fmt: skip
        decision = Decision(decided_on=chance.choice([None, day]))
        decision.penalties.append(Penalty(position=1, kind="fine", amount_fen=chance.randrange(1_000_000)))
        factories.add(Respondent(case=case, subject=place, position=1, decision=decision))
    keep()


SECTORS = ("health", "market")


class Oracle:
    """What a person may see, found by plain Python over all rows."""

    def __init__(self, user: User) -> None:
        self.region, self.sector = user.agency.region_code, user.agency.sector

    def rows(self, model: Any) -> list[Any]:
        """The rows in the scope."""
        return [row for row in db.session.scalars(select(model)) if self.sees(row)]

    def sees(self, row: Any) -> bool:
        place = row.agency if isinstance(row, User | Officer) else row
        return covers(self.region, place.region_code) and getattr(place, "sector", self.sector) == self.sector

    def lists(self) -> dict[str, int]:
        """How many records each list and its file have."""
        visits = [row for row in self.rows(Inspection) if row.state != "withdrawn"]
        return {
            "/registry": len([row for row in self.rows(Establishment) if row.closed_on is None]),
            "/registry/persons": len(self.rows(Person)),
            "/inspections": len(visits),
            "/cases": len(self.rows(Case)),
            "/complaints": len(self.rows(Complaint)),
        }

    def figures(self) -> dict[str, float]:
        """The figures of the first page."""
        year = date(TODAY.year, 1, 1)
        going = [case for case in self.rows(Case) if case.state not in FINAL and not case.imported]
        visits = [one for one in self.rows(Inspection) if one.state == "submitted" and one.inspected_on >= year]
        waiting = [one for one in self.rows(Complaint) if one.closed_on is None and one.withdrawn_reason is None]
        decided = [
            one.decision for case in self.rows(Case) for one in case.respondents
            if one.decision and one.decision.decided_on and one.decision.decided_on >= year
        ]  # fmt: skip
        fines = sum(p.amount_fen or 0 for one in decided for p in one.penalties if p.kind == "fine")
        return {
            "在办案件": len(going),
            "其中超期": len([case for case in going if case.due_on and case.due_on < TODAY]),
            "本年检查户次": len(visits),
            "未办结投诉举报": len(waiting),
            "本年处罚决定": len(decided),
            "本年罚款（元）": fines / 100,
        }

    def inspected(self) -> int:
        """The inspections that the campaign's table counts: of the region, whatever the sector."""
        return len([
            row for row in db.session.scalars(select(Inspection))
            if covers(self.region, row.region_code) and row.campaign == CAMPAIGN and row.state == "submitted"
            and row.inspected_on.year == 2026
        ])  # fmt: skip


@pytest.mark.one_database
@pytest.mark.parametrize("place", PLACES if FULL else ["own", "above", "nation"])
def test_lists_counts_files_and_figures_hold_exactly_what_lies_in_the_scope(
    client: Any, world: World, place: str, record_property: Any
) -> None:
    scatter(world, count(60, 400))
    user = world.person(place, Role.SUPERVISOR)
    oracle, sums = Oracle(user), 0
    expected, figures, inspected = oracle.lists(), oracle.figures(), oracle.inspected()
    client.sign_in(user)
    for page, number in expected.items():
        shown = FOUND.search(client.get(page).text)
        lines = list(csv.reader(io.StringIO(client.get(f"{page}/list.csv").get_data().decode("utf-8-sig"))))
        assert len(lines) - 1 == number, page
        assert page == "/complaints" or (shown and int(shown[1].replace(",", "")) == number), page
        sums += number
    first = {label: float(value.replace(",", "")) for value, label in FIGURE.findall(client.get("/").text)}
    assert first == figures
    cells = client.get(f"/campaigns/{CAMPAIGN}/tables/{FORM}/file.json").json
    if covers("330106", user.agency.region_code) or covers(user.agency.region_code, "330106"):
        assert sum(cells["cells"]["inspected"].values()) == inspected
    record_property("found", f"access: {sums:,} records listed and {len(figures)} figures counted alike from {place}")


def test_accounts_are_counted_alike(client: Any, world: World) -> None:
    scatter(world, 5)
    user = world.person("above", Role.ADMINISTRATOR)
    oracle = Oracle(user)
    kinds = {"执法机关": Agency, "执法人员": Officer, "可登录账号": User}
    client.sign_in(user)
    shown = {label: int(value.replace(",", "")) for value, label in FIGURE.findall(client.get("/").text)}
    assert list(shown.values()) == [len(oracle.rows(model)) for model in kinds.values()]


@pytest.mark.one_database
def test_every_kind_of_file_tells_its_owner_and_nobody_beside(
    app: Flask, client: Any, world: World, undone: None
) -> None:
    files = [(rule, format) for rule in rules(app) if "format" in rule.arguments for format in formats(rule)]
    telling = set()
    for place in ("own", "neighbour", "sector") if FULL else ("own", "neighbour"):
        client.sign_in(world.person(place, Role.SUPERVISOR))
        for rule, format in files:
            text = told(client.get(address(app, rule, world.ids, format)))
            if place == "own" and (OWN_NAME in text or SHARED_NAME in text):
                telling.add(rule.endpoint)
            assert not [name for name in UNSEEN.get(place, ()) if name in text], (place, rule.endpoint, format)
    assert telling >= {"cases.list_as_file", "complaints.export", "inspections.list_as_file", "registry.export",
                       "registry.export_persons", "typical.file"}  # fmt: skip


ARGUMENTS = ("subject_id", "inspection_id", "complaint_id", "case_id", "establishment", "entry", "party", "agency",
             "officer_id", "approval", "then", "region", "campaign", "handler")  # fmt: skip
"""Arguments of pages that name records or regions."""

NAMES = {"establishment": "subject_id", "entry": "approval_id", "party": "respondent_id", "agency": "agency_id",
         "approval": "approval_id", "handler": "officer_id", "then": "draft_id"}  # fmt: skip


@pytest.mark.one_database
def test_no_page_opened_with_a_strangers_record_tells_of_it(
    app: Flask, client: Any, world: World, undone: None
) -> None:
    ids, wrong = strangers(world), []
    for role in Role if FULL else [Role.INSPECTOR]:
        client.sign_in(world.person("own", role))
        for rule in rules(app):
            if "GET" in (rule.methods or ()) and "_file" not in rule.endpoint and "sign" not in rule.endpoint:
                named = {name: ids.get(NAMES.get(name, name), 330100) for name in ARGUMENTS}
                response = client.get(address(app, rule, world.ids).partition("?")[0], query_string=named)
                wrong += [(role, rule.endpoint, response.status_code)] if response.status_code >= 500 else []
                wrong += [(role, rule.endpoint)] if STRANGE_NAME in told(response) else []
    assert not wrong, wrong


TABLES = {
    "subject": ("subject_id", "person_id"), "agency": ("agency_id",), "officer": ("officer_id",),
    "app_user": ("user_id",), "inspection": ("inspection_id",), "complaint": ("complaint_id",),
    "enforcement_case": ("case_id",), "respondent": ("respondent_id",), "evidence": ("evidence_id",),
    "entry_approval": ("approval_id",), "document": ("document_id",),
}  # fmt: skip
"""Tables whose rows forms may name, with the strangers in them."""


def references(ids: dict[str, Any]) -> dict[str, int]:
    """How many rows refer to each of the strangers' records, by foreign keys and by lists of ids."""
    found = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                for name in TABLES.get(key.column.table.name, ()):
                    query = select(func.count()).select_from(table).where(column == ids[name])
                    found[f"{table.name}.{column.name}={name}"] = db.session.scalar(query) or 0
    return found


def id_fields(page: str, known: set[str]) -> Iterator[tuple[MultiDict[str, str], str, str]]:
    """Each form of a page as it would be sent, with each of its fields that holds the id of a record."""
    for one in html.fromstring(page).forms:
        if one.method != "POST":
            continue
        sent: MultiDict[str, str] = MultiDict((k, v) for k, v in one.form_values() if "__row__" not in k)
        for field in one.inputs:
            name = getattr(field, "name", None)
            if name and re.search(r"(?:_id|_ids|officers?|handlers?|party|entry|agency|subject)$", name):
                yield sent, name.replace("__row__", "0"), one.action or ""


FORM_STATES = [State.INTAKE, State.INVESTIGATION, State.REPORTED, State.LEGAL_REVIEW, State.NOTICE_APPROVAL,
               State.DEFENCE_TERM, State.DECISION_DRAFT, State.EXECUTION]  # fmt: skip


@pytest.mark.one_database
@pytest.mark.parametrize("state", FORM_STATES if FULL else [State.INVESTIGATION])
def test_no_form_takes_the_record_of_a_stranger(
    app: Flask, client: Any, session: Any, monkeypatch: pytest.MonkeyPatch, state: State, record_property: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.ERROR)
    world = build(monkeypatch, state)
    ids, tried, opened, wrong = strangers(world), set(), set(), []
    before, strange = references(ids), {str(value) for value in ids.values()}
    for role in Role:
        client.sign_in(world.person("own", role))
        for rule in [rule for rule in rules(app) if {"GET", "POST"} <= (rule.methods or set())]:
            if not FULL and rule.endpoint in opened:
                continue
            where = address(app, rule, world.ids) + ("?kind=other" if rule.endpoint == "registry.new" else "")
            page = client.get(where)
            if page.status_code != 200 or page.content_type.split(";")[0] != "text/html":
                continue
            opened.add(rule.endpoint)
            for sent, field, action in id_fields(page.text, strange):
                if (role, rule.endpoint, field) in tried:
                    continue
                tried.add((role, rule.endpoint, field))
                for stranger in strangers_for(field, ids):
                    body = MultiDict(sent)
                    body[field] = str(stranger)
                    answer = client.post(action if action.startswith("/") else where, data=body)
                    wrong += [(role, rule.endpoint, field, answer.status_code)] if answer.status_code >= 500 else []
                    wrong += [(role, rule.endpoint, field, "told")] if STRANGE_NAME in told(answer) else []
    now = references(ids)
    assert not wrong, wrong
    assert {name: now[name] - before[name] for name in now if now[name] != before[name]} == {}
    fields = {(endpoint, field) for _, endpoint, field in tried}
    assert len(fields) > 5
    record_property("found", f"access: {len(fields)} fields that name a record refuse a stranger's ({state})")


def strangers_for(field: str, ids: dict[str, Any]) -> list[int]:
    """The records that a field of this name may be meant for."""
    for part, names in {"person": ["person_id"], "agency": ["agency_id"], "acts_for": ["agency_id"],
                        "officer": ["officer_id"], "handler": ["officer_id"], "subject": ["subject_id", "person_id"],
                        "inspection": ["inspection_id", "draft_id"], "complaint": ["complaint_id"],
                        "evidence": ["evidence_id", "case_evidence_id"], "entry": ["approval_id"],
                        "party": ["respondent_id", "subject_id"]}.items():  # fmt: skip
        if part in field:
            return [ids[name] for name in names]
    return [ids["case_id"], ids["document_id"]]
