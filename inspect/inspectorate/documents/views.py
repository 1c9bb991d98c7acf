"""A document on the screen and as a file, and the open page on which anybody checks one."""

from urllib.parse import quote

from flask import Response, render_template, request

from ..accounts.permissions import Permission
from ..web import Area, current_actor
from . import presentation, queries
from .forms import VerifyForm
from .layouts import layout
from .models import Document
from .papers import MEDIA_TYPES, docx_of, pdf_of, verification_of

bp = Area("documents", __name__)


@bp.route("/documents/<int:document_id>", permission=Permission.SIGNED_IN)
def show(document_id: int) -> str:
    """One document: number, state, versions, service, files."""
    document = queries.document(current_actor(), document_id)
    state, tone = presentation.state_of(document)
    return render_template(
        "documents/show.html",
        document=document,
        title=queries.document_title(document),
        served=layout(document.kind).served,
        state=state,
        tone=tone,
        versions=queries.versions_of(document),
        verification=verification_of(document),
        cited=presentation.cited_in(document),
        ways=presentation.WAYS,
        breadcrumbs=presentation.home_of(current_actor(), document),
    )


@bp.route("/documents/<int:document_id>.pdf", permission=Permission.SIGNED_IN, records="documents:document:open")
def pdf(document_id: int) -> Response:
    """The PDF, to be looked at in the browser."""
    document = queries.document(current_actor(), document_id)
    name = _filename(document)
    return _file(pdf_of(current_actor(), document), name, "pdf", "inline")


@bp.route("/documents/<int:document_id>.docx", permission=Permission.SIGNED_IN, records="documents:document:download")
def docx(document_id: int) -> Response:
    """The same as a Word file, to be kept."""
    document = queries.document(current_actor(), document_id)
    return _file(docx_of(document), _filename(document), "docx", "attachment")


@bp.route("/verify", permission=Permission.PUBLIC)
def verify() -> str:
    """Whether a paper in the hand is ours and still stands."""
    form = VerifyForm(request.args)
    asked = "number" in request.args
    found = queries.verify(form.number.data or "", form.code.data or "") if asked and form.validate() else None
    return render_template("documents/verify.html", form=form, asked=asked and not form.errors, found=found)


def _filename(document: Document) -> str:
    return f"{queries.document_title(document)} {document.number or document.issued_on.isoformat()}"


def _file(content: bytes, name: str, format: str, disposition: str) -> Response:
    response = Response(content, content_type=MEDIA_TYPES[format])
    plain = f'{disposition}; filename="document.{format}"'
    response.headers["Content-Disposition"] = f"{plain}; filename*=UTF-8''{quote(f'{name}.{format}')}"
    response.headers["Cache-Control"] = "private, no-store"
    return response
