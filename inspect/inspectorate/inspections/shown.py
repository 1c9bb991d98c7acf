"""Evidence and papers as the components of the screens take them; used by the pages of reports and of cases."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ..documents.models import Document
from ..documents.queries import document_title
from ..extensions import db
from ..screens import day, moment
from .models import EntryApproval, Evidence, Inspection
from .targets import target_words, title_of
from .uploads import PICTURES
from .words import APPROVAL_STATES, EVIDENCE_KINDS, REASONS, RECUSAL_ANSWERS, SIGNATURES


class Exhibit(NamedTuple):
    """A piece of evidence for ``components/evidence.html``."""

    id: int
    name: str
    kind: str
    url: str | None
    thumbnail_url: str | None
    size: int | None
    sha256: str | None
    taken_at: datetime
    taken_by: str | None
    note: str | None
    withdrawn: bool


def exhibits(rows: Iterable[Evidence], makers: dict[int, str] | None = None) -> list[Exhibit]:
    """Evidence as shown; withdrawn pieces stay, with the reason."""
    return [_exhibit(row, (makers or {}).get(row.added_by_id or 0)) for row in rows]


def _exhibit(row: Evidence, maker: str | None) -> Exhibit:
    note = _("Proves: %(what)s", what=row.proves) if row.proves else None
    if row.withdrawn_reason:
        note = _("Withdrawn: %(reason)s", reason=row.withdrawn_reason)
    picture = row.media_type in PICTURES
    return Exhibit(
        id=row.id,
        name=row.title,
        kind=str(EVIDENCE_KINDS.get(row.kind, row.kind)),
        url=url_for("inspections.evidence_file", evidence_id=row.id) if row.sha256 else None,
        thumbnail_url=url_for("inspections.thumbnail", evidence_id=row.id) if picture else None,
        size=row.size,
        sha256=row.sha256,
        taken_at=row.captured_at,
        taken_by=maker,
        note=note,
        withdrawn=row.withdrawn_reason is not None,
    )


class Paper(NamedTuple):
    """An issued document for ``components/documents.html``."""

    name: str
    number: str | None
    state: str
    tone: str
    made_on: date
    url: str
    pdf_url: str
    docx_url: str
    note: str | None


def issued_papers(report: Inspection) -> list[Paper]:
    """The documents of a report, in the order of their kinds."""
    query = select(Document).where(Document.inspection_id == report.id).order_by(Document.kind, Document.revision)
    return [_paper(document) for document in db.session.scalars(query)]


def _paper(document: Document) -> Paper:
    served = document.services[-1] if document.services else None
    void = document.void_reason
    return Paper(
        name=document_title(document),
        number=document.number,
        state=_("void") if void else _("served") if served else _("issued"),
        tone="danger" if void else "success" if served else "info",
        made_on=document.issued_on,
        url=url_for("documents.show", document_id=document.id),
        pdf_url=url_for("documents.pdf", document_id=document.id),
        docx_url=url_for("documents.docx", document_id=document.id),
        note=void or (_("served on %(day)s", day=served.served_on.isoformat()) if served else None),
    )


Told = tuple[str, Any, str | None]
"""Label, value, and the address where a draft's answer is changed."""


def told(report: Inspection, *, editable: bool = False) -> list[Told]:
    """The answers of the first two steps and the signature, for the last step and for the page of the report."""
    at = {
        step: url_for(f"inspections.{step}", inspection_id=report.id) if editable else None
        for step in ("subject", "visit", "statement")
    }
    officers = "、".join(f"{one.officer.name}（{one.certificate}）" for one in report.officers)
    escort = " ".join(filter(None, (report.escort, report.escort_title)))
    entry = report.entry_approval
    return [
        (_("Subject"), report.subject.name, at["subject"]),
        (_("Day of the visit"), day(report.inspected_on), at["subject"]),
        (_("Reason for the visit"), REASONS.get(report.reason, report.reason), at["subject"]),
        (_("Campaign and target"), _target(report), at["subject"]),
        (_("Approval of the entry"), _entry(entry) if entry else _("none"), at["subject"]),
        (_("Officers"), officers, at["visit"]),
        (_("Arrived at"), moment(report.entered_at), at["visit"]),
        (_("Left at"), moment(report.left_at), at["statement"]),
        (_("Place"), report.place, at["visit"]),
        (_("Accompanied by"), escort, at["visit"]),
        (_("Certificates shown"), _yes_or_no(report.identity_shown), at["visit"]),
        (_("Recusal"), RECUSAL_ANSWERS.get(report.recusal_answer or ""), at["visit"]),
        (_("Signature"), _signature(report), at["statement"]),
    ]


def _target(report: Inspection) -> str | None:
    if not report.campaign:
        return None
    return " · ".join(filter(None, (title_of(report.campaign), target_words(report.campaign, report.category))))


def _entry(entry: EntryApproval) -> str:
    state = APPROVAL_STATES[entry.state]
    return _(
        "%(state)s, %(start)s to %(end)s", state=state, start=day(entry.planned_from), end=day(entry.planned_to)
    ) + (_(", urgent") if entry.urgent else "")


def _yes_or_no(value: bool | None) -> str | None:
    return None if value is None else _("yes") if value else _("no")


def _signature(report: Inspection) -> str | None:
    words = SIGNATURES.get(report.signature or "")
    if words is None:
        return None
    more = (report.refusal_reason, _("witness: %(name)s", name=report.witness) if report.witness else None)
    return "；".join(filter(None, (str(words), *more)))
