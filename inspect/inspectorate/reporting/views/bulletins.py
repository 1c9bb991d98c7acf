"""通报: the list, a new one, its words, the letter as it will be or as it was issued, its files."""

from datetime import date
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import child_regions, region_name
from ...audit.presentation import readable
from ...audit.queries import history
from ...campaigns.catalogue import CampaignFacts
from ...errors import Refused, refusals_in
from ...exports import download
from ...late_saves import saving
from ...returns.canonical import sha256
from ...web import current_actor, refusals_on
from .. import actions, queries
from ..bulletin import compose, letter_of, months_of
from ..files import LETTER_FILES
from ..forms import BulletinForm, MonthForm
from ..letter import Letter
from ..models import Bulletin
from .blueprint import bp, campaign_of

_URL = "/campaigns/<campaign_id>/bulletins"


@bp.route(_URL, permission=Permission.CAMPAIGN_READ)
def bulletins(campaign_id: str) -> str:
    """The own bulletins and the issued ones of offices above and below."""
    actor, campaign = campaign_of(campaign_id)
    rows = queries.bulletins(actor, campaign.id)
    has_readers = bool(child_regions(actor.region_code, clock.today().year))
    return render_template(
        "reporting/bulletins.html",
        campaign=campaign,
        rows=[(row, region_name(row.region_code, full=True)) for row in rows],
        may_begin=actor.may(Permission.CAMPAIGN_WRITE)
        and has_readers
        and bool(_free_months(campaign, actor.region_code)),
        has_readers=has_readers,
        own=actor.region_code,
        place=region_name(actor.region_code, full=True),
    )


@bp.route(f"{_URL}/new", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def new_bulletin(campaign_id: str) -> Any:
    """Begin the bulletin of a month that has none yet."""
    actor, campaign = campaign_of(campaign_id)
    form = MonthForm()
    free = _free_months(campaign, actor.region_code)
    form.month.choices = [(month.isoformat(), f"{month.year}年{month.month}月") for month in free]
    if form.validate_on_submit():
        with refusals_on(form):
            row = actions.begin_bulletin(actor, campaign, _month(form.month.data), clock.today())
            return redirect(url_for("reporting.bulletin", campaign_id=campaign.id, bulletin_id=row.id))
    return render_template("reporting/new_bulletin.html", campaign=campaign, form=form)


def _free_months(campaign: CampaignFacts, region_code: str) -> list[date]:
    taken = queries.months_taken(campaign.id, region_code)
    return [month for month in months_of(campaign, clock.today()) if month not in taken]


def _month(text: str | None) -> date:
    """The month that was chosen; one that no campaign has for what is no day, so that the action refuses it."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return date.min


@bp.route(f"{_URL}/<int:bulletin_id>", permission=Permission.CAMPAIGN_READ)
def bulletin(campaign_id: str, bulletin_id: int) -> str:
    """The letter, who has issued it, and what may be done with it."""
    actor, campaign = campaign_of(campaign_id)
    row = queries.bulletin(actor, campaign.id, bulletin_id)
    return render_template(
        "reporting/bulletin.html",
        campaign=campaign,
        row=row,
        letter=_letter(row, campaign),
        intact=row.is_issued and sha256(row.content) == row.sha256,
        may_write=queries.may_write(actor, row) and not row.is_issued,
        place=region_name(row.region_code, full=True),
        entries=readable(reversed(history(row))),
    )


def _letter(row: Bulletin, campaign: CampaignFacts) -> Letter:
    """An issued bulletin as it was issued; a draft as it would be today."""
    return letter_of(row.content if row.is_issued else compose(current_actor(), row, campaign, clock.today()), row)


@bp.route(f"{_URL}/<int:bulletin_id>/words", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def bulletin_words(campaign_id: str, bulletin_id: int) -> Any:
    """Opening and requirements of a draft."""
    actor, campaign = campaign_of(campaign_id)
    row = queries.bulletin(actor, campaign.id, bulletin_id)
    if row.is_issued or not queries.may_write(actor, row):
        abort(403)
    form = _words_form(row)
    if form.validate_on_submit():
        with saving(form, row, partial(_words_form, row, formdata=None)):
            actions.write_bulletin(
                actor, campaign, row.id, opening=form.opening.data or "", requirements=form.requirements.data or "",
                version=form.read_version,
            )  # fmt: skip
            flash(_("The bulletin has been saved."), "success")
            return redirect(url_for("reporting.bulletin", campaign_id=campaign.id, bulletin_id=row.id))
    return render_template("reporting/bulletin_words.html", campaign=campaign, row=row, form=form)


def _words_form(row: Bulletin, **sent: Any) -> BulletinForm:
    data = {"version": row.version, "opening": row.opening, "requirements": row.requirements}
    return BulletinForm(data=data, **sent)


@bp.route(f"{_URL}/<int:bulletin_id>/issue", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def issue_bulletin(campaign_id: str, bulletin_id: int) -> Any:
    """Issue a draft; where something is missing, back to it with the reason."""
    actor, campaign = campaign_of(campaign_id)
    version = request.form.get("version", "")
    try:
        row = actions.issue_bulletin(
            actor, campaign, bulletin_id, clock.today(), version=int(version) if version.isdecimal() else None
        )
        flash(_("The bulletin has been issued as number %(number)s.", number=row.number), "success")
    except Refused as error:
        if not refusals_in(error):
            raise
        for refusal in refusals_in(error):
            flash(str(refusal), "error")
    return redirect(url_for("reporting.bulletin", campaign_id=campaign.id, bulletin_id=bulletin_id))


@bp.route(
    f"{_URL}/<int:bulletin_id>/file.<format>", permission=Permission.CAMPAIGN_READ, records="reporting:bulletin:export"
)
def bulletin_file(campaign_id: str, bulletin_id: int, format: str) -> Any:
    """The letter as DOCX or PDF."""
    if format not in LETTER_FILES:
        abort(404)
    actor, campaign = campaign_of(campaign_id)
    row = queries.bulletin(actor, campaign.id, bulletin_id)
    kind, letter = LETTER_FILES[format], _letter(row, campaign)
    return download(kind.make(letter), kind.media_type, f"{letter.title}.{format}")
