"""Beginning a form: empty, from another, or from a file."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...limits import DEFINITION
from ...web import current_actor, refusals_on
from .. import actions, queries, writing
from ..forms import LoadForm, NewForm
from ..source import Source
from .blueprint import bp


@bp.route("/forms/new", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def new() -> Any:
    """Begin a draft: empty, or from a form that there is."""
    actor = current_actor()
    known = [(one.form.id, f"{one.form.title} ({one.form.id})") for one in queries.forms(actor)]
    form = NewForm(data={"like": request.args.get("like", "")})
    form.like.choices = [("", _("an empty form")), *known]
    if form.validate_on_submit():
        with refusals_on(form):
            draft = actions.begin(actor, _text(actor, form))
            flash(_("The draft has been begun. It counts nothing until it is published."), "success")
            return redirect(url_for("formdesk.draft", drafted_id=draft.id))
    return render_template("formdesk/new.html", form=form)


def _text(actor: Actor, form: NewForm) -> str:
    """The definition to begin with; what was published of the form it is like stays with that form."""
    about = {"id": form.id.data, "title": form.title.data}
    if not form.like.data:
        return writing.definition({"form": about, "period": {"kind": "campaign"}})
    source = Source(queries.form(actor, form.like.data).text)
    source.one("form").update(about)
    source.remove(source.many("known"))
    return source.text


@bp.route("/forms/load", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def load() -> Any:
    """Load a form from its file, whole or not at all; or open it as a draft and mend it there."""
    actor, form = current_actor(), LoadForm()
    if form.validate_on_submit():
        text, name = form.text(), form.file.data.filename or actions.FILE
        if text is None:
            message = _("This is no text in UTF-8 of at most %(most)d characters. Save the file as TOML in UTF-8.")
            form.file.errors = [message % {"most": DEFINITION}]
        else:
            with refusals_on(form):
                if "open" in request.form:
                    draft = actions.begin(actor, actions.sound(text, file=name, field="file"))
                    return redirect(url_for("formdesk.draft", drafted_id=draft.id))
                loaded = actions.load(actor, text, name, field="file")
                flash(_("The form has been loaded."), "success")
                return redirect(url_for("formdesk.show", form_id=loaded.id))
    return render_template("formdesk/load.html", form=form)
