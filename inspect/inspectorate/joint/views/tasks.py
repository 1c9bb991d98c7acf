"""One task of a re-check: what is known of the place, its report, its result."""

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.regions import region_name
from ...audit.presentation import readable as entries_of
from ...audit.queries import history
from ...errors import Forbidden
from ...late_saves import saving
from ...web import current_actor
from .. import forms
from ..actions import rechecks as actions
from ..models import RecheckTask
from ..queries import rechecks as queries
from ..rules import standing_of_task
from ..words import CLAIMS, RESULT_TONES, RESULTS, TASK_STANDINGS
from .blueprint import bp, campaign_shown, shown, step_page


@bp.route("/joint/tasks/<int:task_id>", permission=Permission.CAMPAIGN_READ)
def task(task_id: int) -> str:
    """One place that is to be looked at again."""
    actor, today = current_actor(), clock.today()
    row = queries.task(actor, task_id)
    may_answer = queries.may_answer(actor, row)
    return shown(
        "task",
        campaign_shown(row.campaign),
        task=row,
        standing=TASK_STANDINGS[standing_of_task(row.result, row.dropped_reason is not None, row.due_on, today)],
        place_of=region_name,
        reports=queries.reports_for(row),
        drafts=queries.drafts_for(row, actor) if may_answer else [],
        may_answer=may_answer and row.dropped_reason is None,
        may_drop=queries.may_drop(actor, row),
        may_read_cases=actor.may(Permission.CASE_READ) or actor.may(Permission.CASE_READ_DECIDED),
        may_read_reports=actor.may(Permission.INSPECTION_READ),
        results=RESULTS,
        tones=RESULT_TONES,
        claims=CLAIMS,
        entries=entries_of(reversed(history(row))),
    )


@bp.route("/joint/tasks/<int:task_id>/result", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE)
def answer(task_id: int) -> Any:
    """Enter what the re-check found."""
    actor = current_actor()
    row = _answerable(task_id)

    def opened(**sent: Any) -> forms.AnswerForm:
        now = _answerable(task_id)
        reports = queries.reports_for(now)
        proposed = now.inspection_id or (reports[0].id if reports else None)
        values = {"version": now.version, "result": now.result, "note": now.note, "inspection_id": proposed}
        form = forms.AnswerForm(data=values, **sent)
        form.offer(reports)
        return form

    form = opened()
    back = url_for("joint.task", task_id=task_id)
    if form.validate_on_submit():
        with saving(form, row, lambda: opened(formdata=None)):
            actions.answer(
                actor, task_id, result=form.result.data or "", inspection_id=form.inspection_id.data,
                note=form.note.data, today=clock.today(), version=form.read_version,
            )  # fmt: skip
            flash(_("The result was saved."), "success")
            return redirect(back)
    return step_page(
        form, campaign_shown(row.campaign), heading=_("Enter the result"), submit=_("Save the result"), back=back,
        door="joint.rechecks", lead=row.subject.name, draft=f"recheck-{row.id}",
    )  # fmt: skip


def _answerable(task_id: int) -> RecheckTask:
    actor = current_actor()
    row = queries.task(actor, task_id)
    if not queries.may_answer(actor, row):
        raise Forbidden
    return row


@bp.route("/joint/tasks/<int:task_id>/drop", methods=["GET", "POST"], permission=Permission.CAMPAIGN_WRITE)
def drop_task(task_id: int) -> Any:
    """Take a task back that has no result yet."""
    actor = current_actor()
    row = queries.task(actor, task_id)
    queries.own_order(actor, row.order_id)
    form = forms.ReasonForm(data={"version": row.version})
    back = url_for("joint.task", task_id=task_id)
    if form.validate_on_submit():
        with saving(form, row):
            actions.drop(actor, task_id, reason=form.reason.data or "", version=form.read_version)
            flash(_("The task was taken back."), "success")
            return redirect(back)
    return step_page(
        form, campaign_shown(row.campaign), heading=_("Take the task back"), submit=_("Take it back"), back=back,
        door="joint.rechecks", tone="danger", lead=row.subject.name,
    )  # fmt: skip
