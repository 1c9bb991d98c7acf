"""The forms there are: the list, one drawn blank and in words, its file and its earlier editions."""

from typing import Any

from flask import render_template, request

from ... import clock
from ...accounts.permissions import Permission
from ...audit.presentation import readable
from ...audit.queries import history
from ...campaigns.engine.parsing import parse
from ...campaigns.words import LEVELS
from ...exports import download
from ...web import current_actor
from .. import queries, shown, words
from .blueprint import TOML, bp


@bp.route("/forms", permission=Permission.CAMPAIGN_READ)
def index() -> str:
    """The forms, what uses them, and the drafts of the own office."""
    actor = current_actor()
    may_make = actor.may(Permission.CAMPAIGN_WRITE)
    return render_template(
        "formdesk/index.html",
        forms=queries.forms(actor),
        uses=queries.campaigns_by_form(actor),
        drafts=queries.drafts(actor) if may_make else [],
        may_make=may_make,
        periods=words.PERIODS,
    )


@bp.route("/forms/<form_id>", permission=Permission.CAMPAIGN_READ)
def show(form_id: str) -> str:
    """A form as it prints, and all it says in words; an earlier edition with ``?edition=1``."""
    actor, today = current_actor(), clock.today()
    known = queries.form(actor, form_id)
    edition = request.args.get("edition", type=int)
    form = parse(queries.edition(known, edition).definition) if edition else known.form
    return render_template(
        "formdesk/show.html",
        known=known,
        definition=form,
        edition=edition,
        layout=shown.sheet(form, actor.region_code, today),
        axes=[(name, shown.lines_of(form, name)) for name in ("rows", "cols")],
        checks=shown.checks_of(form),
        described=shown.described(form),
        words=words,
        chain=" → ".join(str(LEVELS.get(level, level)) for level in form.report.chain),
        campaigns=queries.campaigns_by_form(actor).get(form_id, []),
        may_make=actor.may(Permission.CAMPAIGN_WRITE),
        entries=readable(reversed(history(known.row))) if known.row else [],
    )


@bp.route("/forms/<form_id>/form.toml", permission=Permission.CAMPAIGN_READ)
def file(form_id: str) -> Any:
    """The definition as a file, as it was loaded."""
    known = queries.form(current_actor(), form_id)
    edition = request.args.get("edition", type=int)
    text = queries.edition(known, edition).definition if edition else known.text
    return download(text.encode(), TOML, f"{form_id}.toml")
