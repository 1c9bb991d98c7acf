"""The field report step by step; each step is saved as a draft before the next is shown."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.permissions import Permission
from ...accounts.queries import own_officers
from ...columns import new_key
from ...fields import VersionedForm, rows_changed
from ...late_saves import saving
from ...registry import queries as registry
from ...web import current_actor, refusals_on
from .. import actions, entry, evidence, papers, picker, queries, rules, submission
from ..forms import NO_ENTRY, URGENT, FindingsForm, StatementForm, SubjectForm, VisitForm, visit_form
from ..models import Inspection
from ..shown import told
from ..targets import targets_on
from .blueprint import bp, following, reason_asked_for, step_of_field, step_page, step_url


def _save(
    report: Inspection, step: str, form: VersionedForm, save: Callable[[bool], Any], anew: Callable[[], VersionedForm]
) -> Any:
    """Carries out one step: on to the next, or, with "save", to the report's page. None: the form is shown again.

    ``save`` gets whether the step must be whole; who saves for later may leave gaps. ``anew`` makes the form as it is
    opened now.
    """
    whole = "save" not in request.form
    if form.validate():
        with saving(form, report, anew):
            save(whole)
            return redirect(step_url(report, following(step)) if whole else _page(report.id))
    return None


def _page(report_id: int) -> str:
    return url_for("inspections.show", inspection_id=report_id)


# ---------------------------------------------------------------- subject


@bp.route("/inspections/new", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE)
def new() -> Any:
    """Begin a report on a subject, from an approval, a complaint, or nothing."""
    actor = current_actor()
    subject_id = request.values.get("subject_id", type=int) or _subject_of_approval()
    if subject_id is None:
        return redirect(url_for("inspections.choose"))
    subject = registry.subject(actor, subject_id)
    form = SubjectForm()
    _offer(form, subject, None)
    if not form.is_submitted():
        _propose(form)
    elif form.validate():
        with refusals_on(form):
            step = _subject_step(form, subject_id)
            report = actions.start_report(actor, step, clock.today(), key=form.key.data or new_key())
            return redirect(step_url(report, "visit"))
    return step_page(None, "subject", form, subject=subject, needed=entry.entry_is_needed(subject))


def _subject_of_approval() -> int | None:
    number = request.args.get("entry", type=int)
    return queries.approval(current_actor(), number).subject_id if number else None


def _propose(form: SubjectForm) -> None:
    """What a fresh form starts with: today, and what the approval or complaint already says."""
    form.key.data = new_key()
    form.inspected_on.data = clock.today()
    form.complaint_id.data = request.args.get("complaint_id", type=int)
    form.reason.data = "complaint" if form.complaint_id.data else reason_asked_for()
    usable = [one for one in form.approvals if one.planned_from <= clock.today() <= one.planned_to]
    usable.sort(key=lambda one: one.state != "approved")
    wanted = request.args.get("entry", type=int)
    chosen = next((one for one in usable if wanted in (None, one.id)), None)
    form.entry.data = str(chosen.id) if chosen else NO_ENTRY
    if chosen:
        form.reason.data = reason_asked_for(chosen.reason)
        form.target.data = next((value for value in form.targets if value.split("|")[0] == chosen.campaign), "")


def _offer(form: SubjectForm, subject: Any, report: Inspection | None) -> None:
    usable = queries.usable_approvals(current_actor(), subject.id, report.id if report else None)
    day = report.inspected_on if report else clock.today()
    form.subject_id.data = subject.id
    targets = targets_on(day, subject.region_code, current_actor().sector)
    form.offer(targets, usable, entry.entry_is_needed(subject))


def _subject_step(form: SubjectForm, subject_id: int) -> actions.SubjectStep:
    campaign, category = form.chosen_target
    day = form.inspected_on.data
    assert day is not None
    return actions.SubjectStep(
        subject_id=subject_id,
        inspected_on=day,
        reason=form.reason.data or "",
        campaign=campaign,
        category=category,
        entry_id=form.entry_id,
        urgent=form.entry.data == URGENT,
        urgent_reason=form.urgent_reason.data,
        complaint_id=form.complaint,
    )


@bp.route("/inspections/<int:inspection_id>/subject", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE)
def subject(inspection_id: int) -> Any:
    """The first step of a draft again."""
    actor = current_actor()
    report = actions.writable(actor, inspection_id)
    chosen = registry.subject(actor, request.values.get("subject_id", type=int) or report.subject_id)
    form = SubjectForm()
    _offer(form, chosen, report)

    def save(_whole: bool) -> None:
        step = _subject_step(form, chosen.id)
        actions.save_subject(actor, inspection_id, step, clock.today(), version=form.read_version)

    if not form.is_submitted():
        _show_subject(form, report)
    elif done := _save(report, "subject", form, save, partial(_subject_anew, report)):
        return done
    if form.late:
        chosen = registry.subject(actor, form.subject or report.subject_id)
        _offer(form, chosen, report)
    needed = entry.entry_is_needed(chosen)
    return step_page(report, "subject", form, subject=chosen, needed=needed)


def _subject_anew(report: Inspection) -> SubjectForm:
    form = SubjectForm(formdata=None)
    _offer(form, report.subject, report)
    _show_subject(form, report)
    return form


def _show_subject(form: SubjectForm, report: Inspection) -> None:
    form.version.data, form.key.data = str(report.version), report.key
    form.inspected_on.data, form.reason.data = report.inspected_on, report.reason
    form.target.data = f"{report.campaign}|{report.category or ''}" if report.campaign else ""
    form.entry.data = str(report.entry_approval_id) if report.entry_approval_id else NO_ENTRY
    form.complaint_id.data = report.complaint_id


# ---------------------------------------------------------------- visit


@bp.route("/inspections/<int:inspection_id>/visit", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE)
def visit(inspection_id: int) -> Any:
    """Who came when, identity shown, recusal."""
    actor = current_actor()
    report = actions.writable(actor, inspection_id)
    form = visit_form(own_officers(actor), report.inspected_on)
    if not form.is_submitted():
        _show_visit(form, report)
    elif not rows_changed(form):
        save, anew = partial(_save_visit, form, report), partial(_visit_anew, report)
        if done := _save(report, "visit", form, save, anew):
            return done
    return step_page(report, "visit", form)


def _visit_anew(report: Inspection) -> VisitForm:
    form = visit_form(own_officers(current_actor()), report.inspected_on, formdata=None)
    _show_visit(form, report)
    return form


def _show_visit(form: VisitForm, report: Inspection) -> None:
    form.version.data = str(report.version)
    form.fill(report)
    if report.entered_at is None and report.inspected_on == clock.today():
        form.entered.data = clock.local(clock.now()).time()


def _save_visit(form: VisitForm, report: Inspection, whole: bool) -> None:
    step = actions.VisitStep(
        officer_ids=form.officer_ids,
        entered_at=form.entered_at(report.inspected_on),
        place=form.place.data,
        escort=form.escort.data,
        escort_title=form.escort_title.data,
        identity_shown=form.identity_shown.data,
        recusal_answer=form.recusal_answer.data or None,
    )
    actions.save_visit(current_actor(), report.id, step, clock.now(), version=form.read_version, whole=whole)


# ---------------------------------------------------------------- findings


@bp.route("/inspections/<int:inspection_id>/findings", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE)
def findings(inspection_id: int) -> Any:
    """What was seen; violations from the catalogue; order and opinion."""
    report = actions.writable(current_actor(), inspection_id)
    form = FindingsForm()
    if not form.is_submitted():
        form.version.data = str(report.version)
        form.fill(report)
    elif code := request.form.get("add"):
        return _add_finding(form, report, code)
    elif not rows_changed(form) and not form.words.data and "find" not in request.form:
        save, anew = partial(_save_findings, form, report), partial(_findings_anew, report)
        if done := _save(report, "findings", form, save, anew):
            return done
    return _findings_page(form, report)


def _findings_anew(report: Inspection) -> FindingsForm:
    form = FindingsForm(formdata=None)
    form.fill(report)
    return form


def _findings_page(form: FindingsForm, report: Inspection) -> str:
    sector = report.sector
    return step_page(
        report,
        "findings",
        form,
        found=_proposed(form.words.data, report),
        choice=lambda code: picker.choice(code, sector, report.inspected_on),
        hints=list(rules.wording_hints(form.seen_lines)),
        ordered=queries.order_to_recheck(current_actor(), report),
    )


def _proposed(words: str | None, report: Inspection) -> list[picker.Choice] | None:
    """What answers the words; without words what the campaign's target is about; None where nothing is to be said."""
    if words:
        return picker.proposals(words, report.sector, report.inspected_on)
    taken = {finding.violation for finding in report.findings}
    usual = picker.usual(report.category, report.sector, report.inspected_on)
    return [one for one in usual if one.violation.code not in taken] or None


