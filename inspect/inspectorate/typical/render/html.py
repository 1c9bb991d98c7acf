"""Annex 2 and exposure lists as pages for the PDF."""

from flask import current_app

from ...campaigns.render.html import STYLES
from ...documents.pdf import render_pdf
from ..exposure import PRINTED, Exposure
from ..material import Material


def render_cases_pdf(material: Material) -> bytes:
    """PDF/A of the catalogue and the accounts. Never inside a writing transaction."""
    template = current_app.jinja_env.get_template("typical/paper.html")
    return render_pdf(template.render(material=material), stylesheets=STYLES)


def render_exposure_pdf(found: Exposure) -> bytes:
    """PDF/A of the list. Never inside a writing transaction."""
    template = current_app.jinja_env.get_template("typical/exposure_paper.html")
    return render_pdf(template.render(found=found, heads=PRINTED), stylesheets=STYLES)
