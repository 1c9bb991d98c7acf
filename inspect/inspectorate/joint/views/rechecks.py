"""Re-checks of a campaign: their summary, the orders, and a new one."""

import secrets
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...audit.presentation import readable as entries_of
from ...audit.queries import history
from ...exports import Column, list_file, rows_of
from ...web import current_actor, refusals_on
from .. import forms, rules
from ..actions import rechecks as actions
from ..queries import rechecks as queries
from ..queries.rechecks import TaskFilter
from ..queries.tallies import Tally, by_region
from ..rules import standing_of_task
from ..words import CLAIMS, EARLIER, METHODS, RESULT_TONES, RESULTS, TASK_STANDINGS
from .blueprint import bp, campaign_shown, shown

TICKED = 100
"""Places that can be ticked on one page; others are found by the filters, or drawn."""


def _filter() -> forms.TaskFilterForm:
    form = forms.TaskFilterForm(request.args)
    form.offer(current_actor().region_code, clock.today())
    form.validate()
    return form


@bp.route("/campaigns/<campaign_id>/joint/rechecks", permission=Permission.CAMPAIGN_READ)
def rechecks(campaign_id: str) -> str:
    """Results by region, reports that they belie, the orders, and the tasks that the filters let through."""
    actor, today = current_actor(), clock.today()
    campaign, form = campaign_shown(campaign_id), _filter()
    lines = by_region(actor, campaign.id, today)
    whole = Tally()
    for _code, _name, tally in lines:
        whole = whole.plus(tally)
    query = queries.tasks(actor, campaign.id, form.filter(), today)
    orders = queries.orders(actor, campaign.id)
    return shown(
        "rechecks",
        campaign,
        lines=lines,
        whole=whole,
        orders=orders,
        places=queries.places_of(orders),
        form=form,
        part=queries.page(query, after=request.args.get("after"), before=request.args.get("before")),
        place_of=region_name,
        may_order=actor.may(Permission.CAMPAIGN_WRITE),
        **_task_words(),
    )


def _task_words() -> dict[str, Any]:
    """What tells of tasks in words."""
    today = clock.today()
    return {
        "results": RESULTS,
        "tones": RESULT_TONES,
        "claims": CLAIMS,
        "standing_of": lambda one: TASK_STANDINGS[
            standing_of_task(one.result, one.dropped_reason is not None, one.due_on, today)
        ],
    }


@bp.route(
    "/campaigns/<campaign_id>/joint/rechecks/list.<any(csv, xlsx):format>",
    permission=Permission.CAMPAIGN_READ,
    records="joint:rechecks:export",
)
def rechecks_file(campaign_id: str, format: str) -> Any:
    """The tasks that the filters let through, as a file."""
    actor, campaign = current_actor(), campaign_shown(campaign_id)
    query = queries.tasks(actor, campaign.id, _filter().filter(), clock.today())
    standing_of = _task_words()["standing_of"]
    columns = [
        Column(_("Inspected place"), lambda one: one.subject.name, 30),
        Column(_("Region"), lambda one: region_name(one.region_code, full=True), 24),
        Column(_("Order"), lambda one: one.order.title, 30),
        Column(_("Whose people"), lambda one: one.agency.name, 24),
        Column(_("To be done by"), lambda one: one.due_on),
        Column(_("State"), lambda one: str(standing_of(one)[0])),
        Column(_("Result"), lambda one: str(RESULTS[one.result]) if one.result else None),
        Column(_("Looked at on"), lambda one: one.result_on),
        Column(_("Reported before"), lambda one: str(CLAIMS[one.claimed]) if one.claimed else None, 20),
        Column(_("Reported on"), lambda one: one.claimed_on),
        Column(_("New violations"), lambda one: _("yes") if one.found_anew else None),
        Column(_("Remarks"), lambda one: one.note or one.dropped_reason, 40),
    ]
    return list_file(_("Re-checks"), columns, rows_of(query.order_by(queries.RecheckTask.due_on)), format)


@bp.route("/campaigns/<campaign_id>/joint/rechecks/new", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def new_recheck(campaign_id: str) -> Any:
    """Order a re-check: of places that are ticked, or of a sample that is drawn."""
    actor, today = current_actor(), clock.today()
    campaign = campaign_shown(campaign_id)
    narrowed = forms.CandidateFilter(request.args)
    narrowed.offer(campaign, actor.region_code, today)
    narrowed.validate()
    query = queries.candidates(actor, campaign.id, narrowed.criteria())
    found = queries.population(query, rules.MOST_POPULATION)
    form = forms.OrderForm(data={"seed": secrets.token_hex(8), "assign": "own", "size": min(10, len(found)) or None})
    form.offer(queries.first_candidates(query, TICKED))
    if form.validate_on_submit():
        with refusals_on(form):
            row = _ordered(form, campaign.id, narrowed.criteria())
            flash(_("%(number)d places are to be looked at again.", number=len(row.tasks)), "success")
            return redirect(url_for("joint.recheck", order_id=row.id))
    shown_only = TICKED if len(found) > TICKED else None
    return shown("new_recheck", campaign, form=form, narrowed=narrowed, found=len(found), shown_only=shown_only)


def _ordered(form: forms.OrderForm, campaign_id: str, criteria: queries.Criteria) -> queries.RecheckOrder:
    actor, today, key = current_actor(), clock.today(), form.key.data or ""
    if form.method.data == "named":
        return actions.order_named(actor, campaign_id, form.facts(), form.ticked(), today, key=key)
    drawn = form.facts(), criteria, form.size.data, form.seed.data or "", today
    return actions.order_drawn(actor, campaign_id, *drawn, key=key)


@bp.route("/joint/rechecks/<int:order_id>", permission=Permission.CAMPAIGN_READ)
def recheck(order_id: int) -> str:
    """One order with its places; a draw is computed again before the reader's eyes."""
    actor, today = current_actor(), clock.today()
    row = queries.order(actor, order_id)
    campaign = campaign_shown(row.campaign)
    query = queries.tasks(actor, row.campaign, TaskFilter(order_id=row.id), today)
    return shown(
        "recheck",
        campaign,
        order=row,
        part=queries.page(query, after=request.args.get("after"), before=request.args.get("before")),
        again=drawn_again(row),
        kept=kept_criteria(row, {one.code: one.label for one in campaign.categories}),
        methods=METHODS,
        entries=entries_of(reversed(history(row))),
        place_of=region_name,
        **_task_words(),
    )


def drawn_again(row: queries.RecheckOrder) -> bool | None:
    """Whether seed and population give the places of the order once more; None where nothing was drawn."""
    if row.method != "drawn" or row.population is None or row.seed is None:
        return None
    return rules.draw(row.seed, row.population, row.size or 0) == [task.earlier_id for task in row.tasks]


def kept_criteria(row: queries.RecheckOrder, categories: dict[str, str]) -> list[tuple[str, str]]:
    """What a draw was narrowed to, in words."""
    kept = row.criteria
    told = [
        (_("Region"), region_name(kept.get("region"), full=True)),
        (_("Target"), categories.get(kept.get("category", ""), kept.get("category", ""))),
        (_("Earlier result"), str(EARLIER.get(kept.get("earlier", "any"), ""))),
        (_("Inspected from"), kept.get("since", "")),
        (_("Inspected to"), kept.get("until", "")),
    ]
    return [(label, value) for label, value in told if value]
