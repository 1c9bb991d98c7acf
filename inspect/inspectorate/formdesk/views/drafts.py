"""A draft as a whole: its sheet and mistakes, its text, its file; published, taken back a step, or thrown away."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...accounts.permissions import Permission
from ...errors import Refused, refusals_in
from ...exports import download
from ...late_saves import saving
from ...web import current_actor
from .. import actions, history, queries
from ..forms import DraftForm, TextForm
from ..models import FormDraft
from ..source import Source
from .blueprint import TOML, bp, drawn

_URL = "/forms/drafts/<int:drafted_id>"


def _button(draft: FormDraft, **sent: Any) -> DraftForm:
    return DraftForm(data={"version": draft.version}, **sent)


@bp.route(_URL, permission=Permission.CAMPAIGN_WRITE)
def draft(drafted_id: int) -> str:
    """The sheet, blank or with the figures of the own region, what is still wrong, and what was changed last."""
    row = queries.draft(current_actor(), drafted_id)
    figures = "figures" in request.args
    return render_template(
        "formdesk/draft.html",
        draft=row,
        preview=drawn(row, figures=figures),
        figures=figures,
        form=_button(row),
        kept=Source(row.definition).kept,
        entries=history.entries(row),
    )


@bp.route(f"{_URL}/form.toml", permission=Permission.CAMPAIGN_WRITE)
def draft_file(drafted_id: int) -> Any:
    """The draft as a file."""
    row = queries.draft(current_actor(), drafted_id)
    return download(row.definition.encode(), TOML, f"{row.code}.toml")


@bp.route(f"{_URL}/text", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def text(drafted_id: int) -> Any:
    """The definition itself, for those who would rather write it."""
    actor = current_actor()
    row = queries.draft(actor, drafted_id)

    def make(**sent: Any) -> TextForm:
        return TextForm(data={"version": row.version, "text": row.definition}, **sent)

    form, drawn_text = make(), row.definition
    if form.validate_on_submit():
        typed = form.text.data or ""
        if "preview" in request.form:
            try:
                drawn_text = actions.sound(typed, field="text")
            except Refused as error:
                form.text.errors = list(map(str, refusals_in(error)))
            if request.form["preview"] == "part":
                return render_template(
                    "formdesk/preview.html", preview=drawn(row, drawn_text), pending=bool(form.errors)
                )
        else:
            with saving(form, row, lambda: make(formdata=None), entries=history.entries):
                actions.rewrite(actor, drafted_id, typed, version=form.read_version)
                flash(_("The definition has been saved."), "success")
                return redirect(url_for("formdesk.text", drafted_id=drafted_id))
    return render_template("formdesk/text.html", form=form, draft=row, preview=drawn(row, drawn_text))


@bp.route(f"{_URL}/publish", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def publish(drafted_id: int) -> Any:
    """Make it the form of its id, after a look at what uses that already."""
    actor = current_actor()
    row = queries.draft(actor, drafted_id)
    form, reported = _button(row), queries.returns_of(row.code)
    if form.validate_on_submit():
        if reported and not form.known.data:
            form.known.errors = [_("Tick this, or give the form another id.")]
        else:
            with saving(form, row, entries=history.entries):
                published = actions.publish(actor, drafted_id, version=form.read_version)
                flash(_("The form has been published."), "success")
                return redirect(url_for("formdesk.show", form_id=published.id))
    return render_template(
        "formdesk/publish.html", form=form, draft=row, preview=drawn(row), reported=reported, uses=_uses(row)
    )


def _uses(row: FormDraft) -> Any:
    return queries.campaigns_by_form(current_actor()).get(row.code, [])


@bp.route(f"{_URL}/undo", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def undo(drafted_id: int) -> Any:
    """Take the last change back."""
    actions.go_back(
        current_actor(), drafted_id, version=_button(queries.draft(current_actor(), drafted_id)).read_version
    )
    flash(_("The last change has been taken back. Press again to make it once more."), "success")
    return redirect(url_for("formdesk.draft", drafted_id=drafted_id))


@bp.route(f"{_URL}/discard", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def discard(drafted_id: int) -> Any:
    """Throw the draft away."""
    row = queries.draft(current_actor(), drafted_id)
    actions.discard(current_actor(), drafted_id, version=_button(row).read_version)
    flash(_("The draft has been thrown away."), "success")
    return redirect(url_for("formdesk.index"))
