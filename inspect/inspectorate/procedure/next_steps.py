"""What comes next in a case, by whom, and what is missing: read off the state table."""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from ..law.statutes import Citation
from ..objections import N_, Objection
from .articles import apl
from .facts import CaseFacts
from .rights import legal_review_demanded
from .states import FINAL, Action, State, Step, actions_from, objections


class TaskState(StrEnum):
    """How a task of the procedure stands."""

    DONE = "done"
    NOW = "now"
    WAITING = "waiting"
    NOT_NEEDED = "not_needed"


class Milestone(NamedTuple):
    """A task as people name it: the states in which it is being done, and when it is needed at all."""

    key: str
    label: str
    article: Citation
    states: frozenset[State]
    needed: Callable[[CaseFacts], bool] = lambda _facts: True
    carried_out: Callable[[CaseFacts], bool] = lambda _facts: True
    """Whether a task that was passed was done, or could be left out at the time."""


class Task(NamedTuple):
    """A milestone of one case."""

    key: str
    label: str
    article: Citation
    state: TaskState


class Possibility(NamedTuple):
    """One action open in the case's state, and everything that still stands against it."""

    action: Action
    step: Step
    missing: tuple[Objection, ...]


S = State


def _reviewed(facts: CaseFacts) -> bool:
    return facts.review_agreed


MILESTONES = (
    Milestone("filing", N_("Open the case"), apl(54, 2), frozenset({S.INTAKE, S.FILING_PROPOSED})),
    Milestone("investigation", N_("Investigation and final report"), apl(54, 1), frozenset({S.INVESTIGATION})),
    Milestone("deliberation", N_("Collegial discussion, sending on"), apl(57, 1), frozenset({S.REPORTED})),
    Milestone("review", N_("Legal review"), apl(58, 1), frozenset({S.LEGAL_REVIEW}), legal_review_demanded, _reviewed),
    Milestone(
        "notice", N_("Prior notice, approved and served"), apl(44), frozenset({S.NOTICE_APPROVAL, S.NOTICE_ISSUED})
    ),
    Milestone("defence", N_("Statement and defence"), apl(45, 1), frozenset({S.DEFENCE_TERM, S.DEFENCE_HEARD})),
    Milestone("decision", N_("Decision"), apl(57, 1), frozenset({S.DECISION_DRAFT, S.DECISION_APPROVAL})),
    Milestone("service", N_("Serve the decision"), apl(61, 1), frozenset({S.DECIDED})),
    Milestone("execution", N_("Payment and execution"), apl(66, 1), frozenset({S.EXECUTION})),
    Milestone("closing", N_("Close the case"), apl(66, 1), frozenset({S.CLOSING_PROPOSED})),
)

_ORDER = {state: place for place, state in enumerate(State)}


def tasks(state: State, facts: CaseFacts, *, left_in: State | None = None) -> list[Task]:
    """The task list. ``left_in``: for a case that ended early, the state in which it was left."""
    return [Task(m.key, m.label, m.article, _task_state(m, state, facts, left_in)) for m in MILESTONES]


def _task_state(milestone: Milestone, state: State, facts: CaseFacts, left_in: State | None) -> TaskState:
    if state in milestone.states:
        return TaskState.NOW
    reached = left_in if state in FINAL and state is not State.CLOSED else state
    if reached is None:
        return TaskState.NOT_NEEDED
    passed = max(_ORDER[s] for s in milestone.states) < _ORDER[reached]
    if not milestone.needed(facts) or (passed and not milestone.carried_out(facts)):
        return TaskState.NOT_NEEDED
    if passed:
        return TaskState.DONE
    return TaskState.NOT_NEEDED if state in FINAL else TaskState.WAITING


def possibilities(state: State, facts: CaseFacts, permissions: frozenset[str]) -> list[Possibility]:
    """What the holder of these permissions can do now, the usual way on first; with what is missing for each."""
    return [
        Possibility(action, row, tuple(objections(row, facts)))
        for action, row in actions_from(state).items()
        if row.permission in permissions
    ]


def usual_action(state: State, facts: CaseFacts) -> Action | None:
    """The one action that carries the case on along the ordinary way; None when nothing follows."""
    if state is State.REPORTED:
        return Action.SEND_TO_REVIEW if legal_review_demanded(facts) else Action.SEND_TO_HEAD
    return next(iter(actions_from(state)), None)
