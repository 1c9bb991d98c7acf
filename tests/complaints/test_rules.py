"""The steps of a complaint and its days, by table and by property."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.complaints import rules
from inspectorate.complaints.rules import ComplaintFacts, State
from inspectorate.procedure.calendar import working_days_after

TODAY = date(2026, 7, 31)
RECEIVED = date(2026, 7, 1)


@dataclass
class Row:
    received_on: date = RECEIVED
    accepted_on: date | None = None
    closed_on: date | None = None
    replied_on: date | None = None
    withdrawn_reason: str | None = None


FACTS = ComplaintFacts(
    received_on=RECEIVED,
    channel="hotline",
    region_code="330106",
    text="无证行医",
    subject_text="某诊所",
    anonymous=True,
)


def day(number: int) -> date:
    return date(2026, 7, number)


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (Row(), State.RECEIVED),
        (Row(accepted_on=day(2)), State.HANDLING),
        (Row(closed_on=day(3)), State.CLOSED),
        (Row(accepted_on=day(2), closed_on=day(3), replied_on=day(4)), State.REPLIED),
        (Row(replied_on=day(4)), State.RECEIVED),
        (Row(closed_on=day(3), withdrawn_reason="重复登记"), State.WITHDRAWN),
    ],
)
def test_the_state_follows_from_the_days(row: Row, state: State) -> None:
    assert rules.state_of(row) is state


def test_a_complete_complaint_meets_no_objection() -> None:
    assert rules.check_receipt(FACTS, TODAY) == []
    named = FACTS._replace(anonymous=False, reporter_phone="13600000000", subject_text=None, subject_id=1)
    assert rules.check_receipt(named, TODAY) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": None}, "received_on"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"received_on": date(1999, 12, 31)}, "received_on"),
        ({"channel": None}, "channel"),
        ({"channel": "pigeon"}, "channel"),
        ({"subject_text": None}, "subject_text"),
        ({"text": " \n"}, "text"),
        ({"reporter_name": "赵女士"}, "anonymous"),
        ({"anonymous": False}, "reporter_name"),
    ],
)
def test_what_is_missing_or_contradictory_is_refused_at_its_field(changes: dict[str, Any], field: str) -> None:
    assert [one.field for one in rules.check_receipt(FACTS._replace(**changes), TODAY)] == [field]


OPEN, ACCEPTED, CLOSED = Row(), Row(accepted_on=day(5)), Row(accepted_on=day(5), closed_on=day(10))
REPLIED, WITHDRAWN = replace(CLOSED, replied_on=day(12)), Row(withdrawn_reason="重复")


@pytest.mark.parametrize(
    ("row", "on", "field"),
    [
        (OPEN, RECEIVED, "fine"),
        (OPEN, TODAY, "fine"),
        (ACCEPTED, day(6), "fine"),
        (OPEN, None, "accepted_on"),
        (OPEN, RECEIVED - timedelta(days=1), "accepted_on"),
        (OPEN, TODAY + timedelta(days=1), "accepted_on"),
        (CLOSED, day(11), None),
        (WITHDRAWN, day(2), None),
    ],
)
def test_acceptance(row: Row, on: date | None, field: str | None) -> None:
    found = [one.field for one in rules.check_acceptance(row, on, TODAY)]
    assert found == ([] if field == "fine" else [field])


@pytest.mark.parametrize(
    ("row", "on", "outcome", "fields"),
    [
        (ACCEPTED, day(5), "属实", []),
        (OPEN, RECEIVED, "不予受理，移送市场监管部门", []),
        (ACCEPTED, day(4), "属实", ["closed_on"]),
        (OPEN, RECEIVED - timedelta(days=1), "属实", ["closed_on"]),
        (ACCEPTED, TODAY + timedelta(days=1), "属实", ["closed_on"]),
        (ACCEPTED, None, " ", ["outcome", "closed_on"]),
        (CLOSED, day(11), "属实", [None]),
        (WITHDRAWN, day(11), "属实", [None]),
    ],
)
def test_closing(row: Row, on: date | None, outcome: str, fields: list[str | None]) -> None:
    assert [one.field for one in rules.check_closing(row, on, outcome, TODAY)] == fields


@pytest.mark.parametrize(
    ("row", "on", "reply", "fields"),
    [
        (CLOSED, day(10), "已告知", []),
        (REPLIED, day(20), "已再次告知", []),
        (CLOSED, day(9), "已告知", ["replied_on"]),
        (CLOSED, TODAY + timedelta(days=1), "已告知", ["replied_on"]),
        (CLOSED, None, "", ["reply", "replied_on"]),
        (ACCEPTED, day(12), "已告知", [None]),
        (replace(CLOSED, withdrawn_reason="重复"), day(12), "已告知", [None]),
    ],
)
def test_replying(row: Row, on: date | None, reply: str, fields: list[str | None]) -> None:
    assert [one.field for one in rules.check_reply(row, on, reply, TODAY)] == fields


@pytest.mark.parametrize(
    ("row", "reason", "reopened", "withdrawn"),
    [
        (OPEN, "误登", [None], []),
        (CLOSED, "误登", [], []),
        (CLOSED, " ", ["reason"], ["reason"]),
        (REPLIED, "误登", [None], []),
        (WITHDRAWN, "误登", [None], [None]),
    ],
)
def test_reopening_and_withdrawing(row: Row, reason: str, reopened: list[Any], withdrawn: list[Any]) -> None:
    assert [one.field for one in rules.check_reopening(row, reason)] == reopened
    assert [one.field for one in rules.check_withdrawal(row, reason)] == withdrawn


def test_market_authorities_have_fifteen_working_days_and_others_no_term_that_is_known() -> None:
    term = rules.term_of(OPEN, "market", TODAY)
    assert term and term.due_on == working_days_after(RECEIVED, 15) and term.citation.law == "samr_proc"
    assert term.days_left < 0
    assert rules.term_of(OPEN, "health", TODAY) is None
    assert rules.term_of(CLOSED, "market", TODAY) is None
    assert rules.term_of(WITHDRAWN, "market", TODAY) is None


days = st.none() | st.dates(RECEIVED - timedelta(days=40), TODAY + timedelta(days=10))


@given(days, days, days)
def test_no_order_of_days_but_the_right_one_passes_all_steps(accepted: Any, closed: Any, replied: Any) -> None:
    row, objections = Row(), []
    if accepted:
        objections += rules.check_acceptance(row, accepted, TODAY)
        row.accepted_on = accepted
    objections += rules.check_closing(row, closed, "属实", TODAY)
    row.closed_on = closed
    objections += rules.check_reply(row, replied, "已告知", TODAY)
    in_order = bool(closed and replied) and RECEIVED <= (accepted or RECEIVED) <= closed <= replied <= TODAY
    assert (not objections) == in_order
