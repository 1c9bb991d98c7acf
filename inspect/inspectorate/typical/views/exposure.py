"""The exposure list of a month: what is shown, what is not and why, its files, and what an office keeps off it."""

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...campaigns.catalogue import CampaignFacts
from ...campaigns.queries import campaign_for
from ...errors import NotFound
from ...exports import download
from ...web import current_actor, refusals_on
from .. import exposure_actions as actions
from .. import queries
from ..exposure import Exposure, exposure, latest_month, months_of
from ..files import EXPOSURE_FILES
from ..forms import LeaveOutForm, MonthFilter
from ..words import LEFT_OUT, reason_in_words
from .blueprint import EXPOSURE, bp, party_of


@bp.route(EXPOSURE, permission=Permission.CAMPAIGN_READ)
def exposures(campaign_id: str) -> str:
    """The decisions of a month that are published, and those that are not, with the reason."""
    actor = current_actor()
    campaign = campaign_for(actor, campaign_id)
    months = months_of(campaign, clock.today())
    found = _found(campaign)
    form = MonthFilter(data={"month": _key(found.month)})
    keys = dict.fromkeys([_key(found.month), *map(_key, months)])
    form.month.choices = [(key, _("%(month)s/%(year)s", year=key[:4], month=key[5:])) for key in sorted(keys)[::-1]]
    return render_template(
        "typical/exposure.html",
        campaign=campaign,
        found=found,
        month=_key(found.month),
        form=form,
        reason_in_words=reason_in_words,
        left_out=LEFT_OUT,
        may_choose=actor.may(Permission.CAMPAIGN_WRITE),
        region=actor.region_code,
        place=region_name(actor.region_code, full=True),
    )


def _found(campaign: CampaignFacts) -> Exposure:
    """The list of the month that is asked for, else of the latest with decisions. Raises NotFound."""
    actor, today = current_actor(), clock.today()
    asked = request.args.get("month", "")
    try:
        month = date.fromisoformat(f"{asked}-01") if asked else latest_month(actor, campaign, today)
    except ValueError:
        raise NotFound from None
    if month.year < 1949 or month.year > 9990:
        raise NotFound
    return exposure(actor, campaign, month, queries.style_of(campaign.id, actor.region_code), today)


def _key(month: date) -> str:
    return f"{month:%Y-%m}"


@bp.route(f"{EXPOSURE}/file.<format>", permission=Permission.CAMPAIGN_READ, records="typical:exposure:export")
def exposure_file(campaign_id: str, format: str) -> Any:
    """The list as DOCX, PDF or CSV; a month in which nothing is shown gives no file."""
    if format not in EXPOSURE_FILES:
        abort(404)
    campaign = campaign_for(current_actor(), campaign_id)
    found = _found(campaign)
    if not found.shown:
        flash(_("Nothing is shown for this month: there is no list to print."), "warning")
        return redirect(url_for("typical.exposures", campaign_id=campaign.id, month=_key(found.month)))
    kind = EXPOSURE_FILES[format]
    return download(kind.make(found), kind.media_type, f"{found.title}.{format}")


@bp.route(f"{EXPOSURE}/<int:case_id>/leave-out", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def leave_out(campaign_id: str, case_id: int) -> Any:
    """Keep a decision off the list: repaired credit, a stay, or another reason."""
    actor, form = current_actor(), LeaveOutForm()
    campaign = campaign_for(actor, campaign_id)
    case = queries.any_case(actor, campaign.id, case_id)
    decided = [one for one in case.respondents if one.decision and one.decision.decided_on]
    if not decided:
        raise NotFound
    form.party.choices = [(str(one.id), one.subject.name) for one in decided]
    form.kind.choices = [(key, str(word)) for key, word in LEFT_OUT.items()]
    if not form.is_submitted():
        form.party.data = str(party_of(request.args.get("party")) or decided[0].id)
    elif form.validate():
        with refusals_on(form):
            party = party_of(form.party.data)
            actions.leave_out(actor, campaign.id, case_id, party, form.kind.data or "", form.reason.data or "")
            flash(_("The decision is no longer on the list."), "success")
            return _to_list(campaign.id)
    return render_template("typical/leave_out.html", campaign=campaign, case=case, form=form)


@bp.route(f"{EXPOSURE}/<int:case_id>/put-back", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def put_back(campaign_id: str, case_id: int) -> Response:
    """Show a decision again that the own office kept off."""
    actor = current_actor()
    campaign = campaign_for(actor, campaign_id)
    actions.put_back(actor, campaign.id, case_id, party_of(request.form.get("party")))
    flash(_("The decision is on the list again, as far as nothing else stands against it."), "success")
    return _to_list(campaign.id)


def _to_list(campaign_id: str) -> Response:
    month = request.args.get("month", "")
    return redirect(url_for("typical.exposures", campaign_id=campaign_id, month=month or None))
