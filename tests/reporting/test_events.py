"""What pictures count, beside a plain loop over the same records."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from inspectorate.campaigns.measures.scope import Scope
from inspectorate.extensions import db
from inspectorate.reporting import events
from tests.campaigns.world import CAMPAIGN, Builder
from tests.harness.scale import count

FIRST, LAST = date(2021, 6, 1), date(2021, 7, 31)
KINDS = ["fine", "warning", "confiscate_income"]
REGIONS = ["330106", "330105", "440106"]


def drawn_case(draw: Any, build: Builder) -> Any:
    party = build.subject("org")
    state = draw(st.sampled_from(["investigation", "decided", "withdrawn", "intake"]))
    row = build.case(
        party,
        region_code=draw(st.sampled_from(REGIONS)),
        campaign=draw(st.sampled_from([CAMPAIGN, None])),
        filed_on=draw(st.sampled_from([FIRST - timedelta(1), FIRST, LAST, LAST + timedelta(1), None])),
        state=state,
    )
    if draw(st.booleans()):
        kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True))
        annulled = draw(st.sampled_from([None, LAST]))
        on = draw(st.sampled_from([FIRST - timedelta(1), FIRST + timedelta(8), LAST]))
        fines = [(kind, None if kind == "warning" else 500_000) for kind in kinds]
        build.decide(row.respondents[0], *fines, decided_on=on, annulled_on=annulled)
    return row


@pytest.mark.parametrize("region", ["330000", "330106"])
@settings(max_examples=count(6, 60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_weeks_and_penalties_are_those_of_a_plain_loop(session: Any, region: str, data: st.DataObject) -> None:
    db.session.rollback()
    build = Builder()
    cases = [drawn_case(data.draw, build) for _ in range(data.draw(st.integers(0, 5)))]
    prefix = region.rstrip("0")
    live = [
        one for one in cases
        if one.campaign == CAMPAIGN and one.region_code.startswith(prefix) and one.state in ("investigation", "decided")
    ]  # fmt: skip
    decisions = [
        one.respondents[0].decision for one in live
        if one.respondents[0].decision and not one.respondents[0].decision.annulled_on
        and FIRST <= one.respondents[0].decision.decided_on <= LAST
    ]  # fmt: skip
    scope = Scope(region, FIRST, LAST, CAMPAIGN)
    weeks = events.weeks(scope)
    filed = Counter(events.monday_of(one.filed_on) for one in live if one.filed_on and FIRST <= one.filed_on <= LAST)
    decided = Counter(events.monday_of(one.decided_on) for one in decisions)
    assert {week.monday: week.filed for week in weeks if week.filed} == filed
    assert {week.monday: week.decided for week in weeks if week.decided} == decided
    kinds = Counter(penalty.kind for one in decisions for penalty in one.penalties)
    assert {one.code: one.number for one in events.penalties(scope)} == kinds
    money = sum(one.amount_fen for one in events.penalties(scope))
    assert money == sum(penalty.amount_fen or 0 for one in decisions for penalty in one.penalties)
    db.session.rollback()


def test_every_week_of_the_days_has_a_line_from_the_monday_before_the_first(session: Any) -> None:
    weeks = events.weeks(Scope("330000", FIRST, LAST, CAMPAIGN))
    assert [week.monday for week in weeks][:2] == [date(2021, 5, 31), date(2021, 6, 7)]
    assert len(weeks) == 9 and not any(week.visits or week.filed or week.decided for week in weeks)


def test_each_question_is_one_statement(offices: Any, session: Any) -> None:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.extend([statement] if statement.startswith("SELECT") else [])

    event.listen(db.engine, "before_cursor_execute", note)
    scope = Scope("330000", FIRST, LAST, CAMPAIGN)
    for question in (events.violations, events.penalties, events.agencies):
        asked.clear()
        question(scope)
        assert len(asked) == 1, question
    asked.clear()
    assert sum(week.visits for week in events.weeks(scope)) == 1
    assert len(asked) == 3
    event.remove(db.engine, "before_cursor_execute", note)
