"""Making and changing campaigns, and what a province chooses for itself."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...errors import NotFound
from ...fields import rows_changed
from ...late_saves import saving
from ...web import current_actor, refusals_on
from .. import actions, queries
from ..choices import chooser_of, chosen_row
from ..facts import Choice, Further, further_of
from ..forms import CampaignForm, ChangedCampaignForm, ChoiceForm, values_of_campaign
from .blueprint import bp


@bp.route("/campaigns/new", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def new() -> Any:
    """Make a campaign of the own region, from nothing or like another; its categories are what its tables count."""
    actor, pattern = current_actor(), _pattern()
    form = CampaignForm(data=_like(pattern) if pattern else None)
    changed = form.is_submitted() and rows_changed(form)
    form.offer(queries.form_titles())
    days = form.date_from.data, form.date_to.data
    if not changed and form.validate_on_submit() and days[0] and days[1]:
        with refusals_on(form):
            row = actions.create_campaign(
                actor,
                code=form.code.data or "",
                title=form.title.data or "",
                notice=form.notice.data,
                region_code=actor.region_code,
                date_from=days[0],
                date_to=days[1],
                forms=form.forms.data or [],
                categories=queries.categories_like(form.forms.data or [], pattern),
                due=form.due(),
                further=form.further(further_of(pattern)._replace(standing=False) if pattern else Further()),
            )
            flash(_("The campaign has been made."), "success")
            return redirect(url_for("campaigns.show", campaign_id=row.code))
    return render_template("campaigns/plan.html", form=form, campaign=None, pattern=pattern)


def _pattern() -> queries.CampaignFacts | None:
    """The campaign after which a new one is made. Raises NotFound."""
    asked = request.args.get("like")
    return queries.campaign_for(current_actor(), asked) if asked else None


def _like(pattern: queries.CampaignFacts) -> dict[str, Any]:
    """Everything but the days, which are another year's."""
    values = values_of_campaign(pattern)
    return {name: value for name, value in values.items() if not name.startswith(("date_", "due_"))}


@bp.route("/campaigns/<campaign_id>/change", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def change(campaign_id: str) -> Any:
    """Change a campaign that was made here, in the own region."""
    actor = current_actor()
    row = actions.own_campaign(actor, campaign_id)
    campaign = queries.campaign_for(actor, campaign_id)

    def anew() -> ChangedCampaignForm:
        now = actions.own_campaign(actor, campaign_id)
        values = values_of_campaign(queries.campaign_for(actor, campaign_id))
        form = ChangedCampaignForm(formdata=None, data=values | {"version": now.version})
        form.offer(queries.form_titles())
        return form

    form = ChangedCampaignForm(data=values_of_campaign(campaign) | {"version": row.version})
    changed = form.is_submitted() and rows_changed(form)
    form.offer(queries.form_titles())
    days = form.date_from.data, form.date_to.data
    if not changed and form.validate_on_submit() and days[0] and days[1]:
        with saving(form, row, anew):
            actions.change_campaign(
                actor,
                campaign_id,
                version=form.read_version,
                title=form.title.data or "",
                notice=form.notice.data,
                date_from=days[0],
                date_to=days[1],
                forms=form.forms.data or [],
                categories=queries.categories_like(form.forms.data or [], campaign),
                due={**{k: v for k, v in campaign.due.items() if campaign.due_on(k) is None}, **form.due()},
                further=form.further(further_of(campaign)),
            )
            flash(_("The changes were saved."), "success")
            return redirect(url_for("campaigns.show", campaign_id=campaign_id))
    return render_template("campaigns/plan.html", form=form, campaign=campaign, pattern=None)


@bp.route("/campaigns/<campaign_id>/choices/<choice_id>", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def choose(campaign_id: str, choice_id: str) -> Any:
    """What the own region chooses for itself and all below it, such as its industries."""
    actor = current_actor()
    campaign = queries.campaign_for(actor, campaign_id)
    choice = next((one for one in campaign.choices if one.id == choice_id), None)
    if choice is None or chooser_of(campaign, actor.region_code) != actor.region_code:
        raise NotFound

    def opened(choice: Choice, **sent: Any) -> ChoiceForm:
        row = chosen_row(campaign_id, choice_id, actor.region_code)
        form = ChoiceForm(data={"values": row.values if row else [], "version": row.version if row else 0}, **sent)
        form["values"].choices = list(choice.among)
        return form

    form, row = opened(choice), chosen_row(campaign_id, choice_id, actor.region_code)
    if form.validate_on_submit():
        with saving(form, row, lambda: opened(choice, formdata=None)) if row else refusals_on(form):
            values = form["values"].data or []
            actions.choose_for_region(actor, campaign_id, choice_id, values, version=form.read_version)
            flash(_("The choice has been saved; the tables count it from now on."), "success")
            return redirect(url_for("campaigns.show", campaign_id=campaign_id))
    return render_template(
        "campaigns/choice.html",
        form=form,
        campaign=campaign,
        choice=choice,
        place=region_name(actor.region_code, full=True),
        today=clock.today(),
    )
