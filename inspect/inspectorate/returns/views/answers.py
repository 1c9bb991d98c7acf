"""Acts on one return: signing, accepting, sending back with reasons at the cells, freezing, passing on."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from wtforms import HiddenField
from wtforms.validators import Length

from ... import clock
from ...accounts.permissions import Permission
from ...campaigns.measures.wishes import FOOT
from ...errors import Refused, Stale, refusals_in
from ...fields import VersionedForm, rows_changed
from ...late_saves import saving
from ...web import current_actor
from .. import actions, desks, snapshots
from ..actions.steps import standing_of
from ..forms import SendBackForm
from ..models import Return
from ..reading import label_at
from ..rules import Act, objection
from ..tables import DEPARTMENT, table_of
from .blueprint import at_places, board_url, bp, shared
from .page import findings_shown, needs_signature, sheet_parts, work_on


class SignForm(VersionedForm):
    """The head's name under the figures that were shown."""

    figures = HiddenField(validators=[Length(max=64)])


@bp.route("/returns/<int:return_id>/sign", methods=["GET", "POST"], permission=Permission.CAMPAIGN_SIGN)
def sign(return_id: int) -> Any:
    """签发: the table as it will go up, and the button that puts the head's name under it."""
    actor, today = current_actor(), clock.today()
    row = desks.visible(actor, return_id)
    desks.demand(actor, row, Act.SIGN)
    if not request.form and objection(Act.SIGN, standing_of(row)):
        return redirect(url_for("returns.show", return_id=row.id))
    form = SignForm()
    work = work_on(row, today)
    figures = snapshots.figures_hash(row, work.table)
    if form.is_submitted() and form.validate():
        with saving(form, row):
            actions.sign(actor, row.id, today, version=form.read_version, seen=form.figures.data)
            flash(_("Your name stands under the table."), "success")
            return redirect(url_for("returns.show", return_id=row.id))
        work = work_on(row, today)
        figures = snapshots.figures_hash(row, work.table)
    form.version.data, form.figures.data = str(row.version), figures
    return render_template(
        "returns/sign.html",
        **shared(row, work.form),
        **sheet_parts(work.table.filled, row),
        form=form,
        figures=figures,
        findings=findings_shown(work),
        signature=needs_signature(row, work.form),
    )


@bp.route("/returns/<int:return_id>/accept", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def accept(return_id: int) -> Any:
    """Accept one table."""
    return _act(return_id, actions.accept, _("The table has been accepted."), to_board=True)


@bp.route("/returns/<int:return_id>/pass-on", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def pass_on(return_id: int) -> Any:
    """Submit a frozen table to the office above, as it was frozen."""
    return _act(return_id, _passed_on, _("The frozen table has been submitted."))


def _passed_on(actor: Any, return_id: int, *, version: int | None = None) -> Any:
    return actions.submit(actor, return_id, clock.today(), version=version)


def _act(return_id: int, action: Any, told: str, *, to_board: bool = False) -> Any:
    """An act of one button; a refusal is told on the return's page."""
    row = desks.visible(current_actor(), return_id)
    try:
        action(current_actor(), return_id, version=request.form.get("version", 0, type=int))
    except Refused as error:
        if not refusals_in(error) and not isinstance(error, Stale):
            raise
        late = _("It has changed since the page was opened. Look at it again.")
        flash(late if isinstance(error, Stale) else str(error), "warning")
        return redirect(url_for("returns.show", return_id=return_id))
    flash(told, "success")
    return redirect(board_url(row) if to_board else url_for("returns.show", return_id=return_id))


@bp.route("/returns/<int:return_id>/send-back", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def send_back(return_id: int) -> Any:
    """Return it to its office, with reasons at its cells."""
    actor, today = current_actor(), clock.today()
    row = desks.visible(actor, return_id)
    desks.demand(actor, row, Act.SEND_BACK)
    last = snapshots.last_of(row)
    table = table_of(row, today)
    filled = snapshots.drawn(last).filled if last else table.filled
    form = SendBackForm()
    form.offer(_places(row, filled))
    if not form.is_submitted():
        if objection(Act.SEND_BACK, standing_of(row)):
            return redirect(url_for("returns.show", return_id=row.id))
        form.version.data = str(row.version)
        form.objections[0].form.place.data = request.args.get("place", "")
    elif not rows_changed(form) and form.validate():
        with saving(form, row):
            actions.send_back(actor, row.id, form.told(), version=form.read_version)
            flash(_("The table has been sent back."), "success")
            return redirect(board_url(row))
    form.offer(_places(row, filled))
    return render_template(
        "returns/send_back.html", **shared(row, filled.form), **sheet_parts(filled, row), form=form,
        findings=last.content.get("findings", []) if last else [],
    )  # fmt: skip


def _places(row: Return, filled: Any) -> list[tuple[str, str]]:
    """The figures of the sheet and of its footers as choices, those that are not empty first."""
    known = [address for address, slot in filled.slots.items() if slot.applicable]
    known.sort(key=lambda address: not filled.value(address))
    known += [(FOOT, name) for name in filled.foot]
    return [(f"{row_id}@{col_id}", label_at(filled.form, (row_id, col_id))) for row_id, col_id in known]


@bp.route("/returns/<int:return_id>/freeze", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def freeze(return_id: int) -> Any:
    """定稿: what the table says, who is in it and who is not and why, and the button that freezes it."""
    actor, today = current_actor(), clock.today()
    row = desks.visible(actor, return_id)
    desks.demand(actor, row, Act.FREEZE)
    if row.kind == DEPARTMENT or (not request.form and objection(Act.FREEZE, standing_of(row))):
        return redirect(url_for("returns.show", return_id=row.id))
    work = work_on(row, today)
    sheet = work.sheet()
    if not sheet.is_submitted():
        sheet.version.data = str(row.version)
    elif sheet.validate():
        with saving(sheet, row), at_places(sheet):
            actions.freeze(actor, row.id, today, version=sheet.read_version, reasons=sheet.explained())
            flash(_("The table has been frozen."), "success")
            return redirect(url_for("returns.show", return_id=row.id))
    return render_template(
        "returns/freeze.html",
        **shared(row, work.form),
        **sheet_parts(work.table.filled, row),
        sheet=sheet,
        findings=findings_shown(work),
        missing=work.missing,
        signature=needs_signature(row, work.form),
    )
