"""The blueprint of the form editor and the way in which all its pages save, show and draw."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request

from ... import clock
from ...errors import Refused, refusals_in
from ...fields import VersionedForm, rows_changed
from ...late_saves import saving
from ...web import Area, current_actor
from .. import actions, history, shown
from ..models import FormDraft
from ..source import Source

bp = Area("formdesk", __name__)

TOML = "application/toml; charset=utf-8"

Bring = Callable[[Any, Source], None]
"""Brings what a form holds into a definition."""

FIELDS = {"m": "terms", "pair": "terms", "where": "filters", "list": "items", "nodes": "nodes", "choices": "choices_",
          "from": "start", "to": "end", "due": "due_county"}  # fmt: skip
"""Keys that are called otherwise on the screen."""


def edited(
    draft: FormDraft,
    part: str,
    make: Callable[..., Any],
    bring: Bring,
    done: Callable[[Any], str],
    page: str,
    **more: Any,
) -> Any:
    """A page that changes a part of a draft: drawn as it is typed, saved when it is sent.

    ``make`` opens the form, from the database alone with ``formdata=None``; ``done`` says where to go on. Without
    scripts the button "preview" draws what has been typed below the form.
    """
    form, text = make(), draft.definition
    if form.is_submitted() and not rows_changed(form):
        valid = form.validate()
        if "preview" in request.form:
            text = _tried(draft, form, bring) if valid else text
            if request.form["preview"] == "part":
                return render_template("formdesk/preview.html", preview=drawn(draft, text), pending=not valid)
        elif valid:
            with saving(form, draft, lambda: make(formdata=None), entries=history.entries):
                actions.change(current_actor(), draft.id, part, lambda s: bring(form, s), version=form.read_version)
                return redirect(done(form))
    return render_template(page, form=form, draft=draft, preview=drawn(draft, text), **more)


def _tried(draft: FormDraft, form: Any, bring: Bring) -> str:
    """The definition with what was typed, or, where that is none, as it is saved; nothing is changed."""
    source = Source(draft.definition)
    try:
        bring(form, source)
        return actions.sound(source.text)
    except Refused as error:
        form.form_errors.extend(map(str, refusals_in(error)))
        return draft.definition


def drawn(draft: FormDraft, text: str | None = None, *, figures: bool = False) -> shown.Preview:
    """The sheet of a draft."""
    region, today = current_actor().region_code, clock.today()
    return shown.preview(draft, text or draft.definition, region, today, figures=figures)


def mark(form: VersionedForm, draft: FormDraft, table: str, index: int = 0) -> None:
    """Say what is wrong with a table beside its fields, as soon as the page is opened."""
    if form.is_submitted():
        return
    for one in drawn(draft).mistakes:
        if one.spot.table == table and one.spot.place == index:
            field = getattr(form, FIELDS.get(one.spot.key, one.spot.key), None) if one.spot.key else None
            if field is None or not hasattr(field, "errors"):
                form.form_errors.append(one.text)
            else:
                field.errors = [*field.errors, one.text]
