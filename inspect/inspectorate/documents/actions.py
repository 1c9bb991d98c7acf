"""Issuing, correcting and voiding documents, and recording their service.

Callers have checked permission and procedure.
"""

import hashlib
import json
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
from ..complaints.models import Complaint
from ..errors import Refusal, Refusals, refuse
from ..extensions import db
from ..inspections.models import Inspection
from ..turns import take_turn
from .dates import printed_date, printed_moment
from .fields import Problem, problems_in, required_fields
from .layouts import Layout, layout
from .models import Document, NumberSeries, Service
from .numbering import format_number, nature_of
from .rules import WAYS, objections_to_record, objections_to_service
from .values import is_given, total_charged
from .vocabulary import all_fields

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
    number, series, serial = _next_number(used, place, category, on.year, parent)
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
    record(subject, "documents:document:issue", actor, reason=f"{used.title} {number or ''}".strip())
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
    record(subject, "documents:service:record", actor, reason=f"{layout(document.kind).title} {WAYS[way]}")
    data = _proof_of(service, printed_moment(at) if at else printed_date(served_on))
    issue_document(actor, subject, "D37", data, agency=document.agency, on=served_on, today=today, parent=document)
    return service


def new_case_number(agency: Agency, category: str, year: int) -> str:
    """A new 案号 of the authority, from a series of its own. Raises Refusal where the authority has no 地区简称."""
    place = agency.authority
    _demand_short_name(place)
    serial = _take_serial(place, f"{category}立", year)
    pattern = "{short}卫{category}立〔{year}〕{serial}号"
    return format_number(pattern, short=place.number_prefix or "", category=category, year=year, serial=serial)


def new_complaint_number(agency: Agency, year: int) -> str:
    """A new 编号 of a complaint (投诉举报): year and serial of the authority that received it."""
    return format_number("{year}—{serial:4}", year=year, serial=_take_serial(agency.authority, "complaint", year))


def completed(kind: str, data: Mapping[str, Any], on: date) -> dict[str, Any]:
    """The snapshot of a document: what its layout prints of the data, with what follows from it.

    Raises KeyError for a key that no document knows.
    """
    wanted = {requirement.field.key for requirement in required_fields(kind)} | {"party.kind"}
    for key in data:
        all_fields()[key]
    snapshot = {key: value for key, value in data.items() if key in wanted and is_given(value)}
    snapshot["doc.date"] = on.isoformat()
    penalties = snapshot.get("dec.penalties")
    if penalties and "dec.total" not in snapshot and total_charged(penalties):
        snapshot["dec.total"] = total_charged(penalties)
    fines = [one for one in penalties or [] if isinstance(one, dict) and one["kind"] == "fine"]
    if fines and "dec.fine" not in snapshot:
        snapshot["dec.fine"] = total_charged(fines)
    return snapshot


def refuse_incomplete(kind: str, snapshot: Mapping[str, Any]) -> None:
    """Raises Refusals naming every field that a document of this kind lacks or that has the wrong shape."""
    problems = [_in_words(problem) for problem in problems_in(kind, snapshot)]
    if problems:
        raise Refusals(problems)
    if kind in FIELD_RECORDS:
        refuse(objections_to_record(str(snapshot.get("insp.record", "")).split("\n")))


FIELD_RECORDS = frozenset({"D01", "E03"})


def snapshot_hash(template_version: str, snapshot: Mapping[str, Any]) -> str:
    """SHA-256 of template version and data in canonical JSON (sorted keys, no spaces, UTF-8)."""
    content = {"data": snapshot, "template": template_version}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


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


def _next_number(
    used: Layout, agency: Agency, category: str, year: int, parent: Document | None
) -> tuple[str | None, str | None, int | None]:
    if used.number_form == "none":
        return None, None, None
    if used.number_form == "parent":
        return (parent.number if parent else None), None, None
    if used.number_form == "文号":
        _demand_short_name(agency)
    series = category + nature_of(used.number_pattern) if used.number_form == "文号" else used.kind
    serial = _take_serial(agency, series, year)
    parts: dict[str, str | int] = {
        "short": agency.number_prefix or "",
        "category": category,
        "year": year,
        "serial": serial,
    }
    return format_number(used.number_pattern, **parts), series, serial


def _demand_short_name(agency: Agency) -> None:
    if agency.number_prefix:
        return
    message = _(
        "%(agency)s has no short name for document numbers (地区简称). Enter it in the agency's record.",
        agency=agency.name,
    )
    raise Refusal(message, field="number_prefix")


def _take_serial(agency: Agency, series: str, year: int) -> int:
    """The next serial of a series; others who want one wait until this transaction has ended."""
    take_turn("number series", str(agency.id), series, str(year))
    query = select(NumberSeries).where(
        NumberSeries.agency_id == agency.id, NumberSeries.series == series, NumberSeries.year == year
    )
    row = db.session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if row is None:
        row = NumberSeries(agency_id=agency.id, series=series, year=year, last_serial=0)
        db.session.add(row)
    row.last_serial += 1
    db.session.flush()
    return row.last_serial


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
    columns = ["送达文书名称", "文书文号（编号）", "送达地点", "送达时间", "收件人签名", "送达人签名"]
    title = layout(document.kind).title
    return {
        "srv.receiver": named.get("party.name") or service.receiver or "",
        "case.name": named.get("case.name"),
        "srv.way": WAYS[service.way],
        "srv.docs": {"columns": columns, "rows": [[title, document.number or "", service.place or "", when, "", ""]]},
        "srv.sign_relation": service.receiver_relation,
        "srv.refusal": service.refusal_reason,
        "sign.witness": service.witness,
        "srv.remark": service.note,
        "agency.name": document.agency.name,
    }


def _in_words(problem: Problem) -> Refusal:
    label = problem.field.label
    if not problem.missing:
        return Refusal(_("“%(label)s” cannot be printed as it is.", label=label), field=problem.field.key)
    if problem.field.origin == "agency":
        message = _("“%(label)s” is missing. Enter it in the agency's record.", label=label)
    else:
        message = _("“%(label)s” is missing. The document cannot be issued without it.", label=label)
    return Refusal(message, field=problem.field.key)
