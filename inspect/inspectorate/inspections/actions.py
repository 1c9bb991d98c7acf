"""Use cases of the draft of a field report: begin it and save its steps; ``submission`` has what comes after.

A draft takes whatever is not contradictory; a step saved as whole may have no gaps either. Who saves sends the version
that was read: a late save is refused, nothing is overwritten unseen.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext as _

from ..accounts.actor import Actor
from ..accounts.models import Officer
from ..accounts.permissions import Permission
from ..accounts.queries import own_agency, own_officers
from ..accounts.scope import check_version, scoped_get
from ..audit.actions import record
from ..complaints.models import Complaint
from ..errors import Forbidden, NotFound, Refusal, refuse
from ..extensions import db
from ..law.violations import catalogue
from ..objections import N_, Objection
from ..registry import queries as registry
from ..turns import take_turn
from . import entry as entries
from . import queries, rules
from .evidence import keep_signature
from .models import Finding, Inspection, InspectionOfficer
from .targets import is_target
from .words import RECUSAL_ANSWERS, SIGNATURES


class SubjectStep(NamedTuple):
    """Whom the visit is about, why, and under which approval.

    ``entry_id`` names an approval; with ``urgent`` a new one is asked for, to be approved afterwards; with neither the
    visit goes without.
    """

    subject_id: int
    inspected_on: date
    reason: str
    campaign: str | None = None
    category: str | None = None
    entry_id: int | None = None
    urgent: bool = False
    urgent_reason: str | None = None
    complaint_id: int | None = None


class VisitStep(NamedTuple):
    """Who came when (an aware instant) and where."""

    officer_ids: Sequence[int]
    entered_at: datetime | None
    place: str | None
    escort: str | None
    escort_title: str | None
    identity_shown: bool
    recusal_answer: str | None


class FindingsStep(NamedTuple):
    """What was seen, in order, and what was found: ``findings`` are pairs of violation code and facts."""

    seen: Sequence[str]
    findings: Sequence[tuple[str, str]]
    order_correction: bool
    correction_text: str | None
    correction_due_on: date | None
    opinion_text: str | None


class StatementStep(NamedTuple):
    """What the party said, when the visit ended (aware), and the party's signature or what stands in its place."""

    party_statement: str | None
    signature: str | None
    refusal_reason: str | None
    witness: str | None
    left_at: datetime | None
    drawing: bytes | None = None
    """The signature drawn on the screen, as PNG."""


VISIT_COLUMNS = ("entered_at", "place", "escort", "escort_title", "identity_shown", "recusal_answer")
FOUND_COLUMNS = ("order_correction", "correction_text", "correction_due_on")


# ---------------------------------------------------------------- begin


def start_report(actor: Actor, step: SubjectStep, today: date, *, key: str) -> Inspection:
    """Begin a report; sent twice under one ``key`` it is begun once. Raises Refusals, NotFound, Forbidden."""
    if not actor.may(Permission.INSPECTION_WRITE):
        raise Forbidden
    take_turn("inspection", key)
    if known := queries.inspection_by_key(key):
        return writable(actor, known.id)
    subject = registry.subject(actor, step.subject_id)
    agency = own_agency(actor)
    entries.refuse_other_region(agency.region_code, subject)
    _refuse_bad_subject_step(step, subject.region_code, today)
    report = Inspection(
        key=key,
        subject_id=subject.id,
        agency_id=agency.id,
        region_code=subject.region_code,
        sector=agency.sector,
        reason=step.reason,
        inspected_on=step.inspected_on,
        place=subject.address,
        created_by_id=actor.user_id,
    )
    _set_subject_step(actor, report, step, today)
    _place_signed_in_officer(actor, report, step.inspected_on)
    db.session.add(report)
    db.session.flush()
    record(report, "inspections:report:start", actor)
    return report


def _place_signed_in_officer(actor: Actor, report: Inspection, day: date) -> None:
    """Who begins the report is its first officer, where certified."""
    own = next((one for one in own_officers(actor, day) if one.id == actor.officer_id), None)
    if own:
        report.officers = [InspectionOfficer(officer_id=own.id, certificate=own.certificate, position=0)]


