"""Who may act: at every step of a case everybody but the right person is turned away, and nothing is changed."""

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from inspectorate.accounts.actor import Actor, actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.cases import actions
from inspectorate.errors import Refused
from inspectorate.extensions import db
from inspectorate.procedure.states import State
from tests import factories
from tests.cases.walk import Office, Walk, intake, office
from tests.client import save

EVERYTHING = (Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SUPERVISOR)


def reviewing_office() -> Office:
    """An authority whose list of major decisions brings every fine before the legal reviewer (行政处罚法58)."""
    return office(major_decision_fen=1)


def another_authority_of_the_county(place: Office) -> Actor:
    return _qualified(factories.agency(place.agency.region_code, place.agency.sector))


def the_city(place: Office) -> Actor:
    return _qualified(factories.agency(factories.CITY, place.agency.sector))


def a_neighbour(place: Office) -> Actor:
    return _qualified(factories.agency(factories.OTHER_COUNTY, place.agency.sector))


def another_sector(place: Office) -> Actor:
    return _qualified(factories.agency(place.agency.region_code, "market"))


def _qualified(agency: Any) -> Actor:
    user = factories.user(*EVERYTHING, agency=agency)
    user.officer.legal_qualification = True
    save()
    return actor_of(user)


def taken_by(walk: Walk, somebody: Actor) -> Walk:
    """The same case with one person in every role."""
    other = copy(walk)
    other.office = replace(walk.office, handler=somebody, reviewer=somebody, head=somebody)
    return other


def entries() -> int:
    return db.session.scalar(select(func.count()).select_from(RecordEntry)) or 0


def turned_away(step: Callable[[Walk], None], walk: Walk, somebody: Actor) -> bool:
    """Whether the step is refused and leaves no trace."""
    state, before, impostor = walk.case.state, entries(), taken_by(walk, somebody)
    try:
        step(impostor)
    except Refused:
        db.session.rollback()
        return walk.case.state == state and entries() == before
    db.session.rollback()
    return False


def let_through(walk: Walk, somebody: Actor) -> list[State]:
    """Walks to the end; the states whose step somebody could have taken."""
    found = []
    save()
    while walk.case.state != State.CLOSED:
        step = walk.STEPS[State(walk.case.state)]
        if not turned_away(step, walk, somebody):
            found.append(State(walk.case.state))
        step(walk)
        save()
    return found


@pytest.mark.parametrize("outsider", [another_authority_of_the_county, the_city, a_neighbour, another_sector])
def test_no_other_office_takes_a_step(session: Any, outsider: Callable[[Office], Actor]) -> None:
    place = reviewing_office()
    assert let_through(Walk(place), outsider(place)) == []


def test_an_inspector_who_does_not_handle_the_case_takes_no_step(session: Any) -> None:
    place = reviewing_office()
    colleague = actor_of(factories.user(Role.INSPECTOR, agency=place.agency))
    assert let_through(Walk(place), colleague) == []


HEADS_AND_REVIEWERS = {
    State.FILING_PROPOSED,
    State.LEGAL_REVIEW,
    State.NOTICE_APPROVAL,
    State.DEFENCE_HEARD,
    State.DECISION_APPROVAL,
    State.CLOSING_PROPOSED,
}


def test_a_handler_with_every_role_neither_reviews_nor_approves(session: Any) -> None:
    place = reviewing_office()
    handler = replace(place.handler, roles=frozenset(EVERYTHING))
    found = let_through(Walk(place), handler)
    assert not set(found) & HEADS_AND_REVIEWERS
    assert found, "the handler's own steps are the handler's"


def test_a_second_sign_in_of_a_handler_does_not_approve_either(session: Any) -> None:
    place = reviewing_office()
    again = factories.user(Role.SUPERVISOR, Role.LEGAL_REVIEWER, agency=place.agency, linked=False)
    again.officer_id = place.handler.officer_id
    save()
    assert let_through(Walk(place), actor_of(again)) == []


def test_whoever_has_reviewed_does_not_approve(session: Any) -> None:
    place = reviewing_office()
    both = replace(place.reviewer, roles=frozenset(EVERYTHING))
    walk = Walk(place).until(State.LEGAL_REVIEW)
    assert not set(let_through(walk, both)) & {State.NOTICE_APPROVAL, State.DECISION_APPROVAL, State.CLOSING_PROPOSED}


def test_whoever_has_approved_does_not_review(session: Any) -> None:
    place = reviewing_office()
    both = replace(place.head, roles=frozenset(EVERYTHING))
    place.head_user.officer.legal_qualification = True
    walk = Walk(place).until(State.INVESTIGATION)
    assert State.LEGAL_REVIEW not in let_through(walk, both)


ASIDE: dict[str, Callable[[Walk], Any]] = {
    "rename": lambda w: actions.rename_case(w.office.handler, w.case.id, "改名案"),
    "revise": lambda w: actions.revise_intake(w.office.handler, w.case.id, intake(w.office, w.party.subject_id), w.day),
    "facts": lambda w: w.found(),
    "penalties": lambda w: w.propose(),
    "report": lambda w: actions.submit_report(w.office.handler, w.case.id, w.day),
    "evidence": lambda w: actions.add_evidence(
        w.office.handler, w.case.id, actions.EvidenceStep("physical", [], "注射器", "开展注射"), key="aside"
    ),
    "withdraw evidence": lambda w: actions.withdraw_evidence(w.office.handler, w.case.id, 1, reason="重复"),
    "transfer": lambda w: actions.record_transfer(w.office.handler, w.case.id, w.day, w.day, reason="涉嫌非法行医罪"),
    "resume": lambda w: actions.resume_investigation(w.office.handler, w.case.id, w.day, reason="补充"),
    "terminate": lambda w: actions.terminate_case(w.office.head, w.case.id, w.day, reason="当事人死亡"),
    "withdraw": lambda w: actions.withdraw_case(w.office.handler, w.case.id, w.day, reason="误录"),
}
"""What is done beside the straight way."""


@pytest.mark.parametrize("state", [State.INTAKE, State.INVESTIGATION, State.NOTICE_ISSUED])
def test_what_lies_beside_the_way_is_closed_to_others_too(session: Any, state: State) -> None:
    place = reviewing_office()
    walk = Walk(place).until(state)
    save()
    colleague = actor_of(factories.user(Role.INSPECTOR, agency=place.agency))
    outsiders = [another_authority_of_the_county(place), the_city(place), a_neighbour(place), colleague]
    done = [
        (name, outsider)
        for name, act in ASIDE.items()
        for outsider in outsiders
        if not turned_away(act, walk, outsider)
    ]
    assert done == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.CAMPAIGN_OFFICE])
def test_roles_without_a_part_in_cases_take_no_step(session: Any, role: Role) -> None:
    place = reviewing_office()
    assert let_through(Walk(place), actor_of(factories.user(role, agency=place.agency))) == []
