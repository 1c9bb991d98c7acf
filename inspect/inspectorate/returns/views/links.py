"""The open page behind a link with a code: a department without a sign-in types or sends its one return."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...campaigns.engine.definition import FormDefinition
from ...late_saves import saving
from .. import actions, blanks, judging, snapshots
from ..actions import links
from ..actions.reporting import pending
from ..actions.steps import standing_of
from ..file_forms import WorkbookForm
from ..forms import Sheet, sheet_form
from ..models import Return, ReturnLink
from ..rules import COUNTED, STEPS, Act, State
from ..tables import campaign_of, local_form, table_of
from ..typing_in import document_of
from ..words import STATES
from .blueprint import at_places, bp, shared
from .files import refused_page, tell_taken, workbook_file
from .page import objections_shown, sheet_parts


def _entered(code: str) -> ReturnLink | Any:
    """The link, or the answer that every wrong code gets: first slowly, then not at all for a while."""
    address = request.remote_addr or ""
    seconds = links.wait_before(address)
    if seconds:
        response = make_response(render_template("returns/link_closed.html", seconds=seconds), 429)
        response.headers["Retry-After"] = str(seconds)
        return response
    link = links.opened(code, clock.today())
    if link is None:
        links.count_wrong(address)
        return make_response(render_template("returns/link_closed.html", seconds=0), 404)
    return link


@bp.route("/r/<link_code>", methods=["GET", "POST"], permission=Permission.PUBLIC)
def by_link(link_code: str) -> Any:
    """The return of one department: to be filled in, or where it stands."""
    link = _entered(link_code)
    if not isinstance(link, ReturnLink):
        return link
    row, today = link.owner, clock.today()
    if not _is_open(row):
        return _private(render_template("returns/link_state.html", **_state(row), link_code=link_code))
    form, given = pending(row, today)
    found = [one._replace(links=()) for one in judging.findings(row, table_of(row, today, given), today)]
    document = row.draft or document_of(form, given)
    sheet = sheet_form(row, form, document, found)
    pressed = request.form.keys() & {"save", "submit"}
    if not pressed:
        sheet.version.data = str(row.version)
    elif sheet.validate():
        with saving(sheet, row, lambda: sheet_form(row, form, document, found, fill=False)), at_places(sheet):
            return _saved(sheet, link, link_code)
    parts = sheet_parts(table_of(row, today, given).filled, row)
    return _private(
        render_template(
            "returns/link.html",
            **shared(row, form),
            layout=parts["layout"],
            sheet=sheet,
            findings=[(one, []) for one in found],
            supplies=_supplied(row, form),
            objections=objections_shown(row, form),
            upload=WorkbookForm(formdata=None, data={"version": row.version}),
            state=STATES[State(row.state)],
            link_code=link_code,
            opens_until=link.expires_on,
        )
    )


def _is_open(row: Return) -> bool:
    standing = standing_of(row)
    return standing.state in (State.OPEN, State.RETURNED) and Act.SUBMIT in STEPS[standing]


def _supplied(row: Return, form: FormDefinition) -> set[str]:
    """Rows and columns that the campaign expects of the department, with the lines under their headings."""
    ids = blanks.supplies_of(campaign_of(row), form, row.agency)
    trees = (form.rows, form.cols)
    return {line.id for one in ids for tree in trees if one in tree for line in tree.lines_under(one)} | set(ids)


def _saved(sheet: Sheet, link: ReturnLink, link_code: str) -> Any:
    actor, today, row = links.actor_for(link), clock.today(), link.owner
    values: dict[str, Any] = {"version": sheet.read_version, "reasons": sheet.explained()}
    if "submit" not in request.form:
        given = actions.type_in(actor, row.id, sheet.document() or {}, today, **values)
        if given.problems:
            flash(_("Saved. Some figures cannot be submitted like this: see below."), "warning")
        else:
            flash(_("Saved. Nothing has been submitted yet."), "success")
    else:
        actions.submit(actor, row.id, today, document=sheet.document(), **values)
        links.used(link)
        flash(_("The return has been submitted. Keep its number and hash."), "success")
    return redirect(url_for("returns.by_link", link_code=link_code))


def _state(row: Return) -> dict[str, Any]:
    """Where a return stands: its receipt, and what was reported."""
    last = snapshots.last_of(row)
    reported = last is not None and State(row.state) in COUNTED
    form = snapshots.drawn(last).form if last is not None else local_form(row, clock.today())[0]
    filled = snapshots.drawn(last).filled if last is not None else None
    layout = sheet_parts(filled, row)["layout"] if filled is not None else None
    return {
        **shared(row, form), "layout": layout, "last": last, "reported": reported, "state": STATES[State(row.state)],
        "objections": objections_shown(row, form),
    }  # fmt: skip


def _private(page: str) -> Any:
    """A page that no cache on the way keeps."""
    response = make_response(page)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.route("/r/<link_code>/return.xlsx", permission=Permission.PUBLIC)
def blank_by_link(link_code: str) -> Any:
    """The blank of the return, with what has been typed so far."""
    link = _entered(link_code)
    return workbook_file(link.owner) if isinstance(link, ReturnLink) else link


@bp.route("/r/<link_code>/upload", methods=["POST"], permission=Permission.PUBLIC)
def upload_by_link(link_code: str) -> Any:
    """The filled blank comes back: its figures stand in the fields to be looked at, or the marked copy is offered."""
    link = _entered(link_code)
    if not isinstance(link, ReturnLink):
        return link
    row, today = link.owner, clock.today()
    form = WorkbookForm()
    back = url_for("returns.by_link", link_code=link_code)
    if not _is_open(row):
        return redirect(back)
    if form.validate():
        content = form.content()
        with saving(form, row, None):
            read = blanks.read_for(row, content, today)
            if read.problems:
                return refused_page(row, read, content, back)
            document = document_of(local_form(row, today)[0], read.given)
            actions.type_in(links.actor_for(link), row.id, document, today, version=form.read_version)
            tell_taken(read)
            return redirect(back)
    for reasons in form.errors.values():
        for reason in reasons:
            flash(str(reason), "error")
    return redirect(back)
