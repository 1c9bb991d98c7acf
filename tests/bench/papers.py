"""Decisions of the demo, warm: ours is `render_pdf`, through the worker process that the server uses; the floor is
WeasyPrint in one process on the same HTML with the same styles, its fonts and parsed style sheets kept from the run
before, as quick as it can be had. What the law demands of a 行政处罚决定书 fills more than a page, so the decision of
one page is a 解除查封、扣押决定书 for the same party; the others are the shortest 行政处罚决定书 and the longest. A
second look at an issued decision makes nothing: the file is kept.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from inspectorate.documents.blocks import Paper
from inspectorate.documents.compose import compose
from inspectorate.documents.html import paper_html, single_sheet
from inspectorate.documents.layouts import layout
from inspectorate.documents.models import Document
from inspectorate.documents.papers import paper_of
from inspectorate.documents.pdf import close_pool, render_pdf
from inspectorate.extensions import db
from tests.bench.measure import Ratio, compare
from tests.bench.prepared import Prepared

TITLE = "A decision's PDF"
ON_EACH_DATABASE = True
LIMIT = 1.2
DECISION, RELEASE = "D34", "D14"
"""行政处罚决定书, 解除查封、扣押决定书."""


def ratios(bench: Prepared) -> list[Ratio]:
    """A decision of one page, and those of several: the shortest and the longest."""
    try:
        return [_ratio(name, paper) for name, paper in _papers(bench).items()]
    finally:
        close_pool()


def _papers(bench: Prepared) -> dict[str, Paper]:
    with bench.app.app_context():
        query = select(Document).where(Document.kind == DECISION, Document.void_reason.is_(None))
        issued = sorted(db.session.scalars(query), key=lambda one: len(paper_html(paper_of(one))))
        shortest, longest = issued[0], issued[-1]
        release = compose(layout(RELEASE), shortest.snapshot, number=shortest.number or "")
        return {"a release": release, "the shortest": paper_of(shortest), "the longest": paper_of(longest)}


def _ratio(name: str, paper: Paper) -> Ratio:
    html, single = paper_html(paper), single_sheet(paper)
    plain = Plain()
    pages = plain.pages(html)
    words = f"{name}, {pages} page{'s' * (pages > 1)}"
    return compare(words, lambda: render_pdf(html, single_sheet=single), lambda: plain.pdf(html), limit=LIMIT)


class Plain:
    """WeasyPrint with the same faces and styles, and nothing of ours around it."""

    def __init__(self, sheets: Sequence[str] = ("paper.css",)) -> None:
        from weasyprint import CSS
        from weasyprint.text.fonts import FontConfiguration

        from inspectorate.documents.typesetter import FONTS, STYLES

        self.fonts = FontConfiguration()
        faces = (STYLES / "fonts.css").read_text()
        faces = faces.replace("{serif}", (FONTS / "NotoSerifSC-Regular.otf").as_uri())
        faces = faces.replace("{sans}", (FONTS / "NotoSansSC-Regular.otf").as_uri())
        texts = (faces, *((STYLES / sheet).read_text() for sheet in sheets))
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
