"""Adding evidence to a draft, withdrawing it, and the files themselves."""

import io
from collections.abc import Sequence
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _

from ...accounts.permissions import Permission
from ...columns import new_key
from ...errors import NotFound, Refusal
from ...late_saves import saving
from ...web import current_actor, refusals_on
from .. import actions, evidence, submission, uploads
from ..forms import EvidenceForm, ReasonForm
from ..models import Inspection
from ..shown import Exhibit, exhibits
from .blueprint import bp, following, step_page, step_url

# Files come from strangers: no script, no form, no frame of theirs runs under this site's name.
FILE_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
UNKNOWN = "application/octet-stream"
SHOWN_INLINE = uploads.PICTURES | {"video/mp4", "audio/mp4", "audio/mpeg", "audio/wave"}


@bp.route(
    "/inspections/<int:inspection_id>/evidence",
    methods=["GET", "POST"],
    permission=Permission.INSPECTION_WRITE,
    endpoint="evidence",
)
def evidence_step(inspection_id: int) -> Any:
    """Photographs and files of a draft."""
    actor = current_actor()
    report = actions.writable(actor, inspection_id)
    form = EvidenceForm()
    sent = _sent(form)
    if form.is_submitted() and "add" not in request.form and not sent and not form.title.data:
        return redirect(step_url(report, following("evidence")))
    if form.is_submitted() and form.validate():
        with refusals_on(form):
            rows, refused = evidence.add_what_can_be_taken(
                actor,
                report,
                sent,
                kind=form.kind.data or "",
                title=form.title.data,
                proves=form.proves.data,
                key=form.key.data or "",
            )
            flash(_("Added: %(titles)s", titles="、".join(row.title for row in rows)), "success")
            if refused:
                return _once_more(report, form, refused)
            return redirect(step_url(report, "evidence" if "add" in request.form else following("evidence")))
    return _page(report, form)


def _page(report: Inspection, form: EvidenceForm) -> str:
    shown, withdrawing = exhibits(report.evidence), _withdrawing(report.id)
    return step_page(report, "evidence", form, exhibits=shown, accept=uploads.ACCEPT, withdrawing=withdrawing)


def _once_more(report: Inspection, form: EvidenceForm, refused: Sequence[Refusal]) -> str:
    """The form as it was typed, for the files that were not taken; the others are kept."""
    form.files.errors = [str(refusal) for refusal in refused]
    form.key.data = new_key()
    form.key.raw_data = None
    return _page(report, form)


def _withdrawing(inspection_id: int) -> Any:
    def link(exhibit: Exhibit) -> tuple[str, str] | None:
        if exhibit.withdrawn:
            return None
        way = url_for("inspections.withdraw_evidence", inspection_id=inspection_id, evidence_id=exhibit.id)
        return _("Withdraw"), way

    return link


def _sent(form: EvidenceForm) -> list[uploads.Upload]:
    return uploads.received([*(form.photos.data or []), *(form.files.data or [])])


@bp.route(
    "/inspections/<int:inspection_id>/evidence/<int:evidence_id>/withdraw",
    methods=["GET", "POST"],
    permission=Permission.INSPECTION_WRITE,
)
def withdraw_evidence(inspection_id: int, evidence_id: int) -> Any:
    """Withdraw a piece of evidence of a draft with the reason."""
    actor = current_actor()
    report = actions.writable(actor, inspection_id)
    row = next((one for one in report.evidence if one.id == evidence_id), None)
    if row is None:
        raise NotFound
    form = ReasonForm()
    if not form.is_submitted():
        form.version.data = str(report.version)
    elif form.validate():
        with saving(form, report):
            reason, version = form.reason.data, form.read_version
            submission.withdraw_exhibit(actor, inspection_id, evidence_id, version=version, reason=reason)
            return redirect(step_url(report, "evidence"))
    return render_template("inspections/withdraw_evidence.html", form=form, report=report, row=row)


@bp.route("/evidence/<int:evidence_id>", permission=Permission.SIGNED_IN)
def evidence_file(evidence_id: int) -> Response:
    """A piece of evidence, checked against its SHA-256: pictures and recordings are shown, the rest is downloaded.

    What it is, is read from its content once more: what a row says of it came from somewhere else.
    """
    row = evidence.readable(current_actor(), evidence_id)
    content = evidence.content_of(row)
    kind = uploads.kind_of(content) or UNKNOWN
    way = "inline" if kind in SHOWN_INLINE else "attachment"
    return _file(content, kind, way, uploads.safe_name(row.filename or f"evidence-{row.id}"))


@bp.route("/evidence/<int:evidence_id>/thumbnail", permission=Permission.SIGNED_IN)
def thumbnail(evidence_id: int) -> Response:
    """A small picture of a photograph."""
    row = evidence.readable(current_actor(), evidence_id)
    if row.media_type not in uploads.PICTURES:
        abort(404)
    return _file(uploads.thumbnail(evidence.content_of(row)), "image/jpeg", "inline", f"thumbnail-{row.id}.jpg")


def _file(content: bytes, media_type: str, way: str, filename: str) -> Response:
    response = send_file(
        io.BytesIO(content), mimetype=media_type, as_attachment=way == "attachment", download_name=filename
    )
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response
