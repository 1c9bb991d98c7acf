"""Joint meetings: the list, one with its resolutions, and its minutes as a file."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...audit.presentation import readable as entries_of
from ...audit.queries import history
from ...errors import NotFound
from ...exports import download
from ...fields import rows_changed
from ...late_saves import saving
from ...web import current_actor, refusals_on
from .. import forms, minutes_files
from ..actions import meetings as actions
from ..departments import department_name, parts_of
from ..minutes import minutes_of
from ..queries import meetings as queries
from ..queries.reach import may_write
from ..rules import standing_of_resolution
from ..words import STANDINGS
from .blueprint import bp, campaign_shown, shown, step_page


@bp.route("/campaigns/<campaign_id>/joint/meetings", permission=Permission.CAMPAIGN_READ)
def meetings(campaign_id: str) -> str:
    """The meetings of the region and below."""
    actor, campaign = current_actor(), campaign_shown(campaign_id)
    return shown(
        "meetings",
        campaign,
        meetings=queries.meetings(actor, campaign.id),
        may_add=actor.may(Permission.CAMPAIGN_WRITE),
        place_of=region_name,
    )


@bp.route("/campaigns/<campaign_id>/joint/meetings/new", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def new_meeting(campaign_id: str) -> Any:
    """Write down a meeting."""
    actor, campaign = current_actor(), campaign_shown(campaign_id)
    following = max(queries.numbers_taken(campaign.id, actor.region_code), default=0) + 1
    came = [{"department": part.code} for part in parts_of(campaign)]
    form = forms.MeetingForm(data={"ordinal": following, "held_on": clock.today(), "attendance": came})
    changed = form.is_submitted() and rows_changed(form)
    form.offer(parts_of(campaign))
    if not changed and form.validate_on_submit():
        with refusals_on(form):
            row = actions.hold_meeting(actor, campaign.id, form.facts(), key=form.key.data or "")
            flash(_("The meeting has been written down. Enter its resolutions now."), "success")
            return redirect(url_for("joint.meeting", meeting_id=row.id))
    return shown("meeting_form", campaign, form=form, meeting=None)


@bp.route("/joint/meetings/<int:meeting_id>", permission=Permission.CAMPAIGN_READ)
def meeting(meeting_id: int) -> str:
    """One meeting with who came, its minutes and its resolutions."""
    actor, today = current_actor(), clock.today()
    row = queries.meeting(actor, meeting_id)
    return shown(
        "meeting",
        campaign_shown(row.campaign),
        meeting=row,
        formats=minutes_files.FILES,
        name_of=department_name,
        standing_of=lambda one: STANDINGS[standing_of_resolution(one.state, one.due_on, today)],
        place_of=region_name,
        may_write=may_write(row, actor) and row.withdrawn_reason is None,
        entries=entries_of(reversed(history(row))),
    )


@bp.route("/joint/meetings/<int:meeting_id>/change", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def change_meeting(meeting_id: int) -> Any:
    """Mend what was written down."""
    actor = current_actor()
    row = queries.own_meeting(actor, meeting_id)
    campaign = campaign_shown(row.campaign)

    def opened(**sent: Any) -> forms.MeetingForm:
        return forms.MeetingForm(data=forms.meeting_values(queries.own_meeting(actor, meeting_id)), **sent)

    def anew() -> forms.MeetingForm:
        form = opened(formdata=None)
        form.offer(parts_of(campaign), queries.own_meeting(actor, meeting_id))
        return form

    form = opened()
    changed = form.is_submitted() and rows_changed(form)
    form.offer(parts_of(campaign), row)
    if not changed and form.validate_on_submit():
        with saving(form, row, anew):
            actions.change_meeting(actor, meeting_id, form.facts(), version=form.read_version)
            flash(_("The changes were saved."), "success")
            return redirect(url_for("joint.meeting", meeting_id=meeting_id))
    return shown("meeting_form", campaign, form=form, meeting=row)


@bp.route("/joint/meetings/<int:meeting_id>/withdraw", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def withdraw_meeting(meeting_id: int) -> Any:
    """Withdraw a meeting entered by mistake."""
    actor = current_actor()
    row = queries.own_meeting(actor, meeting_id)
    form = forms.ReasonForm(data={"version": row.version})
    back = url_for("joint.meeting", meeting_id=meeting_id)
    if form.validate_on_submit():
        with saving(form, row):
            actions.withdraw_meeting(actor, meeting_id, reason=form.reason.data or "", version=form.read_version)
            flash(_("The meeting was withdrawn; its number is free again."), "success")
            return redirect(back)
    return step_page(
        form, campaign_shown(row.campaign), heading=_("Withdraw the meeting"), submit=_("Withdraw"), back=back,
        door="joint.meetings", tone="danger", lead=_("Its resolutions bind nobody any more; all stays readable."),
    )  # fmt: skip


@bp.route(
    "/joint/meetings/<int:meeting_id>/minutes.<format>",
    permission=Permission.CAMPAIGN_READ,
    records="joint:minutes:export",
)
def minutes_file(meeting_id: int, format: str) -> Any:
    """The minutes (会议纪要) as a file."""
    row = queries.meeting(current_actor(), meeting_id)
    if format not in minutes_files.FILES:
        raise NotFound
    paper = minutes_of(row, campaign_shown(row.campaign))
    media_type, render = minutes_files.FILES[format]
    return download(render(paper), media_type, f"{paper.title}.{format}")
