"""``flask demo``: all kinds, all states, lawful, whole, and the same for a seed."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask_migrate import upgrade
from sqlalchemy import select

from inspectorate import clock, create_app, files
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.models import User
from inspectorate.accounts.passwords import password_matches
from inspectorate.accounts.permissions import Role
from inspectorate.cases.models import Case, CaseFinding, Decision, Respondent
from inspectorate.complaints.models import Complaint
from inspectorate.complaints.rules import State as ComplaintState
from inspectorate.complaints.rules import state_of
from inspectorate.demo.actions import fill
from inspectorate.demo.findings import chinese
from inspectorate.demo.history import looks_at
from inspectorate.demo.sign_ins import FIRST_OF_EACH_ROLE, PASSWORD, SIGN_INS
from inspectorate.demo.world import World, campaign_on
from inspectorate.documents.models import Document
from inspectorate.extensions import db, unit_of_work
from inspectorate.home.queries import todos
from inspectorate.inspections.models import EntryApproval, Evidence, Inspection
from inspectorate.interchange.records import KINDS
from inspectorate.law.violations import violation
from inspectorate.procedure.states import State
from inspectorate.registry.models import Establishment
from tests.databases import test_config as config_for
from tests.demo.conftest import ESTABLISHMENTS, SEED

if TYPE_CHECKING:
    from flask import Flask

pytestmark = pytest.mark.one_database


def run(app: "Flask", *arguments: str) -> Any:
    return app.test_cli_runner().invoke(args=list(arguments))


def test_there_are_as_many_establishments_as_asked_for_of_every_kind(demo: "Flask") -> None:
    with demo.app_context():
        kinds = Counter(db.session.scalars(select(Establishment.kind)))
    assert kinds.total() == ESTABLISHMENTS
    assert set(kinds) == set(KINDS)


def test_the_county_of_the_walks_has_a_live_case_in_every_state(demo: "Flask") -> None:
    with demo.app_context():
        query = select(Case.state).where(
            Case.imported.is_(False), Case.region_code == "330106", Case.sector == "health"
        )
        assert set(db.session.scalars(query)) == set(State)


def test_a_second_sector_and_a_second_province_are_at_work_too(demo: "Flask") -> None:
    with demo.app_context():
        places = Counter(db.session.execute(select(Case.sector, Case.region_code).where(Case.imported.is_(False))))
    assert places["market", "330106"] >= 6
    assert places["health", "440106"] >= 6


def test_no_office_punishes_what_is_not_its_own(demo: "Flask") -> None:
    with demo.app_context():
        wrong = [
            (case.key, finding.violation)
            for case in db.session.scalars(select(Case))
            for party in case.respondents
            for finding in party.findings
            if case.sector not in violation(finding.violation).sectors
        ]
    assert wrong == []


def test_a_complaint_of_today_is_with_an_office_whose_business_the_place_is(demo: "Flask") -> None:
    with demo.app_context():
        wrong = [
            (complaint.sector, complaint.subject.name)
            for complaint in db.session.scalars(select(Complaint).where(Complaint.imported.is_(False)))
            if not looks_at(complaint.sector, complaint.subject.kind)
        ]
    assert wrong == []


def test_an_act_begins_on_the_first_day_that_its_facts_name(demo: "Flask") -> None:
    with demo.app_context():
        live = select(CaseFinding).join(Respondent).join(Case).where(Case.imported.is_(False))
        begun = [one for one in db.session.scalars(live) if one.act_from and one.act_from < one.act_to]
        assert begun and [one.facts for one in begun if chinese(one.act_from) not in one.facts] == []


def test_only_what_was_bent_on_purpose_bears_a_remark(demo: "Flask", world: World) -> None:
    with demo.app_context():
        remarked = {
            row.key
            for model in (Inspection, Case, Complaint)
            for row in db.session.scalars(select(model))
            if row.remarks
        }
    assert remarked == set(world.odd)
    assert 3 <= len(world.odd) <= 7


def test_the_record_is_intact(demo: "Flask") -> None:
    done = run(demo, "audit", "verify")
    assert (done.exit_code, done.stdout) == (0, "the record is intact\n")


def test_no_decision_number_is_given_twice(demo: "Flask") -> None:
    with demo.app_context():
        numbers = Counter(db.session.scalars(select(Decision.number).where(Decision.number.is_not(None))))
        cases = Counter(db.session.scalars(select(Case.number).where(Case.number.is_not(None))))
    assert [number for number, times in (numbers + cases).items() if times > 1] == []
    assert numbers


@pytest.mark.parametrize("which", ["past", "present"])
def test_both_campaigns_fill_every_column_of_the_table(demo: "Flask", today: date, which: str) -> None:
    campaign = "medical_cosmetology_2021" if which == "past" else campaign_on(today).id
    arguments = ["--campaign", campaign, "--region", "330000", "--format", "json"]
    done = run(demo, "campaign", "summary", "medical_cosmetology_2021", *arguments)
    assert done.exit_code == 0, done.stderr
    table = json.loads(done.stdout)
    assert all(table["cells"]["inspected"].values())
    assert sum(table["cells"]["cases"].values()) >= 3
    assert table["foot"]["in"] >= 1


def test_every_role_has_a_sign_in_with_the_known_password(demo: "Flask") -> None:
    with demo.app_context():
        users = {user.name: user for user in db.session.scalars(select(User))}
        assert set(users) == {one.name for one in SIGN_INS}
        roles = {role for name in FIRST_OF_EACH_ROLE for role in users[name].role_set}
        assert roles == set(Role)
        assert password_matches(users["inspector"].password_hash, PASSWORD)
        assert users["legal"].officer.legal_qualification is not False


@pytest.mark.parametrize("prefix", ["", "market-", "guangdong-"])
def test_everybody_who_handles_cases_finds_work(demo: "Flask", today: date, prefix: str) -> None:
    with demo.app_context():
        for name in ("inspector", "inspector2", "legal", "head"):
            user = db.session.scalars(select(User).where(User.name == prefix + name)).one()
            assert todos(actor_of(user), today), user.name


def test_some_work_is_late_some_is_due_soon_and_some_was_returned(demo: "Flask", today: date) -> None:
    with demo.app_context():
        waiting = [
            todo
            for name in ("inspector", "legal", "head")
            for todo in todos(actor_of(db.session.scalars(select(User).where(User.name == name)).one()), today)
        ]
    days = [todo.due_on for todo in waiting if todo.due_on]
    assert any(day < today for day in days)
    assert any(today <= day <= today + timedelta(4) for day in days)
    assert any(todo.returned for todo in waiting)


def test_entries_wait_and_are_approved_for_today(demo: "Flask", today: date) -> None:
    with demo.app_context():
        rows = db.session.scalars(select(EntryApproval).where(EntryApproval.region_code == "330106")).all()
        assert {row.state for row in rows} == {"requested", "approved", "refused"}
        assert any(row.urgent and row.state == "requested" for row in rows)
        assert any(row.state == "approved" and row.planned_from == today for row in rows)


def test_reports_are_left_as_drafts_and_complaints_at_every_step(demo: "Flask") -> None:
    with demo.app_context():
        states = set(db.session.scalars(select(Inspection.state).where(Inspection.imported.is_(False))))
        assert {"draft", "submitted"} <= states
        complaints = db.session.scalars(select(Complaint).where(Complaint.imported.is_(False)))
        assert {state_of(complaint) for complaint in complaints} >= set(ComplaintState) - {ComplaintState.WITHDRAWN}


def test_live_cases_have_their_papers_in_the_order_of_the_procedure(demo: "Flask") -> None:
    with demo.app_context():
        closed = db.session.scalars(
            select(Case).where(Case.imported.is_(False), Case.state == State.CLOSED, Case.major)
        ).first()
        assert closed is not None
        query = select(Document.kind).where(Document.case_id == closed.id).order_by(Document.id)
        kinds = list(dict.fromkeys(db.session.scalars(query)))
        assert [kind for kind in kinds if kind in ("D19", "D23", "D25", "D27", "D34", "D43")] == [
            *("D19", "D23", "D25", "D27", "D34", "D43"),
        ]
        assert closed.filed_on and closed.closed_on and closed.filed_on < closed.closed_on


def test_evidence_is_in_the_store_unaltered(demo: "Flask") -> None:
    with demo.app_context():
        rows = db.session.scalars(select(Evidence).where(Evidence.sha256.is_not(None))).all()
        assert {row.media_type for row in rows} == {"image/png", "application/pdf"}
        assert all(len(files.get(row.sha256 or "")) == row.size for row in rows)


def test_a_database_that_is_not_empty_is_refused_in_one_line_and_left_as_it_was(demo: "Flask") -> None:
    before = run(demo, "export", "--drafts").stdout
    done = run(demo, "demo", "--establishments", "30")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert (
        done.stderr == "Error: the database is not empty; demo data goes into an empty one only. Nothing was changed\n"
    )
    assert run(demo, "export", "--drafts").stdout == before


def test_the_first_time_option_leaves_a_filled_database_alone_and_names_the_sign_ins(demo: "Flask") -> None:
    done = run(demo, "demo", "--first-time")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"demo sign-ins, password {PASSWORD}:\n")
    assert all(f"  {name} " in done.stdout for name in FIRST_OF_EACH_ROLE)


@pytest.mark.full_run
def test_the_same_seed_gives_the_same_demo_whatever_the_database(demo: "Flask", tmp_path: Path) -> None:
    again = create_app(config_for(f"sqlite:///{tmp_path / 'again.db'}", tmp_path))
    with again.app_context():
        upgrade()
    done = run(again, "demo", "--establishments", str(ESTABLISHMENTS), "--seed", str(SEED))
    assert done.exit_code == 0, done.output
    assert run(again, "export", "--drafts").stdout == run(demo, "export", "--drafts").stdout


@pytest.mark.full_run
def test_the_demo_can_be_made_on_the_first_day_of_a_year(app: "Flask") -> None:
    with app.app_context(), clock.standing_at(datetime(2026, 12, 31, 16, 5, tzinfo=UTC)), unit_of_work():
        assert clock.today() == date(2027, 1, 1)
        loaded = fill(ESTABLISHMENTS, SEED, clock.today())
    assert loaded["establishment"] == ESTABLISHMENTS
    assert run(app, "audit", "verify").exit_code == 0


def test_what_the_demo_exports_loads_into_an_empty_system_and_comes_back_the_same(
    demo: "Flask", tmp_path: Path
) -> None:
    sent = tmp_path / "demo.jsonl"
    assert run(demo, "export", "--drafts", "-o", str(sent)).exit_code == 0
    empty = create_app(config_for(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path))
    with empty.app_context():
        upgrade()
    done = run(empty, "import", str(sent))
    assert done.exit_code == 0, done.stderr
    assert run(empty, "export", "--drafts").stdout == sent.read_text(encoding="utf-8")
