"""The other way round: fines in the texts that no rule of the catalogue holds. What a lawyer may want to add next."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ..model import Violation
from ..statutes import Citation, law
from ..texts.model import Article, Text
from ..violations import catalogue
from .figures import Needed, figures_in, needed_by, needed_by_unknown
from .texts import versions_read

_CLAUSE = re.compile(r"[，。；：\n]")

_Place = tuple[str, str, int, int]
"""Law, version, article and suffix."""


class Uncovered(NamedTuple):
    """A clause that sets a fine, its provision, and whether some rule rests on its article at all."""

    citation: Citation
    version: str
    clause: str
    cited: bool

    def __str__(self) -> str:
        how = "no rule holds" if self.cited else "no rule rests on"
        return f"{self.citation.zh()}（{self.version}）: {how}: {self.clause}"


def uncovered(texts: Iterable[Text]) -> Iterator[Uncovered]:
    """Every clause on a fine that no rule holds, in the current versions of the laws that the catalogue rests on."""
    held = _held()
    punished = {place[0] for place in held}
    for text in texts:
        if text.law in punished and law(text.law).current.name == text.adopted:
            for article in text.articles:
                yield from _in_article(text, article, held)


def _in_article(text: Text, article: Article, held: Mapping[_Place, list[Needed]]) -> Iterator[Uncovered]:
    place = (text.law, text.adopted, *article.key)
    for number, paragraph in enumerate(article.paragraphs, 1):
        for clause in _CLAUSE.split(paragraph.whole()):
            figures = figures_in(clause) if "罚款" in clause else frozenset()
            if not any(figure.kind in ("amount", "times") for figure in figures):
                continue
            if not any(needed.figures <= figures for needed in held.get(place, ())):
                citation = Citation(text.law, article.number, number, suffix=article.suffix)
                yield Uncovered(citation, text.adopted, clause, place in held)


def _held() -> Mapping[_Place, list[Needed]]:
    """The figures that rules hold, by the articles that they rest on."""
    held: dict[_Place, list[Needed]] = defaultdict(list)
    for entry in catalogue().values():
        for edition in entry.editions:
            for citation, needed in _of(edition):
                for version in versions_read(edition, citation):
                    held[citation.law, version.name, citation.article, citation.suffix or 0] += needed
    return held


def _of(edition: Violation) -> Iterator[tuple[Citation, list[Needed]]]:
    responsible = edition.responsible
    for tier in edition.tiers:
        rules = (tier.fine, tier.person_fine, responsible.fine if responsible else None)
        needed = [
            *needed_by_unknown(tier.fine),
            *(each for rule in rules for each in needed_by(rule)),
        ]
        others = (tier.fine and tier.fine.unknown_basis, responsible and responsible.basis)
        for citation in (*tier.basis, *tier.person_basis, *edition.basis, *filter(None, others)):
            yield citation, needed
