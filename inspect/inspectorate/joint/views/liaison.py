"""The directory of liaison persons."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import covers, region_name
from ...audit.presentation import readable as entries_of
from ...audit.queries import history
from ...campaigns import queries as campaigns
from ...campaigns.catalogue import CampaignFacts
from ...late_saves import saving
from ...shielding import shown_on_request
from ...web import current_actor, refusals_on
from .. import forms
from ..actions import liaison as actions
from ..departments import parts_of
from ..models import Liaison
from ..queries import liaison as queries
from ..queries.reach import may_write, own
from .blueprint import bp, campaign_shown, shown, step_page


@bp.route("/campaigns/<campaign_id>/joint/liaisons", permission=Permission.CAMPAIGN_READ)
def liaisons(campaign_id: str) -> str:
    """Who speaks for each department here, above and below; departments without anybody stand there as missing."""
    actor, today = current_actor(), clock.today()
    campaign = campaign_shown(campaign_id)
    asked = request.args.get("region", "")
    region_code = asked if covers(actor.region_code, asked) and region_name(asked) != asked else actor.region_code
    return shown(
        "liaisons",
        campaign,
        here=queries.directory(campaign, [region_code])[0],
        above=queries.directory_above(campaign, actor) if region_code == actor.region_code else [],
        below=queries.coverage_below(campaign, region_code, today),
        own_region=actor.region_code,
        may_add=actor.may(Permission.CAMPAIGN_WRITE) and region_code == actor.region_code,
        may_write=lambda row: may_write(row, actor),
        may_see=actions.may_see_numbers(actor),
        copied_from=queries.campaigns_with_liaisons(actor, campaign.id),
    )


@bp.route("/campaigns/<campaign_id>/joint/liaisons/new", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def new_liaison(campaign_id: str) -> Any:
    """Enter a liaison person."""
    actor, campaign = current_actor(), campaign_shown(campaign_id)
    values = {"department": request.args.get("department"), "from_on": clock.today()}
    form = forms.LiaisonForm(data=values)
    form.offer(parts_of(campaign), queries.kept_by(actor, campaign.id))
    if form.validate_on_submit():
        with refusals_on(form):
            row = actions.add_liaison(actor, campaign.id, form.facts())
            flash(_("%(name)s has been entered.", name=row.name), "success")
            return redirect(_directory(campaign))
    return shown("liaison", campaign, form=form, liaison=None, back=_directory(campaign), entries=[])


@bp.route("/joint/liaisons/<int:liaison_id>", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def change_liaison(liaison_id: int) -> Any:
    """Change an entry, or give it its last day."""
    actor = current_actor()
    row = own(Liaison, liaison_id, actor)
    campaign = campaign_shown(row.campaign)
    kept = queries.kept_by(actor, campaign.id)

    def opened(**sent: Any) -> forms.LiaisonForm:
        now = own(Liaison, liaison_id, actor)
        form = forms.LiaisonForm(data=forms.liaison_values(now), **sent)
        form.offer(parts_of(campaign), kept, now)
        return form

    form = opened()
    if form.validate_on_submit():
        with saving(form, row, lambda: opened(formdata=None)):
            actions.change_liaison(actor, liaison_id, form.facts(), version=form.read_version)
            flash(_("The changes were saved."), "success")
            return redirect(_directory(campaign))
    entries = entries_of(reversed(history(row)))
    return shown("liaison", campaign, form=form, liaison=row, back=_directory(campaign), entries=entries)


def _directory(campaign: CampaignFacts) -> str:
    return url_for("joint.liaisons", campaign_id=campaign.id)


@bp.route("/joint/liaisons/<int:liaison_id>/numbers", methods=["GET", "POST"], permission=Permission.CAMPAIGN_READ)
def liaison_numbers(liaison_id: int) -> str:
    """The telephone in full, once, for a reason that is recorded."""
    actor = current_actor()
    row = queries.liaison(actor, liaison_id)
    campaign = campaign_shown(row.campaign)
    actions.refuse_numbers(actor)

    def show(reason: str) -> list[tuple[str, str | None]]:
        seen = actions.show_numbers(actor, liaison_id, reason)
        return [(_("Telephone of the office"), seen.office_phone), (_("Mobile telephone"), seen.phone)]

    return shown_on_request(row.name, _directory(campaign), show)


@bp.route("/campaigns/<campaign_id>/joint/liaisons/copy", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def copy_liaisons(campaign_id: str) -> Any:
    """Take over the liaison persons of another campaign."""
    actor, campaign = current_actor(), campaign_shown(campaign_id)
    form = forms.CopyForm()
    found = queries.campaigns_with_liaisons(actor, campaign.id)
    titles = {one.id: one.title for one in campaigns.campaigns(actor)}
    form.campaign.choices = [
        (code, _("%(title)s (%(number)d persons)", title=titles[code], number=number))
        for code, number in found.items()
        if code in titles
    ]
    if form.validate_on_submit():
        with refusals_on(form):
            copied = actions.copy_liaisons(actor, campaign.id, form.campaign.data or "", clock.today())
            flash(_("%(number)d liaison persons were taken over. Look through their days.", number=copied), "success")
            return redirect(_directory(campaign))
    return step_page(
        form,
        campaign,
        heading=_("Take over liaison persons"),
        submit=_("Take them over"),
        back=_directory(campaign),
        door="joint.liaisons",
        lead=_("Whoever served until the end of that campaign is entered here from today on."),
    )
