"""Choosing violations from the catalogue: what is proposed, and what an inspector sees of each before choosing."""

from datetime import date
from typing import NamedTuple

from ..law.search import search
from ..law.violations import Violation, catalogue, violations
from ..law.wording import range_in_words
from ..law.words import SECTORS, term

SHOWN = 12


class Choice(NamedTuple):
    """A violation as it is offered, in its edition of the day ``on``: citations, range in words, who punishes it."""

    violation: Violation
    range_words: str
    own: bool
    """Whether the authority's sector punishes it; if not, it is a matter to transfer."""
    on: date | None = None

    @property
    def sectors(self) -> str:
        """The sectors that punish it, in Chinese."""
        return "、".join(term(SECTORS, sector).zh for sector in self.violation.sectors)


def proposals(words: str, sector: str, on: date, limit: int = SHOWN) -> list[Choice]:
    """Violations in force that answer the words: those of the own sector first, the others after them."""
    if not words.strip():
        return []
    own = search(words, sector=sector, on=on, limit=limit)
    known = {entry.code for entry in own}
    others = [entry for entry in search(words, on=on, limit=limit * 2) if entry.code not in known]
    return [choice_of(entry, sector, on) for entry in [*own, *others][:limit]]


def usual(category: str | None, sector: str, on: date, limit: int = SHOWN) -> list[Choice]:
    """The violations that a campaign's target is about, before anything is searched; those of the own sector first."""
    if category is None:
        return []
    found = [choice_of(entry, sector, on) for entry in violations(category=category, on=on)]
    return sorted(found, key=lambda one: not one.own)[:limit]


def choice(code: str, sector: str, on: date | None = None) -> Choice | None:
    """One violation as it is offered; None for a code that the catalogue does not have. Without a day as it is now."""
    found = catalogue().get(code)
    return choice_of(found, sector, on) if found else None


def choice_of(violation: Violation, sector: str, on: date | None) -> Choice:
    """The violation with its range in words; where no edition holds on that day, as the catalogue has it now."""
    edition = (violation.edition_on(on) if on else None) or violation
    return Choice(edition, range_in_words(edition), sector in edition.sectors, on)