def _add_finding(form: FindingsForm, report: Inspection, code: str) -> Any:
    """Takes a violation over into the draft together with everything typed so far, and goes to its facts."""
    if picker.choice(code, report.sector) and code not in [found for found, _facts in form.found]:
        form.findings.append_entry({"violation": code, "facts": ""})
    form.words.data = None
    if form.validate():
        with saving(form, report, partial(_findings_anew, report)):
            _save_findings(form, report, False)
            where = url_for("inspections.findings", inspection_id=report.id)
            return redirect(f"{where}#findings-{len(form.findings) - 1}-facts")
    return _findings_page(form, report)


def _save_findings(form: FindingsForm, report: Inspection, whole: bool) -> None:
    step = actions.FindingsStep(
        seen=form.seen_lines,
        findings=form.found,
        order_correction=form.order.data in ("at_once", "by_day"),
        correction_text=form.correction_text.data,
        correction_due_on=form.correction_due_on.data if form.order.data == "by_day" else None,
        opinion_text=form.opinion_text.data,
    )
    actions.save_findings(current_actor(), report.id, step, version=form.read_version, whole=whole)


@bp.route("/inspections/violations", permission=Permission.INSPECTION_WRITE)
def violations() -> str:
    """Violations that answer the words, as a part of the page for the script that searches while one types."""
    actor = current_actor()
    words = request.args.get("q", "")[:80]
    sector = actor.sector or ""
    return render_template("inspections/violations.html", found=picker.proposals(words, sector, clock.today()))


