"""Documents as lists on the pages of cases and inspections show them (templates/components/documents.html)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..law.statutes import Citation, citations_in
from ..screens import day
from .blocks import Paper, Paragraph, Passage
from .layouts import layout
from .models import Document
from .papers import paper_of
from .queries import document_title, last_service, may_read, replaced_among
from .rules import WAYS


class PaperLine(NamedTuple):
    """One paper of the list; the URLs are None for whoever may not read it."""

    name: str
    number: str | None
    state: str
    tone: str
    made_on: date
    url: str | None
    pdf_url: str | None
    docx_url: str | None
    note: str


def paper_lines(actor: Actor, documents: Sequence[Document]) -> list[PaperLine]:
    """What `document_list` of the components shows of each document."""
    replaced = replaced_among(documents)
    return [_line(document, may_read(actor, document), document.id in replaced) for document in documents]


def state_of(document: Document) -> tuple[str, str]:
    """The state of a document in words, and its tone."""
    return _state(document, document.id in replaced_among([document]))


def _state(document: Document, replaced: bool) -> tuple[str, str]:
    if document.void_reason is not None:
        return _("void"), "danger"
    if replaced:
        return _("replaced by a correction"), "warning"
    if last_service(document):
        return _("served"), "success"
    return (_("to be served"), "info") if layout(document.kind).served else (_("issued"), "neutral")


def cited_in(document: Document) -> list[Citation]:
    """The provisions that the text of the paper names, each once, in its order."""
    return list(dict.fromkeys(citations_in("\n".join(_lines(paper_of(document))))))


def _lines(paper: Paper) -> Iterator[str]:
    for block in paper.blocks:
        if isinstance(block, Passage | Paragraph):
            for paragraph in block.paragraphs if isinstance(block, Passage) else (block,):
                yield "".join(run.text for run in paragraph.text)


def home_of(actor: Actor, document: Document) -> list[tuple[str, str]]:
    """The page that the document belongs to, as a breadcrumb; nothing for whoever may not open it."""
    if document.case_id is not None and actor.may(Permission.CASE_READ):
        return [(_("Case"), url_for("cases.show", case_id=document.case_id))]
    if document.inspection_id is not None and actor.may(Permission.INSPECTION_READ):
        return [(_("Inspection"), url_for("inspections.show", inspection_id=document.inspection_id))]
    if document.complaint_id is not None and actor.may(Permission.COMPLAINT_READ):
        return [(_("Complaint"), url_for("complaints.show", complaint_id=document.complaint_id))]
    return []


def _line(document: Document, readable: bool, replaced: bool) -> PaperLine:
    state, tone = _state(document, replaced)
    service = last_service(document)
    note = _("%(way)s on %(day)s", way=WAYS[service.way], day=day(service.served_on)) if service else ""
    urls = {
        "url": url_for("documents.show", document_id=document.id),
        "pdf_url": url_for("documents.pdf", document_id=document.id),
        "docx_url": url_for("documents.docx", document_id=document.id),
    }
    return PaperLine(
        name=document_title(document),
        number=document.number,
        state=state,
        tone=tone,
        made_on=document.issued_on,
        note=document.void_reason or note,
        **(urls if readable else dict.fromkeys(urls)),
    )
