"""The record of a region on screen, for auditors."""

from flask import render_template, request

from ..accounts.permissions import Permission
from ..web import Area, current_actor
from . import queries
from .forms import EventFilter
from .presentation import readable

bp = Area("audit", __name__)


@bp.route("/record", permission=Permission.RECORD_READ)
def index() -> str:
    """What was done in the region, newest first."""
    form = EventFilter(request.args)
    part = queries.events(
        current_actor(),
        words=form.q.data or "",
        kind=form.kind.data or "",
        subject_type=form.subject.data or "",
        after=request.args.get("after"),
        before=request.args.get("before"),
    )
    return render_template("audit/index.html", form=form, part=part, entries=readable(part.rows))
