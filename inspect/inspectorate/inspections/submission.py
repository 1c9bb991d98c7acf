"""What happens to a whole report: submitted with its papers, withdrawn as a draft or in part, supplemented afterwards.

Submitting holds the report to ``rules.report_objections``; an import asks for ``conflicts`` instead: history is what it
was.
"""

from datetime import date

from flask_babel import gettext as _

from .. import clock
from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.scope import check_version
from ..audit.actions import record
from ..errors import Forbidden, Refusal, refusal_of, refuse
from ..extensions import db
from ..law.violations import catalogue
from ..objections import Objection
from . import entry as entries
from . import queries, rules
from .actions import FOUND_COLUMNS, opened, there, touch
from .evidence import withdraw_evidence
from .models import Evidence, Inspection, Supplement
from .papers import issue_papers


def submit_report(actor: Actor, report_id: int, today: date, *, version: int | None) -> Inspection:
    """Submit a draft: it gets its number and its papers, and is from then on corrected only by a supplement.

    Raises Refusals with everything that stands against it, Stale, NotFound, Forbidden.
    """
    report = opened(actor, report_id, version)
    refuse(standing_against(report))
    report.state, report.submitted_at = "submitted", clock.now()
    db.session.flush()
    record(report, "inspections:report:submit", actor)
    report.number = issue_papers(actor, report, today)
    db.session.flush()
    record(report, "inspections:report:papers", actor)
    return report


def withdraw_report(actor: Actor, report_id: int, *, version: int | None, reason: str | None) -> None:
    """Withdraw a draft with the reason; nothing is deleted, its entry approval is free again. Raises Refusal, Stale."""
    report = opened(actor, report_id, version)
    if not reason:
        raise Refusal(_("Write why the draft is withdrawn."), field="reason")
    report.state = "withdrawn"
    db.session.flush()
    record(report, "inspections:report:withdraw", actor, reason=reason)


def withdraw_exhibit(
    actor: Actor, report_id: int, evidence_id: int, *, version: int | None, reason: str | None
) -> Evidence:
    """Withdraw a piece of evidence of a draft with the reason. Raises Refusal, Stale, NotFound, Forbidden.

    It raises the version: no report is submitted meanwhile with papers that name what was withdrawn.
    """
    report = opened(actor, report_id, version)
    touch(report)
    return withdraw_evidence(actor, report, evidence_id, reason=reason)


def open_to_supplements(actor: Actor, report_id: int) -> Inspection:
    """A submitted report that the actor made or took part in. Raises Refusal, NotFound, Forbidden."""
    report = queries.inspection(actor, report_id)
    if not actor.may(Permission.INSPECTION_WRITE) or not queries.taking_part(actor, report):
        raise Forbidden
    if report.state != "submitted":
        raise Refusal(_("Only a submitted report takes a supplement. A draft is changed itself."))
    return report


def supplement_report(actor: Actor, report_id: int, *, version: int | None, text: str, reason: str) -> Supplement:
    """Correct or complete a submitted report; the report itself stays as it was. Raises Refusal, Stale, Forbidden."""
    report = open_to_supplements(actor, report_id)
    check_version(report, version)
    supplement = Supplement(text=text, reason=reason, made_by_id=actor.user_id, made_at=clock.now())
    report.supplements.append(supplement)
    touch(report)
    db.session.flush()
    record(report, "inspections:report:supplement", actor, reason=reason)
    return supplement


def standing_against(report: Inspection) -> list[Objection]:
    """Everything that stands against submitting the report now, in the order of its steps."""
    visit, found, statement = facts_of(report)
    approval = report.entry_approval
    entry = None
    if approval:
        entry = rules.Entry(approval.state, approval.urgent, approval.planned_from, approval.planned_to)
    needed = entries.entry_is_needed(report.subject)
    return [*rules.report_objections(visit, found, statement, entry, needed, clock.now())]


def missing(report: Inspection) -> list[Refusal]:
    """``standing_against`` in the user's language, for the last step."""
    return [refusal_of(objection) for objection in standing_against(report)]


def conflicts(report: Inspection) -> list[str]:
    """What of an imported report conflicts with the rules that live ones are held to: its remarks, never a refusal.

    What history did not record is no conflict.
    """
    visit, found, _statement = facts_of(report)
    objections = [*rules.officer_objections(visit.officers), *rules.finding_objections(found)]
    known = catalogue()
    foreign = [code for code, _facts in found.findings if code in known and report.sector not in known[code].sectors]
    return [str(refusal_of(objection)) for objection in objections] + [
        _("%(code)s is not punished by this sector. It is a matter to transfer.", code=code) for code in foreign
    ]


def facts_of(report: Inspection) -> tuple[rules.Visit, rules.Found, rules.Statement]:
    """The report as the rules read it."""
    day = report.inspected_on
    visit = rules.Visit(
        inspected_on=day,
        entered_at=report.entered_at,
        left_at=report.left_at,
        officers=[there(one.officer, day, report.agency.authority.id) for one in report.officers],
        place=report.place,
        escort=report.escort,
        identity_shown=report.identity_shown,
        recusal_answer=report.recusal_answer,
    )
    found = rules.Found(
        inspected_on=day,
        seen=report.seen,
        findings=[(one.violation, one.facts) for one in report.findings],
        **{name: getattr(report, name) for name in FOUND_COLUMNS},
    )
    return visit, found, rules.Statement(report.signature, report.refusal_reason, report.witness, report.left_at)
