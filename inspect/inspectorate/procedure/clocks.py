"""The clocks of a case as rows of a table: what starts and what stops each, how long, under which article.

Two kinds run: the office's duties, which can be late, and the terms of the party, which simply end.
"""

from datetime import date
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from ..law.statutes import Citation
from ..objections import N_
from .articles import apl
from .calendar import Deadline, Term, working_days_between
from .rulebook import DayKind, rule

SOON = 3
"""A clock with no more days left than this is "due soon", in its own kind of days."""


class ClockState(StrEnum):
    """How a clock stands on a day. ``OVER``: a term of the party that has ended."""

    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    OVER = "over"


class Whose(StrEnum):
    """Whose days these are."""

    OFFICE = "office"
    PARTY = "party"


class CaseDates(NamedTuple):
    """The days of a case's events; None while one has not happened. With several respondents, the earliest that starts
    and the latest that stops a clock."""

    sector: str = "health"
    received_on: date | None = None
    filed_on: date | None = None
    sent_to_review_on: date | None = None
    reviewed_on: date | None = None
    notice_served_on: date | None = None
    defence_settled_on: date | None = None
    decided_on: date | None = None
    decision_served_on: date | None = None
    paid_on: date | None = None
    executed_on: date | None = None
    published_on: date | None = None
    publication_due: bool = False
    money_due: bool = True
    ended: bool = False
    closed_on: date | None = None


class ClockRule(NamedTuple):
    """One row: the clock runs from the event ``starts`` until ``stops``, fields of ``CaseDates``."""

    key: str
    label: str
    term: Term
    citation: Citation
    starts: str
    stops: str
    whose: Whose = Whose.OFFICE
    sectors: frozenset[str] | None = None
    demanded_by: str | None = None


class Clock(NamedTuple):
    """A clock of one case on one day. ``days_left`` counts days of ``day_kind``, negative when late."""

    key: str
    label: str
    citation: Citation
    day_kind: DayKind
    length: int
    started_on: date
    due: date
    estimated: bool
    stopped_on: date | None
    state: ClockState
    days_left: int
    whose: Whose
    share_used: float


MARKET = frozenset({"market"})


@cache
def clock_rules() -> tuple[ClockRule, ...]:
    """The table of clocks. Market authorities have terms of their own procedure besides (市场监管程序 18, 55, 77)."""
    return (
        _office("filing_market", N_("Decide whether to open the case"), "PR-044", "received_on", "filed_on", MARKET),
        _office("review_market", N_("Legal review"), "PR-133", "sent_to_review_on", "reviewed_on", MARKET),
        ClockRule(
            "defence",
            N_("Statement and defence of the party"),
            defence_term(rule("PR-064").days),
            apl(64, item=1),
            "notice_served_on",
            "defence_settled_on",
            Whose.PARTY,
        ),
        _office("decision", N_("Decide the case"), "PR-053", "filed_on", "decided_on"),
        _office("service", N_("Serve the decision"), "PR-055", "decided_on", "decision_served_on"),
        ClockRule(
            "publication",
            N_("Publish the decision"),
            Term(7, DayKind.WORKING),
            apl(48, 1),
            "decided_on",
            "published_on",
            demanded_by="publication_due",
        ),
        _party(
            "payment", N_("Payment by the party"), "PR-074", "decision_served_on", "paid_on", demanded_by="money_due"
        ),
        _party("reconsideration", N_("Reconsideration may be asked for"), "PR-102", "decision_served_on", ""),
        ClockRule(
            "litigation",
            N_("The court may be called on"),
            Term(int(rule("PR-108").numbers["months"]), DayKind.CALENDAR_MONTH, postponed=True),
            rule("PR-108").citation,
            "decision_served_on",
            "",
            Whose.PARTY,
        ),
        _office("closing_market", N_("Close the case"), "PR-129", "executed_on", "closed_on", MARKET),
    )


