"""Opening a case: from a field report, a complaint or by hand; changing it until it is submitted."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from ... import clock
from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.queries import own_officers
from ...accounts.scope import scoped_get
from ...complaints.models import Complaint
from ...errors import NotFound
from ...fields import rows_changed
from ...inspections import picker
from ...inspections.models import Inspection
from ...inspections.targets import known_target, targets_on, with_target
from ...late_saves import saving
from ...registry import queries as registry
from ...web import current_actor, refusals_on
from .. import actions, queries
from ..forms import IntakeForm, RenameForm, number_in
from ..models import Case
from .blueprint import bp, by_reason, case_url, fresh, loaded, step_page


@bp.route("/cases/choose", permission=Permission.CASE_HANDLE)
def choose() -> str:
    """Against whom a case is opened, when no report or complaint names it; ``case_id`` adds a party to a case."""
    words = request.args.get("q", "")[:80]
    case_id, complaint_id = (request.args.get(name, type=int) for name in ("case_id", "complaint_id"))
    actor = current_actor()
    found = registry.search(actor, words) if words else []
    case = queries.case(actor, case_id) if case_id else None

    def onward(subject_id: int) -> str:
        if case is None:
            return url_for("cases.new", subject_id=subject_id, complaint_id=complaint_id)
        parties = [party.subject_id for party in case.respondents]
        return url_for("cases.change", case_id=case.id, party=[*parties, subject_id])

    return render_template(
        "cases/choose.html", words=words, found=found, onward=onward, case=case, complaint_id=complaint_id
    )


@bp.route("/cases/new", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def new() -> Any:
    """Open a case. ``inspection_id``, ``complaint_id`` or ``subject_id`` say where it comes from."""
    actor = current_actor()
    inspection_id, complaint_id = (request.args.get(name, type=int) for name in ("inspection_id", "complaint_id"))
    report = scoped_get(Inspection, inspection_id, actor) if inspection_id else None
    complaint = scoped_get(Complaint, complaint_id, actor) if complaint_id else None
    given = request.args.get("subject_id", type=int)
    subject_id = report.subject_id if report else given or (complaint.subject_id if complaint else None)
    if subject_id is None:
        return redirect(url_for("cases.choose", complaint_id=complaint_id))
    parties = [registry.subject(actor, subject_id)]
    form = IntakeForm()
    if not form.is_submitted():
        _propose(form, report, complaint)
    if _is_final(form) and _valid(form, parties):
        with refusals_on(form):
            intake = form.intake([party.id for party in parties])
            case = actions.open_case(
                actor,
                intake,
                clock.today(),
                key=form.key.data or "",
                inspection_id=inspection_id,
                complaint_id=complaint_id,
            )
            return redirect(case_url(case.id))
    return _intake_page(form, parties, None, report=report, complaint=complaint)


@bp.route("/cases/<int:case_id>/change", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def change(case_id: int) -> Any:
    """Change a case that has not been submitted; ``party`` adds parties."""
    actor, case = current_actor(), loaded(case_id)
    wanted = [number for number in map(number_in, request.args.getlist("party")) if number]
    party_ids = wanted or [party.subject_id for party in case.respondents]
    parties = _parties(actor, party_ids)
    form = IntakeForm()
    fresh(form, case)
    if not form.is_submitted():
        form.fill(case)
    if _is_final(form) and _valid(form, parties):
        with saving(form, case, lambda: _opened_anew(case, parties)):
            intake = form.intake([party.id for party in parties])
            actions.revise_intake(actor, case_id, intake, clock.today(), version=form.read_version)
            return redirect(case_url(case_id))
    return _intake_page(form, parties, loaded(case_id))


def _parties(actor: Actor, subject_ids: list[int]) -> list[Any]:
    """The subjects of these ids, each once and in their order. Raises NotFound."""
    found = {one.id: one for one in registry.subjects(actor, subject_ids)}
    if not found.keys() >= set(subject_ids):
        raise NotFound
    return [found[subject_id] for subject_id in dict.fromkeys(subject_ids)]


def _opened_anew(case: Case, parties: list[Any]) -> IntakeForm:
    form = IntakeForm(formdata=None)
    form.fill(case)
    _offer(form, parties)
    return form


def _is_final(form: IntakeForm) -> bool:
    """Whether the form was sent to be saved, not to add a row or to search."""
    if not form.is_submitted():
        return False
    if code := request.form.get("add"):
        if code not in [row.form.violation.data for row in form.charges] and picker.choice(code, _sector()):
            form.charges.append_entry({"violation": code, "facts": ""})
        form.words.data = None
        return False
    if rows_changed(form):
        return False
    return "search" not in request.form


def _valid(form: IntakeForm, parties: list[Any]) -> bool:
    _offer(form, parties)
    return bool(form.validate())


def _offer(form: IntakeForm, parties: list[Any]) -> None:
    actor, today = current_actor(), clock.today()
    targets = targets_on(today, actor.region_code, actor.sector)
    campaign, category = form.chosen_target
    if campaign and known_target(campaign, category, actor.region_code):
        targets = with_target(targets, campaign, category)
    form.offer(parties, own_officers(actor), targets, today)


def _sector() -> str:
    return current_actor().sector or ""


def _propose(form: IntakeForm, report: Inspection | None, complaint: Complaint | None) -> None:
    """What the report or complaint already says."""
    form.origin.data = "inspection" if report else "complaint" if complaint else "other"
    form.received_on.data = clock.today()
    officers = [current_actor().officer_id]
    if report:
        officers = [row.officer_id for row in report.officers]
        form.target.data = f"{report.campaign}|{report.category or ''}" if report.campaign else ""
        for finding in report.findings:
            form.charges.append_entry({"violation": finding.violation, "facts": finding.facts})
        found = "；".join(finding.facts.rstrip("。；") for finding in report.findings)
        day = f"{report.inspected_on.year}年{report.inspected_on.month}月{report.inspected_on.day}日"
        form.summary.data = f"{day}，执法人员对{report.subject.name}进行现场检查，发现：{found or '（见现场笔录）'}。"
    elif complaint:
        form.summary.data = complaint.text
    for row, officer_id in zip(form.handlers, [one for one in officers if one], strict=False):
        row.form.officer_id.data = officer_id


def _intake_page(form: IntakeForm, parties: list[Any], case: Case | None, **values: Any) -> str:
    _offer(form, parties)
    words = form.words.data or ""
    return render_template(
        "cases/intake.html",
        form=form,
        parties=parties,
        case=case,
        found=picker.proposals(words, _sector(), clock.today()) if words else None,
        choice=lambda code: picker.choice(code, _sector()),
        **values,
    )


@bp.route("/cases/<int:case_id>/name", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def rename(case_id: int) -> Any:
    """Write the name of the case by hand."""
    case, form = loaded(case_id), RenameForm()
    fresh(form, case)
    actions.refuse_ended(case)
    if not form.is_submitted():
        form.name.data = case.name
    elif form.validate():
        with saving(form, case, lambda: RenameForm(formdata=None, name=case.name)):
            actions.rename_case(current_actor(), case_id, form.name.data or "", version=form.read_version)
            return redirect(case_url(case_id))
    return step_page("rename", loaded(case_id), form)


@bp.route("/cases/<int:case_id>/filing", methods=["POST"], permission=Permission.CASE_HANDLE)
def submit_filing(case_id: int) -> Any:
    """Submit the case for filing."""
    actions.propose_filing(current_actor(), case_id, clock.today())
    return redirect(case_url(case_id))


@bp.route("/cases/<int:case_id>/withdraw", methods=["GET", "POST"], permission=Permission.CASE_HANDLE)
def withdraw(case_id: int) -> Any:
    """Withdraw a case that was opened by mistake."""

    def take(reason: str, version: int) -> None:
        actions.withdraw_case(current_actor(), case_id, clock.today(), reason=reason, version=version)

    return by_reason(case_id, "withdraw", take, _("The case has been withdrawn."))
