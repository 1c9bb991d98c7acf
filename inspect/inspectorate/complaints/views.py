"""Screens of complaints: the list with its counts, the page of a complaint, and one form a step."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from .. import clock
from ..accounts.permissions import Permission
from ..accounts.queries import own_officers
from ..campaigns.queries import campaign, campaigns, open_campaigns
from ..documents.presentation import paper_lines
from ..documents.queries import documents_of
from ..errors import Forbidden, Refusal, Refusals, refusals_in
from ..extensions import db
from ..fields import VersionedForm
from ..late_saves import saving
from ..registry import queries as registry
from ..shielding import shown_on_request
from ..web import Area, current_actor, refusals_on
from . import actions, files, forms, queries, record, words
from .models import Complaint
from .rules import State, state_of, term_of

bp = Area("complaints", __name__)


@bp.route("/complaints", permission=Permission.COMPLAINT_READ)
def index() -> str:
    """The complaints of the region and sector, with what the annex counts."""
    form, filter = _filter()
    oldest_first = request.args.get("sort") == "received"
    part = queries.page(
        queries.complaints(current_actor(), filter), oldest_first=oldest_first,
        after=request.args.get("after"), before=request.args.get("before"),
    )  # fmt: skip
    return render_template(
        "complaints/index.html",
        form=form, part=part, counts=queries.counts(current_actor(), filter), terms=words, state_of=state_of,
        may_receive=_may_receive(), sort="received" if oldest_first else "-received",
    )  # fmt: skip


@bp.route(
    "/complaints/list.<any(csv, xlsx):format>",
    permission=Permission.COMPLAINT_READ,
    records="complaints:list:export",
)
def export(format: str) -> Any:
    """The complaints that the filters let through, as a file."""
    return files.complaints(queries.complaints(current_actor(), _filter()[1]), format)


def _filter() -> tuple[forms.ComplaintFilter, queries.Filter]:
    actor = current_actor()
    form = forms.ComplaintFilter(request.args)
    form.offer(actor.region_code, clock.today(), campaigns(actor))
    form.validate()
    known = {field: [code for code, *_rest in field.choices] for field in (form.state, form.event, form.channel)}
    state, event, channel = (field.data if field.data in codes else "" for field, codes in known.items())
    target, _sep, category = (form.target.data or "").partition("|")
    regions = [code for code, *_rest in form.region.choices]
    return form, queries.Filter(
        words=form.q.data, state=state, event=event or "received", since=form.since.data, until=form.until.data,
        channel=channel, region=form.region.data if form.region.data in regions else None,
        campaign=target or None, category=category or None, mine=form.mine.data,
    )  # fmt: skip


def _may_receive() -> bool:
    actor = current_actor()
    return actor.may(Permission.COMPLAINT_HANDLE) or actor.may(Permission.COMPLAINT_ASSIGN)


@bp.route("/complaints/<int:complaint_id>", permission=Permission.COMPLAINT_READ)
def show(complaint_id: int) -> str:
    """Where a complaint stands, what comes next, and what has been done."""
    actor, today = current_actor(), clock.today()
    found = queries.complaint(actor, complaint_id)
    cases = queries.cases_of(actor, found)
    known = campaign(found.campaign) if found.campaign else None
    return render_template(
        "complaints/show.html",
        complaint=found, state=words.STATES[state_of(found)], stage=state_of(found), stages=State, terms=words,
        term=term_of(found, found.sector, today), inspections=queries.inspections_of(actor, found), cases=cases,
        campaign=known, category=_category(known, found.category), papers=paper_lines(actor, documents_of(found)),
        entries=record.entries(found),
        may_assign=queries.may_assign(actor, found), may_work=queries.may_work_on(actor, found),
        may_see_reporter=queries.may_see_reporter(actor, found), endpoints=current_app.view_functions,
        may_inspect=actor.may(Permission.INSPECTION_WRITE), may_open_case=actor.may(Permission.CASE_HANDLE),
    )  # fmt: skip


@bp.route("/complaints/<int:complaint_id>/reporter", methods=["GET", "POST"], permission=Permission.COMPLAINT_READ)
def reporter(complaint_id: int) -> str:
    """The reporter's telephone in full, once, for a reason that is recorded."""
    actor = current_actor()
    found = queries.complaint(actor, complaint_id)
    if not queries.may_see_reporter(actor, found):
        raise Forbidden

    def show(reason: str) -> list[tuple[str, str | None]]:
        shown = actions.show_reporter(actor, complaint_id, reason)
        names = (_("Name of the reporter"), shown.reporter_name)
        return [names, (_("Telephone of the reporter"), shown.reporter_phone)]

    whose = _("Complaint %(number)s", number=found.number or _("without a number"))
    return shown_on_request(whose, url_for("complaints.show", complaint_id=complaint_id), show)


