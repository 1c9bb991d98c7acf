"""A letter as a page for the PDF, its pictures drawn into it."""

from flask import current_app

from ...documents.pdf import render_pdf
from ..letter import Letter

STYLES = ("letter.css",)


def letter_html(letter: Letter) -> str:
    """A complete page, nothing pointing outside."""
    return current_app.jinja_env.get_template("reporting/letter.html").render(letter=letter)


def letter_pdf(letter: Letter, *, in_process: bool = False) -> bytes:
    """PDF/A of the letter. Never inside a writing transaction."""
    return render_pdf(letter_html(letter), stylesheets=STYLES, in_process=in_process)
