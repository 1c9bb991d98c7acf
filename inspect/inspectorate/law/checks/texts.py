"""The data against the texts of the statutes: every provision cited is there, every figure stands in what it cites."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from ..model import Violation
from ..statutes import Citation, LawVersion, UnknownLaw, law, version_in_force
from ..texts.model import Text
from ..violations import catalogue
from .figures import Figure, Needed, clauses_in, needed_by, needed_by_tier, needed_by_unknown, raised
from .problems import Problem, place_of
from .wording import MEASURES, PERSONAL, unsaid_measures, unsaid_of_fine

TextOf = Callable[[str, str], Text | None]
"""Gives the text of a version by law id and version name; None where there is none."""


def no_text(_law_id: str, _version: str) -> None:
    """Gives no text."""


class Cited(NamedTuple):
    """A provision that something outside the catalogue names, and where; it is of the law as it now is.

    ``figures``: what should stand in its article.
    """

    where: str
    citation: Citation
    figures: tuple[Needed, ...] = ()


class Compared(NamedTuple):
    """How much was compared: texts used, provisions and figures looked for in them, and the rules
    said to be compared that none covers, each ``code from first day``."""

    texts: int
    citations: int
    figures: int
    without_text: tuple[str, ...]


def check_texts(text_of: TextOf, others: Iterable[Cited] = ()) -> tuple[Compared, list[Problem]]:
    """Compares the catalogue, and what else cites, with the texts that are there."""
    comparison = _Comparison(text_of)
    for entry in catalogue().values():
        for edition in entry.editions:
            comparison.edition(edition)
    for cited in others:
        comparison.current(cited)
    return comparison.compared, comparison.problems


class _Comparison:
    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of
        self._used: set[tuple[str, str]] = set()
        self.problems: list[Problem] = []
        self.citations = self.figures = 0
        self._without_text: list[str] = []

    @property
    def compared(self) -> Compared:
        return Compared(len(self._used), self.citations, self.figures, tuple(self._without_text))

    def text_of(self, law_id: str, version: str) -> Text | None:
        text = self._text_of(law_id, version)
        if text is not None:
            self._used.add((law_id, version))
        return text

    def edition(self, entry: Violation) -> None:
        for citation in entry.cited:
            for version, text in self._texts(entry, citation):
                self.citations += 1
                self._resolves(place_of(entry), citation, version, text)
        if entry.checked == "text":
            self._figures(entry)

    def current(self, cited: Cited) -> None:
        try:
            version = law(cited.citation.law).current
        except UnknownLaw as error:
            self.problems.append(Problem(cited.where, str(error)))
            return
        if text := self.text_of(version.law, version.name):
            self.citations += 1
            self._resolves(cited.where, cited.citation, version, text)
            clauses = clauses_in(_words(text, cited.citation._replace(paragraph=None, item=None)))
            self.figures += len(cited.figures)
            for figure in cited.figures:
                if not any(figure.stands_in(clause) for clause in clauses):
                    said = f"{figure} is not in {cited.citation.zh()}（{text.adopted}）"
                    self.problems.append(Problem(cited.where, said))

    def _resolves(self, where: str, citation: Citation, version: LawVersion, text: Text) -> None:
        if text.begins_late and citation.article < text.begins_late:
            return
        if lack := text.lack(citation):
            said = f"{citation.zh()} is cited, but in version {version.name} {lack}"
            self.problems.append(Problem(where, said))

    def _texts(self, entry: Violation, citation: Citation) -> Iterator[tuple[LawVersion, Text]]:
        """The texts of all versions that applied within the days of the edition, as far as they read as cited."""
        for version in versions_read(entry, citation):
            if text := self.text_of(version.law, version.name):
                yield version, text

    def _figures(self, entry: Violation) -> None:
        covered = False
        for number, tier in enumerate(entry.tiers):
            where, named = place_of(entry, number), f"tier {tier.name}, "
            own, persons = tier.basis or entry.basis, (*tier.person_basis, *tier.basis, *entry.basis)
            needed = [*needed_by_tier(tier, on_persons=False), *needed_by(tier.fine)]
            covered |= self._stand_in(entry, where, named, needed, own)
            needed = [*needed_by_tier(tier, on_persons=True), *needed_by(tier.person_fine)]
            self._stand_in(entry, where, named, needed, persons)
            unsaid = partial(unsaid_measures, tier, MEASURES), partial(unsaid_of_fine, tier.fine)
            self._say(entry, where, named, own, unsaid)
            unsaid = partial(unsaid_measures, tier, PERSONAL), partial(unsaid_of_fine, tier.person_fine)
            self._say(entry, where, named, persons, unsaid)
            if tier.fine and tier.fine.unknown_basis:
                self._stand_in(entry, where, named, needed_by_unknown(tier.fine), (tier.fine.unknown_basis,))
        if entry.responsible:
            basis = (entry.responsible.basis, *entry.basis)
            self._stand_in(entry, place_of(entry), "responsible, ", needed_by(entry.responsible.fine), basis)
            self._say(
                entry, place_of(entry), "responsible, ", basis, (partial(unsaid_of_fine, entry.responsible.fine),)
            )
        if not covered:
            self._without_text.append(f"{entry.code} {entry.since}")

    def _stand_in(
        self,
        entry: Violation,
        where: str,
        named: str,
        figures: Iterable[Needed],
        basis: tuple[Citation, ...],
    ) -> bool:
        """Whether the figures could be looked for; what is missing in all that they rest on is a problem."""
        figures, covered = tuple(figures), False
        for day in _first_days(entry, basis):
            read = [found for cited in basis if (found := self._read(entry, cited, day))]
            words = [_words(text, cited) for cited, text in read]
            there = raised(frozenset[frozenset[Figure]]().union(*map(clauses_in, words)), "\n".join(words))
            missing = [figure for figure in figures if not any(figure.stands_in(clause) for clause in there)]
            if len(read) < len(basis) and (missing or not read):
                continue  # they may stand where there is no text to look
            covered = True
            self.figures += len(figures)
            self.problems += [Problem(where, f"{named}{figure} is not in {_places(read)}") for figure in missing]
        return covered

    def _say(
        self,
        entry: Violation,
        where: str,
        named: str,
        basis: tuple[Citation, ...],
        unsaid: tuple[Callable[[Sequence[str]], Iterator[str]], ...],
    ) -> None:
        """What of a rule is not said in any of the texts that it rests on, where all of them are there."""
        for day in _first_days(entry, basis):
            read = [found for cited in basis if (found := self._read(entry, cited, day))]
            if len(read) == len(basis):
                words = [_words(text, cited) for cited, text in read]
                places = _places(read)
                self.problems += [
                    Problem(where, f"{named}{said} in {places}") for each in unsaid for said in each(words)
                ]

    def _read(self, entry: Violation, citation: Citation, day: date) -> tuple[Citation, Text] | None:
        """The citation with the text of the version in force on that day; None where it is not there to be read."""
        version = version_in_force(citation.law, day)
        if version is None or not (entry.historic or version.holds(citation)):
            return None
        text = self.text_of(version.law, version.name)
        return (citation, text) if text else None


def versions_read(entry: Violation, citation: Citation) -> Iterator[LawVersion]:
    """The versions that applied within the days of the edition, and in which the provision reads as it cites it."""
    first, last = entry.since or date.min, entry.until or date.max
    for version in law(citation.law).versions:
        overlaps = version.in_force_from <= last and first <= (version.in_force_to or date.max)
        if overlaps and (entry.historic or version.holds(citation)):
            yield version


def _first_days(entry: Violation, basis: Iterable[Citation]) -> list[date]:
    """The days, within those of the edition, on which some version of a law that is cited began to apply."""
    begun = (version.in_force_from for cited in basis for version in versions_read(entry, cited))
    return sorted({max(day, entry.since or day) for day in begun})


def _places(read: Iterable[tuple[Citation, Text]]) -> str:
    return "、".join(dict.fromkeys(f"{cited.zh()}（{text.adopted}）" for cited, text in read))


def _words(text: Text, citation: Citation) -> str:
    """The paragraph or item that is cited; an item brings the words above its items."""
    article = text.article(citation.article, citation.suffix)
    if article is None:
        return ""
    try:
        return article.part(citation)
    except LookupError:  # told of as a citation that leads nowhere
        return article.whole()