def _category(known: Any, code: str | None) -> str | None:
    return next((one.label for one in known.categories if one.code == code), code) if known else code


@bp.route("/complaints/new", methods=["GET", "POST"], permission=Permission.COMPLAINT_READ)
def new() -> Any:
    """Write down a complaint that came in."""
    if not _may_receive():
        raise Forbidden
    actor, today = current_actor(), clock.today()
    form = forms.ComplaintForm(data={"received_on": today, "subject_id": request.args.get("subject_id")})
    _offer(form)
    if not _looking(form) and form.validate_on_submit():
        with refusals_on(form):
            made = actions.receive_complaint(actor, today, form.facts(), key=form.key.data or None)
            flash(_("The complaint was recorded as %(number)s.", number=made.number), "success")
            return redirect(url_for("complaints.show", complaint_id=made.id))
    return render_template("complaints/form.html", form=form, complaint=None)


@bp.route("/complaints/<int:complaint_id>/change", methods=["GET", "POST"], permission=Permission.COMPLAINT_READ)
def change(complaint_id: int) -> Any:
    """Mend what was written down."""
    actor, today = current_actor(), clock.today()
    found = _workable(complaint_id)
    form = forms.ComplaintForm(data=forms.complaint_values(found))
    _offer(form)
    if not _looking(form) and form.validate_on_submit():
        with saving(form, found, lambda: _opened_anew(_workable(complaint_id)), entries=record.entries):
            actions.change_complaint(actor, complaint_id, today, form.facts(), version=form.read_version)
            flash(_("The changes were saved."), "success")
            return redirect(url_for("complaints.show", complaint_id=complaint_id))
    return render_template("complaints/form.html", form=form, complaint=_workable(complaint_id))


def _opened_anew(complaint: Complaint) -> forms.ComplaintForm:
    form = forms.ComplaintForm(formdata=None, data=forms.complaint_values(complaint))
    _offer(form)
    return form


def _looking(form: forms.ComplaintForm) -> bool:
    """Whether "find in the registry" sent the form: it is shown again with what was found."""
    return request.method == "POST" and "find" in request.form


def _offer(form: forms.ComplaintForm) -> None:
    actor, today = current_actor(), clock.today()
    days = {today, form.received_on.data or today}
    running = {known.id: known for day in days for known in open_campaigns(day, actor.region_code)}
    form.offer(actor.region_code, today, list(running.values()))
    found = registry.search(actor, form.subject_text.data or "", 12) if _looking(form) else []
    chosen = form.chosen_subject()
    if chosen is not None and chosen not in [one.id for one in found]:
        found = [*registry.subjects(actor, [chosen]), *found]
    if found or _looking(form):
        form.offer_subjects(found, _("none of these: the reporter's words only"))


def _workable(complaint_id: int) -> Complaint:
    found = queries.complaint(current_actor(), complaint_id)
    if not queries.may_work_on(current_actor(), found):
        raise Forbidden
    return found


@bp.route("/complaints/<int:complaint_id>/accept", methods=["GET", "POST"], permission=Permission.COMPLAINT_ASSIGN)
def accept(complaint_id: int) -> Any:
    """Accept and assign."""
    found = _assignable(complaint_id)

    def opened(**sent: Any) -> forms.AcceptForm:
        now = _assignable(complaint_id)
        values = {"accepted_on": now.accepted_on or clock.today(), "handler_id": now.handler_id}
        form = forms.AcceptForm(data={"version": now.version, **values}, **sent)
        form.offer(own_officers(current_actor(), clock.today()))
        return form

    form = opened()
    title = _("Accept and assign") if found.accepted_on is None else _("Assign to another handler")

    def act() -> None:
        actions.accept_complaint(
            current_actor(), complaint_id, clock.today(),
            accepted_on=form.accepted_on.data, handler_id=form.handler_id.data, version=form.read_version,
        )  # fmt: skip

    return _step(form, complaint_id, title, title, act, opened)


