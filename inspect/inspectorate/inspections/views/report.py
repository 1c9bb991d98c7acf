"""The page of an inspection, its papers before they are issued, supplements, withdrawal."""

from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...audit.presentation import readable
from ...audit.queries import history
from ...documents import papers as documents
from ...late_saves import saving
from ...web import current_actor
from .. import actions, entry, picker, queries, rules, snapshots, submission
from ..forms import ReasonForm, SupplementForm
from ..models import Inspection
from ..shown import exhibits, issued_papers, told
from ..words import STATE_TONES, STATES
from .blueprint import bp, step_of_field


@bp.route("/inspections/<int:inspection_id>", permission=Permission.INSPECTION_READ)
def show(inspection_id: int) -> str:
    """Everything about one inspection: report, findings, evidence, papers, supplements, record."""
    actor = current_actor()
    report = queries.inspection(actor, inspection_id)
    makers = queries.makers_within(report)
    return render_template(
        "inspections/show.html",
        report=report,
        writes=actor.may(Permission.INSPECTION_WRITE) and queries.taking_part(actor, report),
        next_step=_next_step(report),
        choice=lambda code: picker.choice(code, report.sector, report.inspected_on),
        exhibits=exhibits(report.evidence, makers),
        papers=issued_papers(report),
        makers=makers,
        entries=readable(reversed(history(report))),
        case_url=_case_url(report),
        recheck=_recheck_is_due(report),
        late_entry=bool(report.entry_approval and entry.is_late(report.entry_approval, clock.today())),
        entry_due_on=rules.approval_due_on,
        told=[(label, value) for label, value, _url in told(report)],
        words={"states": STATES, "tones": STATE_TONES},
    )


def _recheck_is_due(report: Inspection) -> bool:
    """Whether the order of a submitted report waits for a recheck, and the actor makes visits."""
    actor = current_actor()
    ordered = report.state == "submitted" and report.order_correction
    return ordered and actor.may(Permission.INSPECTION_WRITE) and not queries.looked_at_again(actor, report)


def _next_step(report: Inspection) -> str:
    """Where a draft goes on: the first step that lacks something."""
    first = next(iter(submission.standing_against(report)), None) if report.state == "draft" else None
    return step_of_field(first.field) if first else "check"


def _case_url(report: Inspection) -> str | None:
    """Where a case is opened from a submitted report with findings, for those who may."""
    may = current_actor().may(Permission.CASE_HANDLE)
    if not may or report.state != "submitted" or not report.findings or "cases.new" not in current_app.view_functions:
        return None
    return url_for("cases.new", inspection_id=report.id)


@bp.route(
    "/inspections/<int:inspection_id>/papers/<kind>.pdf",
    permission=Permission.INSPECTION_WRITE,
    records="documents:draft:open",
)
def preview(inspection_id: int, kind: str) -> Response:
    """A paper as submitting would issue it: 草稿 across the page, no number."""
    report = actions.writable(current_actor(), inspection_id)
    wanted = next((one for one in snapshots.papers_of(report, clock.today()) if one[0] == kind), None)
    if wanted is None:
        abort(404)
    content = documents.pdf_of_paper(documents.draft_paper(*wanted))
    response = Response(content, content_type=documents.PDF)
    response.headers["Content-Disposition"] = f"inline; filename={kind}-draft.pdf"
    return response


@bp.route(
    "/inspections/<int:inspection_id>/supplement", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE
)
def supplement(inspection_id: int) -> Any:
    """Correct or complete a submitted report."""
    actor = current_actor()
    report = submission.open_to_supplements(actor, inspection_id)
    form = SupplementForm()
    if not form.is_submitted():
        form.version.data = str(report.version)
    elif form.validate():
        with saving(form, report):
            text, reason = form.text.data or "", form.reason.data or ""
            submission.supplement_report(actor, inspection_id, version=form.read_version, text=text, reason=reason)
            flash(_("The supplement stands below the report."), "success")
            return redirect(url_for("inspections.show", inspection_id=inspection_id, _anchor="supplements"))
    return render_template("inspections/supplement.html", form=form, report=report)


@bp.route("/inspections/<int:inspection_id>/withdraw", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE)
def withdraw(inspection_id: int) -> Any:
    """Withdraw a draft with the reason."""
    actor = current_actor()
    report = actions.writable(actor, inspection_id)
    form = ReasonForm()
    if not form.is_submitted():
        form.version.data = str(report.version)
    elif form.validate():
        with saving(form, report):
            submission.withdraw_report(actor, inspection_id, version=form.read_version, reason=form.reason.data)
            flash(_("The draft was withdrawn. Its approval of entry is free again."), "success")
            return redirect(url_for("inspections.index"))
    return render_template("inspections/withdraw.html", form=form, report=report)
