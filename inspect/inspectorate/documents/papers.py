"""The files of a document: a draft for looking at, the frozen PDF, and a DOCX of the same."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .. import files
from ..accounts.actor import Actor
from ..audit.actions import record
from ..extensions import db, unit_of_work
from .actions import subject_of
from .blocks import Paper
from .compose import compose
from .html import paper_html, single_sheet
from .layouts import Layout, layout
from .models import Document
from .pdf import render_pdf
from .preparation import completed

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {"pdf": PDF, "docx": DOCX}


def layout_of(document: Document) -> Layout:
    """The layout that the document was issued with, whatever the newest one is."""
    kind, _, version = document.template_version.partition("/")
    return layout(kind, int(version))


def paper_of(document: Document) -> Paper:
    """The issued document as a paper, from its frozen data."""
    return compose(
        layout_of(document),
        document.snapshot,
        number=document.number or "",
        verification=f"校验码 {verification_of(document)}",
    )


def verification_of(document: Document) -> str:
    """校验码: the beginning of the hash of the frozen data, in groups of four figures."""
    code = document.snapshot_sha256[:16].upper()
    return " ".join(code[start : start + 4] for start in range(0, 16, 4))


def draft_paper(kind: str, data: Mapping[str, Any], on: date) -> Paper:
    """A document that is not issued: no number, 草稿 across the page, blanks where something is missing."""
    return compose(layout(kind), completed(kind, data, on), draft=True)


def pdf_of_paper(paper: Paper, *, in_process: bool = False) -> bytes:
    """The PDF of a paper, issued or draft. Never call this inside a writing transaction."""
    return render_pdf(paper_html(paper), single_sheet=single_sheet(paper), in_process=in_process)


def docx_of_paper(paper: Paper) -> bytes:
    """The DOCX of a paper, issued or draft."""
    from .docx import paper_docx  # loaded when it is wanted: a server that makes none starts without it

    return paper_docx(paper)


def docx_of(document: Document) -> bytes:
    """A DOCX of the issued document, for offices that edit in Word; the PDF is the record."""
    return docx_of_paper(paper_of(document))


def pdf_of(actor: Actor, document: Document, *, in_process: bool = False) -> bytes:
    """The one PDF of an issued document: made at the first reading and kept, checked against its hash ever after.

    Raises files.Corrupt where the stored file is missing or altered. Never call this inside a writing transaction.
    """
    if document.pdf_sha256 is None:
        document_id, paper = document.id, paper_of(document)
        db.session.rollback()
        content = pdf_of_paper(paper, in_process=in_process)
        return files.get(_keep(actor, document_id, content))
    return files.get(document.pdf_sha256)


def _keep(actor: Actor, document_id: int, content: bytes) -> str:
    """Stores the file, then its hash, unless somebody was faster; returns the hash that counts."""
    sha256 = files.put(content)
    with unit_of_work():
        document = db.session.get_one(Document, document_id, with_for_update=True)
        if document.pdf_sha256 is None:
            document.pdf_sha256 = sha256
            record(subject_of(document), "documents:document:print", actor, reason=document.number)
        return document.pdf_sha256
