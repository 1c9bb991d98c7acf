"""When things happened, and of what kind they were: one grouped statement for each question, by the measures' own rules
for what is live and where it belongs.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select

from ..campaigns.measures.scope import Scope, in_asked_region, in_period, of_campaign
from ..campaigns.measures.tables import CASE, CASE_FINDING, DECISION, INSPECTION, LIVE_CASE, PENALTY, RESPONDENT
from ..extensions import db


class Week(NamedTuple):
    """What happened in the week that begins on a Monday."""

    monday: date
    visits: int = 0
    filed: int = 0
    decided: int = 0


class Kind(NamedTuple):
    """So many of one kind; ``amount_fen`` where money belongs to it."""

    code: str
    number: int
    amount_fen: int = 0


def weeks(scope: Scope) -> Sequence[Week]:
    """Inspections by the day of the visit, cases by that of filing, decisions by that on which they were made.

    Every week of the scope's days has a line, those in which nothing happened too.
    """
    assert scope.start is not None and scope.end is not None
    counts = [_by_week(days, scope) for days in (_visits(), _filed(), _decided())]
    monday, found = monday_of(scope.start), []
    while monday <= scope.end:
        found.append(Week(monday, *(count.get(monday, 0) for count in counts)))
        monday += timedelta(days=7)
    return found


def monday_of(day: date) -> date:
    """The first day of a day's week."""
    return day - timedelta(days=day.weekday())


def _by_week(query: Any, scope: Scope) -> Mapping[date, int]:
    found: dict[date, int] = {}
    for day, count in db.session.connection().execute(query, scope.parameters()):
        found[monday_of(day)] = found.get(monday_of(day), 0) + count
    return found


def _of(record: Any, day: Any) -> tuple[Any, ...]:
    return of_campaign(record.c.campaign), in_asked_region(record.c.region_code), in_period(day)


def _visits() -> Any:
    day = INSPECTION.c.inspected_on
    query = select(day, func.count()).where(INSPECTION.c.state == "submitted", *_of(INSPECTION, day))
    return query.group_by(day)


def _filed() -> Any:
    # Grouped by an expression: SQLite would else walk the index of the days and fetch each case, twice as slow as the
    # campaign's own index, which has all of it.
    day = func.coalesce(CASE.c.filed_on, CASE.c.filed_on)
    return select(day, func.count()).where(LIVE_CASE, *_of(CASE, CASE.c.filed_on)).group_by(day)


def _decided() -> Any:
    day = DECISION.c.decided_on
    query = select(day, func.count()).select_from(_decisions()).where(*_standing(day))
    return query.group_by(day)


def _decisions() -> Any:
    return CASE.join(RESPONDENT, RESPONDENT.c.case_id == CASE.c.id).join(
        DECISION, DECISION.c.respondent_id == RESPONDENT.c.id
    )


def _standing(day: Any) -> tuple[Any, ...]:
    return LIVE_CASE, DECISION.c.annulled_on.is_(None), *_of(CASE, day)


def violations(scope: Scope) -> Sequence[Kind]:
    """What the cases filed in the scope are about: so many charges of each violation, the most frequent first."""
    count = func.count()
    origin = CASE.join(RESPONDENT, RESPONDENT.c.case_id == CASE.c.id).join(
        CASE_FINDING, CASE_FINDING.c.respondent_id == RESPONDENT.c.id
    )
    query = select(CASE_FINDING.c.violation, count).select_from(origin)
    query = query.where(LIVE_CASE, *_of(CASE, CASE.c.filed_on)).group_by(CASE_FINDING.c.violation)
    query = query.order_by(count.desc(), CASE_FINDING.c.violation)
    return [Kind(code, number) for code, number in db.session.connection().execute(query, scope.parameters())]


def penalties(scope: Scope) -> Sequence[Kind]:
    """The penalties of standing decisions made in the scope: of each kind how many decisions have it, and its money."""
    count = func.count(func.distinct(DECISION.c.id))
    origin = _decisions().join(PENALTY, PENALTY.c.decision_id == DECISION.c.id)
    query = select(PENALTY.c.kind, count, func.coalesce(func.sum(PENALTY.c.amount_fen), 0)).select_from(origin)
    query = query.where(*_standing(DECISION.c.decided_on)).group_by(PENALTY.c.kind)
    query = query.order_by(count.desc(), PENALTY.c.kind)
    rows = db.session.connection().execute(query, scope.parameters())
    return [Kind(kind, number, int(amount)) for kind, number, amount in rows]


def agencies(scope: Scope) -> int:
    """How many offices have inspected something in the scope."""
    where = (INSPECTION.c.state == "submitted", *_of(INSPECTION, INSPECTION.c.inspected_on))
    query = select(func.count(func.distinct(INSPECTION.c.agency_id))).where(*where)
    return int(db.session.connection().execute(query, scope.parameters()).scalar_one())
