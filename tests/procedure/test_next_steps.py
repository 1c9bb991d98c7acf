"""What comes next, by whom, and what is missing."""

import pytest

from inspectorate.procedure.facts import OfficeRules
from inspectorate.procedure.next_steps import MILESTONES, TaskState, possibilities, tasks, usual_action
from inspectorate.procedure.states import FINAL, Action, State
from tests.procedure.cases import IN_ORDER, case

REVIEWED = case(office=OfficeRules(review_always=True))


def by_key(state: State, facts: object = IN_ORDER, left_in: State | None = None) -> dict[str, TaskState]:
    return {task.key: task.state for task in tasks(state, facts, left_in=left_in)}  # type: ignore[arg-type]


def test_every_open_state_belongs_to_exactly_one_task() -> None:
    covered = [state for milestone in MILESTONES for state in milestone.states]
    assert sorted(covered) == sorted(set(State) - FINAL)


def test_earlier_tasks_are_done_later_ones_wait() -> None:
    found = by_key(State.NOTICE_ISSUED)
    assert found["filing"] is found["investigation"] is TaskState.DONE
    assert found["notice"] is TaskState.NOW
    assert found["decision"] is found["closing"] is TaskState.WAITING


def test_legal_review_is_shown_as_not_needed_where_it_is_not_demanded() -> None:
    assert by_key(State.NOTICE_APPROVAL)["review"] is TaskState.NOT_NEEDED
    assert by_key(State.NOTICE_APPROVAL, REVIEWED)["review"] is TaskState.DONE
    assert by_key(State.INVESTIGATION, REVIEWED)["review"] is TaskState.WAITING


def test_a_closed_case_has_done_everything_needed() -> None:
    assert set(by_key(State.CLOSED, REVIEWED).values()) == {TaskState.DONE}


def test_a_case_that_ended_early_needs_nothing_more() -> None:
    found = by_key(State.TERMINATED, left_in=State.NOTICE_APPROVAL)
    assert found["filing"] is TaskState.DONE
    assert found["notice"] is found["decision"] is TaskState.NOT_NEEDED


def test_possibilities_are_those_of_the_permissions_held() -> None:
    mine = possibilities(State.FILING_PROPOSED, IN_ORDER, frozenset({"case:approve"}))
    assert [found.action for found in mine] == [Action.APPROVE_FILING, Action.RETURN_FILING, Action.REFUSE_FILING]
    assert possibilities(State.FILING_PROPOSED, IN_ORDER, frozenset({"case:handle"})) == []


def test_what_is_missing_is_told_beside_the_step() -> None:
    spoiled = IN_ORDER._replace(actor="officer:1", evidence_count=0)
    report = possibilities(State.INVESTIGATION, spoiled, frozenset({"case:handle"}))[0]
    assert [objection.field for objection in report.missing] == ["evidence"]


@pytest.mark.parametrize(
    ("state", "facts", "action"),
    [
        (State.INTAKE, IN_ORDER, Action.PROPOSE_FILING),
        (State.REPORTED, IN_ORDER, Action.SEND_TO_HEAD),
        (State.REPORTED, REVIEWED, Action.SEND_TO_REVIEW),
        (State.DECIDED, IN_ORDER, Action.SERVE_DECISION),
        (State.CLOSED, IN_ORDER, None),
    ],
)
def test_the_usual_step_is_the_next_one_of_the_ordinary_way(state: State, facts: object, action: Action | None) -> None:
    assert usual_action(state, facts) is action  # type: ignore[arg-type]
