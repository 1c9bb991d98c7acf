"""Whom the text of a typical case may name: everybody in its file, the places of the register, whom the office adds."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import func, literal, or_, select

from ..accounts.regions import region, significant
from ..accounts.scope import in_region
from ..cases.models import Case
from ..complaints.models import Complaint
from ..documents.models import Document, Service
from ..extensions import db
from ..inspections.models import Inspection
from ..registry.models import Connection, Establishment, Person, Subject
from .masking import USUAL, Named, Style, party_of, shown_names
from .parties import decided_respondents, is_minor
from .publicity import is_published

_SHORTEST_PLACE = 5
"""Characters of a place's name from which on it is looked for in texts: shorter ones occur by chance."""


def names_in(case: Case, text: str, further: Iterable[str] = (), style: Style = USUAL) -> dict[str, str]:
    """Each name known to the record, or added by the office, that occurs in a text, with how it is shown."""
    stems = _stems(case.region_code)
    known = [*_of_file(case), *_of_register(case, text), *(Named(name, party_of(name)) for name in further)]
    found = shown_names((one._replace(stems=stems) for one in known), style)
    return {name: shown for name, shown in found.items() if name in text}


def _stems(region_code: str) -> tuple[str, ...]:
    """浙江, 杭州, 西湖: what names of places may begin with."""
    prefix = significant(region_code)
    codes = [prefix[:end].ljust(6, "0") for end in (2, 4, 6) if end <= len(prefix)]
    names = [found.name for found in map(region, codes) if found]
    return tuple(name.removesuffix(name[-1]) for name in names if len(name) > 2 and name[-1] in "省市区县")


def public_parties(case: Case) -> frozenset[int]:
    """The ids of the parties that a published decision names: none of them a minor."""
    return frozenset(
        respondent.subject_id
        for respondent, decision in decided_respondents(case)
        if is_published(decision) and not is_minor(getattr(respondent.subject, "born_on", None), decision.decided_on)
    )


def _of_file(case: Case) -> Iterator[Named]:
    """Respondents, the place inspected, whoever belongs to them, was there, complained, was served, or handled it."""
    inspection, public = case.inspection, public_parties(case)
    subjects = [respondent.subject for respondent in case.respondents]
    officers = [handler.officer for handler in case.handlers]
    if inspection is not None:
        subjects.append(inspection.subject)
        officers += [entry.officer for entry in inspection.officers]
        yield from (Named(name, "person") for name in (inspection.escort, inspection.witness) if name)
    yield from _of_subjects(list(dict.fromkeys(subjects)), public)
    yield from (Named(officer.name, "person") for officer in officers)
    yield from _of_complaint(case.complaint_id or (inspection.complaint_id if inspection else None))
    yield from _of_services(case, inspection)


def _of_subjects(subjects: Sequence[Subject], public: frozenset[int]) -> Iterator[Named]:
    known = {subject.name for subject in subjects}
    for subject in subjects:
        yield Named(subject.name, subject.party, subject.id in public)
        if isinstance(subject, Establishment) and subject.legal_representative:
            yield Named(subject.legal_representative, "person")
        elif isinstance(subject, Person) and subject.employer and subject.employer not in known:
            yield Named(subject.employer, "org")
    there = select(Person.name).join(Connection, Connection.person_id == Person.id)
    there = there.where(Connection.establishment_id.in_([subject.id for subject in subjects])).order_by(Connection.id)
    yield from (Named(name, "person") for name in db.session.scalars(there) if name not in known)


def _of_complaint(complaint_id: int | None) -> Iterator[Named]:
    complaint = db.session.get(Complaint, complaint_id) if complaint_id is not None else None
    if complaint is not None and complaint.reporter_name:
        yield Named(complaint.reporter_name, "person")


def _of_services(case: Case, inspection: Inspection | None) -> Iterator[Named]:
    of_file = Document.case_id == case.id
    if inspection is not None:
        of_file = or_(of_file, Document.inspection_id == inspection.id)
    served = select(Service.receiver, Service.witness).join(Document, Document.id == Service.document_id).where(of_file)
    for names in db.session.execute(served):
        yield from (Named(name, "person") for name in names if name)


def _of_register(case: Case, text: str) -> Iterator[Named]:
    """Places of the case's province that a text names although they are no party to it."""
    province = significant(case.region_code)[:2].ljust(6, "0")
    query = select(Subject.name).where(in_region(Subject.region_code, province), Subject.party == "org")
    query = query.where(func.length(Subject.name) >= _SHORTEST_PLACE, literal(text).contains(Subject.name)).distinct()
    parties = {respondent.subject.name for respondent in case.respondents}
    yield from (Named(name, "org") for name in db.session.scalars(query) if name not in parties)
