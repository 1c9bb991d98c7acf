"""The search of the masthead: establishments, persons and cases in the actor's scope; violations and laws."""

from collections.abc import Sequence
from typing import NamedTuple

from ..accounts.actor import Actor
from ..accounts.permissions import Permission as P
from ..cases import queries as cases
from ..cases.models import Case
from ..law.statutes import Law
from ..law.violations import Violation
from ..lawbook import queries as lawbook
from ..registry import queries as registry
from ..registry.models import Subject

MOST = 20
MOST_LAW = 5
"""Violations and laws: the law library itself shows the rest."""

LONGEST = 80
"""Characters of a search; nobody types more, and a name is shorter."""


class Found(NamedTuple):
    """What a search brought; ``more``: there may be more than is shown."""

    subjects: Sequence[Subject] = ()
    cases: Sequence[Case] = ()
    more: bool = False
    violations: Sequence[Violation] = ()
    laws: Sequence[Law] = ()

    def __bool__(self) -> bool:
        return bool(self.subjects or self.cases or self.violations or self.laws)


def found(actor: Actor, words: str) -> Found:
    """Everything that bears all the words; nothing for no words."""
    words = words.strip()[:LONGEST]
    if not words:
        return Found()
    subjects = registry.search(actor, words, MOST + 1) if actor.may(P.REGISTRY_READ) else []
    found_cases = _cases(actor, words)
    return Found(
        subjects[:MOST],
        found_cases[:MOST],
        len(subjects) > MOST or len(found_cases) > MOST,
        lawbook.first_found(words, actor.sector, MOST_LAW),
        lawbook.laws_named(words, MOST_LAW),
    )


def _cases(actor: Actor, words: str) -> Sequence[Case]:
    """Cases by their number, the number of a decision, their name or a party's, the latest first."""
    if not (actor.may(P.CASE_READ) or actor.may(P.CASE_READ_DECIDED)):
        return []
    return cases.first_found(actor, words, MOST + 1)
