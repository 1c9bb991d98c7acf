"""Facts, days, amounts and evidence; and the ways out of a case."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...columns import new_key
from ...errors import Refusal
from ...inspections import uploads
from ...late_saves import saving
from ...law.words import BASES, COUNTED, term
from ...web import current_actor
from .. import actions
from ..assessment import known_violation
from ..findings_shown import tier_hints, violation_title
from ..forms import EvidenceForm, InvestigationForm, TransferForm, findings_of, in_language
from ..models import Case
from .blueprint import bp, by_reason, case_url, fresh, loaded, step_page


@bp.route("/cases/<int:case_id>/investigation", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def investigation(case_id: int) -> Any:
    """What was found out about each violation; its range appears on the page of the penalties."""
    case, form = loaded(case_id), InvestigationForm()
    fresh(form, case)
    if not form.is_submitted():
        form.fill(case)
    form.offer(case)
    if form.is_submitted() and form.validate():
        onwards = case_url(case_id, "facts")
        if case.state == "investigation":
            onwards = url_for("cases.proposal", case_id=case_id, respondent_id=case.respondents[0].id)
        with saving(form, case, lambda: _opened_anew(case)):
            actions.save_findings(current_actor(), case_id, form.steps(), clock.today(), version=form.read_version)
            return redirect(onwards)
    case = loaded(case_id)
    return step_page(
        "investigation",
        case,
        form,
        findings={str(finding.id): finding for finding in findings_of(case)},
        title_of=violation_title,
        hints=tier_hints(case, clock.today()),
        bases_needed=_bases_needed,
        base_words=lambda name: in_language(term(BASES, name)),
        unit_of=lambda name: in_language(COUNTED[name]) if name in COUNTED else _("yuan"),
    )


def _opened_anew(case: Case) -> InvestigationForm:
    form = InvestigationForm(formdata=None)
    form.fill(case)
    form.offer(case)
    return form


def _bases_needed(code: str) -> tuple[str, ...]:
    entry = known_violation(code)
    return entry.bases if entry else ()


@bp.route("/cases/<int:case_id>/evidence", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def evidence(case_id: int) -> Any:
    """Add evidence to the case."""
    case, form = loaded(case_id), EvidenceForm()
    fresh(form, case)
    if form.validate_on_submit():
        with saving(form, case):
            refused = _add(case_id, form)
            if not refused:
                return redirect(case_url(case_id, "evidence"))
            _once_more(form, loaded(case_id), refused)
    return step_page("evidence", loaded(case_id), form, accept=uploads.ACCEPT)


def _add(case_id: int, form: EvidenceForm) -> list[Refusal]:
    """The good files are kept; what each of the others is refused for."""
    sent = uploads.received(form.files.data or [])
    step = actions.EvidenceStep(form.kind.data or "", sent, form.title.data, form.proves.data)
    key, version = form.key.data or "", form.read_version
    rows, refused = actions.add_what_can_be_taken(current_actor(), case_id, step, key=key, version=version)
    if refused:
        flash(_("Added: %(titles)s", titles="、".join(row.title for row in rows)), "success")
    return refused


def _once_more(form: EvidenceForm, case: Case, refused: list[Refusal]) -> None:
    """The form as it was typed, for the files that were not taken; the others are kept."""
    form.files.errors = [str(refusal) for refusal in refused]
    form.key.data, form.version.data, form.read.data = new_key(), str(case.version), None


@bp.route(
    "/cases/<int:case_id>/evidence/<int:evidence_id>/withdraw",
    methods=["GET", "POST"],
    permission=Permission.CASE_HANDLE,
)
def withdraw_evidence(case_id: int, evidence_id: int) -> Any:
    """Withdraw evidence with the reason; it stays in the file."""

    def take(reason: str, version: int) -> None:
        actions.withdraw_evidence(current_actor(), case_id, evidence_id, reason=reason, version=version)

    return by_reason(case_id, "evidence", take, to=case_url(case_id, "evidence"))


@bp.route("/cases/<int:case_id>/resume", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def resume(case_id: int) -> Any:
    """Take the case back into the investigation."""

    def take(reason: str, version: int) -> None:
        actions.resume_investigation(current_actor(), case_id, clock.today(), reason=reason, version=version)

    return by_reason(case_id, "resume", take, _("The investigation goes on."))


@bp.route("/cases/<int:case_id>/terminate", methods=["GET", "POST"], permission=Permission.CASE_APPROVE)
def terminate(case_id: int) -> Any:
    """End the case without a decision."""

    def take(reason: str, version: int) -> None:
        actions.terminate_case(current_actor(), case_id, clock.today(), reason=reason, version=version)

    return by_reason(case_id, "terminate", take, _("The case has been ended without a decision."))


@bp.route("/cases/<int:case_id>/transfer", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def transfer(case_id: int) -> Any:
    """Record the transfer to the judicial organs."""
    case, form = loaded(case_id), TransferForm()
    fresh(form, case)
    if form.validate_on_submit() and form.on.data:
        on, today, reason = form.on.data, clock.today(), form.reason.data or ""
        with saving(form, case):
            actions.record_transfer(current_actor(), case_id, on, today, reason=reason, version=form.read_version)
            flash(_("The transfer has been recorded."), "success")
            return redirect(case_url(case_id))
    return step_page("transfer", loaded(case_id), form)
