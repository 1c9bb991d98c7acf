"""The list of inspections, today's work, and the choice of whom to inspect."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import child_regions, covers, region_name
from ...campaigns.queries import campaigns
from ...exports import FORMATS, Column, list_file, rows_of
from ...paging import COUNTED
from ...registry import queries as registry
from ...web import current_actor
from .. import entry, queries, rules
from ..forms import FilterForm
from ..models import Inspection
from ..targets import campaign_titles, categories_of, wording
from ..words import REASONS, STATE_TONES, STATES
from .blueprint import bp, own_parts


@bp.route("/inspections", permission=Permission.INSPECTION_READ)
def index() -> str:
    """Inspections in scope, the latest first."""
    form, filters = _filters()
    actor = current_actor()
    query = queries.filtered(actor, filters)
    sort = request.args.get("sort", "-day")
    part = queries.page(query, sort=sort, after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "inspections/index.html",
        form=form,
        applied=filters.applied(),
        part=part,
        sort=sort,
        count=queries.count(query),
        counted=COUNTED,
        own=own_parts(actor, clock.today()),
        waiting=queries.count(queries.waiting_approvals(actor)) if actor.may(Permission.INSPECTION_APPROVE) else None,
        reasons=REASONS,
        states=STATES,
        tones=STATE_TONES,
        target_words=wording(),
    )


@bp.route("/inspections/list.<format>", permission=Permission.INSPECTION_READ, records="inspections:list:export")
def list_as_file(format: str) -> Response:
    """The list with its filters as CSV or XLSX."""
    if format not in FORMATS:
        abort(404)
    rows = rows_of(queries.whole(queries.filtered(current_actor(), _filters()[1])))
    return list_file(_("Inspections"), _columns(), rows, format)


def _columns() -> list[Column]:
    def officers(row: Inspection) -> str:
        return "、".join(one.officer.name for one in row.officers)

    titles, target_words = campaign_titles(), wording()
    return [
        Column(_("Number"), lambda row: row.number, 16),
        Column(_("Day"), lambda row: row.inspected_on, 12),
        Column(_("Subject"), lambda row: row.subject.name, 36),
        Column(_("Region"), lambda row: region_name(row.region_code, full=True), 24),
        Column(_("Agency"), lambda row: row.agency.name, 28),
        Column(_("Reason"), lambda row: str(REASONS.get(row.reason, row.reason)), 12),
        Column(_("Campaign"), lambda row: titles.get(row.campaign or "", row.campaign), 30),
        Column(_("Target"), lambda row: target_words(row.campaign, row.category), 20),
        Column(_("Officers"), officers, 20),
        Column(_("Findings"), lambda row: "、".join(one.violation for one in row.findings), 20),
        Column(_("Order to correct"), lambda row: _("yes") if row.order_correction else _("no"), 12),
        Column(_("State"), lambda row: str(STATES[row.state]), 10),
    ]


def _filters() -> tuple[FilterForm, queries.Filters]:
    """The filter bar and what it lets through; what is not understood filters nothing and says so at its field."""
    actor = current_actor()
    form = FilterForm(request.args)
    year = clock.today().year
    regions = [(one.code, one.name) for one in child_regions(actor.region_code, year)]
    titles = [(known.id, known.title) for known in campaigns(actor)]
    chosen = form.campaign.data or ""
    form.offer(
        titles, categories_of(chosen), regions, queries.agencies_to_choose(actor, form.region.data, form.agency.data)
    )
    form.validate()
    return form, queries.Filters(
        words=form.q.data or "",
        state=form.state.data if form.state.data in STATES else "",
        campaign=chosen,
        category=form.category.data or "",
        reason=form.reason.data or "",
        region=form.region.data if form.region.data and covers(actor.region_code, form.region.data) else "",
        agency_id=form.agency.data,
        since=form.since.data,
        until=form.until.data,
        mine=form.mine.data,
    )


@bp.route("/inspections/today", permission=Permission.INSPECTION_WRITE)
def today() -> str:
    """What the inspector does today: visits that may be made, drafts to finish, approvals waited for."""
    actor, day = current_actor(), clock.today()
    return render_template(
        "inspections/today.html",
        own=own_parts(actor, day),
        day=day,
        reasons=REASONS,
        is_late=entry.is_late,
        due_on=rules.approval_due_on,
    )


@bp.route("/inspections/choose", permission=Permission.INSPECTION_WRITE)
def choose() -> Any:
    """Whom to inspect: today's visits, or anybody of the registry; ``then`` is entry, or the number of a draft."""
    actor, day = current_actor(), clock.today()
    words = request.args.get("q", "")[:80]
    then = request.args.get("then", "")
    found = registry.search(actor, words)

    def onward(subject_id: int | None) -> str:
        if then == "entry":
            return url_for("inspections.new_approval", subject_id=subject_id)
        if then.isdecimal() and len(then) < 10:
            return url_for("inspections.subject", inspection_id=int(then), subject_id=subject_id)
        return url_for("inspections.new", subject_id=subject_id)

    return render_template(
        "inspections/choose.html",
        words=words,
        then=then,
        found=found,
        onward=onward,
        visits=queries.visits_on(actor, day) if not then else [],
        reasons=REASONS,
        new_place_url=_new_place_url(onward(None), words),
    )


def _new_place_url(onward: str, words: str) -> str | None:
    """Where a place is entered first, under the name looked for; it comes back to what it was entered for."""
    may = current_actor().may(Permission.REGISTRY_WRITE)
    return url_for("registry.new", next=onward, name=words or None) if may else None
