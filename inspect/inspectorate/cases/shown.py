"""A case as its pages show it: where it stands, what comes next, its tasks, clocks, ranges and opinions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from ..accounts.actor import Actor
from ..law.discretion import Judgement
from ..law.ranges import PenaltyRange
from ..law.words import CONFISCATED, term
from ..procedure.clocks import Clock, ClockState, clocks_of, most_urgent
from ..procedure.facts import CaseFacts
from ..procedure.next_steps import Possibility, TaskState, possibilities, tasks, usual_action
from ..procedure.states import Action, NoSuchStep, State, objections, step
from ..screens import day, language
from .actions import PenaltyProposal
from .assessment import Assessment, assess, known_violation, proposed_fine
from .facts import actor_key, case_dates, case_facts, respondent_facts
from .models import Case, CaseFinding, Respondent
from .queries import names_of_users
from .rules import shown_name
from .words import ACTIONS, OPINION_STEPS, OUTCOME_TONES, OUTCOMES, STATES, TONES, spoken

PLACES = {
    Action.PROPOSE_FILING: "cases.submit_filing",
    Action.APPROVE_FILING: "cases.approval",
    Action.SUBMIT_REPORT: "cases.report",
    Action.HOLD_COLLEGIAL: "cases.deliberation",
    Action.RESUME_INVESTIGATION: "cases.resume",
    Action.SEND_TO_REVIEW: "cases.send",
    Action.SEND_TO_HEAD: "cases.send",
    Action.AGREE_IN_REVIEW: "cases.review",
    Action.APPROVE_NOTICE: "cases.approval",
    Action.SERVE_NOTICE: "cases.serve_notice",
    Action.HEAR_DEFENCE: "cases.defence",
    Action.REVIEW_DEFENCE: "cases.review_defence",
    Action.PROPOSE_DECISION: "cases.submit_decision",
    Action.APPROVE_DECISION: "cases.approval",
    Action.SERVE_DECISION: "cases.serve_decision",
    Action.RECORD_PAYMENT: "cases.payment",
    Action.PROPOSE_CLOSING: "cases.closing",
    Action.APPROVE_CLOSING: "cases.approval",
    Action.WITHDRAW: "cases.withdraw",
    Action.TERMINATE: "cases.terminate",
}
"""Where a step is taken. The other answers of a head or reviewer stand on the same page as the approval."""

BY_PARTY = frozenset(
    {
        "cases.serve_notice",
        "cases.defence",
        "cases.review_defence",
        "cases.serve_decision",
        "cases.payment",
        "cases.execution",
        "cases.proposal",
    }
)


@dataclass(frozen=True)
class Next:
    """One thing that can be done now: where, and what stands against it."""

    label: str
    url: str
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TaskLine:
    """A line of ``components/tasks.html``."""

    label: str
    stage: str
    citation: Any
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class ClockLine:
    """A clock with its words; ``tone`` as of a badge."""

    clock: Clock
    label: str
    tone: str


@dataclass(frozen=True)
class OpinionLine:
    """An opinion of the file."""

    step: str
    outcome: str
    tone: str
    who: str
    on: date
    text: str | None
    points: dict[str, Any]


@dataclass(frozen=True)
class FindingLine:
    """A finding with its range: ``why`` its reasoning as lines, ``problem`` why there is none."""

    finding: CaseFinding
    title: str
    fine_fen: int | None
    found: PenaltyRange | None
    judgement: Judgement | None
    judgement_words: str
    problem: str | None
    why: list[str]
    compared: bool
    assumed: bool


def title_of(case: Case) -> str:
    """The name with 涉嫌 while nothing is decided."""
    return shown_name(case.name, case.respondents[0].subject.name if case.respondents else None, case.state)


def badge_of(case: Case) -> tuple[Any, str]:
    """State in words, and its tone."""
    state = State(case.state)
    return STATES[state], TONES[state]


def may_write(case: Case, actor: Actor) -> bool:
    """Whether the actor handles the case or opened it, in the authority it belongs to."""
    handles = actor.officer_id is not None and actor.officer_id in {row.officer_id for row in case.handlers}
    own = case.agency.authority.id == actor.authority_id
    return own and (handles or case.created_by_id == actor.user_id)


def next_of(case: Case, actor: Actor, today: date) -> tuple[Next | None, list[Next]]:
    """The one next step for this person, and the other ways; none for whoever has no part in it."""
    if case.agency.authority.id != actor.authority_id or case.imported:
        return None, []
    state, facts = State(case.state), case_facts(case, actor, today, reason="-")
    open_to = possibilities(state, facts, frozenset(permission.value for permission in actor.permissions))
    usual = usual_action(state, facts)
    main: Next | None = None
    others: list[Next] = []
    for one in open_to:
        if one.action not in PLACES or not _is_theirs(one, case, actor, facts):
            continue
        way = _next(one, case)
        if one.action is usual:
            main = _narrowed(case, way, one, facts)
        elif not any(way.url == other.url for other in [main, *others] if other):
            others.append(way)
    if state is State.EXECUTION and main:
        main, others = _execution(case, main, others, facts)
    return main, others


def _is_theirs(one: Possibility, case: Case, actor: Actor, facts: CaseFacts) -> bool:
    """Steps of handlers are shown to handlers, those of head and reviewer not to whoever handles the case."""
    handlers = {handler.person for handler in facts.handlers}
    if one.step.permission == "case:handle":
        return may_write(case, actor)
    return actor_key(actor) not in handlers


def _next(one: Possibility, case: Case) -> Next:
    missing = [str(_(objection.message) % objection.values) for objection in spoken(one.missing)]
    return Next(str(ACTIONS[one.action]), _place(PLACES[one.action], case), missing)


def _place(endpoint: str, case: Case, party: Respondent | None = None) -> str:
    if endpoint not in BY_PARTY:
        return url_for(endpoint, case_id=case.id)
    chosen = party or _waiting_party(endpoint, case)
    return url_for(endpoint, case_id=case.id, respondent_id=chosen.id if chosen else 0)


def _waiting_party(endpoint: str, case: Case) -> Respondent | None:
    """The first party that still waits for the step."""

    def waits(party: Respondent) -> bool:
        decision = party.decision
        match endpoint:
            case "cases.serve_notice":
                return party.notice_served_on is None
            case "cases.defence":
                return not any(not defence.superseded for defence in party.defences)
            case "cases.review_defence":
                return any(d.kind == "made" and not d.accepted and not d.superseded for d in party.defences)
            case "cases.serve_decision":
                return decision is not None and decision.served_on is None
            case "cases.payment":
                return decision is not None and decision.payable_fen > sum(
                    p.amount_fen for p in decision.payments if not p.late_fee
                )
            case "cases.execution":
                return decision is not None and decision.executed_on is None
        return party.decision is None

    parties = case.respondents
    return next(filter(waits, parties), parties[0] if parties else None)


def _narrowed(case: Case, way: Next, one: Possibility, facts: CaseFacts) -> Next:
    """During the investigation the next step is the first part that is not done: facts, then proposal, then report."""
    if one.action is Action.PROPOSE_FILING and way.missing:
        return Next(_("Complete the case"), url_for("cases.change", case_id=case.id), way.missing)
    if one.action is not Action.SUBMIT_REPORT:
        return way
    unproved = any(f.act_from is None or f.judgement is None for party in facts.respondents for f in party.findings)
    if unproved:
        return Next(_("Enter facts, days and amounts"), url_for("cases.investigation", case_id=case.id), way.missing)
    if any(not party.proposed for party in facts.respondents):
        return Next(_("Propose the penalties"), _place("cases.proposal", case), way.missing)
    return way


def _execution(case: Case, main: Next, others: list[Next], facts: CaseFacts) -> tuple[Next, list[Next]]:
    """First the money, then the other penalties, then the closing."""
    closing = next((other for other in others if other.url.endswith("/closing")), None)
    if any(party.due_fen > party.paid_fen for party in facts.respondents):
        return main, others
    if any(not party.other_penalties_executed for party in facts.respondents):
        execution = Next(_("Enter how it was carried out"), _place("cases.execution", case))
        return execution, [*others, main]
    return (closing, [main, *(other for other in others if other is not closing)]) if closing else (main, others)


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


def finding_lines(party: Respondent, today: date, fines: dict[int, int | None] | None = None) -> list[FindingLine]:
    """The findings of a party with their ranges; ``fines`` instead of what is saved, while somebody types."""
    return [_finding_line(finding, today, fines) for finding in party.findings]


def _finding_line(finding: CaseFinding, today: date, fines: dict[int, int | None] | None) -> FindingLine:
    fine = proposed_fine(finding) if fines is None else fines.get(finding.id)
    shown: Assessment = assess(finding, today, fine)
    english = language() == "en"
    judgement = shown.judgement
    entry = shown.violation
    title = (entry.title_en if english else entry.title_zh) if entry else finding.violation
    return FindingLine(
        finding=finding,
        title=title,
        fine_fen=fine,
        found=shown.found,
        judgement=judgement,
        judgement_words=(judgement.en if english else judgement.zh) if judgement else "",
        problem=(shown.problem.en if english else shown.problem.zh) if shown.problem else None,
        why=[step.line("en" if english else "zh") for step in shown.found.steps] if shown.found else [],
        compared=entry is not None and entry.checked == "text",
        assumed=shown.assumed_today,
    )


def proposed_with_fine(party: Respondent, today: date) -> list[PenaltyProposal]:
    """What the law adds to the fine, as the first proposal: warning, confiscation, suspension, revocation."""
    rows: dict[tuple[str, str | None], PenaltyProposal] = {}
    facts = respondent_facts(party, today)
    owed = (facts.illegal_income_fen or 0) - facts.income_refunded_fen
    for finding in party.findings:
        found = assess(finding, today).found
        if found is None:
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


def missing_for(case: Case, action: Action, actor: Actor, today: date) -> list[str]:
    """Everything that stands against a step, in words; empty when it can be taken."""
    try:
        row = step(State(case.state), action)
    except NoSuchStep:
        return []
    facts = case_facts(case, actor, today, reason="-")
    return [str(_(objection.message) % objection.values) for objection in spoken(objections(row, facts))]


def violation_title(code: str) -> str:
    """The short title of a violation in the page's language; the code where the catalogue lacks it."""
    entry = known_violation(code)
    if entry is None:
        return code
    return entry.title_en if language() == "en" else entry.title_zh
