"""Prior notice and defence: told before it is decided, heard or waived, and reviewed by somebody else."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from flask_babel import lazy_gettext as _

from ...accounts.actor import Actor
from ...audit.actions import record
from ...documents.actions import record_service
from ...errors import Refusal, Refusals
from ...procedure.articles import apl
from ...procedure.facts import Defence as DefenceState
from ...procedure.rights import hearing_demanded
from ...procedure.states import Action, State
from ..facts import office_rules, respondent_facts
from ..models import Case, Defence, Respondent
from ..papers import issue_for, latest
from ..rules import digest_of, lines_of
from ..words import ACCEPTANCE, DEFENCE_KINDS, HEARINGS
from .steps import give_opinion, load, refuse_objections, renew_clock, respondent_of, take, touch

BY_KIND = {"made": Action.HEAR_DEFENCE, "waived": Action.WAIVE_DEFENCE, "expired": Action.END_DEFENCE_TERM}


class ServiceStep(NamedTuple):
    """How a paper was served; ``way`` a key of ``documents.rules.WAYS``, ``servers`` names of officers."""

    way: str
    served_on: date
    servers: Sequence[str]
    receiver: str | None = None
    receiver_relation: str | None = None
    place: str | None = None
    refusal_reason: str | None = None
    witness: str | None = None
    note: str | None = None


class DefenceStep(NamedTuple):
    """What the party did with its right: ``kind`` and ``hearing`` as in ``words``."""

    kind: str
    on: date
    text: str | None = None
    hearing: str = "none"


def approve_notice(
    actor: Actor, case_id: int, today: date, *, opinion: str | None = None, version: int | None = None
) -> Case:
    """Approve what is to be told: the 事先告知书 gets its number, and the hearing is offered where it must be
    (行政处罚法44, 63)."""
    case = load(actor, case_id, version)
    take(case, Action.APPROVE_NOTICE, actor, today)
    for party in case.respondents:
        assert party.decision is not None
        lines = lines_of(party.decision.penalties)
        party.notice = {
            "penalties": [{"kind": line.kind, "amount_fen": line.amount_fen} for line in lines],
            "facts": digest_of(party.findings),
            "hearing": hearing_demanded(party.subject.party, lines, office_rules(case)),
        }
        party.notice_issued_on = today
    give_opinion(case, actor, "notice", "approved", opinion or "同意", today)
    record(case, "cases:notice:approve", actor, reason=opinion)
    for party in case.respondents:
        issued = issue_for(actor, party, "D27", today)
        if party.notice["hearing"]:
            issue_for(actor, party, "D30", today)
        party.notice = {**party.notice, "number": issued.number}
    record(case, "cases:notice:issue", actor)
    return case


def return_notice(actor: Actor, case_id: int, today: date, *, reason: str, version: int | None = None) -> Case:
    """The head sends the proposal back, with the reason."""
    case = load(actor, case_id, version)
    take(case, Action.RETURN_NOTICE, actor, today, reason=reason)
    give_opinion(case, actor, "notice", "returned", reason, today)
    record(case, "cases:notice:return", actor, reason=reason)
    return case


def serve_notice(
    actor: Actor, case_id: int, respondent_id: int, service: ServiceStep, today: date, *, version: int | None = None
) -> Case:
    """Record the service on one party; its term begins the day after (行政处罚法44, 45)."""
    case = load(actor, case_id, version)
    party = respondent_of(case, respondent_id)
    refuse_objections(case, Action.SERVE_NOTICE, actor, today, on=service.served_on, respondent=party)
    if party.notice_served_on:
        raise Refusal(_("The notice has been served on this party already."), citation=apl(44))
    serve_papers(actor, party, ("D27", "D30"), service, today)
    party.notice_served_on = service.served_on
    if all(other.notice_served_on for other in case.respondents):
        take(case, Action.SERVE_NOTICE, actor, today)
    touch(case)
    record(case, "cases:notice:serve", actor)
    return case


def serve_papers(actor: Actor, party: Respondent, kinds: Sequence[str], service: ServiceStep, today: date) -> None:
    """Record one service of the papers that stand for a party; each gets its 送达回执."""
    for kind in kinds:
        paper = latest(party, kind)
        if paper is None or paper.issued_on < (party.notice_issued_on or paper.issued_on):
            continue
        record_service(
            actor,
            paper,
            way=service.way,
            served_on=service.served_on,
            servers=service.servers,
            today=today,
            receiver=service.receiver,
            receiver_relation=service.receiver_relation,
            place=service.place,
            refusal_reason=service.refusal_reason,
            witness=service.witness,
            note=service.note,
        )


def record_defence(
    actor: Actor, case_id: int, respondent_id: int, step: DefenceStep, today: date, *, version: int | None = None
) -> Case:
    """What the party said, that it waived its right, or that its term ran out (行政处罚法45(1), 62)."""
    case = load(actor, case_id, version)
    party = respondent_of(case, respondent_id)
    if refusals := list(_defence_refusals(party, step)):
        raise Refusals(refusals)
    refuse_objections(case, BY_KIND[step.kind], actor, today, on=step.on, respondent=party)
    party.defences.append(
        Defence(
            kind=step.kind,
            on=step.on,
            text=(step.text or "").strip() or None,
            hearing={"none": None}.get(step.hearing, step.hearing),
            superseded=False,
        )
    )
    _go_on(case, actor, today, step)
    touch(case)
    record(case, "cases:defence:record", actor)
    return case


def _defence_refusals(party: Respondent, step: DefenceStep) -> list[Refusal]:
    refusals = []
    if step.kind not in DEFENCE_KINDS:
        refusals.append(Refusal(_("Choose what the party did with its right."), field="kind"))
    if step.hearing not in HEARINGS or (step.kind != "made" and step.hearing != "none"):
        message = _("A party that asks for a hearing has not waived its right. Choose one of them.")
        refusals.append(Refusal(message, field="hearing", citation=apl(64)))
    if step.kind == "made" and not (step.text or "").strip():
        refusals.append(Refusal(_("Write what the party said, point by point."), field="text", citation=apl(45, 1)))
    if step.hearing != "none" and not party.notice.get("hearing"):
        refusals.append(Refusal(_("No hearing was offered in this case."), field="hearing", citation=apl(63, 1)))
    return refusals


def _go_on(case: Case, actor: Actor, today: date, step: DefenceStep) -> None:
    """The case moves when every party is settled; a defence that was made is reviewed first."""
    states = [respondent_facts(party, today).defence for party in case.respondents]
    if DefenceState.OPEN in states:
        return
    heard = DefenceState.HEARD in states
    take(case, Action.HEAR_DEFENCE if heard else BY_KIND[step.kind], actor, today)


def review_defence(
    actor: Actor,
    case_id: int,
    respondent_id: int,
    today: date,
    *,
    accepted: str,
    review: str,
    version: int | None = None,
) -> Case:
    """Answer the defence point by point, by somebody who has not handled the case (行政处罚法45(1)).

    After a hearing this is also the legal review that article 58(1)(2) demands.
    """
    case = load(actor, case_id, version)
    party = respondent_of(case, respondent_id)
    refusals = []
    if accepted not in ACCEPTANCE:
        refusals.append(Refusal(_("Choose whether the defence is accepted."), field="accepted"))
    if not review.strip():
        message = _("Answer the defence point by point: fact, evidence, law.")
        refusals.append(Refusal(message, field="review", citation=apl(45, 1)))
    if refusals:
        raise Refusals(refusals)
    refuse_objections(case, Action.REVIEW_DEFENCE, actor, today, respondent=party)
    made = next((d for d in reversed(party.defences) if d.kind == "made" and not d.superseded), None)
    if made is None:
        raise Refusal(_("This party made no defence."))
    for defence in party.defences:
        if defence.kind == "made" and not defence.superseded:
            defence.accepted, defence.review = accepted, review.strip()
    give_opinion(case, actor, "defence_review", "agreed", review, today)
    if made.hearing == "held":
        case.reviewed_on = today
    if case.state == State.DEFENCE_HEARD and DefenceState.HEARD not in {
        respondent_facts(other, today).defence for other in case.respondents
    }:
        take(case, Action.REVIEW_DEFENCE, actor, today)
    renew_clock(case, today)
    record(case, "cases:defence:review", actor, reason=review)
    issue_for(actor, party, "D29", today)
    return case
