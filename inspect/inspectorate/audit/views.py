"""The record of a region on screen, for auditors."""

from flask import render_template, request

from ..accounts.permissions import Permission
from ..screens import url_with
from ..web import Area, current_actor
from . import queries
from .forms import EventFilter
from .presentation import readable

bp = Area("audit", __name__)


@bp.route("/record", permission=Permission.RECORD_READ)
def index() -> str:
    """What was done in the region, newest first."""
    form = EventFilter(request.args)
    before, after = (request.args.get(name, type=int) for name in ("before", "after"))
    found = queries.events(
        current_actor(), words=form.q.data or "", subject_type=form.subject.data or "", before=before, after=after
    )
    more = len(found) > queries.PAGE
    page = found[1:] if more and after is not None else found[: queries.PAGE]
    newer = page and (before is not None or (after is not None and more))
    older = page and (more or after is not None)
    return render_template(
        "audit/index.html",
        form=form,
        entries=readable(page),
        newer=url_with(after=page[0].id) if newer else None,
        older=url_with(before=page[-1].id) if older else None,
    )
