"""A correction of what has been frozen: each difference with its reason."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...late_saves import saving
from ...web import current_actor
from .. import actions, desks, snapshots
from ..actions.steps import standing_of
from ..forms import Sheet, correction_labels
from ..models import Return
from ..rules import STEPS, Act
from ..snapshots import Difference
from .blueprint import at_places, bp, shared
from .page import Work, findings_shown, keep_for_signature, needs_signature, objections_shown, sheet_parts, work_on


@bp.route("/returns/<int:return_id>/correct", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def correct(return_id: int) -> Any:
    """What the frozen table says, what it says today, and why."""
    actor, today = current_actor(), clock.today()
    row = desks.visible(actor, return_id)
    desks.demand(actor, row, Act.CORRECT)
    if not request.form and Act.CORRECT not in STEPS[standing_of(row)]:
        return redirect(url_for("returns.show", return_id=row.id))
    work = work_on(row, today)
    changed = _changed(row, work)
    sheet = _sheet(row, work, changed)
    if not sheet.is_submitted():
        sheet.version.data = str(row.version)
    elif sheet.validate():
        with saving(sheet, row, lambda: _sheet(row, work_on(row, today), changed, fill=False)), at_places(sheet):
            return _saved(sheet, row)
        if sheet.unsigned:
            keep_for_signature(sheet, row, today)
    return render_template(
        "returns/correct.html",
        **shared(row, work.form),
        **sheet_parts(work.table.filled, row),
        sheet=sheet,
        changed=changed,
        findings=findings_shown(work),
        missing=work.missing,
        objections=objections_shown(row, work.form),
        signature=needs_signature(row, work.form),
        last=snapshots.last_of(row),
    )


def _changed(row: Return, work: Work) -> list[Difference]:
    last = snapshots.last_of(row)
    return snapshots.compared(snapshots.drawn(last).filled, work.table.filled) if last else []


def _sheet(row: Return, work: Work, changed: list[Difference], *, fill: bool = True) -> Sheet:
    more = correction_labels(changed)
    if not row.snapshots:
        more["late"] = _("Why it comes after the table of the region was frozen")
    return work.sheet(more=more, fill=fill)


def _saved(sheet: Sheet, row: Return) -> Any:
    actor, today = current_actor(), clock.today()
    values: dict[str, Any] = {"version": sheet.read_version, "reasons": sheet.explained(), "signers": sheet.signers()}
    if "submit" not in request.form:
        actions.type_in(actor, row.id, sheet.document() or {}, today, **values)
        flash(_("Saved. Nothing has been filed yet."), "success")
        return redirect(url_for("returns.correct", return_id=row.id))
    actions.correct(actor, row.id, today, document=sheet.document(), **values)
    flash(_("The correction has been filed."), "success")
    return redirect(url_for("returns.show", return_id=row.id))
