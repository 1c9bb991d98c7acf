"""The list of cases with its queues, and the same list as a file."""

from typing import Any

from flask import abort, render_template, request
from flask_babel import gettext as _

from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...errors import Forbidden
from ...exports import FORMATS, Column, list_file, rows_of
from ...money import plain_yuan
from ...paging import COUNTED
from ...web import current_actor
from .. import queries, shown
from ..forms import FilterForm
from ..models import Case
from ..words import ORIGINS, STATES
from .blueprint import bp


@bp.route("/cases", permission=Permission.SIGNED_IN)
def index() -> str:
    """Cases in scope: those that wait for the person by the clock, all others the latest first."""
    actor = current_actor()
    _refuse_outsiders()
    form, filters = _filters()
    sort = request.args.get("sort", "due" if filters.queue else "")
    query = queries.filtered(actor, filters)
    part = queries.page(query, sort=sort, after=request.args.get("after"), before=request.args.get("before"))
    return render_template(
        "cases/index.html",
        form=form,
        applied=filters.applied(),
        part=part,
        sort=sort,
        count=queries.count(query, open_only=filters.open_only),
        most=COUNTED,
        queues=_queues(),
        filters=filters,
        title_of=shown.title_of,
        badge_of=shown.badge_of,
        fine_of=fine_of,
        origins=ORIGINS,
        may_open=actor.may(Permission.CASE_HANDLE),
        places=queries.ANSWERED_AT if filters.queue in ("review", "approval") else {},
    )


@bp.route("/cases/list.<format>", permission=Permission.SIGNED_IN, records="cases:list:export")
def list_as_file(format: str) -> Any:
    """The list with its filters as CSV or XLSX."""
    if format not in FORMATS:
        abort(404)
    _refuse_outsiders()
    rows = rows_of(queries.whole(queries.filtered(current_actor(), _filters()[1])))
    return list_file(_("Cases"), _columns(), rows, format)


def _refuse_outsiders() -> None:
    actor = current_actor()
    if not (actor.may(Permission.CASE_READ) or actor.may(Permission.CASE_READ_DECIDED)):
        raise Forbidden


def _filters() -> tuple[FilterForm, queries.Filters]:
    form = FilterForm(request.args)
    form.validate()
    return form, queries.Filters(
        words=form.q.data or "",
        state=form.state.data if form.state.data in set(STATES) else "",
        queue=form.queue.data if form.queue.data in queries.QUEUES else "",
        origin=form.origin.data if form.origin.data in ORIGINS else "",
        campaign=request.args.get("campaign", "")[:60],
        region=request.args.get("region", "")[:6],
        since=form.since.data,
        until=form.until.data,
        open_only=bool(form.open_only.data),
    )


def _queues() -> list[tuple[str, Any, int]]:
    """The queues open to the person, with how many cases wait in each."""
    actor = current_actor()
    words = {"mine": _("for me"), "review": _("for legal review"), "approval": _("for approval")}
    return [
        (queue, words[queue], queries.count(queries.filtered(actor, queries.Filters(queue=queue))))
        for queue, permission in queries.QUEUES.items()
        if actor.may(permission)
    ]


def fine_of(case: Case) -> int | None:
    """Fines decided in the case, in fen; None before the decision."""
    decisions = [party.decision for party in case.respondents if party.decision and party.decision.decided_on]
    if not decisions:
        return None
    return sum(p.amount_fen or 0 for decision in decisions for p in decision.penalties if p.kind == "fine")


def _columns() -> list[Column]:
    def first_decision(case: Case) -> Any:
        return next((party.decision for party in case.respondents if party.decision), None)

    def fine(case: Case) -> str | None:
        amount = fine_of(case)
        return None if amount is None else plain_yuan(amount)

    return [
        Column(_("Case number"), lambda case: case.number, 22),
        Column(_("Case name"), shown.title_of, 44),
        Column(_("Party"), lambda case: "、".join(party.subject.name for party in case.respondents), 30),
        Column(_("Region"), lambda case: region_name(case.region_code), 16),
        Column(_("State"), lambda case: str(STATES.get(case.state, case.state)), 16),
        Column(_("Source"), lambda case: str(ORIGINS.get(case.origin, case.origin))),
        Column(_("Filed on"), lambda case: case.filed_on, 12),
        Column(_("Decision number"), lambda case: getattr(first_decision(case), "number", None), 22),
        Column(_("Decided on"), lambda case: getattr(first_decision(case), "decided_on", None), 12),
        Column(_("Fine, yuan"), fine),
        Column(_("Closed on"), lambda case: case.closed_on, 12),
    ]
