"""Rows of the database as interchange records, in canonical form and a fixed order."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import selectinload

from ..accounts.models import Agency, Officer
from ..accounts.scope import in_region
from ..cases.models import Case, CaseFinding, Decision, Penalty, Respondent
from ..complaints.models import Complaint
from ..extensions import db
from ..inspections.models import Inspection, InspectionOfficer
from ..law.words import COUNTED
from ..money import plain_yuan
from ..procedure.states import State
from ..registry.models import Establishment, Person
from .definitions import DEFINITIONS
from .told import name_told_by, state_told_by
from .values import ordered

NOT_YET_A_CASE = (State.INTAKE, State.FILING_PROPOSED, State.NOT_FILED, State.WITHDRAWN)
BATCH = 500


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _amount(fen: int | None) -> str | None:
    return None if fen is None else plain_yuan(fen)


def _ref(row: Any, owner: Any) -> Any:
    if row is None:
        return None
    return row.key if row.source == owner.source else {"source": row.source, "key": row.key}


def agency_record(row: Agency) -> dict[str, Any]:
    """An agency."""
    plain = ("number_prefix", "address", "postcode", "phone", "reconsideration_body", "court", "bank", "bank_account")
    return {
        **_head("agency", row),
        "name": row.name,
        "region": row.region_code,
        "sector": row.sector,
        "acts_for": _ref(row.acts_for, row),
        **{name: getattr(row, name) for name in plain},
    }


def officer_record(row: Officer) -> dict[str, Any]:
    """An officer."""
    return {
        **_head("officer", row),
        "name": row.name,
        "agency": _ref(row.agency, row),
        "certificate": row.certificate,
        "certificate_from": _day(row.certificate_from),
        "certificate_to": _day(row.certificate_to),
        "legal_qualification": row.legal_qualification,
    }


def establishment_record(row: Establishment) -> dict[str, Any]:
    """An establishment with its licences."""
    licences = [
        {
            "kind": licence.kind,
            "number": licence.number,
            "issued_on": _day(licence.issued_on),
            "expires_on": _day(licence.expires_on),
        }
        for licence in row.licences
    ]
    return {
        **_head("establishment", row),
        "kind": row.kind,
        "subkind": row.subkind,
        "name": row.name,
        "uscc": row.uscc,
        "region": row.region_code,
        "address": row.address,
        "licences": licences,
        "attributes": ordered(row.attributes),
        "legal_representative": row.legal_representative,
        "phone": row.phone,
    }


def person_record(row: Person) -> dict[str, Any]:
    """A natural person."""
    return {
        **_head("person", row),
        "name": row.name,
        "id_number": row.id_number,
        "region": row.region_code,
        "address": row.address,
        "phone": row.phone,
    }


def inspection_record(row: Inspection) -> dict[str, Any]:
    """An inspection with its findings."""
    return {
        **_head("inspection", row),
        "campaign": row.campaign,
        "category": row.category,
        "subject": _ref(row.subject, row),
        "agency": _ref(row.agency, row),
        "region": row.region_code,
        "inspected_on": _day(row.inspected_on),
        "reason": row.reason,
        "officers": [_ref(one.officer, row) for one in row.officers],
        "findings": [{"violation": one.violation, "facts": one.facts} for one in row.findings],
        "order_correction": row.order_correction,
        "number": row.number,
        "correction_due_on": _day(row.correction_due_on),
        "state": row.state,
    }


def case_record(row: Case) -> dict[str, Any]:
    """A case with its respondents and what was decided on each."""
    record = {
        **_head("case", row),
        "number": row.number,
        "campaign": row.campaign,
        "category": row.category,
        "inspection": _ref(row.inspection, row),
        "agency": _ref(row.agency, row),
        "region": row.region_code,
        "filed_on": _day(row.filed_on),
        "transferred_judicial_on": _day(row.transferred_judicial_on),
        "closed_on": _day(row.closed_on),
        "respondents": [_respondent(one, row) for one in row.respondents],
    }
    told = name_told_by(record, [one.subject for one in row.respondents]), state_told_by(record)
    unsaid = [None if said == meant else said for said, meant in zip((row.name, row.state), told, strict=True)]
    return {**record, "name": unsaid[0], "state": unsaid[1]}


def _respondent(row: Respondent, case: Case) -> dict[str, Any]:
    decided = row.decision if row.decision and row.decision.decided_on else None
    return {
        "subject": _ref(row.subject, case),
        "violations": [_charge(finding) for finding in row.findings],
        "decision": _decision(decided) if decided else None,
    }


def _charge(row: CaseFinding) -> dict[str, Any]:
    return {
        "code": row.violation,
        "facts": row.facts,
        "illegal_income": _base(row, "illegal_income", row.illegal_income_fen),
        "goods_value": _base(row, "goods_value", row.goods_value_fen),
        "bases": _further_bases(row),
        "tier": row.tier,
        "act_from": _day(row.act_from),
        "act_to": _day(row.act_to),
        "act_number": row.act_number,
        "local_standard": row.local_standard,
        "local_tier": row.local_tier,
        "departure_reason": row.departure_reason,
        "law_day": row.law_day,
        "law_reason": row.law_reason,
        "governs": row.governs,
        "governs_reason": row.governs_reason,
        "criminal_fine": _criminal_fine(row) if row.criminal_fine_fen else None,
    }


def _criminal_fine(row: CaseFinding) -> dict[str, Any]:
    return {
        "amount": _amount(row.criminal_fine_fen),
        "court": row.criminal_court,
        "judgement": row.criminal_judgement,
        "judged_on": _day(row.criminal_judged_on),
    }


def _base(row: CaseFinding, name: str, fen: int | None) -> str | None:
    return "unknown" if row.bases.get(name) == "unknown" else _amount(fen)


def _further_bases(row: CaseFinding) -> dict[str, str]:
    own_fields = ("illegal_income", "goods_value")
    return {
        name: str(value) if value == "unknown" or name in COUNTED else plain_yuan(value)
        for name, value in sorted(row.bases.items())
        if name not in own_fields
    }


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "number": row.number,
        "decided_on": _day(row.decided_on),
        "served_on": _day(row.served_on),
        "order_correction": row.order_correction,
        "penalties": [_penalty(penalty) for penalty in row.penalties],
        "annulled_on": _day(row.annulled_on),
    }


def _penalty(row: Penalty) -> dict[str, Any]:
    return {"kind": row.kind, "amount": _amount(row.amount_fen), "detail": row.detail}


def complaint_record(row: Complaint) -> dict[str, Any]:
    """A complaint, without its reporter."""
    return {
        **_head("complaint", row),
        "campaign": row.campaign,
        "category": row.category,
        "region": row.region_code,
        "received_on": _day(row.received_on),
        "closed_on": _day(row.closed_on),
        "penalised": row.penalised,
        "replied_on": _day(row.replied_on),
        "satisfied": row.satisfied,
        "agency": _ref(row.agency, row),
        "subject": _ref(row.subject, row),
        "text": row.text,
    }


def _head(kind: str, row: Any) -> dict[str, Any]:
    return {"type": kind, "source": row.source, "key": row.key}


OPTIONS: dict[str, tuple[type[Any], Callable[[Any], dict[str, Any]], tuple[Any, ...]]] = {
    "agency": (Agency, agency_record, (selectinload(Agency.acts_for),)),
    "officer": (Officer, officer_record, (selectinload(Officer.agency),)),
    "establishment": (Establishment, establishment_record, (selectinload(Establishment.licences),)),
    "person": (Person, person_record, ()),
    "inspection": (
        Inspection,
        inspection_record,
        (
            selectinload(Inspection.subject),
            selectinload(Inspection.agency),
            selectinload(Inspection.findings),
            selectinload(Inspection.officers).selectinload(InspectionOfficer.officer),
        ),
    ),
    "case": (
        Case,
        case_record,
        (
            selectinload(Case.inspection),
            selectinload(Case.agency),
            selectinload(Case.respondents).selectinload(Respondent.subject),
            selectinload(Case.respondents).selectinload(Respondent.findings),
            selectinload(Case.respondents).selectinload(Respondent.decision).selectinload(Decision.penalties),
        ),
    ),
    "complaint": (
        Complaint,
        complaint_record,
        (selectinload(Complaint.agency), selectinload(Complaint.subject)),
    ),
}
"""Per type: the model, how a row becomes a record, what to load with it."""


def export(kind: str, region: str | None = None, *, drafts: bool = False) -> Iterator[Mapping[str, Any]]:
    """All records of a type, in the order of source and key, a batch at a time."""
    if kind in DEFINITIONS:
        yield from DEFINITIONS[kind].exported(region)
        return
    model, record_of, options = OPTIONS[kind]
    last: tuple[str, str] | None = None
    while True:
        query = _ordered(select(model).options(*options), model, last).limit(BATCH)
        rows = db.session.scalars(query.where(_wanted(model, region, drafts))).all()
        yield from map(record_of, rows)
        if len(rows) < BATCH:
            return
        last = (rows[-1].source, rows[-1].key)
        db.session.expunge_all()


def _ordered(query: Select[Any], model: Any, last: tuple[str, str] | None) -> Select[Any]:
    """By bytes, the same on every database and in every locale."""
    source, key = model.source, model.key
    if db.engine.dialect.name == "postgresql":
        source, key = source.collate("C"), key.collate("C")
    if last:
        query = query.where(or_(source > last[0], and_(source == last[0], key > last[1])))
    return query.order_by(source, key)


def _wanted(model: Any, region: str | None, drafts: bool) -> ColumnElement[bool]:
    clauses: list[ColumnElement[bool]] = []
    if region and model is Officer:
        clauses.append(Officer.agency.has(in_region(Agency.region_code, region)))
    elif region:
        clauses.append(in_region(model.region_code, region))
    if model is Inspection:
        clauses.append(Inspection.state.in_(("submitted", "draft") if drafts else ("submitted",)))
    if model is Case and not drafts:
        clauses.append(or_(Case.imported, Case.state.not_in(NOT_YET_A_CASE)))
    if model is Complaint:
        clauses.append(Complaint.withdrawn_reason.is_(None))
    return and_(*clauses) if clauses else model.id.is_not(None)
