"""会议纪要 as files of the asked format."""

from collections.abc import Callable

from flask import current_app

from .minutes import Minutes

STYLES = ("minutes.css",)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render_pdf(paper: Minutes) -> bytes:
    """PDF/A of the paper. Never inside a writing transaction."""
    from ..documents.pdf import render_pdf as typeset

    page = current_app.jinja_env.get_template("joint/minutes_paper.html").render(paper=paper)
    return typeset(page, stylesheets=STYLES)


def render_docx(paper: Minutes) -> bytes:
    """The paper for Word."""
    from .minutes_docx import minutes_docx

    return minutes_docx(paper)


FILES: dict[str, tuple[str, Callable[[Minutes], bytes]]] = {
    "docx": (DOCX, render_docx),
    "pdf": ("application/pdf", render_pdf),
}
