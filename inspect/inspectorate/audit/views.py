"""The record of a region on screen, for auditors."""

from flask import render_template, request

from ..accounts.permissions import Permission
from ..web import Area, current_actor
from . import events
from .forms import EventFilter
from .presentation import readable
from .subjects import names

bp = Area("audit", __name__)


@bp.route("/record", permission=Permission.RECORD_READ)
def index() -> str:
    """What was done in the region, newest first."""
    actor, form = current_actor(), EventFilter(request.args)
    filters = events.Filters(
        who=(form.who.data or "").strip(),
        about=(form.q.data or "").strip(),
        kind=form.kind.data or "",
        subject_type=form.subject.data or "",
    )
    part = events.events(actor, filters, after=request.args.get("after"), before=request.args.get("before"))
    named = names(actor, {(entry.subject_type, entry.subject_id) for entry in part.rows})
    return render_template(
        "audit/index.html", form=form, applied=sum(map(bool, filters)), part=part, entries=readable(part.rows, named)
    )
