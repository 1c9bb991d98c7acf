"""What hangs on an article: violations of it, penalties based on it, and what the system itself does under it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from ..law.statutes import Citation, holds_on
from ..law.violations import Violation, catalogue
from ..procedure.rulebook import Rule, rules

Place = tuple[str, int, int]
"""Law, article, and 1 for 之一."""


class Cited(NamedTuple):
    """One edition of a violation that names a provision, as what it violates or what it is punished by."""

    citation: Citation
    violation: Violation
    edition: Violation
    as_duty: bool


class Tied(NamedTuple):
    """What hangs on a provision on a day, in the order of the catalogue."""

    rules: Sequence[Rule]
    violated: Sequence[Violation]
    basis: Sequence[Violation]

    def __bool__(self) -> bool:
        return bool(self.rules or self.violated or self.basis)


def tied_to(citation: Citation, on: date) -> Tied:
    """What hangs on an article, or on the paragraph or item that is asked for."""
    place = place_of(citation)
    duties: dict[str, Violation] = {}
    bases: dict[str, Violation] = {}
    for one in _cited().get(place, ()):
        meant = touch(citation, one.citation) and one.violation.edition_on(on) is one.edition
        if meant and one.edition.holds(one.citation, on):
            (duties if one.as_duty else bases)[one.violation.code] = one.violation
    own = [rule for rule in _rules().get(place, ()) if touch(citation, rule.citation) and holds_on(rule.citation, on)]
    return Tied(own, list(duties.values()), list(bases.values()))


def articles_cited(law: str, on: date) -> list[Citation]:
    """The articles of a law that the catalogue or the rulebook names on a day, whole and in order."""
    places = {place for place in (*_cited(), *_rules()) if place[0] == law}
    found = (Citation(law, article, suffix=suffix or None) for _, article, suffix in sorted(places))
    return [citation for citation in found if tied_to(citation, on)]


def place_of(citation: Citation) -> Place:
    """The article of a citation."""
    return citation.law, citation.article, citation.suffix or 0


def touch(asked: Citation, cited: Citation) -> bool:
    """Whether one of two provisions is part of the other."""
    return asked.contains(cited) or cited.contains(asked)


@cache
def _cited() -> Mapping[Place, Sequence[Cited]]:
    """Made once: a page of a long law asks for every article."""
    found: dict[Place, list[Cited]] = {}
    for entry in catalogue().values():
        for edition in entry.editions:
            for citation, as_duty in _provisions(edition):
                found.setdefault(place_of(citation), []).append(Cited(citation, entry, edition, as_duty))
    return found


def _provisions(edition: Violation) -> Iterator[tuple[Citation, bool]]:
    duties = dict.fromkeys(edition.violated)
    yield from ((citation, True) for citation in duties)
    yield from ((citation, False) for citation in edition.cited if citation not in duties or citation in edition.basis)


@cache
def _rules() -> Mapping[Place, Sequence[Rule]]:
    found: dict[Place, list[Rule]] = {}
    for rule in rules().values():
        found.setdefault(place_of(rule.citation), []).append(rule)
    return found