def _refuse_bad_subject_step(step: SubjectStep, region_code: str, today: date) -> None:
    refuse(rules.subject_objections(step.reason, step.campaign, step.inspected_on, today))
    if step.campaign and not is_target(step.campaign, step.category, step.inspected_on, region_code):
        raise Refusal(
            _("This campaign does not run here that day, or has no such target. Choose another, or correct the day."),
            field="target",
        )


def _set_subject_step(actor: Actor, report: Inspection, step: SubjectStep, today: date) -> None:
    report.reason, report.inspected_on = step.reason, step.inspected_on
    report.campaign, report.category = step.campaign, step.category
    if step.complaint_id != report.complaint_id:
        report.complaint_id = _complaint(actor, step.complaint_id)
    if step.urgent:
        report.entry_approval = entries.request_entry(
            actor,
            entries.Request(
                key=f"{report.key}:entry",
                subject_id=step.subject_id,
                reason=step.reason,
                campaign=step.campaign,
                items=entries.proposed_items(registry.subject(actor, step.subject_id)),
                planned_from=step.inspected_on,
                planned_to=step.inspected_on,
                urgent=True,
                urgent_reason=step.urgent_reason,
            ),
            today,
        )
    elif step.entry_id is not None:
        usable = queries.usable_approvals(actor, step.subject_id, report.id)
        chosen = next((one for one in usable if one.id == step.entry_id), None)
        if chosen is None:
            raise Refusal(
                _("This approval is for another place or used already. Choose another, or ask for a new one."),
                field="entry",
            )
        report.entry_approval = chosen
    else:
        report.entry_approval = None


def _complaint(actor: Actor, complaint_id: int | None) -> int | None:
    try:
        return None if complaint_id is None else scoped_get(Complaint, complaint_id, actor).id
    except NotFound:
        raise Refusal(_("This complaint is not in your region. Start the report from the complaint again.")) from None


# ---------------------------------------------------------------- steps of a draft


def writable(actor: Actor, report_id: int) -> Inspection:
    """A draft that the actor may write: its maker or one of its officers. Raises Refusal, NotFound, Forbidden."""
    report = queries.inspection(actor, report_id)
    if not actor.may(Permission.INSPECTION_WRITE) or not queries.taking_part(actor, report):
        raise Forbidden
    if report.state != "draft":
        raise Refusal(_("This report is submitted or withdrawn. It is corrected only by a supplement."))
    return report


def save_subject(actor: Actor, report_id: int, step: SubjectStep, today: date, *, version: int | None) -> Inspection:
    """Save the first step of a draft; the place itself may be changed too. Raises Refusals, Stale."""
    report = opened(actor, report_id, version)
    _refuse_bad_subject_step(step, report.region_code, today)
    if step.subject_id != report.subject_id:
        subject = registry.subject(actor, step.subject_id)
        entries.refuse_other_region(report.agency.region_code, subject)
        report.subject, report.region_code, report.place = subject, subject.region_code, subject.address
    _set_subject_step(actor, report, step, today)
    return _saved(actor, report, "inspections:report:subject")


def save_visit(
    actor: Actor, report_id: int, step: VisitStep, now: datetime, *, version: int | None, whole: bool = True
) -> Inspection:
    """Save who came when. Contradictions are refused; with ``whole`` gaps are too. Raises Refusals, Stale."""
    report = opened(actor, report_id, version)
    if step.recusal_answer is not None and step.recusal_answer not in RECUSAL_ANSWERS:
        raise Refusal(_("The right to ask for recusal is told. Enter the answer."), field="recusal_answer")
    known = {one.id: one for one in own_officers(actor)}
    chosen = [known[number] for number in step.officer_ids if number in known]
    visit = rules.Visit(
        inspected_on=report.inspected_on,
        left_at=None,
        officers=[there(one, report.inspected_on) for one in chosen],
        **{name: getattr(step, name) for name in VISIT_COLUMNS if name != "escort_title"},
    )
    officers = [*rules.officer_objections(visit.officers)]
    gaps = [*rules.visit_gaps(visit)]
    refuse(
        [
            *rules.time_objections(visit, now),
            *(officers if whole else (one for one in officers if one.field != "officers")),
            *(gaps if whole else ()),
        ]
    )
    certificates = {one.officer_id: one for one in report.officers}
    report.officers = [
        certificates.get(officer.id)
        or InspectionOfficer(officer_id=officer.id, certificate=officer.certificate, position=0)
        for officer in chosen
    ]
    for position, one in enumerate(report.officers):
        one.position = position
    for name in VISIT_COLUMNS:
        setattr(report, name, getattr(step, name))
    return _saved(actor, report, "inspections:report:visit")


