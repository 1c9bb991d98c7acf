"""Payments, other penalties carried out, and the proposal to close."""

from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...late_saves import saving
from ...procedure.guards.outcome import left_to_pay
from ...procedure.states import Action
from ...web import current_actor
from .. import actions, guidance
from ..facts import respondent_facts
from ..forms import ClosingForm, ExecutionForm, PaymentForm
from .blueprint import bp, case_url, fresh, loaded, party_of, step_page


@bp.route(
    "/cases/<int:case_id>/parties/<int:respondent_id>/payment",
    methods=["GET", "POST"],
    permission=Permission.CASE_HANDLE,
)
def payment(case_id: int, respondent_id: int) -> Any:
    """Enter a payment, perhaps a part."""
    case, form = loaded(case_id), PaymentForm()
    party = party_of(case, respondent_id)
    fresh(form, case)
    if not form.is_submitted():
        form.paid_on.data = clock.today()
        form.amount.data = left_to_pay(respondent_facts(party, clock.today())) or None
    elif form.validate() and form.paid_on.data and form.amount.data is not None:
        step = actions.PaymentStep(
            form.paid_on.data,
            form.amount.data,
            form.receipt_number.data or "",
            late_fee=bool(form.late_fee.data),
            key=form.key.data,
        )
        with saving(form, case):
            actions.record_payment(current_actor(), case_id, party.id, step, clock.today(), version=form.read_version)
            flash(_("The payment has been entered."), "success")
            return redirect(case_url(case_id))
    case = loaded(case_id)
    party = party_of(case, respondent_id)
    facts = respondent_facts(party, clock.today())
    return step_page("payment", case, form, party=party, facts=facts, left=left_to_pay(facts))


@bp.route(
    "/cases/<int:case_id>/parties/<int:respondent_id>/execution",
    methods=["GET", "POST"],
    permission=Permission.CASE_HANDLE,
)
def execution(case_id: int, respondent_id: int) -> Any:
    """How penalties other than money were carried out."""
    case, form = loaded(case_id), ExecutionForm()
    party = party_of(case, respondent_id)
    fresh(form, case)
    if not form.is_submitted():
        form.on.data = clock.today()
    elif form.validate() and form.on.data:
        text, on, today = form.text.data or "", form.on.data, clock.today()
        with saving(form, case):
            actions.record_execution(
                current_actor(), case_id, party.id, on, today, text=text, version=form.read_version
            )
            flash(_("The execution has been recorded."), "success")
            return redirect(case_url(case_id))
    case = loaded(case_id)
    return step_page("execution", case, form, party=party_of(case, respondent_id))


@bp.route("/cases/<int:case_id>/closing", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def closing(case_id: int) -> Any:
    """Propose to close the case."""
    actor, case, form = current_actor(), loaded(case_id), ClosingForm()
    fresh(form, case)
    if not form.is_submitted():
        form.on.data = clock.today()
    elif form.validate():
        with saving(form, case):
            way, on = form.way.data or "", form.on.data
            actions.propose_closing(actor, case_id, clock.today(), way=way, on=on, version=form.read_version)
            flash(_("The closing has been proposed."), "success")
            return redirect(case_url(case_id))
    case = loaded(case_id)
    missing = guidance.missing_for(case, Action.PROPOSE_CLOSING, actor, clock.today())
    return step_page("closing", case, form, missing=missing)
