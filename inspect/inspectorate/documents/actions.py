"""Issuing, correcting and voiding documents, and recording their service.

Callers have checked permission and procedure.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock
from ..accounts.actor import Actor
from ..accounts.models import Agency
from ..audit.actions import record
from ..cases.models import Case, Respondent
from ..cases.rules import shown_name
from ..complaints.models import Complaint
from ..errors import Refusal, refuse
from ..extensions import db
from ..inspections.models import Inspection
from ..turns import take_turn
from .dates import printed_date, printed_moment
from .layouts import layout
from .models import Document, Service
from .preparation import completed, refuse_incomplete, snapshot_hash
from .queries import document_title
from .rules import WAYS, objections_to_service
from .series import next_number

SubjectRow = Case | Inspection | Complaint


def issue_document(
    actor: Actor,
    subject: SubjectRow,
    kind: str,
    data: Mapping[str, Any],
    *,
    agency: Agency,
    on: date,
    today: date,
    category: str = "",
    respondent: Respondent | None = None,
    parent: Document | None = None,
) -> Document:
    """Issues a document on a case, inspection or complaint: gives it its number, freezes its data, records it.

    `data` has the keys of `fields.required_fields(kind)` in the shapes of `values.SHAPES`; `you`, `confirm`,
    `doc.date`, `doc.number` and the total of the amounts are filled in here. `on` is the day of the document
    (成文日期), not after `today`. A 文号 carries the authority's 地区简称 and `category` (执法类别, see
    `snapshots.enforcement_category`); the number is unique per authority, category, nature and year, without gaps,
    and is given back with the transaction if that fails. Raises Refusals naming every field that is missing or wrong,
    KeyError for a key that no document knows.
    """
    used = layout(kind)
    snapshot = completed(kind, data, on)
    refuse_incomplete(kind, snapshot)
    if on > today:
        raise Refusal(_("The day of a document cannot lie in the future."), field="issued_on")
    place = agency.authority if used.number_form == "文号" else agency
    number, series, serial = next_number(used, place, category, on.year, parent)
    if number:
        snapshot["doc.number"] = number
    document = Document(
        kind=kind,
        agency=place,
        **_belonging(subject),
        respondent_id=respondent.id if respondent else None,
        parent_id=parent.id if parent else None,
        number=number,
        series=series,
        year=on.year if series else None,
        serial=serial,
        issued_on=on,
        created_at=clock.now(),
        created_by_id=actor.user_id,
        template_version=used.template_version,
        snapshot=snapshot,
        snapshot_sha256=snapshot_hash(used.template_version, snapshot),
    )
    db.session.add(document)
    db.session.flush()
    record(subject, "documents:document:issue", actor, reason=f"{used.title_on(snapshot)} {number or ''}".strip())
    return document


def issue_revision(
    actor: Actor, document: Document, data: Mapping[str, Any], *, reason: str, on: date, today: date
) -> Document:
    """A corrected version of a document under the same number; the old version stays as it was.

    Raises Refusal where the document is void or no reason is given, and as `issue_document` does.
    """
    if document.void_reason is not None:
        raise Refusal(_("A void document is not corrected. Issue a new one."), field="document")
    if not reason.strip():
        raise Refusal(_("Write why the document is corrected."), field="reason")
    if on > today:
        raise Refusal(_("The day of a document cannot lie in the future."), field="issued_on")
    used = layout(document.kind)
    snapshot = completed(document.kind, data, on)
    refuse_incomplete(document.kind, snapshot)
    if document.number:
        snapshot["doc.number"] = document.number
    copied = ("kind", "agency_id", "case_id", "respondent_id", "inspection_id", "complaint_id", "parent_id")
    numbered = ("number", "series", "year", "serial")
    revision = Document(
        **{column: getattr(document, column) for column in (*copied, *numbered)},
        revision=_last_revision(document) + 1,
        issued_on=on,
        created_at=clock.now(),
        created_by_id=actor.user_id,
        template_version=used.template_version,
        snapshot=snapshot,
        snapshot_sha256=snapshot_hash(used.template_version, snapshot),
    )
    db.session.add(revision)
    db.session.flush()
    record(subject_of(revision), "documents:document:correct", actor, reason=reason)
    return revision


def void_document(actor: Actor, document: Document, *, reason: str) -> None:
    """Marks a document as void. Its number stays taken and is never used again. Raises Refusal without a reason."""
    if not reason.strip():
        raise Refusal(_("Write why the document is void."), field="reason")
    document.void_reason = reason.strip()
    record(subject_of(document), "documents:document:void", actor, reason=reason.strip())


def record_service(
    actor: Actor,
    document: Document,
    *,
    way: str,
    served_on: date,
    servers: Sequence[str],
    today: date,
    receiver: str | None = None,
    receiver_relation: str | None = None,
    place: str | None = None,
    at: datetime | None = None,
    refusal_reason: str | None = None,
    witness: str | None = None,
    note: str | None = None,
) -> Service:
    """Records how a document was served, and issues the 送达回执 (D37) that proves it.

    Every term of the party runs from `served_on`. `way` is a key of `rules.WAYS`, `servers` are names of officers, `at`
    is the local time where it was noted.
    Raises Refusals where the proof would not hold (卫生健康行政处罚程序规定 53-57).
    """
    if document.void_reason is not None:
        raise Refusal(_("A void document is not served."), field="document")
    refuse(
        objections_to_service(
            way=way,
            issued_on=document.issued_on,
            served_on=served_on,
            today=today,
            receiver=receiver,
            servers=servers,
            refusal_reason=refusal_reason,
            witness=witness,
            note=note,
        )
    )
    service = Service(
        document=document,
        way=way,
        served_on=served_on,
        place=place,
        receiver=receiver,
        receiver_relation=receiver_relation,
        servers=list(servers),
        refusal_reason=refusal_reason,
        witness=witness,
        note=note,
    )
    db.session.add(service)
    db.session.flush()
    subject = subject_of(document)
    record(subject, "documents:service:record", actor, reason=f"{document_title(document)} {WAYS[way]}")
    data = _proof_of(service, printed_moment(at) if at else printed_date(served_on))
    issue_document(actor, subject, "D37", data, agency=document.agency, on=served_on, today=today, parent=document)
    return service


def subject_of(document: Document) -> SubjectRow:
    """The case, inspection or complaint that a document belongs to; the case where it belongs to several."""
    row: SubjectRow | None = None
    if document.case_id is not None:
        row = db.session.get(Case, document.case_id)
    elif document.inspection_id is not None:
        row = db.session.get(Inspection, document.inspection_id)
    elif document.complaint_id is not None:
        row = db.session.get(Complaint, document.complaint_id)
    if row is None:
        raise LookupError(f"document {document.id} belongs to nothing")
    return row


def _belonging(subject: SubjectRow) -> dict[str, int]:
    if isinstance(subject, Case):
        return {"case_id": subject.id}
    return {"inspection_id": subject.id} if isinstance(subject, Inspection) else {"complaint_id": subject.id}


def _last_revision(document: Document) -> int:
    same = (
        Document.agency_id == document.agency_id,
        Document.series == document.series,
        Document.year == document.year,
        Document.serial == document.serial,
    )
    take_turn(
        "document revision", str(document.agency_id), str(document.series), str(document.year), str(document.serial)
    )
    revisions = (
        db.session.scalars(select(Document.revision).where(*same)).all() if document.serial else [document.revision]
    )
    return max(revisions)


def _proof_of(service: Service, when: str) -> dict[str, Any]:
    document = service.document
    named = document.snapshot
    served = [document_title(document), document.number or ""]
    columns = ["送达文书名称", "文书文号（编号）", "送达地点", "送达时间", "收件人签名", "送达人签名"]
    return {
        "srv.receiver": named.get("party.name") or service.receiver or "",
        "case.name": named.get("case.name") or _case_name(document),
        "srv.way": WAYS[service.way],
        "srv.docs": {"columns": columns, "rows": [[*served, service.place or "", when, "", ""]]},
        "srv.sign_relation": service.receiver_relation,
        "srv.refusal": service.refusal_reason,
        "sign.witness": service.witness,
        "srv.remark": service.note,
        "agency.name": document.agency.name,
        "agency.series": named.get("agency.series"),
    }


def _case_name(document: Document) -> str | None:
    """The 案由 of a paper that does not name it itself."""
    case = db.session.get(Case, document.case_id) if document.case_id is not None else None
    if case is None:
        return None
    return shown_name(case.name, case.respondents[0].subject.name if case.respondents else None, case.state)
