"""An article as it was in force on a day."""

from datetime import date
from typing import NamedTuple

from ..statutes import Citation, LawVersion, version_in_force
from .model import Article, Text
from .store import loaded, text_of


class Found(NamedTuple):
    """What is known of a provision on a day.

    ``version``: the one in force that day, None before the first that is known. ``text`` and ``article`` are those of
    this very version, None where no text of it is loaded, or where it has no such article. ``loaded``: the versions of
    the law of which a text is loaded.
    """

    citation: Citation
    version: LawVersion | None
    text: Text | None
    article: Article | None
    loaded: tuple[str, ...]

    @property
    def paragraph(self) -> int | None:
        """The number of the paragraph that is meant; None where all of the article is, or it has no such paragraph."""
        if self.article is None:
            return None
        try:
            return self.article.paragraph_of(self.citation)
        except LookupError:
            return None


def article_on(citation: Citation, on: date) -> Found:
    """The article that a citation names, in the version in force on that day and never in another.

    Raises UnknownLaw.
    """
    version = version_in_force(citation.law, on)
    text = version and text_of(citation.law, version.name)
    article = text.article(citation.article, citation.suffix) if text else None
    return Found(citation, version, text or None, article, loaded(citation.law))
