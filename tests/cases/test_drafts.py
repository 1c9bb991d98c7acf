"""Whoever proposes, reviews or approves reads the papers to come before they are issued."""

import pytest
from sqlalchemy import func, select

from inspectorate.accounts.permissions import Role
from inspectorate.cases.drafts import draft_of, papers_coming
from inspectorate.documents.blocks import Passage, SealPlace
from inspectorate.documents.models import Document
from inspectorate.documents.papers import paper_of
from inspectorate.extensions import db
from inspectorate.procedure.states import State
from tests import factories
from tests.cases.desk import Browser
from tests.cases.walk import FINE, Office, Walk, office
from tests.client import save


@pytest.fixture
def place(session) -> Office:
    return office()


def kinds(walk: Walk) -> list[str]:
    return [one.kind for one in papers_coming(walk.case)]


@pytest.mark.parametrize(
    ("state", "coming"),
    [
        (State.INTAKE, ["D19"]),
        (State.FILING_PROPOSED, ["D19"]),
        (State.NOTICE_APPROVAL, ["D27", "D30"]),
        (State.NOTICE_ISSUED, []),
        (State.DECISION_DRAFT, ["D34"]),
        (State.DECISION_APPROVAL, ["D34"]),
        (State.EXECUTION, []),
        (State.CLOSING_PROPOSED, ["D43"]),
        (State.CLOSED, []),
    ],
)
def test_the_papers_to_come_are_those_that_the_next_step_issues(place, state, coming) -> None:
    assert kinds(Walk(place).until(state)) == coming


def test_nothing_is_drafted_before_penalties_are_proposed(place) -> None:
    walk = Walk(place).until(State.INVESTIGATION)
    assert kinds(walk) == []
    walk.found()
    walk.propose()
    assert kinds(walk) == ["D23"]


def test_no_hearing_is_drafted_below_the_threshold(place) -> None:
    place.agency.hearing_org_fen = FINE + 1
    walk = Walk(place).until(State.NOTICE_APPROVAL)
    assert kinds(walk) == ["D27"]
    text = str(draft_of(next(papers_coming(walk.case)), walk.day).blocks)
    assert "要求听证" not in text


def test_the_draft_says_what_the_decision_will_without_number_or_day(place) -> None:
    walk = Walk(place).until(State.DECISION_APPROVAL)
    drafted = draft_of(next(papers_coming(walk.case)), walk.day)
    walk.approve_decision()
    issued = db.session.scalars(select(Document).where(Document.kind == "D34")).one()
    assert drafted.draft and drafted.number == ""
    seal = drafted.blocks[-1]
    assert isinstance(seal, SealPlace) and seal.date.strip("　") == "年　　月　　日"
    said = [block for block in drafted.blocks if isinstance(block, Passage)]
    assert len(said) == len([block for block in paper_of(issued).blocks if isinstance(block, Passage)])


def test_the_head_opens_the_draft_from_the_approval_and_nothing_is_issued(app, place) -> None:
    walk = Walk(place).until(State.DECISION_APPROVAL)
    save()
    head, case_id = Browser(app.test_client(), place.head_user), walk.case.id
    address = f"/cases/{case_id}/parties/{walk.party.id}/drafts/D34.pdf"
    before = db.session.scalar(select(func.count()).select_from(Document))
    assert address in head.read(f"/cases/{case_id}/approval")
    assert address in head.read(f"/cases/{case_id}")
    answer = head.client.get(address)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")
    assert db.session.scalar(select(func.count()).select_from(Document)) == before


def test_a_draft_of_another_step_is_refused_and_one_of_another_county_not_found(app, place) -> None:
    walk = Walk(place).until(State.DECISION_APPROVAL)
    stranger = factories.user(Role.SUPERVISOR, agency=factories.agency(factories.OTHER_COUNTY))
    save()
    head, other = Browser(app.test_client(), place.head_user), Browser(app.test_client(), stranger)
    drafts = f"/cases/{walk.case.id}/parties/{walk.party.id}/drafts"
    assert head.client.get(f"{drafts}/D43.pdf").status_code == 409
    assert other.client.get(f"{drafts}/D34.pdf").status_code == 404