def _office(
    key: str,
    label: str,
    rule_id: str,
    starts: str,
    stops: str,
    sectors: frozenset[str] | None = None,
    number: str = "days",
) -> ClockRule:
    """A duty of the office. The last day is postponed only where a rule says so, as for market authorities (PR-131)."""
    law = rule(rule_id)
    kind = law.day_kind or DayKind.CALENDAR
    term = Term(int(law.numbers[number]), kind, postponed=sectors is MARKET)
    return ClockRule(key, label, term, law.citation, starts, stops, sectors=sectors)


def _party(key: str, label: str, rule_id: str, starts: str, stops: str, demanded_by: str | None = None) -> ClockRule:
    """A term of the party; a last day on a day off is postponed in its favour (行政复议法88(1), 民事诉讼法)."""
    law = rule(rule_id)
    term = Term(law.days, law.day_kind or DayKind.CALENDAR, postponed=True)
    return ClockRule(key, label, term, law.citation, starts, stops, Whose.PARTY, demanded_by=demanded_by)


def defence_term(working_days: int) -> Term:
    """The party's term after the notice, in working days; the law fixes five for the hearing only (行政处罚法64(1))."""
    return Term(working_days, DayKind.WORKING)


def clocks_of(dates: CaseDates, today: date) -> list[Clock]:
    """The clocks that have started, the most urgent first: late, soon, running, then what is over or met."""
    clocks = [clock for row in clock_rules() if (clock := _clock(row, dates, today))]
    order = list(ClockState)
    rank = {state: order.index(state) for state in order} | {ClockState.LATE: -2, ClockState.SOON: -1}
    return sorted(clocks, key=lambda clock: (rank[clock.state], clock.whose is Whose.PARTY, clock.due))


def most_urgent(clocks: list[Clock]) -> Clock | None:
    """The running clock that matters most, the office's before the party's; None when none runs."""
    live = [clock for clock in clocks if clock.state in {ClockState.LATE, ClockState.SOON, ClockState.RUNNING}]
    return min(
        live,
        key=lambda clock: (clock.whose is Whose.PARTY and clock.state is ClockState.RUNNING, clock.due),
        default=None,
    )


def _clock(row: ClockRule, dates: CaseDates, today: date) -> Clock | None:
    started: date | None = getattr(dates, row.starts)
    if started is None or (row.sectors is not None and dates.sector not in row.sectors):
        return None
    if row.demanded_by and not getattr(dates, row.demanded_by):
        return None
    stopped: date | None = getattr(dates, row.stops) if row.stops else None
    if stopped is None and dates.ended:
        return None
    deadline = row.term.ends_after(started)
    return Clock(
        key=row.key,
        label=row.label,
        citation=row.citation,
        day_kind=row.term.kind,
        length=row.term.length,
        started_on=started,
        due=deadline.due,
        estimated=deadline.estimated,
        stopped_on=stopped,
        state=_state(row, deadline, stopped, today),
        days_left=_days_left(row.term.kind, deadline.due, stopped or today),
        whose=row.whose,
        share_used=_share(started, deadline.due, stopped or today),
    )


def _state(row: ClockRule, deadline: Deadline, stopped: date | None, today: date) -> ClockState:
    if stopped is not None:
        return ClockState.MET if stopped <= deadline.due else ClockState.MET_LATE
    if today > deadline.due:
        # Unpaid money is the party's fault and the office's business; other terms of the party just end.
        unmet = row.whose is Whose.OFFICE or row.key == "payment"
        return ClockState.LATE if unmet else ClockState.OVER
    left = _days_left(row.term.kind, deadline.due, today)
    soon = left <= SOON and (row.whose is Whose.OFFICE or row.key == "payment")
    return ClockState.SOON if soon else ClockState.RUNNING


def _days_left(kind: DayKind, due: date, day: date) -> int:
    return working_days_between(day, due) if kind is DayKind.WORKING else (due - day).days


def _share(started: date, due: date, day: date) -> float:
    length = (due - started).days
    return 1.0 if length <= 0 else min(max((day - started).days / length, 0.0), 1.0)
