"""Whom the text of a typical case may name: everybody in its file, the places of the register, whom the office adds."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import func, literal, or_, select

from ..accounts.regions import significant
from ..accounts.scope import in_region
from ..cases.models import Case
from ..complaints.models import Complaint
from ..documents.models import Document, Service
from ..extensions import db
from ..inspections.models import Inspection
from ..registry.models import Connection, Establishment, Person, Subject
from .masking import party_of, shown_names

_SHORTEST_PLACE = 5
"""Characters of a place's name from which on it is looked for in texts: shorter ones occur by chance."""


def names_in(case: Case, text: str, further: Iterable[str] = ()) -> dict[str, str]:
    """Each name known to the record, or added by the office, that occurs in a text, with how it is shown."""
    known = [*_of_file(case), *_of_register(case, text), *((name, party_of(name)) for name in further)]
    return {name: shown for name, shown in shown_names(known).items() if name in text}


def _of_file(case: Case) -> Iterator[tuple[str, str]]:
    """Respondents, the place inspected, whoever belongs to them, was there, complained, was served, or handled it."""
    inspection = case.inspection
    subjects = [respondent.subject for respondent in case.respondents]
    officers = [handler.officer for handler in case.handlers]
    if inspection is not None:
        subjects.append(inspection.subject)
        officers += [entry.officer for entry in inspection.officers]
        yield from ((name, "person") for name in (inspection.escort, inspection.witness) if name)
    yield from _of_subjects(subjects)
    yield from ((officer.name, "person") for officer in officers)
    yield from _of_complaint(case.complaint_id or (inspection.complaint_id if inspection else None))
    yield from _of_services(case, inspection)


def _of_subjects(subjects: Sequence[Subject]) -> Iterator[tuple[str, str]]:
    for subject in subjects:
        yield subject.name, subject.party
        if isinstance(subject, Establishment) and subject.legal_representative:
            yield subject.legal_representative, "person"
        elif isinstance(subject, Person) and subject.employer:
            yield subject.employer, "org"
    there = select(Person.name).join(Connection, Connection.person_id == Person.id)
    there = there.where(Connection.establishment_id.in_([subject.id for subject in subjects])).order_by(Connection.id)
    yield from ((name, "person") for name in db.session.scalars(there))


def _of_complaint(complaint_id: int | None) -> Iterator[tuple[str, str]]:
    complaint = db.session.get(Complaint, complaint_id) if complaint_id is not None else None
    if complaint is not None and complaint.reporter_name:
        yield complaint.reporter_name, "person"


def _of_services(case: Case, inspection: Inspection | None) -> Iterator[tuple[str, str]]:
    of_file = Document.case_id == case.id
    if inspection is not None:
        of_file = or_(of_file, Document.inspection_id == inspection.id)
    served = select(Service.receiver, Service.witness).join(Document, Document.id == Service.document_id).where(of_file)
    for names in db.session.execute(served):
        yield from ((name, "person") for name in names if name)


def _of_register(case: Case, text: str) -> Iterator[tuple[str, str]]:
    """Places of the case's province that a text names although they are no party to it."""
    province = significant(case.region_code)[:2].ljust(6, "0")
    query = select(Subject.name).where(in_region(Subject.region_code, province), Subject.party == "org")
    query = query.where(func.length(Subject.name) >= _SHORTEST_PLACE, literal(text).contains(Subject.name)).distinct()
    yield from ((name, "org") for name in db.session.scalars(query))