# ---------------------------------------------------------------- statement


@bp.route("/inspections/<int:inspection_id>/statement", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE)
def statement(inspection_id: int) -> Any:
    """What the party said, and its signature."""
    actor = current_actor()
    report = actions.writable(actor, inspection_id)
    form = StatementForm(obj=report)
    if not form.is_submitted():
        form.fill(report, clock.now())
    else:
        save, anew = partial(_save_statement, form, report), partial(_statement_anew, report)
        if done := _save(report, "statement", form, save, anew):
            return done
    return step_page(report, "statement", form, signed=evidence.signature_of(report) is not None)


def _statement_anew(report: Inspection) -> StatementForm:
    form = StatementForm(formdata=None, obj=report)
    form.fill(report, clock.now())
    return form


def _save_statement(form: StatementForm, report: Inspection, whole: bool) -> None:
    step = actions.StatementStep(
        party_statement=form.party_statement.data,
        signature=form.signature.data or None,
        refusal_reason=form.refusal_reason.data,
        witness=form.witness.data,
        left_at=form.left_at(report.inspected_on),
        drawing=form.drawing,
    )
    actions.save_statement(current_actor(), report.id, step, clock.now(), version=form.read_version, whole=whole)


# ---------------------------------------------------------------- check


@bp.route("/inspections/<int:inspection_id>/check", methods=["GET", "POST"], permission=Permission.INSPECTION_WRITE)
def check(inspection_id: int) -> Any:
    """Everything once more, what is missing, the papers as they will be; then submit."""
    actor, day = current_actor(), clock.today()
    report = actions.writable(actor, inspection_id)
    form = VersionedForm()
    if not form.is_submitted():
        form.version.data = str(report.version)
    elif form.validate():
        with saving(form, report):
            submission.submit_report(actor, inspection_id, day, version=form.read_version)
            flash(_("The report is submitted. Its papers are made; print and serve them from here."), "success")
            return redirect(_page(inspection_id))
    missing = submission.missing(report)
    return step_page(
        report,
        "check",
        form,
        missing=[(one, step_of_field(one.field)) for one in missing],
        papers=list(papers.drafts(report, day)),
        choice=lambda code: picker.choice(code, report.sector, report.inspected_on),
        hints=list(rules.wording_hints(report.seen)),
        told=told(report, editable=True),
    )
