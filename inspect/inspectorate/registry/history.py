"""Everything that has happened with an establishment or a person, as one line of events, as far as one may see it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ..accounts.actor import Actor
from ..accounts.permissions import Permission as P
from ..accounts.scope import in_scope
from ..cases.models import Case, Decision, Respondent
from ..cases.words import PENALTIES
from ..complaints.models import Complaint
from ..extensions import db
from ..inspections.models import Inspection
from ..money import yuan
from ..screens import day
from .models import Subject

MOST = 200
"""Events of one kind that are shown; more only a list of its area shows."""


class Event(NamedTuple):
    """One line: the day, what it was, what came of it, and the page that shows it."""

    on: date
    kind: str
    title: str
    details: list[str]
    tone: str
    endpoint: str
    arguments: Mapping[str, int]


KINDS: dict[str, LazyString] = {
    "inspection": _l("Inspection"),
    "complaint": _l("Complaint"),
    "case": _l("Case filed"),
    "decision": _l("Penalty decision"),
}


def events(actor: Actor, subject: Subject) -> list[Event]:
    """The events of a subject that the actor may see, the latest first."""
    found = [*_inspections(actor, subject), *_complaints(actor, subject), *_cases(actor, subject)]
    return sorted(found, key=lambda event: (event.on, event.kind == "decision"), reverse=True)


def _inspections(actor: Actor, subject: Subject) -> Iterator[Event]:
    if not actor.may(P.INSPECTION_READ):
        return
    query = (
        select(Inspection)
        .where(Inspection.subject_id == subject.id, Inspection.state == "submitted", in_scope(Inspection, actor))
        .options(joinedload(Inspection.agency), selectinload(Inspection.findings))
        .order_by(Inspection.inspected_on.desc())
        .limit(MOST)
    )
    for row in db.session.scalars(query):
        details = [row.agency.name]
        if row.findings:
            details.append(_("%(count)d findings", count=len(row.findings)))
        if row.order_correction:
            details.append(_("ordered to correct"))
        tone = "warning" if row.findings or row.order_correction else "success"
        arguments = {"inspection_id": row.id}
        yield Event(row.inspected_on, "inspection", row.number or "", details, tone, "inspections.show", arguments)


def _complaints(actor: Actor, subject: Subject) -> Iterator[Event]:
    if not actor.may(P.COMPLAINT_READ):
        return
    query = (
        select(Complaint)
        .where(Complaint.subject_id == subject.id, Complaint.withdrawn_reason.is_(None), in_scope(Complaint, actor))
        .order_by(Complaint.received_on.desc())
        .limit(MOST)
    )
    for row in db.session.scalars(query):
        state = _("closed on %(day)s", day=day(row.closed_on)) if row.closed_on else _("not closed yet")
        details = [state, *([_("led to a penalty")] if row.penalised else [])]
        arguments = {"complaint_id": row.id}
        yield Event(row.received_on, "complaint", row.number or "", details, "info", "complaints.show", arguments)


def _cases(actor: Actor, subject: Subject) -> Iterator[Event]:
    if not (actor.may(P.CASE_READ) or actor.may(P.CASE_READ_DECIDED)):
        return
    query = (
        select(Respondent)
        .join(Respondent.case)
        .where(Respondent.subject_id == subject.id, in_scope(Case, actor))
        .options(
            joinedload(Respondent.case).joinedload(Case.agency),
            joinedload(Respondent.decision).selectinload(Decision.penalties),
        )
        .order_by(Case.filed_on.desc())
        .limit(MOST)
    )
    for row in db.session.scalars(query):
        decided = row.decision if row.decision and row.decision.decided_on else None
        arguments = {"case_id": row.case.id}
        if row.case.filed_on and (actor.may(P.CASE_READ) or decided):
            details = [row.case.agency.name, *([row.case.number] if row.case.number else [])]
            yield Event(row.case.filed_on, "case", row.case.name, details, "info", "cases.show", arguments)
        if decided and decided.decided_on:
            yield _decision(decided, decided.decided_on, arguments)


def _decision(decision: Decision, decided_on: date, arguments: dict[str, int]) -> Event:
    details = [penalty_in_words(one) for one in decision.penalties]
    if decision.annulled_on:
        details.append(_("annulled on %(day)s", day=day(decision.annulled_on)))
    tone = "neutral" if decision.annulled_on else "danger"
    return Event(decided_on, "decision", decision.number or "", details, tone, "cases.show", arguments)


def penalty_in_words(penalty: Any) -> str:
    """A penalty with its amount: 罚款 184,000.00 元."""
    word = str(PENALTIES.get(penalty.kind, penalty.kind))
    return f"{word} {yuan(penalty.amount_fen)} 元" if penalty.amount_fen else word
