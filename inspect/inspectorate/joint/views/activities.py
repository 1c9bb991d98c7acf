"""Publicity and training: sums by region, the list, and single activities."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...audit.presentation import readable as entries_of
from ...audit.queries import history
from ...campaigns.catalogue import CampaignFacts
from ...errors import NotFound
from ...exports import Column, list_file, rows_of
from ...late_saves import saving
from ...web import current_actor, refusals_on
from .. import forms
from ..actions import activities as actions
from ..models import Activity
from ..queries import activities as queries
from ..queries.reach import may_write
from ..rules import PUBLICITY, TRAINING
from ..words import ACTIVITY_KINDS, SIDES
from .blueprint import bp, campaign_shown, shown, step_page


def _filter(campaign: CampaignFacts) -> forms.ActivityFilter:
    form = forms.ActivityFilter(request.args)
    form.offer(current_actor().region_code, campaign.date_from, campaign.date_to, clock.today())
    form.validate()
    return form


@bp.route("/campaigns/<campaign_id>/joint/activities", permission=Permission.CAMPAIGN_READ)
def activities(campaign_id: str) -> str:
    """What was held: of a month and since the beginning, by region; and each activity."""
    actor, campaign = current_actor(), campaign_shown(campaign_id)
    form = _filter(campaign)
    month = form.chosen_month()
    lines = queries.by_region(campaign.id, actor.region_code, month, month.year)
    query = queries.activities(actor, campaign.id, form.filter())
    return shown(
        "activities",
        campaign,
        form=form,
        lines=[line for line in lines if line.own or line.whole],
        monthly=queries.sums(campaign.id, actor.region_code, month, queries.end_of_month(month)),
        whole=queries.sums(campaign.id, actor.region_code, None, queries.end_of_month(month)),
        month=month,
        part=queries.page(query, after=request.args.get("after"), before=request.args.get("before")),
        place=region_name(actor.region_code, full=True),
        place_of=region_name,
        kinds=ACTIVITY_KINDS,
        sides=SIDES,
        may_add=actor.may(Permission.CAMPAIGN_WRITE),
    )


@bp.route(
    "/campaigns/<campaign_id>/joint/activities/list.<any(csv, xlsx):format>",
    permission=Permission.CAMPAIGN_READ,
    records="joint:activities:export",
)
def activities_file(campaign_id: str, format: str) -> Any:
    """The activities that the filters let through, as a file."""
    campaign = campaign_shown(campaign_id)
    query = queries.activities(current_actor(), campaign.id, _filter(campaign).filter())
    columns = [
        Column(_("Day"), lambda one: one.held_on),
        Column(_("Publicity or training"), lambda one: str(SIDES[one.side])),
        Column(_("Kind"), lambda one: str(ACTIVITY_KINDS.get(one.kind, one.kind))),
        Column(_("What it was about"), lambda one: one.title, 36),
        Column(_("Region"), lambda one: region_name(one.region_code, full=True), 24),
        Column(_("Office"), lambda one: one.agency.name, 24),
        Column(_("Events or courses"), lambda one: one.times),
        Column(_("People"), lambda one: one.people),
        Column(_("Copies"), lambda one: one.copies),
        Column(_("Corrected"), lambda one: one.corrections or None),
        Column(_("Withdrawn; counts nowhere"), lambda one: one.withdrawn_reason, 30),
    ]
    return list_file(_("Publicity and training"), columns, rows_of(query.order_by(Activity.held_on)), format)


@bp.route(
    "/campaigns/<campaign_id>/joint/activities/new/<side>",
    methods=["GET", "POST"],
    permission=Permission.CAMPAIGN_WRITE,
)
def new_activity(campaign_id: str, side: str) -> Any:
    """Enter what the own office held."""
    actor, campaign, today = current_actor(), campaign_shown(campaign_id), clock.today()
    if side not in SIDES:
        raise NotFound
    form = forms.form_for(side)(data={"held_on": today})
    if form.validate_on_submit():
        with refusals_on(form):
            actions.enter_activity(actor, campaign.id, form.facts(), today, key=form.key.data or "")
            flash(_("Entered. It counts in the campaign's figures from now on."), "success")
            return redirect(_list(campaign))
    heading = _("Enter publicity") if side == PUBLICITY else _("Enter training")
    return step_page(
        form, campaign, heading=heading, submit=_("Enter"), back=_list(campaign), door="joint.activities",
        lead=_("Enter what your own office held. What an office below held is counted there."),
        draft=f"activity-{side}",
    )  # fmt: skip


def _list(campaign: CampaignFacts) -> str:
    return url_for("joint.activities", campaign_id=campaign.id)


@bp.route("/joint/activities/<int:activity_id>", permission=Permission.CAMPAIGN_READ)
def activity(activity_id: int) -> str:
    """One activity; what was corrected stands below it."""
    actor = current_actor()
    row = queries.activity(actor, activity_id)
    return shown(
        "activity",
        campaign_shown(row.campaign),
        activity=row,
        training=row.side == TRAINING,
        kind=ACTIVITY_KINDS.get(row.kind, row.kind),
        side=SIDES[row.side],
        place_of=region_name,
        may_write=may_write(row, actor) and row.withdrawn_reason is None,
        entries=entries_of(reversed(history(row))),
    )


@bp.route("/joint/activities/<int:activity_id>/correct", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def correct_activity(activity_id: int) -> Any:
    """Correct what was entered, with the reason."""
    actor = current_actor()
    row = queries.own_activity(actor, activity_id)
    campaign = campaign_shown(row.campaign)

    def opened(**sent: Any) -> Any:
        now = queries.own_activity(actor, activity_id)
        return forms.correction_of(row.side)(data=forms.activity_values(now), **sent)

    form = opened()
    back = url_for("joint.activity", activity_id=activity_id)
    if form.validate_on_submit():
        with saving(form, row, lambda: opened(formdata=None)):
            reason, version = form.reason.data or "", form.read_version
            actions.correct_activity(actor, activity_id, form.facts(), clock.today(), reason=reason, version=version)
            flash(_("Corrected. The record keeps what stood there before."), "success")
            return redirect(back)
    return step_page(
        form, campaign, heading=_("Correct the activity"), submit=_("Correct"), back=back, door="joint.activities",
        lead=row.title, draft=f"activity-{row.id}",
    )  # fmt: skip


@bp.route("/joint/activities/<int:activity_id>/withdraw", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def withdraw_activity(activity_id: int) -> Any:
    """Withdraw what was entered by mistake or twice."""
    actor = current_actor()
    row = queries.own_activity(actor, activity_id)
    form = forms.ReasonForm(data={"version": row.version})
    back = url_for("joint.activity", activity_id=activity_id)
    if form.validate_on_submit():
        with saving(form, row):
            actions.withdraw_activity(actor, activity_id, reason=form.reason.data or "", version=form.read_version)
            flash(_("The activity was withdrawn and counts nowhere."), "success")
            return redirect(back)
    return step_page(
        form, campaign_shown(row.campaign), heading=_("Withdraw the activity"), submit=_("Withdraw"), back=back,
        door="joint.activities", tone="danger", lead=row.title,
    )  # fmt: skip
