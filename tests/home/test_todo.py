"""The to-do list: whose turn it is, what comes first, and nobody sees a neighbour's work."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.home.rules import SOON, Todo, Urgency, by_urgency, urgency
from inspectorate.procedure.states import FINAL, State

if TYPE_CHECKING:
    from tests.client import IsolatedClient

TODAY = date(2026, 11, 20)


def todo(days: int | None, returned: str | None = None) -> Todo:
    due = None if days is None else TODAY + timedelta(days)
    return Todo(what="…", about="…", endpoint="home.index", due_on=due, returned=returned)


@pytest.mark.parametrize(
    ("days", "returned", "part"),
    [
        (-1, None, Urgency.LATE),
        (-1, "again", Urgency.LATE),
        (0, None, Urgency.SOON),
        (SOON, None, Urgency.SOON),
        (SOON + 1, None, Urgency.WAITING),
        (SOON + 1, "again", Urgency.RETURNED),
        (SOON + 1, "", Urgency.RETURNED),
        (None, None, Urgency.WAITING),
        (None, "again", Urgency.RETURNED),
    ],
)
def test_the_last_day_comes_before_the_return(days: int | None, returned: str | None, part: Urgency) -> None:
    assert urgency(todo(days, returned), TODAY) is part


@given(st.lists(st.one_of(st.none(), st.integers(-400, 400))))
def test_nothing_is_lost_and_what_ends_first_comes_first(days: list[int | None]) -> None:
    parts = by_urgency([todo(one) for one in days], TODAY)
    assert list(parts) == list(Urgency)
    assert sum(map(len, parts.values())) == len(days)
    for part in parts.values():
        ends = [one.due_on or date.max for one in part]
        assert ends == sorted(ends)


def test_every_state_that_goes_on_is_somebody_s_turn() -> None:
    from inspectorate.accounts.permissions import Permission
    from inspectorate.cases.queries import states_waiting_for
    from inspectorate.home.words import STEPS

    people = (Permission.CASE_HANDLE, Permission.CASE_REVIEW, Permission.CASE_APPROVE)
    turns = [state for who in people for state in states_waiting_for(who)]
    assert sorted(turns) == sorted(set(State) - FINAL) == sorted(STEPS)


@pytest.fixture
def case_of(session: Any) -> Callable[..., Any]:
    """Makes a case of an authority in a state."""
    from inspectorate.cases.models import Case, CaseHandler
    from tests.factories import add

    def make(agency: Any, state: State, handler: Any = None, **columns: Any) -> Any:
        columns.setdefault("name", "某门诊部超范围执业案")
        found = add(
            Case(
                agency=agency,
                region_code=agency.region_code,
                sector=agency.sector,
                origin="inspection",
                state=state.value,
                **columns,
            )
        )
        if handler is not None:
            add(CaseHandler(case_id=found.id, officer_id=handler.id, position=1))
        session.expire(found)
        return found

    return make


def waiting_for(user: Any) -> list[Any]:
    from inspectorate.accounts.actor import actor_of
    from inspectorate.home.queries import todos

    return [one.arguments["case_id"] for one in todos(actor_of(user), TODAY) if "case_id" in one.arguments]


def test_a_case_waits_for_its_handler_and_for_no_other_inspector(case_of: Callable[..., Any]) -> None:
    from inspectorate.accounts.permissions import Role
    from tests.factories import user

    own = user(Role.INSPECTOR)
    colleague = user(Role.INSPECTOR, agency=own.agency)
    case = case_of(own.agency, State.INVESTIGATION, own.officer)
    assert waiting_for(own) == [case.id]
    assert waiting_for(colleague) == []


def test_what_waits_for_the_head_waits_only_at_the_own_authority(case_of: Callable[..., Any]) -> None:
    from inspectorate.accounts.permissions import Role
    from tests.factories import OTHER_COUNTY, agency, user

    head = user(Role.SUPERVISOR)
    neighbour = user(Role.SUPERVISOR, agency=agency(OTHER_COUNTY))
    case = case_of(head.agency, State.DECISION_APPROVAL)
    assert waiting_for(head) == [case.id]
    assert waiting_for(neighbour) == []


def test_a_reviewer_is_not_asked_to_review_an_own_case(case_of: Callable[..., Any]) -> None:
    from inspectorate.accounts.permissions import Role
    from tests.factories import user

    reviewer = user(Role.LEGAL_REVIEWER)
    case_of(reviewer.agency, State.LEGAL_REVIEW, reviewer.officer)
    other = case_of(reviewer.agency, State.LEGAL_REVIEW)
    assert waiting_for(reviewer) == [other.id]


def test_a_returned_case_tells_why(case_of: Callable[..., Any]) -> None:
    from inspectorate.accounts.actor import actor_of
    from inspectorate.accounts.permissions import Role
    from inspectorate.cases.models import Opinion
    from inspectorate.home.queries import todos
    from tests.factories import add, user

    inspector = user(Role.INSPECTOR)
    case = case_of(inspector.agency, State.INVESTIGATION, inspector.officer)
    given = {"case_id": case.id, "step": "filing", "given_on": TODAY, "given_at": datetime(2026, 11, 20, tzinfo=UTC)}
    for outcome, text in (("approved", "同意"), ("returned", "违法所得缺少证据")):
        add(Opinion(outcome=outcome, text=text, **given))
    (found,) = [one for one in todos(actor_of(inspector), TODAY) if one.endpoint == "cases.show"]
    assert found.returned == "违法所得缺少证据"


def test_a_case_brought_in_from_elsewhere_asks_for_nothing(case_of: Callable[..., Any]) -> None:
    from inspectorate.accounts.permissions import Role
    from tests.factories import user

    head = user(Role.SUPERVISOR)
    case_of(head.agency, State.DECISION_APPROVAL, imported=True)
    assert waiting_for(head) == []


@pytest.mark.parametrize(
    "role", ["inspector", "legal_reviewer", "supervisor", "campaign_office", "administrator", "auditor"]
)
def test_everybody_finds_a_start_page(session: Any, client: "IsolatedClient", role: str) -> None:
    from inspectorate.accounts.permissions import Role
    from tests.factories import user

    client.sign_in(user(Role(role)))
    page = client.get("/")
    assert page.status_code == 200
    assert "待办" in page.text


def test_typical_cases_are_asked_of_the_office_while_the_campaign_runs_and_a_month_longer(session: Any) -> None:
    from inspectorate.accounts.permissions import Role
    from inspectorate.home.queries import typical_cases_to_choose
    from tests.factories import actor

    office = actor(Role.CAMPAIGN_OFFICE)

    def waiting(day: date) -> set[Any]:
        return {one.arguments["campaign_id"] for one in typical_cases_to_choose(office, day)}

    campaign = "medical_cosmetology_2021"
    assert campaign in waiting(date(2021, 6, 1))
    assert campaign in waiting(date(2022, 1, 31))
    assert campaign not in waiting(date(2021, 5, 31)) | waiting(date(2022, 2, 1))
    assert "yearly_statistics" not in waiting(date(2021, 6, 1)), "nobody asks for any there"


def test_the_province_reports_by_the_day_of_the_notice(session: Any) -> None:
    from inspectorate.accounts.permissions import Role
    from inspectorate.home.queries import typical_cases_to_choose
    from tests.factories import PROVINCE, actor, agency

    office = actor(Role.CAMPAIGN_OFFICE, agency=agency(PROVINCE))
    (found,) = [
        one
        for one in typical_cases_to_choose(office, date(2021, 12, 1))
        if one.arguments["campaign_id"] == "medical_cosmetology_2021"
    ]
    assert found.due_on == date(2021, 12, 20)
    assert found.basis == "国卫办监督函〔2021〕273号"
