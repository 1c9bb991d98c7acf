"""The board: who has reported, on time, late, missing; what each department supplies; accepting many at once."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import covers, region, region_name
from ...accounts.words import SECTORS
from ...campaigns.catalogue import CampaignFacts
from ...errors import NotFound, Refused, refusals_in
from ...exports import FORMATS, Column, list_file
from ...web import current_actor
from .. import actions, chain, desks, queries
from ..queries import Line
from ..rules import State, Timeliness
from ..words import STATES, TIMELINESS
from .blueprint import bp, chosen

_URL = "/campaigns/<campaign_id>/returns"
_FILTERS = (*State, *Timeliness)


@bp.route(_URL, permission=Permission.CAMPAIGN_READ)
def board(campaign_id: str) -> str:
    """The own table and its next step; below it every region that reports here, and the departments."""
    actor, today = current_actor(), clock.today()
    campaign, form, period, periods = chosen(campaign_id, today)
    found = queries.board(actor, campaign, form, period, today, _region())
    show = request.args.get("show")
    lines = [line for line in found.regions if not show or show in (line.state, line.timeliness)]
    mine = found.region == actor.region_code and desks.leads(actor)
    return render_template(
        "returns/board.html",
        board=found,
        campaign=campaign,
        definition=form,
        forms=[(one, title) for one, title in _titles(campaign.forms)],
        period=period,
        periods=periods,
        lines=lines,
        show=show if show in _FILTERS else "",
        filters=_FILTERS,
        states=STATES,
        timeliness=TIMELINESS,
        sectors=SECTORS,
        place=region_name(found.region, full=True),
        may_write=actor.may(Permission.CAMPAIGN_WRITE),
        may_answer=actor.may(Permission.CAMPAIGN_WRITE) and _answers(campaign, found.region),
        mine=mine,
        takes_part=chain.level_of(found.region) in chain.steps_of(campaign.chain)
        and covers(campaign.region_code, found.region),
        offices=desks.regions_with_office(found.region),
        boards_below={line.key for line in found.regions if chain.below(line.key, campaign.chain, today.year)},
        arguments={"form": form.id, "period": period.key} | ({"region": found.region} if not mine else {}),
    )


def _answers(campaign: CampaignFacts, region_code: str) -> bool:
    """Whether the viewer's office is the one to which the regions below report; above the campaign's own nobody is."""
    return covers(campaign.region_code, region_code) and desks.acts_for(current_actor(), region_code)


def _titles(form_ids: tuple[str, ...]) -> list[tuple[str, str]]:
    from ...campaigns.queries import form_titles

    titles = form_titles()
    return [(one, titles[one]) for one in form_ids if one in titles]


def _region() -> str | None:
    """A region below that is looked at. Raises NotFound for one that is not the viewer's."""
    asked = request.values.get("region")
    if not asked:
        return None
    if region(asked) is None or not covers(current_actor().region_code, asked):
        raise NotFound
    return asked