def save_findings(
    actor: Actor, report_id: int, step: FindingsStep, *, version: int | None, whole: bool = True
) -> Inspection:
    """Save what was seen and found. Contradictions are refused; with ``whole`` gaps are too. Raises Refusals, Stale."""
    report = opened(actor, report_id, version)
    found = rules.Found(
        inspected_on=report.inspected_on,
        seen=step.seen,
        findings=step.findings,
        **{name: getattr(step, name) for name in FOUND_COLUMNS},
    )
    unknown = [
        Objection(
            N_("The catalogue has no violation “%(code)s”. Choose one from the list."),
            f"findings-{position}-facts",
            {"code": code},
        )
        for position, (code, _facts) in enumerate(step.findings)
        if code not in catalogue()
    ]
    refuse(unknown)
    if whole:
        refuse([*rules.finding_gaps(found), *rules.wording_objections(found.seen), *rules.finding_objections(found)])
    report.seen = [line.strip() for line in step.seen if line.strip()]
    _replace_findings(report, step.findings)
    report.order_correction = step.order_correction
    report.correction_text = step.correction_text
    report.correction_due_on = step.correction_due_on if step.order_correction else None
    report.opinion_text = step.opinion_text
    return _saved(actor, report, "inspections:report:findings")


def _replace_findings(report: Inspection, findings: Sequence[tuple[str, str]]) -> None:
    """Keeps the rows of violations that stay, so that the record shows what really changed."""
    left = list(report.findings)
    rows = []
    for position, (code, facts) in enumerate(findings):
        row = next((one for one in left if one.violation == code), None)
        if row:
            left.remove(row)
        else:
            row = Finding(violation=code)
        row.facts, row.position = facts.strip(), position
        rows.append(row)
    report.findings = rows


def save_statement(
    actor: Actor, report_id: int, step: StatementStep, now: datetime, *, version: int | None, whole: bool = True
) -> Inspection:
    """Save what the party said, whether it signed and when the visit ended. Contradictions are refused; with ``whole``
    gaps are too. Raises Refusals, Stale.
    """
    report = opened(actor, report_id, version)
    if step.signature is not None and step.signature not in SIGNATURES:
        raise Refusal(_("Choose whether the party signed."), field="signature")
    statement = rules.Statement(step.signature, step.refusal_reason, step.witness, step.left_at)
    refuse(
        [
            *rules.leaving_objections(report.entered_at, step.left_at, now),
            *(rules.statement_objections(statement) if whole else ()),
        ]
    )
    for name in ("party_statement", "signature", "refusal_reason", "witness", "left_at"):
        setattr(report, name, getattr(step, name))
    if report.signature == "signed":
        report.refusal_reason = report.witness = None
        if step.drawing:
            keep_signature(actor, report, step.drawing)
    return _saved(actor, report, "inspections:report:statement")


def opened(actor: Actor, report_id: int, version: int | None) -> Inspection:
    """A draft that the actor may write, as it was read. Raises Stale for an older reading, else as ``writable``."""
    report = writable(actor, report_id)
    check_version(report, version)
    return report


def touch(report: Inspection) -> None:
    """Raises the version although only rows below the report changed, so that a late save is noticed."""
    report.version += 1


def _saved(actor: Actor, report: Inspection, event: str) -> Inspection:
    touch(report)
    db.session.flush()
    record(report, event, actor)
    return report


def there(officer: Officer, day: date, authority_id: int | None = None) -> rules.OfficerThere:
    """An officer as the rules see one; without an authority taken for an own officer."""
    own = authority_id is None or officer.agency.authority.id == authority_id
    return rules.OfficerThere(officer.id, officer.name, officer.certified_on(day), own)
