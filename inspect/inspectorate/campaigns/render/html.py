"""The sheet as a page for the PDF; the screen uses the same table with links."""

from collections.abc import Sequence

from flask import current_app

from ...documents.pdf import render_pdf
from ..engine.layout import Layout

STYLES = ("sheet.css",)


def render_html(layouts: Sequence[Layout]) -> str:
    """A complete page: one sheet of A4 landscape for each layout, nothing pointing outside."""
    template = current_app.jinja_env.get_template("campaigns/sheet.html")
    return template.render(layouts=layouts, title=layouts[0].title)


def render_sheet_pdf(layouts: Sequence[Layout], *, in_process: bool = False) -> bytes:
    """PDF/A of the sheets. Never inside a writing transaction."""
    return render_pdf(render_html(layouts), stylesheets=STYLES, in_process=in_process)
