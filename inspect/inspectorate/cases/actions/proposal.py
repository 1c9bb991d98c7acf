"""The proposal: fines inside their range with reasons, further penalties, the final report, discussion, sending on."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _

from ...accounts.actor import Actor
from ...audit.actions import record
from ...errors import NotFound, Refusal, Refusals
from ...law.discretion import grounds
from ...procedure.articles import apl
from ...procedure.facts import PenaltyLine
from ...procedure.guards.outcome import heavier
from ...procedure.rights import legal_review_demanded
from ...procedure.states import Action, State
from ..assessment import Assessment, assess_party
from ..choices import FineProposal
from ..earlier import earlier_penalties
from ..facts import case_facts
from ..models import Case, CaseFinding, Decision, Penalty, Respondent
from ..papers import issue_for, issue_for_each
from ..rules import WITH_AMOUNT, lines_of
from ..snapshots import deliberation_fields, penalties_of
from ..words import PENALTIES, in_both
from .filing import refuse_unless_handler
from .steps import give_opinion, load, refuse_objections, respondent_of, take, touch

ORDER = ("warning", "criticism", "confiscate_income", "confiscate_goods", "fine")
"""The order in which a decision names its penalties; licences, business and persons follow."""

NEEDS_DETAIL = frozenset({"confiscate_goods", "suspend_licence", "downgrade_licence", "revoke_licence", "practice_ban"})
"""Kinds that say nothing without their object: which goods, which licence, how long."""

WRITABLE = frozenset({State.INVESTIGATION, State.DECISION_DRAFT})


class PenaltyProposal(NamedTuple):
    """A penalty other than a fine."""

    kind: str
    amount_fen: int | None = None
    detail: str | None = None


class Proposal(NamedTuple):
    """What is proposed for one party."""

    fines: Sequence[FineProposal]
    penalties: Sequence[PenaltyProposal]
    discretion: str | None
    order_correction: bool
    correction_text: str | None


class Deliberation(NamedTuple):
    """合议: who met when and where, what each said, what came of it. Local wall-clock times."""

    chair: str
    recorder: str
    members: Sequence[str]
    begun: datetime
    ended: datetime
    place: str
    talk: str


def propose_penalties(
    actor: Actor, case_id: int, respondent_id: int, proposal: Proposal, today: date, *, version: int | None = None
) -> Case:
    """Save the proposal for one party.

    A fine outside a range that was compared with its text is refused with the article, unless a lawful ground is
    recorded. Raises Refusals with the fields ``fines-<n>-…`` and ``penalties-<n>-…``, Stale, NotFound.
    """
    case = load(actor, case_id, version)
    refuse_unless_handler(case, actor)
    if case.state not in WRITABLE:
        raise Refusal(_("The proposal is settled. Resume the investigation to change it."), citation=apl(57, 1))
    respondent = respondent_of(case, respondent_id)
    findings = {finding.id: finding for finding in respondent.findings}
    if any(fine.finding_id not in findings for fine in proposal.fines):
        raise NotFound
    refusals = [*_fine_refusals(respondent, proposal, today), *_penalty_refusals(proposal)]
    if not (proposal.discretion or "").strip():
        message = _("Write the reasons of discretion: circumstances, tier, why this amount.")
        refusals.append(Refusal(message, field="discretion", citation=apl(34)))
    if proposal.order_correction and not (proposal.correction_text or "").strip():
        refusals.append(Refusal(_("Write what is to be corrected, and by when."), field="correction_text"))
    if case.state == State.DECISION_DRAFT and heavier(_lines(proposal), lines_of(respondent.notice["penalties"])):
        message = _("After the notice penalties are lowered or kept, never raised. Lower them, or notify anew.")
        refusals.append(Refusal(message, field="discretion", citation=apl(45, 2)))
    if refusals:
        raise Refusals(refusals)
    _write(respondent, findings, proposal, today)
    touch(case)
    record(case, "cases:penalties:propose", actor)
    return case


def _fine_refusals(party: Respondent, proposal: Proposal, today: date) -> list[Refusal]:
    places = {fine.finding_id: place for place, fine in enumerate(proposal.fines)}
    refusals = list(_untenable(proposal))
    if refusals:
        return refusals
    choices = {fine.finding_id: fine for fine in proposal.fines}
    earlier = earlier_penalties(party.case).get(party.id, ())
    imposed = [row.kind for row in proposal.penalties]
    for finding_id, found in assess_party(party, today, choices, earlier, imposed).items():
        if finding_id in places:
            refusals += _objections(found, f"fines-{places[finding_id]}")
    return refusals


def _untenable(proposal: Proposal) -> Iterator[Refusal]:
    """What no law has to be asked for."""
    for place, fine in enumerate(proposal.fines):
        if fine.amount_fen is not None and fine.amount_fen < 0:
            yield Refusal(_("A fine is not negative."), field=f"fines-{place}-amount")
        if not set(fine.grounds) <= set(grounds()):
            yield Refusal(_("Choose grounds from the list."), field=f"fines-{place}-grounds")
        elif fine.grounds and not (fine.reason or "").strip():
            message = _("Write which facts and evidence establish this ground.")
            yield Refusal(message, field=f"fines-{place}-reason", citation=apl(34))


def _objections(found: Assessment, place: str) -> Iterator[Refusal]:
    if found.problem:
        yield Refusal(in_both(found.problem), field=f"{place}-amount")
    judged = [("amount", found.judgement), *found.objections]
    for field, judgement in judged:
        if judgement and judgement.refused:
            yield Refusal(in_both(judgement), field=f"{place}-{field}", citation=judgement.citation)


def _penalty_refusals(proposal: Proposal) -> list[Refusal]:
    refusals = []
    for place, row in enumerate(proposal.penalties):
        if row.kind not in PENALTIES or row.kind == "fine":
            refusals.append(Refusal(_("Choose a kind of penalty."), field=f"penalties-{place}-kind"))
        elif row.kind in WITH_AMOUNT and row.amount_fen is None:
            refusals.append(Refusal(_("Enter the amount."), field=f"penalties-{place}-amount"))
        elif row.kind not in WITH_AMOUNT and row.amount_fen is not None:
            refusals.append(Refusal(_("This kind of penalty has no amount."), field=f"penalties-{place}-amount"))
        elif row.amount_fen is not None and row.amount_fen < 0:
            refusals.append(Refusal(_("The amount is not negative."), field=f"penalties-{place}-amount"))
        elif row.kind in NEEDS_DETAIL and not (row.detail or "").strip():
            message = _("Say what exactly: which goods, which licence, how long.")
            refusals.append(Refusal(message, field=f"penalties-{place}-detail"))
    if not proposal.penalties and not any(fine.amount_fen for fine in proposal.fines):
        refusals.append(Refusal(_("No penalty is proposed. Enter a fine or another penalty."), field="penalties"))
    return refusals


def _lines(proposal: Proposal) -> tuple[PenaltyLine, ...]:
    fines = [PenaltyLine("fine", fine.amount_fen) for fine in proposal.fines if fine.amount_fen]
    return (*fines, *(PenaltyLine(row.kind, row.amount_fen) for row in proposal.penalties))


def _write(respondent: Respondent, findings: dict[int, CaseFinding], proposal: Proposal, today: date) -> None:
    decision = respondent.decision
    if decision is None:
        decision = respondent.decision = Decision(law_versions={}, order_correction=False)
    rows = [Penalty(kind=row.kind, amount_fen=row.amount_fen, detail=row.detail or None) for row in proposal.penalties]
    for fine in proposal.fines:
        finding = findings[fine.finding_id]
        _write_choices(finding, fine)
        if fine.amount_fen:
            rows.append(Penalty(kind="fine", amount_fen=fine.amount_fen, case_finding_id=finding.id))
    rows.sort(key=lambda row: ORDER.index(row.kind) if row.kind in ORDER else len(ORDER))
    for position, row in enumerate(rows):
        row.position = position
    decision.penalties[:] = rows
    _keep_the_standard(respondent, findings, proposal, today)
    decision.discretion = (proposal.discretion or "").strip()
    decision.order_correction = proposal.order_correction
    decision.correction_text = (proposal.correction_text or "").strip() or None if proposal.order_correction else None


def _write_choices(finding: CaseFinding, fine: FineProposal) -> None:
    def text(typed: str | None) -> str | None:
        return (typed or "").strip() or None

    finding.grounds, finding.discretion_reason = list(fine.grounds), text(fine.reason)
    finding.departure_reason = text(fine.departure)
    finding.law_day, finding.law_reason = fine.law_day, text(fine.law_reason)
    finding.governs, finding.governs_reason = fine.governs, text(fine.governs_reason)


def _keep_the_standard(party: Respondent, findings: dict[int, CaseFinding], proposal: Proposal, today: date) -> None:
    """The standard that binds and the tier that it has stay with the finding: decisions name them for ever."""
    choices = {fine.finding_id: fine for fine in proposal.fines}
    for finding_id, found in assess_party(party, today, choices).items():
        local = found.local
        findings[finding_id].local_standard = local.standard.number if local else None
        findings[finding_id].local_tier = local.tier.name if local and local.tier else None


def submit_report(
    actor: Actor,
    case_id: int,
    today: date,
    *,
    disputes: str | None = None,
    deliberate: bool = False,
    version: int | None = None,
) -> Case:
    """End the investigation with the 调查终结报告; unless it is to be discussed first, it goes on at once to where it
    must: legal review where demanded (行政处罚法58), else the head."""
    case = load(actor, case_id, version)
    take(case, Action.SUBMIT_REPORT, actor, today)
    case.report = {**(case.report or {}), "disputes": (disputes or "").strip() or "无"}
    record(case, "cases:report:submit", actor)
    issue_for_each(actor, case, "D23", today)
    if not deliberate:
        _send_on(case, actor, today)
    return case


def hold_deliberation(
    actor: Actor, case_id: int, held: Deliberation, today: date, *, version: int | None = None
) -> Case:
    """Record the 合议 of handlers and colleagues; not the 集体讨论 of the heads."""
    case = load(actor, case_id, version)
    refuse_objections(case, Action.HOLD_COLLEGIAL, actor, today, on=held.begun.date())
    refusals = []
    if held.ended < held.begun:
        refusals.append(Refusal(_("The discussion ends before it begins. Correct the times."), field="ended"))
    if len(set(held.members)) < 3:
        message = _("A collegial discussion needs three members at least. Add the others.")
        refusals.append(Refusal(message, field="members"))
    if refusals:
        raise Refusals(refusals)
    take(case, Action.HOLD_COLLEGIAL, actor, today)
    give_opinion(case, actor, "deliberation", "held", held.talk, today)
    touch(case)
    record(case, "cases:deliberation:hold", actor)
    fields = deliberation_fields(_minutes(held))
    for party in case.respondents:
        penalties = penalties_of(party.decision) if party.decision else []
        issue_for(actor, party, "D24", today, {**fields, "col.result": penalties})
    return case


def _minutes(held: Deliberation) -> dict[str, Any]:
    return {
        "chair": held.chair,
        "recorder": held.recorder,
        "members": list(held.members),
        "from": held.begun.strftime("%Y-%m-%dT%H:%M"),
        "to": held.ended.strftime("%Y-%m-%dT%H:%M"),
        "place": held.place,
        "talk": held.talk,
    }


def send_on(actor: Actor, case_id: int, today: date, *, version: int | None = None) -> Case:
    """Send the reported case to legal review where demanded, else to the head."""
    case = load(actor, case_id, version)
    _send_on(case, actor, today)
    return case


def _send_on(case: Case, actor: Actor, today: date) -> None:
    demanded = legal_review_demanded(case_facts(case, actor, today))
    action = Action.SEND_TO_REVIEW if demanded else Action.SEND_TO_HEAD
    take(case, action, actor, today)
    if action is Action.SEND_TO_REVIEW:
        case.sent_to_review_on = today
    record(case, "cases:report:send", actor)