@bp.route("/complaints/<int:complaint_id>/close", methods=["GET", "POST"], permission=Permission.COMPLAINT_READ)
def close(complaint_id: int) -> Any:
    """Close with the outcome."""

    def opened(**sent: Any) -> forms.CloseForm:
        now = _workable(complaint_id)
        penalised = queries.led_to_penalty(queries.cases_of(current_actor(), now))
        values = {"closed_on": clock.today(), "penalised": penalised, "outcome": now.outcome}
        return forms.CloseForm(data={"version": now.version, **values}, **sent)

    form = opened()

    def act() -> None:
        actions.close_complaint(
            current_actor(), complaint_id, clock.today(), closed_on=form.closed_on.data,
            outcome=form.outcome.data or "", penalised=form.penalised.data, version=form.read_version,
        )  # fmt: skip

    return _step(form, complaint_id, _("Close the complaint"), _("Close the complaint"), act, opened)


@bp.route("/complaints/<int:complaint_id>/reply", methods=["GET", "POST"], permission=Permission.COMPLAINT_READ)
def reply(complaint_id: int) -> Any:
    """Record the reply and the reporter's opinion."""

    def opened(**sent: Any) -> forms.ReplyForm:
        now = _workable(complaint_id)
        satisfied = {True: "yes", False: "no", None: ""}[now.satisfied]
        values = {"replied_on": now.replied_on or clock.today(), "reply": now.reply, "satisfied": satisfied}
        return forms.ReplyForm(data={"version": now.version, **values}, **sent)

    form = opened()

    def act() -> None:
        actions.reply_to_complaint(
            current_actor(), complaint_id, clock.today(), replied_on=form.replied_on.data,
            reply=form.reply.data or "", satisfied={"yes": True, "no": False}.get(form.satisfied.data or ""),
            version=form.read_version,
        )  # fmt: skip

    return _step(form, complaint_id, _("Record the reply"), _("Save the reply"), act, opened)


@bp.route("/complaints/<int:complaint_id>/intake-record", methods=["POST"], permission=Permission.COMPLAINT_READ)
def intake_record(complaint_id: int) -> Any:
    """Issue the 案件受理记录."""
    try:
        document = actions.issue_intake_record(current_actor(), complaint_id, clock.today())
    except (Refusal, Refusals) as refused:
        db.session.rollback()
        for reason in refusals_in(refused):
            flash(str(reason), "error")
        return redirect(url_for("complaints.show", complaint_id=complaint_id))
    return redirect(url_for("documents.show", document_id=document.id))


@bp.route("/complaints/<int:complaint_id>/reopen", methods=["GET", "POST"], permission=Permission.COMPLAINT_ASSIGN)
def reopen(complaint_id: int) -> Any:
    """Open a complaint again that was closed by mistake."""
    form = forms.ReasonForm(data={"version": _assignable(complaint_id).version})

    def act() -> None:
        reason = form.reason.data or ""
        actions.reopen_complaint(current_actor(), complaint_id, reason=reason, version=form.read_version)

    return _step(form, complaint_id, _("Open the complaint again"), _("Open again"), act)


@bp.route("/complaints/<int:complaint_id>/withdraw", methods=["GET", "POST"], permission=Permission.COMPLAINT_ASSIGN)
def withdraw(complaint_id: int) -> Any:
    """Withdraw a complaint entered by mistake or twice."""
    form = forms.ReasonForm(data={"version": _assignable(complaint_id).version})

    def act() -> None:
        reason = form.reason.data or ""
        actions.withdraw_complaint(current_actor(), complaint_id, reason=reason, version=form.read_version)

    return _step(form, complaint_id, _("Withdraw the complaint"), _("Withdraw"), act, tone="danger")


def _assignable(complaint_id: int) -> Complaint:
    found = queries.complaint(current_actor(), complaint_id)
    if not queries.may_assign(current_actor(), found):
        raise Forbidden
    return found


def _step(
    form: VersionedForm,
    complaint_id: int,
    title: str,
    submit: str,
    act: Callable[[], None],
    opened: Callable[..., VersionedForm] | None = None,
    tone: str = "primary",
) -> Any:
    """Show the form of a step, or carry it out and return to the complaint.

    ``opened`` makes the form as it is opened, without what was sent when it is told ``formdata=None``.
    """
    found = queries.complaint(current_actor(), complaint_id)
    anew = partial(opened, formdata=None) if opened else None
    if form.validate_on_submit():
        with saving(form, found, anew, entries=record.entries):
            act()
            flash(_("Saved."), "success")
            return redirect(url_for("complaints.show", complaint_id=complaint_id))
    return render_template("complaints/step.html", form=form, complaint=found, heading=title, submit=submit, tone=tone)
