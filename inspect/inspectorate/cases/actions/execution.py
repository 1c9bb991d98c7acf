"""Execution: payments to the bank, other penalties carried out, and the closing of the case."""

from datetime import date
from typing import NamedTuple

from flask_babel import lazy_gettext as _

from ...accounts.actor import Actor
from ...accounts.scope import check_version
from ...audit.actions import record
from ...errors import Refusal, Refusals
from ...extensions import db
from ...money import yuan
from ...procedure.articles import apl
from ...procedure.guards.outcome import left_to_pay
from ...procedure.states import Action
from ..facts import respondent_facts
from ..models import Case, Decision, Payment, Respondent
from ..papers import issue_for
from ..snapshots import WAYS, closing_of
from .steps import give_opinion, load, refuse_objections, renew_clock, respondent_of, take, touch


class PaymentStep(NamedTuple):
    """A payment to the bank in fen, perhaps a part; ``late_fee``: 加处罚款, booked apart."""

    paid_on: date
    amount_fen: int
    receipt_number: str
    late_fee: bool = False
    key: str | None = None


def record_payment(
    actor: Actor, case_id: int, respondent_id: int, step: PaymentStep, today: date, *, version: int | None = None
) -> Case:
    """Enter a payment; sent twice under one key it is entered once (行政处罚法67(3))."""
    case = load(actor, case_id)
    party = respondent_of(case, respondent_id)
    if step.key and db.session.query(Payment).filter_by(key=step.key).one_or_none():
        return case
    check_version(case, version)
    refuse_objections(case, Action.RECORD_PAYMENT, actor, today, on=step.paid_on, respondent=party)
    decision = party.decision
    assert decision is not None
    if refusals := _payment_refusals(party, decision, step):
        raise Refusals(refusals)
    payment = Payment(
        paid_on=step.paid_on,
        amount_fen=step.amount_fen,
        receipt_number=step.receipt_number.strip(),
        late_fee=step.late_fee,
    )
    if step.key:
        payment.key = step.key
    decision.payments.append(payment)
    touch(case)
    renew_clock(case, today)
    record(case, "cases:payment:record", actor)
    return case


def _payment_refusals(party: Respondent, decision: Decision, step: PaymentStep) -> list[Refusal]:
    refusals = []
    if step.amount_fen <= 0:
        refusals.append(Refusal(_("Enter an amount above zero."), field="amount"))
    if not step.receipt_number.strip():
        message = _("Enter the number of the treasury receipt.")
        refusals.append(Refusal(message, field="receipt_number", citation=apl(74)))
    elif any(payment.receipt_number == step.receipt_number.strip() for payment in decision.payments):
        refusals.append(Refusal(_("This receipt has been entered already."), field="receipt_number"))
    left = _late_fee_left(decision) if step.late_fee else left_to_pay(respondent_facts(party, step.paid_on))
    if step.amount_fen > left:
        message = _("Only %(left)s yuan are still owed. Check the amount.", left=yuan(left))
        refusals.append(Refusal(message, field="amount", citation=apl(72, 1, 1) if step.late_fee else apl(67, 3)))
    return refusals


def _late_fee_left(decision: Decision) -> int:
    """加处罚款 never exceeds the fine (行政处罚法72(1)(1))."""
    fine = sum(penalty.amount_fen or 0 for penalty in decision.penalties if penalty.kind == "fine")
    return fine - sum(payment.amount_fen for payment in decision.payments if payment.late_fee)


def record_execution(
    actor: Actor, case_id: int, respondent_id: int, on: date, today: date, *, text: str, version: int | None = None
) -> Case:
    """How penalties other than money were carried out, and whether the violation was corrected (行政处罚法66(1))."""
    case = load(actor, case_id, version)
    party = respondent_of(case, respondent_id)
    refuse_objections(case, Action.RECORD_PAYMENT, actor, today, on=on, respondent=party)
    if not text.strip():
        raise Refusal(_("Write how it was carried out."), field="text", citation=apl(66, 1))
    assert party.decision is not None
    party.decision.executed_on, party.decision.execution = on, text.strip()
    touch(case)
    record(case, "cases:execution:record", actor)
    return case


def propose_closing(
    actor: Actor, case_id: int, today: date, *, way: str = WAYS[0], on: date | None = None, version: int | None = None
) -> Case:
    """Send the 结案报告 to the head; refused while something is owed or not carried out."""
    case = load(actor, case_id, version)
    if way not in WAYS:
        raise Refusal(_("Choose how the decision was carried out."), field="way")
    take(case, Action.PROPOSE_CLOSING, actor, today, on=on)
    case.report = {**(case.report or {}), "closing": {"way": way, "on": (on or today).isoformat()}}
    record(case, "cases:closing:propose", actor)
    return case


def approve_closing(
    actor: Actor, case_id: int, today: date, *, opinion: str | None = None, version: int | None = None
) -> Case:
    """Close the case."""
    case = load(actor, case_id, version)
    take(case, Action.APPROVE_CLOSING, actor, today)
    case.closed_on = today
    renew_clock(case, today)
    give_opinion(case, actor, "closing", "approved", opinion or "同意结案", today)
    record(case, "cases:closing:approve", actor, reason=opinion)
    for party in case.respondents:
        issue_for(actor, party, "D43", today, closing_of(party, today))
    return case


def return_closing(actor: Actor, case_id: int, today: date, *, reason: str, version: int | None = None) -> Case:
    """The head sends the closing back, with the reason."""
    case = load(actor, case_id, version)
    take(case, Action.RETURN_CLOSING, actor, today, reason=reason)
    give_opinion(case, actor, "closing", "returned", reason, today)
    record(case, "cases:closing:return", actor, reason=reason)
    return case
