"""The state table: complete, without dead ends, and no way to a decision past the party's right to be heard."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from inspectorate.accounts.permissions import Permission
from inspectorate.procedure import handbook
from inspectorate.procedure.facts import CaseFacts, Defence, RespondentFacts
from inspectorate.procedure.states import (
    BEFORE_DECISION,
    FINAL,
    TRANSITIONS,
    Action,
    NoSuchStep,
    State,
    actions_from,
    next_state,
    reachable,
    step,
)
from tests.procedure.cases import IN_ORDER, RESPONDENT

ROOT = Path(__file__).resolve().parents[2]


def test_every_state_is_reachable() -> None:
    assert set(reachable()) == set(State)


def test_every_action_is_used() -> None:
    assert {action for _, action in TRANSITIONS} == set(Action)


@pytest.mark.parametrize("state", [state for state in State if state not in FINAL])
def test_every_open_state_has_a_way_to_an_end(state: State) -> None:
    assert set(reachable(state)) & FINAL
    assert any(row.next is not state for row in actions_from(state).values())


@pytest.mark.parametrize("state", sorted(FINAL))
def test_nothing_follows_a_final_state(state: State) -> None:
    assert actions_from(state) == {}


@pytest.mark.parametrize("row", TRANSITIONS.values(), ids=[f"{a}/{b}" for a, b in TRANSITIONS])
def test_every_step_names_a_permission_and_an_article(row: object) -> None:
    assert row.permission in {permission.value for permission in Permission}  # type: ignore[attr-defined]
    assert row.article.zh()  # type: ignore[attr-defined]


def test_an_action_that_does_not_exist_in_a_state_is_an_error() -> None:
    with pytest.raises(NoSuchStep):
        step(State.INTAKE, Action.APPROVE_DECISION)


def test_without_the_service_of_the_notice_no_row_leads_to_a_decision() -> None:
    """Graph search: taking out the rows that serve the notice cuts the decision off."""
    seen, waiting = {State.INTAKE}, [State.INTAKE]
    while waiting:
        for action, row in actions_from(waiting.pop()).items():
            if action is not Action.SERVE_NOTICE and row.next not in seen:
                seen.add(row.next)
                waiting.append(row.next)
    assert State.DECIDED not in seen
    assert seen < BEFORE_DECISION


def test_a_step_that_is_refused_tells_everything_at_once() -> None:
    facts = IN_ORDER._replace(handlers=(), summary_stated=False, respondents=())
    target, against = next_state(State.INTAKE, Action.PROPOSE_FILING, facts)
    assert target is None
    assert {objection.field for objection in against} >= {"handlers", "respondents", "summary"}


def test_the_page_in_docs_is_made_from_the_table() -> None:
    written = (ROOT / "docs" / "procedure.md").read_text("utf-8")
    assert written == handbook.as_markdown(), "run: python -m inspectorate.procedure.handbook > ../docs/procedure.md"


RIGHT_PERSON = {"case:handle": "officer:1", "case:review": "user:8", "case:approve": "user:5"}


class CaseMachine(RuleBasedStateMachine):
    """Anybody tries anything in any order; whatever the table lets through must be lawful."""

    def __init__(self) -> None:
        super().__init__()
        self.state = State.INTAKE
        self.today = date(2026, 3, 5)
        self.party = RESPONDENT._replace(noticed=(), hearing_offered=False, notice_served_on=None, defence=Defence.OPEN)
        self.reviewers: frozenset[str] = frozenset()
        self.approvers: frozenset[str] = frozenset()
        self.review_agreed = False
        self.major = False
        self.served_before_decision = False

    def facts(self, actor: str) -> CaseFacts:
        return IN_ORDER._replace(
            today=self.today,
            on=self.today,
            last_event_on=None,
            actor=actor,
            reviewers=self.reviewers,
            approvers=self.approvers,
            review_agreed=self.review_agreed,
            complex=self.major,
            respondents=(self.party,),
        )

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)

    @precondition(lambda self: self.state is State.INVESTIGATION)
    @rule(major=st.booleans())
    def the_case_turns_out_complex(self, major: bool) -> None:
        self.major = major

    @precondition(lambda self: self.state in {State.INVESTIGATION, State.DECISION_DRAFT})
    @rule(by_fen=st.integers(-(10**6), 10**6))
    def the_fine_is_changed(self, by_fen: int) -> None:
        first, *rest = self.party.proposed
        self.party = self.party._replace(proposed=(first._replace(amount_fen=(first.amount_fen or 0) + by_fen), *rest))

    @rule(
        action=st.sampled_from(Action), actor=st.sampled_from(["officer:1", "officer:2", "user:5", "user:6", "user:8"])
    )
    def somebody_tries(self, action: Action, actor: str) -> None:
        if (self.state, action) in TRANSITIONS:
            self.attempt(action, actor)

    def attempt(self, action: Action, actor: str) -> None:
        target, against = next_state(self.state, action, self.facts(actor))
        assert (target is None) == bool(against)
        if target is not None:
            self.carry_out(action, actor)
            self.state = target

    @precondition(lambda self: self.state not in FINAL)
    @rule(data=st.data())
    def the_right_person_goes_on(self, data: st.DataObject) -> None:
        ways_on = [action for action, row in actions_from(self.state).items() if row.next not in FINAL - {State.CLOSED}]
        action = data.draw(st.sampled_from(ways_on))
        self.attempt(action, RIGHT_PERSON[step(self.state, action).permission])

    def carry_out(self, action: Action, actor: str) -> None:
        """What the records would say afterwards."""
        changes = dict(self.consequences(action))
        self.party = self.party._replace(**changes)
        if step(self.state, action).permission == "case:approve":
            self.approvers |= {actor}
        if step(self.state, action).permission == "case:review":
            self.reviewers |= {actor}
        if action is Action.AGREE_IN_REVIEW:
            self.review_agreed = True
        if action in {Action.RESUME_INVESTIGATION, Action.RETURN_NOTICE, Action.RETURN_FROM_REVIEW}:
            self.review_agreed = False
        if action is Action.APPROVE_DECISION:
            self.check_lawful(actor)

    def consequences(self, action: Action) -> Iterator[tuple[str, object]]:
        match action:
            case Action.APPROVE_NOTICE:
                yield from (("noticed", self.party.proposed), ("hearing_offered", True), ("notice_served_on", None))
                yield "defence", Defence.OPEN
            case Action.SERVE_NOTICE:
                yield "notice_served_on", self.today
            case Action.HEAR_DEFENCE:
                yield "defence", Defence.HEARD
            case Action.WAIVE_DEFENCE:
                yield "defence", Defence.WAIVED
            case Action.END_DEFENCE_TERM:
                yield "defence", Defence.RUN_OUT
            case Action.REVIEW_DEFENCE:
                yield "defence", Defence.REVIEWED
            case Action.APPROVE_DECISION:
                yield "due_fen", sum(line.amount_fen or 0 for line in self.party.proposed)
            case Action.RECORD_PAYMENT:
                yield "paid_fen", self.party.due_fen
            case _:
                return

    def check_lawful(self, approver: str) -> None:
        party: RespondentFacts = self.party
        assert party.notice_served_on is not None
        assert party.defence in {Defence.WAIVED, Defence.RUN_OUT, Defence.REVIEWED}
        assert sum(line.amount_fen or 0 for line in party.proposed) <= sum(
            line.amount_fen or 0 for line in party.noticed
        )
        assert approver not in {"officer:1", "officer:2"} | self.reviewers
        assert self.review_agreed or not self.major

    @invariant()
    def a_closed_case_is_paid(self) -> None:
        if self.state is State.CLOSED:
            assert self.party.paid_fen >= self.party.due_fen > 0


TestCaseMachine = CaseMachine.TestCase
TestCaseMachine.settings = settings(max_examples=80, stateful_step_count=80, deadline=None)
