"""Reading documents: through the case, inspection or complaint they belong to, and never past it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased, selectinload

from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.scope import in_scope
from ..cases.models import Case
from ..complaints.models import Complaint
from ..complaints.queries import may_see_reporter
from ..errors import Forbidden, NotFound
from ..extensions import db
from ..inspections.models import Inspection
from .layouts import layout
from .models import Document, Service

DECIDED = "D34"

NEEDS = {
    Case: (Permission.CASE_READ,),
    Inspection: (Permission.INSPECTION_READ,),
    Complaint: (Permission.COMPLAINT_READ,),
}
"""What whoever reads a document of such a subject must be allowed."""

SHIELDED = {"D18"}
"""Kinds that name the reporter of a complaint: only those who assign complaints and its handler read it."""


def document(actor: Actor, document_id: int) -> Document:
    """A document whose case, inspection or complaint the actor may read.

    Raises NotFound outside the scope, Forbidden without the permission.
    """
    found = db.session.get(Document, document_id)
    if found is None or not _visible(actor, found):
        raise NotFound
    if not may_read(actor, found):
        raise Forbidden
    return found


def may_read(actor: Actor, found: Document) -> bool:
    """Whether the actor's roles open this kind of document; the scope is another matter."""
    if found.kind in SHIELDED:
        return _may_see_reporter(actor, found)
    if found.kind == DECIDED and actor.may(Permission.CASE_READ_DECIDED):
        return True
    return any(actor.may(permission) for permission in NEEDS[_model_of(found)])


def _may_see_reporter(actor: Actor, found: Document) -> bool:
    """Of a complaint: head and handler. A case's own record of that kind: whoever works on complaints."""
    complaint = db.session.get(Complaint, found.complaint_id) if found.complaint_id is not None else None
    if complaint:
        return may_see_reporter(actor, complaint)
    return actor.may(Permission.COMPLAINT_HANDLE) or actor.may(Permission.COMPLAINT_ASSIGN)


def documents_of(subject: Case | Inspection | Complaint) -> Sequence[Document]:
    """All documents of a case (those of its inspection included), inspection or complaint, in the order of issue."""
    query = select(Document).where(_belongs(subject)).order_by(Document.id)
    return db.session.scalars(query.options(selectinload(Document.services))).all()


def current_document(subject: Case | Inspection | Complaint, kind: str, number: str | None = None) -> Document | None:
    """The newest valid version of a kind of document, of the given number where several were issued."""
    query = select(Document).where(_belongs(subject), Document.kind == kind, Document.void_reason.is_(None))
    if number is not None:
        query = query.where(Document.number == number)
    return db.session.scalar(query.order_by(Document.id.desc()).limit(1))


def versions_of(found: Document) -> Sequence[Document]:
    """All versions of a numbered document, the newest first; of one without a number itself alone."""
    if found.serial is None:
        return [found]
    query = select(Document).where(
        Document.agency_id == found.agency_id,
        Document.series == found.series,
        Document.year == found.year,
        Document.serial == found.serial,
    )
    return db.session.scalars(query.order_by(Document.revision.desc())).all()


def replaced_among(documents: Sequence[Document]) -> set[int]:
    """The ids of those of which there is a later version."""
    later = aliased(Document)
    same = [getattr(later, name) == getattr(Document, name) for name in ("agency_id", "series", "year", "serial")]
    query = select(Document.id).join(later, and_(*same, later.revision > Document.revision))
    return set(db.session.scalars(query.where(Document.id.in_([one.id for one in documents]))))


def last_service(found: Document) -> Service | None:
    """The service that counts: the last one recorded."""
    return found.services[-1] if found.services else None


def document_title(found: Document) -> str:
    """What the document is called, as it stands on it: 送达回证 where the authority is none of health."""
    return layout(found.kind).title_on(found.snapshot)


def cases_numbered(actor: Actor, number: str) -> Sequence[Case]:
    """The cases in scope with this case number, or whose decision has it."""
    by_document = select(Document.case_id).where(Document.number == number)
    query = select(Case).where(or_(Case.number == number, Case.id.in_(by_document)), in_scope(Case, actor))
    return db.session.scalars(query.order_by(Case.id)).all()


class Verified(NamedTuple):
    """What anybody may know who holds a document in the hand: that it is ours, whose, when, and whether it stands."""

    title: str
    number: str
    agency: str
    issued_on: date
    void: bool
    replaced: bool


def verify(number: str, code: str) -> Verified | None:
    """The served document with this number whose 校验码 begins so (eight figures at least); None for anything else."""
    wanted = "".join(code.split()).lower()
    if len(wanted) < 8 or not number.strip():
        return None
    for found in db.session.scalars(select(Document).where(Document.number == number.strip())):
        used = layout(found.kind)
        if used.served and found.snapshot_sha256.startswith(wanted[:64]):
            return Verified(
                title=document_title(found),
                number=found.number or "",
                agency=found.agency.name,
                issued_on=found.issued_on,
                void=found.void_reason is not None,
                replaced=versions_of(found)[0].id != found.id,
            )
    return None


def _belongs(subject: Case | Inspection | Complaint) -> ColumnElement[bool]:
    if isinstance(subject, Inspection):
        return Document.inspection_id == subject.id
    if isinstance(subject, Complaint):
        return Document.complaint_id == subject.id
    if subject.inspection_id is None:
        return Document.case_id == subject.id
    return or_(Document.case_id == subject.id, Document.inspection_id == subject.inspection_id)


def _model_of(found: Document) -> type[Case] | type[Inspection] | type[Complaint]:
    if found.case_id is not None:
        return Case
    return Inspection if found.inspection_id is not None else Complaint


def _visible(actor: Actor, found: Document) -> bool:
    model = _model_of(found)
    row_id = found.case_id or found.inspection_id or found.complaint_id
    return db.session.scalar(select(model.id).where(model.id == row_id, in_scope(model, actor))) is not None
