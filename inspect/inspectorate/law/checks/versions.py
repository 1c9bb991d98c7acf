"""Whether an earlier version of a law reads as the current one wherever the catalogue says that it does."""

from collections.abc import Callable, Iterator

from ..statutes import Citation, laws
from ..texts.changes import plain
from ..texts.model import Article, Text
from .problems import Problem


def check_versions(text_of: Callable[[str, str], Text | None]) -> Iterator[Problem]:
    """Every paragraph of an earlier version that reads otherwise than today's of the same number, and is not named in
    ``differs``: a citation of today would be read into it wrongly."""
    for entry in laws().values():
        current = text_of(entry.id, entry.current.name)
        for version in entry.versions[:-1]:
            text = None if version.renumbered else text_of(entry.id, version.name)
            if text is None or current is None:
                continue
            where = f"laws.toml: {entry.id}, version {version.name}"
            for article in text.articles:
                for citation in _other_words(entry.id, article, current.article(article.number, article.suffix)):
                    if version.holds(citation):
                        yield Problem(
                            where, f"{citation.zh()} reads otherwise than today, but differs does not name it"
                        )


def _other_words(law_id: str, article: Article, today: Article | None) -> Iterator[Citation]:
    for number, paragraph in enumerate(article.paragraphs, 1):
        there = today.paragraphs[number - 1] if today and number <= len(today.paragraphs) else None
        if there is None or plain(paragraph) != plain(there):
            yield Citation(law_id, article.number, number, suffix=article.suffix)