@bp.route(f"{_URL}/open", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def begin(campaign_id: str) -> Any:
    """Open the own table, or that of a region below without an office, and go on to check it."""
    campaign, form, period, _periods = chosen(campaign_id, clock.today())
    code = request.form.get("code") or _region() or current_actor().region_code
    row = actions.open_level(current_actor(), campaign.id, form.id, code, period)
    return redirect(url_for("returns.edit", return_id=row.id))


@bp.route(f"{_URL}/department", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def department(campaign_id: str) -> Any:
    """Open a department's return to type it in."""
    campaign, form, period, _periods = chosen(campaign_id, clock.today())
    actor = current_actor()
    code = _region() or actor.region_code
    sector = request.form.get("sector") or None
    row = actions.open_department(actor, campaign.id, form.id, code, period, sector=sector)
    return redirect(url_for("returns.edit", return_id=row.id))


@bp.route(f"{_URL}/accept", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def accept_chosen(campaign_id: str) -> Any:
    """Accept the chosen tables; what has changed since the list was opened stays and is told."""
    campaign, form, period, _periods = chosen(campaign_id, clock.today())
    pairs = [tuple(map(int, one.split(":"))) for one in request.form.getlist("chosen") if _is_pair(one)]
    answered = actions.accept_many(current_actor(), [(one[0], one[1]) for one in pairs])
    if answered.accepted:
        words = ngettext("%(num)s table has been accepted.", "%(num)s tables have been accepted.",
                         len(answered.accepted))  # fmt: skip
        flash(words, "success")
    elif not pairs:
        flash(_("Choose the tables first."), "warning")
    for name, reason in answered.refused:
        flash(f"{name}：{reason}", "warning")
    where: dict[str, Any] = {"region": _region()} if _region() else {}
    return redirect(url_for("returns.board", campaign_id=campaign.id, form=form.id, period=period.key, **where))


def _is_pair(text: str) -> bool:
    parts = text.split(":")
    return len(parts) == 2 and all(one.isascii() and one.isdigit() and len(one) < 10 for one in parts)


@bp.route(f"{_URL}/remind", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def remind(campaign_id: str) -> Any:
    """Ask regions below for their tables: each then has it on its to-do list, with who asked and when."""
    actor, today = current_actor(), clock.today()
    campaign, form, period, _periods = chosen(campaign_id, today)
    codes = request.form.getlist("code") or _missing(campaign_id)
    done = 0
    for code in codes:
        try:
            actions.remind(actor, campaign.id, form.id, code, period)
            done += 1
        except Refused as error:
            if not refusals_in(error):
                raise
            flash(f"{region_name(code)}：{error}", "warning")
    if done:
        flash(ngettext("%(num)s office has been reminded.", "%(num)s offices have been reminded.", done), "success")
    where: dict[str, Any] = {"region": _region()} if _region() else {}
    return redirect(url_for("returns.board", campaign_id=campaign.id, form=form.id, period=period.key, **where))


def _missing(campaign_id: str) -> list[str]:
    """The regions below whose table has not come."""
    actor, today = current_actor(), clock.today()
    campaign, form, period, _periods = chosen(campaign_id, today)
    found = queries.board(actor, campaign, form, period, today, _region())
    if not _answers(campaign, found.region):
        return []
    known = desks.regions_with_office(found.region)
    waiting = (State.OPEN, State.RETURNED)
    return [line.key for line in found.regions if line.state in waiting and line.key in known]


@bp.route(f"{_URL}/list.<format>", permission=Permission.CAMPAIGN_READ, records="returns:board:export")
def board_file(campaign_id: str, format: str) -> Any:
    """The board as a list: each region with state, due day, day of submission, warnings and objections."""
    if format not in FORMATS:
        abort(404)
    actor, today = current_actor(), clock.today()
    campaign, form, period, _periods = chosen(campaign_id, today)
    found = queries.board(actor, campaign, form, period, today, _region())
    title = f"{_('Reporting')}_{region_name(found.region)}_{period.label}"
    return list_file(title, _columns(), iter([*found.regions, *found.departments]), format)


def _columns() -> list[Column]:
    def state(line: Line) -> str:
        return str(STATES[line.state][0])

    def kept(line: Line) -> str:
        return str(TIMELINESS[line.timeliness][0])

    return [
        Column(_("Region or department"), lambda line: line.name, 26),
        Column(_("Supplies"), lambda line: line.supplies, 30),
        Column(_("State"), state, 12),
        Column(_("Due"), lambda line: line.due_on, 12),
        Column(_("Submitted on"), lambda line: line.submitted_on, 12),
        Column(_("Timeliness"), kept, 12),
        Column(_("Days late"), lambda line: line.days_late, 10),
        Column(_("Warnings explained"), lambda line: line.warnings, 10),
        Column(_("Objections"), lambda line: line.objections, 10),
    ]
