"""The search of the masthead: establishments, persons and cases by name, code or number, within the actor's scope."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from ..accounts.actor import Actor
from ..accounts.permissions import Permission as P
from ..accounts.scope import in_scope
from ..cases.models import Case, Decision, Respondent
from ..cases.queries import with_decision
from ..extensions import db
from ..registry import queries as registry
from ..registry.models import Subject

MOST = 20
LONGEST = 80
"""Characters of a search; nobody types more, and a name is shorter."""


@dataclass(frozen=True)
class Found:
    """What a search brought; ``more``: there may be more than is shown."""

    subjects: Sequence[Subject] = ()
    cases: Sequence[Case] = ()
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.subjects or self.cases)


def found(actor: Actor, words: str) -> Found:
    """Everything that bears all the words; nothing for no words."""
    words = words.strip()[:LONGEST]
    if not words:
        return Found()
    subjects = registry.search(actor, words, MOST + 1) if actor.may(P.REGISTRY_READ) else []
    cases = _cases(actor, words.split())
    return Found(subjects[:MOST], cases[:MOST], len(subjects) > MOST or len(cases) > MOST)


def _cases(actor: Actor, words: list[str]) -> Sequence[Case]:
    """Cases by their number, the number of a decision, or their name, the latest first."""
    if not (actor.may(P.CASE_READ) or actor.may(P.CASE_READ_DECIDED)):
        return []
    query = select(Case).where(in_scope(Case, actor))
    if not actor.may(P.CASE_READ):
        query = query.where(with_decision())
    for word in words:
        decided = (
            select(Respondent.case_id)
            .join(Decision, Decision.respondent_id == Respondent.id)
            .where(Decision.number.contains(word, autoescape=True))
        )
        query = query.where(
            or_(
                Case.number.contains(word, autoescape=True),
                Case.name.contains(word, autoescape=True),
                Case.id.in_(decided),
            )
        )
    query = query.order_by(Case.filed_on.desc(), Case.id.desc()).limit(MOST + 1)
    query = query.options(selectinload(Case.respondents).joinedload(Respondent.subject), joinedload(Case.agency))
    return db.session.scalars(query).all()
