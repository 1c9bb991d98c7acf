"""From the records of a case to the view that the procedure judges by."""

from collections.abc import Sequence
from datetime import date

from ..accounts.actor import Actor
from ..inspections.models import Evidence
from ..procedure.clocks import CaseDates
from ..procedure.facts import CaseFacts, Defence, FindingFacts, Handler, OfficeRules, RespondentFacts
from ..procedure.states import FINAL
from .assessment import Assessment, assess_party
from .earlier import EarlierPenalty, earlier_penalties, for_the_police
from .models import Case, CaseHandler, Opinion, Respondent
from .models import Defence as DefenceRow
from .rules import digest_of, has_other_than_money, lines_of, owed_fen

HEAD_STEPS = frozenset({"filing", "notice", "decision", "closing", "termination"})
"""Opinions of the head, as they stand in ``Opinion.step``."""

REVIEW_STEPS = frozenset({"legal_review", "defence_review"})
"""Opinions of whoever looks at the work of others without deciding."""


def person_key(officer_id: int | None, user_id: int | None) -> str | None:
    """One key for a person, whether known as an officer or only by the sign-in."""
    if officer_id is not None:
        return f"officer:{officer_id}"
    return None if user_id is None else f"user:{user_id}"


def actor_key(actor: Actor) -> str | None:
    """The person behind an actor."""
    return person_key(actor.officer_id, actor.user_id)


def case_facts(
    case: Case,
    actor: Actor,
    today: date,
    *,
    on: date | None = None,
    reason: str = "",
    respondent: Respondent | None = None,
    reviewer_qualified: bool = True,
) -> CaseFacts:
    """The case as the guards see it; with ``respondent`` only that party, for steps taken party by party."""
    parties = [respondent] if respondent else case.respondents
    earlier = earlier_penalties(case)
    return CaseFacts(
        today=today,
        on=on or today,
        actor=actor_key(actor),
        office=office_rules(case),
        received_on=case.received_on,
        filed_on=case.filed_on,
        last_event_on=_last_event(case, parties),
        summary_stated=bool((case.summary or "").strip()),
        handlers=tuple(_handler(row, on or today) for row in case.handlers),
        reviewers=frozenset(filter(None, (_giver(o) for o in case.opinions if o.step in REVIEW_STEPS))),
        reviewer_qualified=reviewer_qualified,
        approvers=frozenset(filter(None, (_giver(o) for o in case.opinions if o.step in HEAD_STEPS))),
        evidence_count=len(evidence_of(case)) + (case.inspection is not None),
        complex=case.major,
        review_agreed=case.reviewed_on is not None,
        transferred=case.transferred_judicial_on is not None,
        reason=reason,
        respondents=tuple(respondent_facts(party, today, earlier.get(party.id, ())) for party in parties),
    )


def office_rules(case: Case) -> OfficeRules:
    """What the authority has set for itself."""
    agency = case.agency.authority
    return OfficeRules(
        hearing_fine_org_fen=agency.hearing_org_fen,
        hearing_fine_person_fen=agency.hearing_person_fen,
        review_fine_from_fen=agency.major_decision_fen,
    )


def evidence_of(case: Case) -> list[Evidence]:
    """The evidence of the case and of the inspection it comes from, without what was withdrawn.

    The record of the inspection is evidence too (行政处罚法46(1)(8)), though no row of its own.
    """
    rows = [*(case.inspection.evidence if case.inspection else ()), *case.evidence]
    return [row for row in {row.id: row for row in rows}.values() if row.withdrawn_reason is None]


def respondent_facts(respondent: Respondent, today: date, earlier: Sequence[EarlierPenalty] = ()) -> RespondentFacts:
    """One party as the guards see it; ``earlier``: its earlier penalties, where they matter."""
    decision, notice = respondent.decision, respondent.notice or {}
    lines = lines_of(decision.penalties) if decision else ()
    income = [f for f in respondent.findings if f.illegal_income_fen]
    return RespondentFacts(
        name=respondent.subject.name,
        party=respondent.subject.party,
        findings=tuple(map(finding_facts, assess_party(respondent, today, earlier=earlier).values())),
        proposed=lines,
        noticed=lines_of(notice.get("penalties", ())),
        reasons_stated=bool(decision and (decision.discretion or "").strip()),
        correction_ordered=correction_ordered(respondent),
        illegal_income_fen=sum(f.illegal_income_fen or 0 for f in income),
        income_refunded_fen=sum(f.refunded_fen or 0 for f in income),
        hearing_offered=bool(notice.get("hearing")),
        facts_changed_since_notice=bool(notice) and notice.get("facts") != digest_of(respondent.findings),
        notice_issued_on=respondent.notice_issued_on,
        notice_served_on=respondent.notice_served_on,
        defence=_defence(respondent),
        hearing_requested=any(d.hearing in {"requested", "held"} for d in _current_defences(respondent)),
        hearing_held=any(d.hearing == "held" for d in _current_defences(respondent)),
        decision_issued_on=decision.decided_on if decision else None,
        decision_served_on=decision.served_on if decision else None,
        due_fen=owed_fen(lines) if decision and decision.decided_on else 0,
        paid_fen=sum(p.amount_fen for p in decision.payments if not p.late_fee) if decision else 0,
        for_the_police=for_the_police(respondent, earlier, today),
        other_penalties_executed=not has_other_than_money(lines) or bool(decision and decision.executed_on),
    )


