"""Annex 2 as a page for the PDF."""

from flask import current_app

from ...documents.pdf import render_pdf
from ..typical import Material
from .html import STYLES


def render_cases_pdf(material: Material) -> bytes:
    """PDF/A of the catalogue and the accounts. Never inside a writing transaction."""
    template = current_app.jinja_env.get_template("campaigns/cases_paper.html")
    return render_pdf(template.render(material=material), stylesheets=STYLES)
