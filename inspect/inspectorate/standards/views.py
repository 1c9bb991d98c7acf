"""Screens of local standards: which bind here, what each says, loading one and ending one."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from .. import clock
from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.queries import own_agency
from ..accounts.regions import covers
from ..audit.presentation import readable
from ..audit.queries import history
from ..late_saves import saving
from ..limits import MB, STANDARD
from ..web import Area, current_actor, refusals_on
from . import actions, queries, shown
from .forms import EndForm, LoadForm
from .models import LocalStandard

bp = Area("standards", __name__)


@bp.route("/standards", permission=Permission.SIGNED_IN)
def index() -> str:
    """The standards that bind here and those loaded below."""
    actor, today = current_actor(), clock.today()
    rows = [(row, shown.state_of(row, today)) for row in queries.standards(actor)]
    return render_template("standards/index.html", rows=rows, may_load=actor.may(Permission.STANDARDS_WRITE))


@bp.route("/standards/<int:standard_id>", permission=Permission.SIGNED_IN)
def show(standard_id: int) -> str:
    """One standard: every violation with its local tiers beside the statutory range."""
    actor, today = current_actor(), clock.today()
    row = queries.standard(actor, standard_id)
    return render_template(
        "standards/show.html",
        standard=row,
        state=shown.state_of(row, today),
        rules=shown.rule_lines(queries.standard_of(row)),
        remarks=queries.outgrown(row),
        may_end=_may_end(actor, row),
        history=readable(reversed(history(row))),
    )


@bp.route("/standards/new", methods=["GET", "POST"], permission=Permission.STANDARDS_WRITE)
def new() -> Any:
    """Load a standard from its file, whole or not at all."""
    actor, form = current_actor(), LoadForm()
    today = clock.today()
    form.offer(row for row in queries.standards(actor) if row.in_force_on(today) and _may_end(actor, row))
    if form.validate_on_submit():
        text = form.text()
        if text is None:
            message = _(
                "This is no text in UTF-8 of at most %(most)d MB. Save the file as TOML in UTF-8.", most=STANDARD // MB
            )
            form.file.errors = [message]
        else:
            with refusals_on(form):
                agency = own_agency(actor).authority
                name = form.file.data.filename or "standard.toml"
                row = actions.load_standard(actor, text, name, agency, replaces_id=form.replaces_id.data)
                flash(_("The standard has been loaded."), "success")
                return redirect(url_for("standards.show", standard_id=row.id))
    return render_template("standards/new.html", form=form)


@bp.route("/standards/<int:standard_id>/end", methods=["GET", "POST"], permission=Permission.STANDARDS_WRITE)
def end(standard_id: int) -> Any:
    """End a standard on a day."""
    actor = current_actor()
    row = queries.standard(actor, standard_id)
    form = EndForm()
    if not form.is_submitted():
        form.version.data = str(row.version)
    elif form.validate() and form.on.data:
        on, reason, version = form.on.data, form.reason.data, form.read_version
        with saving(form, row):
            actions.end_standard(actor, standard_id, on, reason=reason, version=version)
            flash(_("The standard ends on that day."), "success")
            return redirect(url_for("standards.show", standard_id=standard_id))
    return render_template("standards/end.html", form=form, standard=row)


def _may_end(actor: Actor, row: LocalStandard) -> bool:
    return actor.may(Permission.STANDARDS_WRITE) and covers(actor.region_code, row.region_code)
