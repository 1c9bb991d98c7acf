"""Resolutions of joint meetings: all of a campaign, one with its follow-up, and when it is done."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ... import clock, files
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...audit.presentation import readable as entries_of
from ...audit.queries import history
from ...errors import Forbidden, NotFound
from ...exports import download
from ...fields import rows_changed
from ...inspections.uploads import received, safe_name
from ...late_saves import saving
from ...web import current_actor, refusals_on
from .. import forms
from ..actions import meetings as actions
from ..departments import department_name, parts_of
from ..models import Resolution
from ..queries import meetings as queries
from ..rules import standing_of_resolution
from ..words import STANDINGS
from .blueprint import bp, campaign_shown, shown, step_page


@bp.route("/campaigns/<campaign_id>/joint/resolutions", permission=Permission.CAMPAIGN_READ)
def resolutions(campaign_id: str) -> str:
    """What was resolved here and below, and what an office above has given to the own department."""
    actor, today = current_actor(), clock.today()
    campaign = campaign_shown(campaign_id)
    standing = request.args.get("standing", "")
    found = queries.first_resolutions(queries.resolutions(actor, campaign.id, standing, today))
    return shown(
        "resolutions",
        campaign,
        resolutions=found,
        standing=standing,
        standings=STANDINGS,
        standing_of=lambda one: STANDINGS[standing_of_resolution(one.state, one.due_on, today)],
        name_of=department_name,
        place_of=region_name,
    )


@bp.route(
    "/joint/meetings/<int:meeting_id>/resolutions/new", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE
)
def new_resolution(meeting_id: int) -> Any:
    """Add a resolution to a meeting."""
    actor, today = current_actor(), clock.today()
    meeting = queries.own_meeting(actor, meeting_id)
    campaign = campaign_shown(meeting.campaign)
    form = forms.ResolutionForm()
    changed = form.is_submitted() and rows_changed(form)
    form.offer(parts_of(campaign), meeting.region_code, today)
    if not changed and form.validate_on_submit():
        with refusals_on(form):
            actions.resolve(actor, meeting_id, form.facts(), key=form.key.data or "")
            flash(_("The resolution was added."), "success")
            return redirect(url_for("joint.meeting", meeting_id=meeting_id, _anchor="resolutions"))
    return shown("resolution_form", campaign, form=form, meeting=meeting, resolution=None)


@bp.route("/joint/resolutions/<int:resolution_id>", permission=Permission.CAMPAIGN_READ)
def resolution(resolution_id: int) -> str:
    """One resolution with what was done for it."""
    actor, today = current_actor(), clock.today()
    row = queries.resolution(actor, resolution_id)
    return shown(
        "resolution",
        campaign_shown(row.campaign),
        resolution=row,
        standing=STANDINGS[standing_of_resolution(row.state, row.due_on, today)],
        name_of=department_name,
        place_of=region_name,
        may_settle=queries.may_settle(actor, row),
        may_follow_up=queries.may_follow_up(actor, row) and row.state == "open",
        entries=entries_of(reversed(history(row))),
    )


@bp.route(
    "/joint/resolutions/<int:resolution_id>/change", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE
)
def change_resolution(resolution_id: int) -> Any:
    """Mend a resolution."""
    actor, today = current_actor(), clock.today()
    row = _settleable(resolution_id)
    campaign = campaign_shown(row.campaign)

    def opened(**sent: Any) -> forms.ResolutionForm:
        return forms.ResolutionForm(data=forms.resolution_values(_settleable(resolution_id)), **sent)

    def anew() -> forms.ResolutionForm:
        form = opened(formdata=None)
        form.offer(parts_of(campaign), row.region_code, today, row)
        return form

    form = opened()
    changed = form.is_submitted() and rows_changed(form)
    form.offer(parts_of(campaign), row.region_code, today, row)
    if not changed and form.validate_on_submit():
        with saving(form, row, anew):
            actions.change_resolution(actor, resolution_id, form.facts(), version=form.read_version)
            flash(_("The changes were saved."), "success")
            return redirect(url_for("joint.resolution", resolution_id=resolution_id))
    return shown("resolution_form", campaign, form=form, meeting=row.meeting, resolution=row)


def _settleable(resolution_id: int) -> Resolution:
    actor = current_actor()
    row = queries.resolution(actor, resolution_id)
    if queries.may_settle(actor, row):
        return row
    raise Forbidden if row.sector == actor.sector else NotFound


@bp.route(
    "/joint/resolutions/<int:resolution_id>/settle", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE
)
def settle(resolution_id: int) -> Any:
    """Say that it is carried out, dropped, or in hand again."""
    row = _settleable(resolution_id)

    def opened(**sent: Any) -> forms.SettleForm:
        now = _settleable(resolution_id)
        return forms.SettleForm(data={"version": now.version, "state": "done"}, **sent)

    form = opened()
    back = url_for("joint.resolution", resolution_id=resolution_id)
    if form.validate_on_submit():
        with saving(form, row, lambda: opened(formdata=None)):
            actions.settle(
                current_actor(), resolution_id, state=form.state.data or "", reason=form.reason.data,
                today=clock.today(), version=form.read_version,
            )  # fmt: skip
            flash(_("Saved."), "success")
            return redirect(back)
    return step_page(
        form, campaign_shown(row.campaign), heading=_("Settle the resolution"), submit=_("Save"), back=back,
        door="joint.resolutions", lead=row.text, draft=f"settle-{row.id}",
    )  # fmt: skip


@bp.route(
    "/joint/resolutions/<int:resolution_id>/follow-up", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE
)
def follow_up(resolution_id: int) -> Any:
    """Add what was done; nothing of it is changed afterwards."""
    actor, today = current_actor(), clock.today()
    row = queries.resolution(actor, resolution_id)
    if not queries.may_follow_up(actor, row):
        raise Forbidden if row.sector == actor.sector else NotFound
    form = forms.FollowUpForm(data={"version": row.version, "done_on": today})
    back = url_for("joint.resolution", resolution_id=resolution_id)
    if form.validate_on_submit() and form.done_on.data:
        with saving(form, row):
            actions.follow_up(
                actor, resolution_id, done_on=form.done_on.data, text=form.text.data or "",
                upload=next(iter(received([form.files.data])), None), today=today, key=form.key.data or "",
                version=form.read_version,
            )  # fmt: skip
            flash(_("Added."), "success")
            return redirect(back)
    return step_page(
        form, campaign_shown(row.campaign), heading=_("Add what was done"), submit=_("Add"), back=back,
        door="joint.resolutions", lead=row.text, multipart=True, draft=f"follow-up-{row.id}",
    )  # fmt: skip


@bp.route("/joint/follow-ups/<int:follow_up_id>/file", permission=Permission.CAMPAIGN_READ)
def follow_up_file(follow_up_id: int) -> Any:
    """The file that proves what was done, checked against its SHA-256."""
    row = queries.follow_up(current_actor(), follow_up_id)
    if row.sha256 is None:
        raise NotFound
    return download(files.get(row.sha256), row.media_type or "application/octet-stream", safe_name(row.filename or ""))
