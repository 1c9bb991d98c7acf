"""The legal review: by whom, on which points, and what its paper says."""

from typing import Any

import pytest
from sqlalchemy import select

from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.cases import actions
from inspectorate.cases.snapshots import POINTS
from inspectorate.cases.words import REVIEW_POINTS
from inspectorate.documents.models import Document
from inspectorate.errors import Refusals, refusals_in
from inspectorate.procedure.states import State
from tests.cases.walk import Office, Walk, all_in_order, office


@pytest.fixture
def place(session) -> Office:
    return office()


def reasons(error: pytest.ExceptionInfo[Any]) -> dict[str | None, str]:
    return {one.field: str(one) for one in refusals_in(error.value)}


def in_review(place: Office) -> Walk:
    place.agency.major_decision_fen = 1
    return Walk(place).until(State.LEGAL_REVIEW)


def test_the_reviewer_answers_every_point(place) -> None:
    walk = in_review(place)
    with pytest.raises(Refusals) as error:
        actions.agree_in_review(place.reviewer, walk.case.id, actions.Review({}, "同意"), walk.day)
    assert len(refusals_in(error.value)) == len(REVIEW_POINTS)


def test_who_finds_a_point_wrong_does_not_agree(place) -> None:
    walk = in_review(place)
    review = all_in_order()
    wrong = actions.Review({**review.points, "evidence": actions.Point(False, "缺收费凭证")}, "")
    with pytest.raises(Refusals) as error:
        actions.agree_in_review(place.reviewer, walk.case.id, wrong, walk.day)
    assert list(reasons(error)) == [f"points-{list(REVIEW_POINTS).index('evidence')}-ok"]
    actions.return_from_review(
        place.reviewer, walk.case.id, actions.Review(wrong.points, "补充收费凭证", "补充调查"), walk.day
    )
    assert (walk.case.state, walk.case.sent_to_review_on) == (State.INVESTIGATION, None)


def test_every_point_of_the_review_is_a_statement_that_a_tick_affirms(place, session) -> None:
    assert list(POINTS) == list(REVIEW_POINTS)
    walk = in_review(place)
    actions.agree_in_review(place.reviewer, walk.case.id, all_in_order(), walk.day)
    items = session.scalar(select(Document).where(Document.kind == "D25")).snapshot["lr.items"]
    assert [item["label"] for item in items if "是否" in item["label"]] == []


def test_review_needs_the_legal_qualification(place) -> None:
    place.reviewer_user.officer.legal_qualification = False
    walk = in_review(place)
    with pytest.raises(Refusals, match="法律职业资格"):
        actions.agree_in_review(place.reviewer, walk.case.id, all_in_order(), walk.day)


def test_a_handler_does_not_review_the_own_case(place) -> None:
    place.handler_user.roles = [Role.INSPECTOR.value, Role.LEGAL_REVIEWER.value]
    place.handler_user.officer.legal_qualification = True
    walk = in_review(place)
    with pytest.raises(Refusals, match="承办人"):
        actions.agree_in_review(actor_of(place.handler_user), walk.case.id, all_in_order(), walk.day)


def test_the_reviewer_does_not_approve_afterwards(place) -> None:
    place.reviewer_user.roles = [Role.LEGAL_REVIEWER.value, Role.SUPERVISOR.value]
    walk = in_review(place).until(State.NOTICE_APPROVAL)
    with pytest.raises(Refusals, match="审核过本案"):
        actions.approve_notice(actor_of(place.reviewer_user), walk.case.id, walk.day)


def test_who_approved_the_filing_does_not_review(place) -> None:
    place.head_user.roles = [Role.SUPERVISOR.value, Role.LEGAL_REVIEWER.value]
    place.head_user.officer.legal_qualification = True
    walk = in_review(place)
    with pytest.raises(Refusals, match="审批过本案"):
        actions.agree_in_review(actor_of(place.head_user), walk.case.id, all_in_order(), walk.day)
