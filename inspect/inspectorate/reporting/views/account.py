"""总结: the report with its figures leading back to their cells, its sections, what it lacks, its files."""

from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...audit.presentation import readable
from ...audit.queries import history
from ...errors import NotFound, Refusal
from ...exports import download
from ...late_saves import saving
from ...web import current_actor
from .. import actions, queries
from ..account import PREFACE, SECTIONS, Account, account_of, completeness, letter_of, pictures_of
from ..cases import typical_cases
from ..fields import Field, cell_words, runs_of
from ..files import LETTER_FILES
from ..forms import LetterForm, SectionForm
from ..gathering import Gathered
from ..letter import blocks_of
from ..models import AccountSection, CampaignAccount
from .blueprint import asked, bp, campaign_of

_URL = "/campaigns/<campaign_id>/account"


@bp.route(_URL, permission=Permission.CAMPAIGN_READ)
def account(campaign_id: str) -> str:
    """The report of a region, or how to begin it."""
    actor, campaign, region = asked(campaign_id)
    row = queries.account(campaign.id, region)
    may_begin = region == actor.region_code and actor.may(Permission.CAMPAIGN_WRITE)
    place = region_name(region, full=True)
    if row is None:
        return render_template("reporting/no_account.html", campaign=campaign, place=place, may_begin=may_begin)
    gathered = Gathered(campaign, region, clock.today())
    found = account_of(gathered, row)
    return render_template(
        "reporting/account.html",
        pictures=pictures_of(gathered),
        cases=typical_cases(actor, campaign, region),
        campaign=campaign,
        found=found,
        checks=completeness(found),
        sections=_sections(found),
        runs=lambda text: runs_of(text, found.fields),
        link=lambda field: _link(found, field),
        may_write=queries.may_write(actor, row),
        place=place,
        region=region,
        entries=readable(reversed(history(row))),
    )


@bp.route(f"{_URL}/begin", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def begin_account(campaign_id: str) -> Any:
    """Begin the report of the own region with the proposed words."""
    actor, campaign = campaign_of(campaign_id)
    try:
        actions.begin_account(actor, campaign)
        flash(_("The report has been begun with proposed words. Read each section and write your own."), "success")
    except Refusal as refusal:
        flash(str(refusal), "error")
    return redirect(url_for("reporting.account", campaign_id=campaign.id))


def _sections(found: Account) -> list[tuple[str, str, Any, bool]]:
    """Name, heading, blocks with the figures still as names, and whether the words are the office's own."""
    numbers = iter("一二三四五六七八九")
    headings = {name: words if name == PREFACE else f"{next(numbers)}、{words}" for name, words in SECTIONS.items()}
    return [(name, headings[name], blocks_of(found.texts[name]), name in found.own) for name in SECTIONS]


def _link(found: Account, field: Field) -> str | None:
    """Where a figure comes from: its cell's records where it is one, else the page that lists its cells."""
    return url_for("reporting.figure", campaign_id=found.campaign.id, name=field.name, region=found.row.region_code)


@bp.route(f"{_URL}/sections/<section>", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def account_section(campaign_id: str, section: str) -> Any:
    """The words of one section; the proposed ones stand there to begin with."""
    actor, campaign = campaign_of(campaign_id)
    row = _own(campaign.id)
    written = queries.section(row, section)
    found = account_of(Gathered(campaign, row.region_code, clock.today()), row)
    form = _section_form(found, written)
    if form.validate_on_submit():
        with saving(form, written, partial(_section_form, found, written, formdata=None), of=row):
            text = "" if form.proposed.data else form.text.data or ""
            actions.write_section(actor, campaign, section, text, clock.today(), version=form.read_version)
            flash(_("The section has been saved."), "success")
            return redirect(url_for("reporting.account", campaign_id=campaign.id, _anchor=section))
    listed = [field for field in found.fields.values() if field.listed]
    groups = {
        group: [field for field in listed if field.group == group] for group in dict.fromkeys(f.group for f in listed)
    }
    return render_template(
        "reporting/account_section.html",
        campaign=campaign,
        form=form,
        heading=SECTIONS[section],
        section_=section,
        groups=groups,
        own=bool(written.text.strip()),
    )


def _section_form(found: Account, section: AccountSection, **sent: Any) -> SectionForm:
    text = section.text or found.texts[section.name]
    return SectionForm(data={"version": section.version, "text": text}, **sent)


@bp.route(f"{_URL}/letter", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def account_letter(campaign_id: str) -> Any:
    """Addressee, number and day."""
    actor, campaign = campaign_of(campaign_id)
    row = _own(campaign.id)
    form = _letter_form(row)
    if form.validate_on_submit():
        with saving(form, row, partial(_letter_form, row, formdata=None)):
            actions.write_letter(
                actor, campaign, addressee=form.addressee.data or "", number=form.number.data or "",
                dated_on=form.dated_on.data, version=form.read_version,
            )  # fmt: skip
            flash(_("The letter has been saved."), "success")
            return redirect(url_for("reporting.account", campaign_id=campaign.id))
    return render_template("reporting/account_letter.html", campaign=campaign, form=form)


def _letter_form(row: CampaignAccount, **sent: Any) -> LetterForm:
    data = {"version": row.version, "addressee": row.addressee, "number": row.number, "dated_on": row.dated_on}
    return LetterForm(data=data, **sent)


def _own(campaign_id: str) -> CampaignAccount:
    """The report of the actor's own office. Raises NotFound."""
    actor = current_actor()
    row = queries.account(campaign_id, actor.region_code)
    if row is None or not queries.may_write(actor, row):
        raise NotFound
    return row


@bp.route(f"{_URL}/figures", permission=Permission.CAMPAIGN_READ)
def figure(campaign_id: str) -> str:
    """Of what a figure of the report is made: the cells that it adds up, each leading to its records."""
    _actor, campaign, region = asked(campaign_id)
    row = queries.account(campaign.id, region)
    found = account_of(Gathered(campaign, region, clock.today()), row) if row is not None else None
    field = found.fields.get(request.args.get("name", "")) if found is not None else None
    if found is None or field is None:
        raise NotFound
    table = next((one for one in found.tables if one.form.id == field.form_id), None)
    return render_template(
        "reporting/figure.html",
        campaign=campaign,
        region=region,
        field=field,
        table=table,
        printed=cell_words,
        place=region_name(region, full=True),
    )


@bp.route(f"{_URL}/file.<format>", permission=Permission.CAMPAIGN_READ, records="reporting:account:export")
def account_file(campaign_id: str, format: str) -> Any:
    """The report as DOCX or PDF; marked as a draft as long as it lacks something."""
    actor, campaign, region = asked(campaign_id)
    row = queries.account(campaign.id, region)
    if format not in LETTER_FILES or row is None:
        abort(404)
    gathered = Gathered(campaign, region, clock.today())
    cases = typical_cases(actor, campaign, region)
    kind, letter = LETTER_FILES[format], letter_of(account_of(gathered, row), pictures_of(gathered), cases)
    return download(kind.make(letter), kind.media_type, f"{letter.title}.{format}")
