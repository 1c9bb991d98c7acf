"""The tables that measures count in, and how each kind of record is found, joined and told to be live."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, or_, true

from ...accounts.models import Agency
from ...cases.models import Case, CaseFinding, Decision, Penalty, Respondent
from ...complaints.models import Complaint
from ...inspections.models import Finding, Inspection, InspectionOfficer
from ...joint.models import Activity
from ...registry.models import Establishment, Licence, Subject

INSPECTION: Any = Inspection.__table__
OFFICER: Any = InspectionOfficer.__table__
FINDING: Any = Finding.__table__
CASE: Any = Case.__table__
RESPONDENT: Any = Respondent.__table__
CASE_FINDING: Any = CaseFinding.__table__
DECISION: Any = Decision.__table__
PENALTY: Any = Penalty.__table__
COMPLAINT: Any = Complaint.__table__
SUBJECT: Any = Subject.__table__
LICENCE: Any = Licence.__table__
AGENCY: Any = Agency.__table__
ACTIVITY: Any = Activity.__table__

OPENED, CLOSED = Establishment.opened_on, Establishment.closed_on

NOT_YET_CASES = ("intake", "filing_proposed", "not_filed", "withdrawn")
"""States in which a case is a draft, was not filed, or has been withdrawn: it counts nowhere."""


class Base(NamedTuple):
    """One kind of record: its table, whose region, sector, campaign and category it bears, whom it is about.

    ``subject_many``: a record may be about several subjects (a case and its respondents).
    """

    name: str
    table: Any
    record: Any
    joins: Callable[[Any, frozenset[str]], Any]
    live: ColumnElement[bool]
    subject_many: bool = False
    agency: Any = None


def _inspections(start: Any, needed: frozenset[str]) -> Any:
    if "subject" in needed:
        start = start.join(SUBJECT, SUBJECT.c.id == INSPECTION.c.subject_id)
    if "agency" in needed:
        start = start.join(AGENCY, AGENCY.c.id == INSPECTION.c.agency_id)
    return start


def _cases(start: Any, needed: frozenset[str]) -> Any:
    if needed & {"respondent", "subject"}:
        start = start.join(RESPONDENT, RESPONDENT.c.case_id == CASE.c.id)
    if "subject" in needed:
        start = start.join(SUBJECT, SUBJECT.c.id == RESPONDENT.c.subject_id)
    if "agency" in needed:
        start = start.join(AGENCY, AGENCY.c.id == CASE.c.agency_id)
    return start


def _decisions(start: Any, needed: frozenset[str]) -> Any:
    start = start.join(RESPONDENT, RESPONDENT.c.id == DECISION.c.respondent_id)
    start = start.join(CASE, CASE.c.id == RESPONDENT.c.case_id)
    if "subject" in needed:
        start = start.join(SUBJECT, SUBJECT.c.id == RESPONDENT.c.subject_id)
    if "agency" in needed:
        start = start.join(AGENCY, AGENCY.c.id == CASE.c.agency_id)
    return start


def _complaints(start: Any, needed: frozenset[str]) -> Any:
    if "subject" in needed:
        start = start.outerjoin(SUBJECT, SUBJECT.c.id == COMPLAINT.c.subject_id)
    if "agency" in needed:
        start = start.outerjoin(AGENCY, AGENCY.c.id == COMPLAINT.c.agency_id)
    return start


def _activities(start: Any, needed: frozenset[str]) -> Any:
    if "agency" in needed:
        start = start.join(AGENCY, AGENCY.c.id == ACTIVITY.c.agency_id)
    return start


def _register(start: Any, _needed: frozenset[str]) -> Any:
    return start


LIVE_CASE = CASE.c.state.not_in(NOT_YET_CASES)
REGISTERED = and_(
    SUBJECT.c.party == "org",
    or_(SUBJECT.c.opened_on.is_(None), SUBJECT.c.opened_on <= bindparam("end")),
    or_(SUBJECT.c.closed_on.is_(None), SUBJECT.c.closed_on > bindparam("end")),
)
"""Establishments there on the last day of the period: a stock, whatever its first day."""

BASES: dict[str, Base] = {
    base.name: base
    for base in (
        Base("inspection", INSPECTION, INSPECTION, _inspections, INSPECTION.c.state == "submitted"),
        Base("case", CASE, CASE, _cases, LIVE_CASE, subject_many=True),
        Base("decision", DECISION, CASE, _decisions, LIVE_CASE),
        Base("complaint", COMPLAINT, COMPLAINT, _complaints, COMPLAINT.c.withdrawn_reason.is_(None)),
        Base("activity", ACTIVITY, ACTIVITY, _activities, ACTIVITY.c.withdrawn_reason.is_(None)),
        Base("register", SUBJECT, SUBJECT, _register, REGISTERED),
    )
}


def annulled_clause(base: Base, counts: bool) -> ColumnElement[bool]:
    """Annulled decisions count only where the form says so."""
    return true() if counts or base.name != "decision" else DECISION.c.annulled_on.is_(None)
