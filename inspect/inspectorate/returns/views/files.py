"""A return as a workbook: the blank out, the filled one back, the marked copy of one that is refused; links for it."""

import base64
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...errors import Refusal
from ...exports import download
from ...late_saves import saving
from ...web import current_actor, refusals_on
from .. import actions, blanks, desks, incoming
from ..actions import links
from ..actions.steps import standing_of
from ..file_forms import LinkForm, WorkbookForm
from ..models import Return, ReturnLink
from ..rules import STEPS, Act, State
from ..tables import DEPARTMENT, form_of, local_form
from ..typing_in import document_of
from ..words import STATES
from ..workbook.reading import ReadBook, identity_in
from .blueprint import bp, chosen, period_in, shared

PROPOSED_DAYS = 14
"""How long a link opens at least, unless somebody writes another day."""

MARKED_AT_MOST = 1_000_000
"""Octets of a marked copy that the page which tells the problems carries with it."""


@bp.route("/returns/<int:return_id>/files", permission=Permission.CAMPAIGN_READ)
def files(return_id: int) -> str:
    """The blank, the way back for it, and the links by which the department files itself."""
    return _page(desks.visible(current_actor(), return_id))


@bp.route("/returns/<int:return_id>/upload", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def take_workbook(return_id: int) -> Any:
    """Read a filled blank into the fields of its return, or say what is wrong with it cell by cell."""
    actor, today = current_actor(), clock.today()
    row = desks.visible(actor, return_id)
    desks.demand(actor, row, Act.TYPE)
    form = WorkbookForm()
    if form.validate():
        content = form.content()
        with saving(form, row, lambda: WorkbookForm(formdata=None, data={"version": row.version})):
            read = blanks.read_for(row, content, today)
            if read.problems:
                return refused_page(row, read, content)
            document = document_of(local_form(row, today)[0], read.given)
            actions.type_in(actor, row.id, document, today, version=form.read_version, reasons=read.given.reasons)
            tell_taken(read)
            return redirect(url_for("returns.edit", return_id=row.id))
    return _page(row, form)


def _page(
    row: Return, form: WorkbookForm | None = None, link_form: LinkForm | None = None, code: str | None = None
) -> str:
    actor = current_actor()
    sides = desks.stands(actor, row)
    may_type = Act.TYPE in STEPS[standing_of(row)] and desks.may(actor, row, Act.TYPE, sides)
    may_link = (
        row.kind == DEPARTMENT and actor.may(Permission.CAMPAIGN_WRITE) and desks.acts_for(actor, row.region_code)
    )
    proposed = {"expires_on": max(filter(None, (row.due_on, clock.today() + timedelta(days=PROPOSED_DAYS))))}
    return render_template(
        "returns/files.html",
        **shared(row, form_of(row)),
        form=form or WorkbookForm(formdata=None, data={"version": row.version}),
        link_form=link_form or LinkForm(formdata=None, data=proposed),
        links=links.links_of(row) if may_link else [],
        may_type=may_type and State(row.state) is not State.FROZEN,
        may_link=may_link,
        code=code,
        today=clock.today(),
        state=STATES[State(row.state)],
    )


@bp.route("/returns/<int:return_id>/return.xlsx", permission=Permission.CAMPAIGN_READ, records="returns:table:export")
def workbook(return_id: int) -> Any:
    """The blank of a return, with what has been typed so far."""
    row = desks.visible(current_actor(), return_id)
    return workbook_file(row)


def workbook_file(row: Return) -> Any:
    """A return's workbook as a download."""
    whose = row.agency.name if row.kind == DEPARTMENT else row.region_code
    name = f"{form_of(row).title}_{whose}_{period_in(row).label}.xlsx"
    return download(blanks.workbook_of(row, clock.today()), blanks.MEDIA_TYPE, name)


def tell_taken(read: ReadBook) -> None:
    """What was understood otherwise than written is told with the success."""
    flash(_("The workbook was read. Look at the figures, then submit them."), "success")
    for remark in read.given.remarks[:20]:
        flash(str(remark), "warning")


def refused_page(row: Return, read: ReadBook, content: bytes, back: str | None = None) -> Any:
    """Every problem at its cell, with the marked copy to correct."""
    marked = blanks.marked_copy(content, read)
    data = base64.b64encode(marked).decode() if len(marked) <= MARKED_AT_MOST else ""
    page = render_template(
        "returns/upload_refused.html" if back is None else "returns/link_refused.html",
        **shared(row, form_of(row)),
        problems=read.problems,
        marked=f"data:{blanks.MEDIA_TYPE};base64,{data}" if data else "",
        name=f"{form_of(row).title}_批注.xlsx",
        back=back or url_for("returns.files", return_id=row.id),
    )
    return page, 422


@bp.route("/campaigns/<campaign_id>/returns/upload", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def upload(campaign_id: str) -> Any:
    """A filled blank that says itself whose return it is goes to where it belongs."""
    actor, today = current_actor(), clock.today()
    campaign, form, period, _periods = chosen(campaign_id, today)
    sent = WorkbookForm()
    content = sent.content() if sent.workbook.data else b""
    try:
        found = identity_in(content, form)
        agency = incoming.agency_by(found.agency)
        code = found.region or actor.region_code
        row = actions.open_department(actor, campaign.id, form.id, code, period, agency_id=agency.id)
        desks.demand(actor, row, Act.TYPE)
        read = blanks.read_for(row, content, today)
        if read.problems:
            return refused_page(row, read, content)
        document = document_of(local_form(row, today)[0], read.given)
        actions.type_in(actor, row.id, document, today, reasons=read.given.reasons)
    except Refusal as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("returns.board", campaign_id=campaign.id, form=form.id, period=period.key))
    tell_taken(read)
    return redirect(url_for("returns.edit", return_id=row.id))


@bp.route("/campaigns/<campaign_id>/returns/department/files", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def department_files(campaign_id: str) -> Any:
    """Begin a department's return to send its blank or a link."""
    campaign, form, period, _periods = chosen(campaign_id, clock.today())
    actor = current_actor()
    code = request.form.get("region") or actor.region_code
    sector = request.form.get("sector") or None
    row = actions.open_department(actor, campaign.id, form.id, code, period, sector=sector)
    return redirect(url_for("returns.files", return_id=row.id))


@bp.route("/returns/<int:return_id>/links", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def make_link(return_id: int) -> Any:
    """A new link; its code is shown on this page and never again."""
    actor = current_actor()
    row = desks.visible(actor, return_id)
    links.demand(actor, row)
    form = LinkForm()
    code = None
    if form.validate():
        with refusals_on(form):
            _link, code = links.make(actor, return_id, form.expires_on.data, clock.today())
    return _page(row, None, None if code else form, code)


@bp.route("/returns/links/<int:link_id>/revoke", methods=["POST"], permission=Permission.CAMPAIGN_WRITE)
def revoke_link(link_id: int) -> Any:
    """A link opens no more."""
    version = request.form.get("version", type=int)
    link: ReturnLink = links.revoke(current_actor(), link_id, version=version)
    flash(_("The link has been revoked. It opens no more."), "success")
    return redirect(url_for("returns.files", return_id=link.return_id))