def correction_ordered(respondent: Respondent) -> bool:
    """Whether the order to correct is part of the proposal, or was given at the inspection (行政处罚法28(1))."""
    inspection, decision = respondent.case.inspection, respondent.decision
    before = inspection is not None and inspection.order_correction and inspection.subject_id == respondent.subject_id
    return bool(before or (decision and decision.order_correction))


def finding_facts(found: Assessment) -> FindingFacts:
    """One violation as the guards see it."""
    finding, entry = found.finding, found.violation
    case = finding.respondent.case
    return FindingFacts(
        violation=entry.title_zh if entry else finding.violation,
        facts_stated=bool(finding.facts.strip()),
        basis=entry.basis[0] if entry and entry.basis else None,
        act_from=finding.act_from,
        act_until=finding.act_to,
        discovered_on=case.inspection.inspected_on if case.inspection else case.received_on,
        health_harm=finding.harm,
        competent=entry is None or case.sector in entry.sectors,
        judgement=found.standing,
        entry=entry,
    )


def case_dates(case: Case) -> CaseDates:
    """The days that the clocks run by: with several parties the earliest start and the latest stop."""
    parties = case.respondents
    decisions = [party.decision for party in parties if party.decision]
    served = _all([decision.served_on for decision in decisions])
    paid = _all([_paid_on(party) for party in parties]) if served else None
    return CaseDates(
        sector=case.sector,
        received_on=case.received_on,
        filed_on=case.filed_on,
        sent_to_review_on=case.sent_to_review_on,
        reviewed_on=case.reviewed_on,
        notice_served_on=_all([party.notice_served_on for party in parties]),
        defence_settled_on=_all([_settled_on(party) for party in parties]),
        decided_on=_all([decision.decided_on for decision in decisions]),
        decision_served_on=served,
        paid_on=paid,
        executed_on=paid,
        money_due=any(decision.payable_fen for decision in decisions),
        closed_on=case.closed_on,
        ended=case.state in FINAL,
    )


def _all(days: list[date | None]) -> date | None:
    """The last day when all are there, else None."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _paid_on(respondent: Respondent) -> date | None:
    decision = respondent.decision
    if decision is None or decision.decided_on is None:
        return None
    paid = [payment for payment in decision.payments if not payment.late_fee]
    if sum(payment.amount_fen for payment in paid) < decision.payable_fen:
        return None
    return max((payment.paid_on for payment in paid), default=decision.served_on)


def _settled_on(respondent: Respondent) -> date | None:
    return max((defence.on for defence in _current_defences(respondent)), default=None)


def _current_defences(respondent: Respondent) -> list[DefenceRow]:
    """What was said after the notice that now stands; an earlier notice's defence stays in the file only."""
    served = respondent.notice_served_on
    return [d for d in respondent.defences if served is not None and d.on >= served and not d.superseded]


def _defence(respondent: Respondent) -> Defence:
    current = _current_defences(respondent)
    if not current:
        return Defence.OPEN
    last = current[-1]
    if last.kind == "made":
        return Defence.REVIEWED if last.accepted else Defence.HEARD
    return Defence.WAIVED if last.kind == "waived" else Defence.RUN_OUT


def _last_event(case: Case, parties: list[Respondent]) -> date | None:
    days = [case.received_on, case.filed_on]
    for party in parties:
        days += [party.notice_issued_on, party.notice_served_on]
        if party.decision:
            days += [party.decision.decided_on, party.decision.served_on]
    return max((day for day in days if day), default=None)


def _handler(row: CaseHandler, on: date) -> Handler:
    officer = row.officer
    begun = officer.certificate_from is None or officer.certificate_from <= on
    # A certificate without an end on record holds until one is entered.
    until = officer.certificate_to or date.max
    return Handler(f"officer:{officer.id}", officer.name, until if begun and officer.certificate else None)


def _giver(opinion: Opinion) -> str | None:
    return person_key(opinion.officer_id, opinion.user_id)
