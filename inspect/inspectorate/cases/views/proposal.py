"""The penalties with their ranges, the final report, the discussion, and sending the case on."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...fields import rows_changed
from ...late_saves import saving
from ...law.discretion import grounds
from ...procedure.rights import legal_review_demanded
from ...procedure.states import Action
from ...web import current_actor
from .. import actions, guidance, shown
from ..choices import FineProposal
from ..earlier import earlier_penalties
from ..facts import case_facts
from ..findings_shown import finding_lines, party_lines, violation_title
from ..forms import DeliberationForm, ProposalForm, ReportForm, names_in
from ..models import Case, Respondent
from ..words import PENALTIES
from .blueprint import bp, case_url, fresh, loaded, party_of, step_page
from .drafts import draft_links


@bp.route(
    "/cases/<int:case_id>/parties/<int:respondent_id>/penalties",
    methods=["GET", "POST"],
    permission=Permission.CASE_HANDLE,
)
def proposal(case_id: int, respondent_id: int) -> Any:
    """The statutory range of each finding with its reasoning, and the penalties proposed inside it."""
    case, form = loaded(case_id), ProposalForm()
    party = party_of(case, respondent_id)
    fresh(form, case)
    if not form.is_submitted():
        form.fill(party, shown.proposed_with_fine(party, clock.today()))
    form.offer(finding_lines(party, clock.today(), _typed(form)))
    if form.is_submitted() and not rows_changed(form) and form.validate():
        onwards, version = _after_proposal(party), form.read_version
        with saving(form, case, lambda: _opened_anew(party_of(case, respondent_id))):
            proposed = form.proposal()
            actions.propose_penalties(current_actor(), case_id, party.id, proposed, clock.today(), version=version)
            return redirect(onwards)
    case = loaded(case_id)
    party = party_of(case, respondent_id)
    earlier = earlier_penalties(case).get(party.id, ())
    lines = finding_lines(party, clock.today(), _typed(form), earlier)
    return step_page("proposal", case, form, party=party, lines=lines, earlier=earlier, title_of=violation_title)


def _typed(form: ProposalForm) -> dict[int, FineProposal] | None:
    """What has been typed for each finding; None while the form shows what is saved.

    Grounds that there are not weigh nothing; the action refuses them.
    """
    if not form.is_submitted():
        return None
    known = grounds()
    fines = form.proposal().fines
    return {fine.finding_id: fine._replace(grounds=[one for one in fine.grounds if one in known]) for fine in fines}


def _opened_anew(party: Respondent) -> ProposalForm:
    form = ProposalForm(formdata=None)
    form.fill(party, shown.proposed_with_fine(party, clock.today()))
    form.offer(finding_lines(party, clock.today()))
    return form


def _after_proposal(party: Respondent) -> str:
    """The next party without a proposal, else what the button asked for."""
    case = party.case
    others = [other for other in case.respondents if other.decision is None and other is not party]
    if others:
        return url_for("cases.proposal", case_id=case.id, respondent_id=others[0].id)
    if "onward" in request.form and case.state == "investigation":
        return url_for("cases.report", case_id=case.id)
    return url_for("cases.show", case_id=case.id) + "#penalties"


@bp.route("/cases/<int:case_id>/report", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def report(case_id: int) -> Any:
    """The final report, with everything that is still missing."""
    actor, case, form = current_actor(), loaded(case_id), ReportForm()
    fresh(form, case)
    if not form.is_submitted():
        form.disputes.data = _disputes(case)
    elif form.validate():
        with saving(form, case, lambda: ReportForm(formdata=None, disputes=_disputes(case))):
            actions.submit_report(
                actor,
                case_id,
                clock.today(),
                disputes=form.disputes.data,
                deliberate=bool(form.deliberate.data),
                version=form.read_version,
            )
            flash(_("The final report has been submitted."), "success")
            return redirect(case_url(case_id))
    case, today = loaded(case_id), clock.today()
    return step_page(
        "report",
        case,
        form,
        missing=guidance.missing_for(case, Action.SUBMIT_REPORT, actor, today),
        findings=party_lines(case, today),
        title_of=violation_title,
        review_demanded=legal_review_demanded(case_facts(case, actor, today)),
        drafts=draft_links(case),
        penalties=PENALTIES,
    )


def _disputes(case: Case) -> str | None:
    return (case.report or {}).get("disputes")


@bp.route("/cases/<int:case_id>/deliberation", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def deliberation(case_id: int) -> Any:
    """Record the collegial discussion."""
    case, form = loaded(case_id), DeliberationForm()
    fresh(form, case)
    if form.validate_on_submit() and form.begun.data and form.ended.data:
        held = actions.Deliberation(
            chair=form.chair.data or "",
            recorder=form.recorder.data or "",
            members=names_in(form.members.data),
            begun=clock.local(form.begun.data),
            ended=clock.local(form.ended.data),
            place=form.place.data or "",
            talk=form.talk.data or "",
        )
        with saving(form, case):
            actions.hold_deliberation(current_actor(), case_id, held, clock.today(), version=form.read_version)
            flash(_("The collegial discussion has been recorded."), "success")
            return redirect(case_url(case_id))
    return step_page("deliberation", loaded(case_id), form)


@bp.route("/cases/<int:case_id>/send", methods=["POST"], permission=Permission.CASE_HANDLE)
def send(case_id: int) -> Any:
    """Send the reported case to legal review where demanded, else to the head."""
    actions.send_on(current_actor(), case_id, clock.today())
    return redirect(url_for("cases.show", case_id=case_id))


@bp.route("/cases/<int:case_id>/decision", methods=["POST"], permission=Permission.CASE_HANDLE)
def submit_decision(case_id: int) -> Any:
    """Send the decision to the head."""
    actions.propose_decision(current_actor(), case_id, clock.today())
    return redirect(url_for("cases.show", case_id=case_id))
