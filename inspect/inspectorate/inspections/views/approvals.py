"""Approvals of entry: asking for one, the head's queue, the decision."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from ... import clock
from ...accounts.permissions import Permission
from ...audit.presentation import readable
from ...audit.queries import history
from ...campaigns.queries import open_campaigns
from ...late_saves import saving
from ...paging import COUNTED
from ...registry import queries as registry
from ...web import current_actor, refusals_on
from .. import entry, queries, rules
from ..forms import EntryForm, OpinionForm
from ..targets import campaign_titles
from ..words import APPROVAL_STATES, APPROVAL_TONES, REASONS
from .blueprint import bp, reason_asked_for


@bp.route("/inspections/approvals", methods=["GET", "POST"], permission=Permission.INSPECTION_READ)
def approvals() -> Any:
    """Entries that wait, urgent ones first, of which the head approves several at once; or those decided last."""
    actor = current_actor()
    form = FlaskForm()
    if form.is_submitted():
        if not actor.may(Permission.INSPECTION_APPROVE):
            return redirect(url_for("inspections.approvals"))
        chosen = [int(text) for text in request.form.getlist("approval") if text.isdecimal() and len(text) < 10]
        if form.validate():
            with refusals_on(form):
                number = entry.approve_entries(actor, chosen)
                flash(ngettext("%(num)d entry was approved.", "%(num)d entries were approved.", number), "success")
                return redirect(url_for("inspections.approvals"))
    decided = request.args.get("state") == "decided"
    query = queries.decided_approvals(actor) if decided else queries.waiting_approvals(actor)
    part = queries.approvals_page(
        query, decided=decided, after=request.args.get("after"), before=request.args.get("before")
    )
    return render_template(
        "inspections/approvals.html",
        form=form,
        decided=decided,
        part=part,
        count=queries.count(query),
        counted=COUNTED,
        chosen=set(request.form.getlist("approval")),
        makers=queries.makers(part.rows),
        **_words(),
    )


def _words() -> dict[str, Any]:
    return {
        "reasons": REASONS,
        "states": APPROVAL_STATES,
        "tones": APPROVAL_TONES,
        "is_late": entry.is_late,
        "due_on": rules.approval_due_on,
        "campaign_titles": campaign_titles(),
    }


@bp.route("/inspections/approvals/new", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE)
def new_approval() -> Any:
    """Ask for an entry."""
    actor, day = current_actor(), clock.today()
    subject_id = request.values.get("subject_id", type=int)
    if subject_id is None:
        return redirect(url_for("inspections.choose", then="entry"))
    subject = registry.subject(actor, subject_id)
    form = EntryForm()
    running = open_campaigns(day, subject.region_code)
    form.campaign.choices = [("", _("no campaign")), *((one.id, one.title) for one in running)]
    form.subject_id.data = subject_id
    if not form.is_submitted():
        form.reason.data, form.items.data = reason_asked_for(), entry.proposed_items(subject)
        form.planned_from.data, form.planned_to.data = day, day + timedelta(days=7)
    elif form.validate():
        with refusals_on(form):
            entry.request_entry(actor, _request(form, subject_id), day)
            flash(_("The entry was put before the head of your authority."), "success")
            return redirect(url_for("inspections.today"))
    return render_template("inspections/new_approval.html", form=form, subject=subject)


def _request(form: EntryForm, subject_id: int) -> entry.Request:
    first, last = form.planned_from.data, form.planned_to.data
    assert first is not None
    assert last is not None
    return entry.Request(
        key=form.key.data or "",
        subject_id=subject_id,
        reason=form.reason.data or "",
        campaign=form.campaign.data or None,
        items=form.items.data or "",
        planned_from=first,
        planned_to=last,
        urgent=form.urgent.data,
        urgent_reason=form.urgent_reason.data,
    )


@bp.route("/inspections/approvals/<int:approval_id>", methods=["GET", "POST"], permission=Permission.INSPECTION_READ)
def approval(approval_id: int) -> Any:
    """One entry: what is asked for, the decision, the record."""
    actor = current_actor()
    found = queries.approval(actor, approval_id)
    form = OpinionForm()
    if not form.is_submitted():
        form.version.data = str(found.version)
    elif form.validate():
        with saving(form, found):
            decide = entry.refuse_entry if "refuse" in request.form else entry.approve_entry
            decide(actor, approval_id, version=form.read_version, opinion=form.opinion.data)
            return redirect(url_for("inspections.approvals"))
    return render_template(
        "inspections/approval.html",
        form=form,
        entry=found,
        report=queries.report_under(actor, approval_id),
        decides=actor.may(Permission.INSPECTION_APPROVE) and found.state == "requested",
        starts=actor.may(Permission.INSPECTION_WRITE) and entry.may_start(found, clock.today()),
        makers=queries.makers([found]),
        entries=readable(reversed(history(found))),
        **_words(),
    )
