"""A case as its pages show it: where it stands, what comes next, its tasks, clocks, ranges and opinions."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _

from ..accounts.actor import Actor
from ..law.words import CONFISCATED, term
from ..procedure.clocks import Clock, ClockState, clocks_of, most_urgent
from ..procedure.next_steps import TaskState, tasks
from ..procedure.states import State
from ..screens import day
from .actions import PenaltyProposal
from .assessment import assess_party
from .facts import case_dates, case_facts, respondent_facts
from .models import Case, Respondent
from .queries import names_of_users
from .rules import shown_name
from .words import OPINION_STEPS, OUTCOME_TONES, OUTCOMES, STATES, TONES


class TaskLine(NamedTuple):
    """A line of ``components/tasks.html``."""

    label: str
    stage: str
    citation: Any
    url: str | None = None
    note: str | None = None


class ClockLine(NamedTuple):
    """A clock with its words; ``tone`` as of a badge."""

    clock: Clock
    label: str
    tone: str


class OpinionLine(NamedTuple):
    """An opinion of the file."""

    step: str
    outcome: str
    tone: str
    who: str
    on: date
    text: str | None
    points: dict[str, Any]


def title_of(case: Case) -> str:
    """The name with 涉嫌 while nothing is decided."""
    return shown_name(case.name, case.respondents[0].subject.name if case.respondents else None, case.state)


def badge_of(case: Case) -> tuple[Any, str]:
    """State in words, and its tone."""
    state = State(case.state)
    return STATES[state], TONES[state]


def task_lines(case: Case, actor: Actor, today: date) -> list[TaskLine]:
    """The procedure, task by task, with dates of what is done."""
    facts = case_facts(case, actor, today)
    ended_in = State(case.ended_in) if case.ended_in else None
    when = _when(case)
    return [
        TaskLine(_(task.label), task.state.value, task.article, note=_note(task.key, task.state, when))
        for task in tasks(State(case.state), facts, left_in=ended_in)
    ]


def _when(case: Case) -> dict[str, date | None]:
    dates = case_dates(case)
    return {
        "filing": case.filed_on,
        "review": case.reviewed_on,
        "notice": dates.notice_served_on,
        "defence": dates.defence_settled_on,
        "decision": dates.decided_on,
        "service": dates.decision_served_on,
        "execution": dates.paid_on,
        "closing": case.closed_on,
    }


def _note(key: str, state: TaskState, when: dict[str, date | None]) -> str | None:
    done_on = when.get(key)
    if state is TaskState.DONE and done_on:
        return _("on %(day)s", day=day(done_on))
    if state is TaskState.NOT_NEEDED and key == "review":
        return _("Not demanded for this case.")
    return None


def clock_lines(case: Case, today: date) -> list[ClockLine]:
    """The clocks that have started, the most urgent first."""
    if case.imported:
        return []
    tones = {ClockState.LATE: "danger", ClockState.SOON: "warning", ClockState.RUNNING: "info"}
    return [
        ClockLine(clock, _(clock.label), tones.get(clock.state, "neutral"))
        for clock in clocks_of(case_dates(case), today)
    ]


def urgent_line(lines: Sequence[ClockLine]) -> ClockLine | None:
    """The clock that matters most."""
    urgent = most_urgent([line.clock for line in lines])
    return next((line for line in lines if line.clock is urgent), None)


def opinion_lines(case: Case) -> list[OpinionLine]:
    """The opinions, latest first."""
    names = names_of_users({opinion.user_id for opinion in case.opinions})
    return [
        OpinionLine(
            step=str(OPINION_STEPS.get(opinion.step, opinion.step)),
            outcome=str(OUTCOMES.get(opinion.outcome, opinion.outcome)),
            tone=OUTCOME_TONES.get(opinion.outcome, "neutral"),
            who=opinion.officer.name if opinion.officer else names.get(opinion.user_id or 0, ""),
            on=opinion.given_on,
            text=opinion.text,
            points=opinion.points or {},
        )
        for opinion in reversed(case.opinions)
    ]


def proposed_with_fine(party: Respondent, today: date) -> list[PenaltyProposal]:
    """What the law adds to the fine, as the first proposal: warning, confiscation, suspension, revocation."""
    rows: dict[tuple[str, str | None], PenaltyProposal] = {}
    facts = respondent_facts(party, today)
    owed = (facts.illegal_income_fen or 0) - facts.income_refunded_fen
    for shown in assess_party(party, today).values():
        found, finding = shown.found, shown.finding
        if found is None or (shown.comparison and shown.comparison.no_longer_punished):
            continue
        goods = [term(CONFISCATED, name).zh for name in found.confiscate if not name.endswith("income")]
        for kind, wanted, detail in (
            ("warning", found.warning, None),
            ("criticism", found.public_criticism, None),
            ("suspend_business", found.suspend_business, None),
            ("revoke_licence", bool(found.revoke), "、".join(found.revoke)),
        ):
            if wanted:
                rows[kind, detail] = PenaltyProposal(kind, None, detail)
        if goods and finding.goods_value_fen:
            rows["confiscate_goods", None] = PenaltyProposal(
                "confiscate_goods", finding.goods_value_fen, "、".join(goods)
            )
    if owed > 0:
        rows["confiscate_income", None] = PenaltyProposal("confiscate_income", owed)
    return list(rows.values())
