"""The exposure list as a Word document on A4 landscape."""

from docx.enum.text import WD_ALIGN_PARAGRAPH

from ...campaigns.render.docx import HEI, new_document, paragraph, saved
from ..exposure import PRINTED, Exposure
from .docx import ruled

_WIDTHS_MM = (9, 28, 31, 28, 42, 32, 32, 22, 22, 21)


def render_exposure_docx(found: Exposure) -> bytes:
    """Title and table; every page has the head."""
    document = new_document(found.title, landscape=True)
    paragraph(document, found.title, size=16, font=HEI, align=WD_ALIGN_PARAGRAPH.CENTER, after=8)
    lines = [(str(number), *row.exposed.printed) for number, row in enumerate(found.shown, start=1)]
    ruled(document, [PRINTED, *lines], _WIDTHS_MM, 9)
    return saved(document)
