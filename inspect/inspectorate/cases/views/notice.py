"""Service of notice and decision, the defence and its review."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...late_saves import saving
from ...procedure.clocks import defence_term
from ...web import current_actor
from .. import actions
from ..facts import office_rules
from ..forms import DefenceForm, DefenceReviewForm, ServiceForm
from ..models import Case
from .blueprint import bp, case_url, fresh, loaded, party_of, step_page


@bp.route(
    "/cases/<int:case_id>/parties/<int:respondent_id>/notice/service",
    methods=["GET", "POST"],
    permission=Permission.CASE_HANDLE,
)
def serve_notice(case_id: int, respondent_id: int) -> Any:
    """Record how the prior notice was served on a party."""
    return _service(case_id, respondent_id, actions.serve_notice, "notice")


@bp.route(
    "/cases/<int:case_id>/parties/<int:respondent_id>/decision/service",
    methods=["GET", "POST"],
    permission=Permission.CASE_HANDLE,
)
def serve_decision(case_id: int, respondent_id: int) -> Any:
    """Record how the decision was served on a party."""
    return _service(case_id, respondent_id, actions.serve_decision, "decision")


def _service(case_id: int, respondent_id: int, serve: Callable[..., Case], paper: str) -> Any:
    case, form = loaded(case_id), ServiceForm()
    party = party_of(case, respondent_id)
    fresh(form, case)
    if not form.is_submitted():
        form.served_on.data = clock.today()
        form.place.data = party.subject.address
        form.servers.data = "、".join(row.officer.name for row in case.handlers)
    elif form.validate():
        with saving(form, case):
            serve(current_actor(), case_id, party.id, form.step(), clock.today(), version=form.read_version)
            flash(_("The service has been recorded."), "success")
            return redirect(case_url(case_id))
    case = loaded(case_id)
    return step_page("service", case, form, party=party_of(case, respondent_id), paper=paper)


@bp.route(
    "/cases/<int:case_id>/parties/<int:respondent_id>/defence",
    methods=["GET", "POST"],
    permission=Permission.CASE_HANDLE,
)
def defence(case_id: int, respondent_id: int) -> Any:
    """What the party did with its right to be heard."""
    case, form = loaded(case_id), DefenceForm()
    party = party_of(case, respondent_id)
    fresh(form, case)
    if not form.is_submitted():
        form.on.data = clock.today()
    elif form.validate() and form.on.data:
        step = actions.DefenceStep(form.kind.data or "", form.on.data, form.text.data, form.hearing.data or "none")
        with saving(form, case):
            actions.record_defence(current_actor(), case_id, party.id, step, clock.today(), version=form.read_version)
            flash(_("The party's statement has been recorded."), "success")
            return redirect(case_url(case_id))
    case = loaded(case_id)
    party = party_of(case, respondent_id)
    served = party.notice_served_on
    term = defence_term(office_rules(case).defence_working_days).ends_after(served) if served else None
    return step_page("defence", case, form, party=party, term=term, today_=clock.today())


@bp.route(
    "/cases/<int:case_id>/parties/<int:respondent_id>/defence/review",
    methods=["GET", "POST"],
    permission=Permission.CASE_REVIEW,
)
def review_defence(case_id: int, respondent_id: int) -> Any:
    """Answer the defence, by somebody who has not handled the case."""
    case, form = loaded(case_id), DefenceReviewForm()
    party = party_of(case, respondent_id)
    fresh(form, case)
    if form.validate_on_submit():
        with saving(form, case):
            actions.review_defence(
                current_actor(),
                case_id,
                party.id,
                clock.today(),
                accepted=form.accepted.data or "",
                review=form.review.data or "",
                version=form.read_version,
            )
            flash(_("The answer to the defence has been recorded."), "success")
            return redirect(case_url(case_id))
    case = loaded(case_id)
    return step_page("defence_review", case, form, party=party_of(case, respondent_id))
