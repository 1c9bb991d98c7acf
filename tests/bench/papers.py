"""A decision (行政处罚决定书) of the demo, warm: ours is `render_pdf`, through the worker process that the server uses;
the floor is WeasyPrint in one process on the same HTML with the same styles, its fonts and parsed style sheets kept
from the run before, as quick as it can be had. A second look at an issued decision makes nothing: the file is kept.
"""

from typing import Any

from sqlalchemy import select

from inspectorate.documents.html import paper_html, single_sheet
from inspectorate.documents.models import Document
from inspectorate.documents.papers import paper_of
from inspectorate.documents.pdf import close_pool, render_pdf
from inspectorate.extensions import db
from tests.bench.measure import Ratio, compare
from tests.bench.prepared import Prepared

TITLE = "A decision's PDF"
ON_EACH_DATABASE = True
LIMIT = 1.2
DECISION = "D34"


def ratios(bench: Prepared) -> list[Ratio]:
    """The shortest decision and the longest."""
    with bench.app.app_context():
        query = select(Document).where(Document.kind == DECISION, Document.void_reason.is_(None))
        papers = sorted((_page(document) for document in db.session.scalars(query)), key=lambda page: len(page[0]))
    try:
        return [_ratio(name, *page) for name, page in (("the shortest", papers[0]), ("the longest", papers[-1]))]
    finally:
        close_pool()


def _page(document: Document) -> tuple[str, tuple[str, ...]]:
    paper = paper_of(document)
    return paper_html(paper), single_sheet(paper)


def _ratio(name: str, html: str, single: tuple[str, ...]) -> Ratio:
    plain = Plain()
    pages = plain.pages(html)
    words = f"{name}, {pages} page{'s' * (pages > 1)}"
    return compare(words, lambda: render_pdf(html, single_sheet=single), lambda: plain.pdf(html), limit=LIMIT)


class Plain:
    """WeasyPrint with the same faces and styles, and nothing of ours around it."""

    def __init__(self) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        from inspectorate.documents.typesetter import FONTS, STYLES

        self.fonts = FontConfiguration()
        faces = (STYLES / "fonts.css").read_text()
        faces = faces.replace("{serif}", (FONTS / "NotoSerifSC-Regular.otf").as_uri())
        faces = faces.replace("{sans}", (FONTS / "NotoSansSC-Regular.otf").as_uri())
        texts = (faces, (STYLES / "paper.css").read_text())
        self.styles = [CSS(string=text, font_config=self.fonts) for text in texts]

    def _laid_out(self, html: str) -> Any:
        from weasyprint import HTML

        return HTML(string=html).render(font_config=self.fonts, stylesheets=self.styles)

    def pages(self, html: str) -> int:
        """How many there are."""
        return len(self._laid_out(html).pages)

    def pdf(self, html: str) -> bytes:
        """The same kind of file as ours."""
        made: bytes = self._laid_out(html).write_pdf(pdf_variant="pdf/a-3u")
        return made
