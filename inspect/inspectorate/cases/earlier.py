"""Earlier penalties of the parties of a case, anywhere in the nation: what tiers, grounds and the police ask for.

They cross regions and sectors, so only what a decision makes public is told: day, authority, violation and number.
Nobody sees them without a recorded case against that very person or unit.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, event, or_, select
from sqlalchemy.orm import Session

from ..accounts.models import Agency
from ..extensions import db
from ..law.repetition import EarlierPenalty as Counted
from ..law.repetition import Repetition, repetition
from ..law.statutes import Citation
from ..law.violations import catalogue
from ..registry.models import Establishment, Person, Subject
from .models import Case, CaseFinding, Decision, Penalty, Respondent

KNOWN = "earlier_penalties"
"""Where a session keeps what it has read: one page asks for its case again and again."""


class EarlierPenalty(NamedTuple):
    """A decision on the same person or unit that stands: when, by whom, for what, under which number."""

    decided_on: date
    authority: str
    number: str | None
    violations: tuple[str, ...]
    kinds: tuple[str, ...] = ()


def earlier_penalties(case: Case) -> Mapping[int, Sequence[EarlierPenalty]]:
    """By the id of each party: its earlier penalties, latest first, in one statement for all parties.

    The same is who has the same record, identity number or credit code. Annulled decisions do not count, nor do those
    of later than the party's own decision in this case. Read once, until something is written.
    """
    parties = [party for party in case.respondents if party.subject_id]
    if not parties:
        return {}
    session = db.session()
    session.flush()  # so that what is changed is forgotten first
    known: dict[int, Mapping[int, Sequence[EarlierPenalty]]] = session.info.setdefault(KNOWN, {})
    if case.id not in known:
        known[case.id] = _read(case, parties)
    return known[case.id]


def _forget(session: Session, *_: object) -> None:
    """What was written, by this transaction or by others before the next, may be another decision."""
    session.info.pop(KNOWN, None)


for _moment in ("after_flush", "after_commit", "after_soft_rollback"):
    event.listen(db.session, _moment, _forget)


def _read(case: Case, parties: Sequence[Respondent]) -> Mapping[int, Sequence[EarlierPenalty]]:
    found: dict[int, dict[int, EarlierPenalty]] = {party.id: {} for party in parties}
    for decision_id, subject, *told, violation, kind in db.session.execute(_query(case, parties)):
        for party in parties:
            decided_on, authority, number = told
            if _same(party.subject, subject) and _before(party, decided_on):
                known = found[party.id].get(decision_id, EarlierPenalty(decided_on, authority, number, ()))
                found[party.id][decision_id] = known._replace(
                    violations=tuple(dict.fromkeys((*known.violations, violation))),
                    kinds=tuple(dict.fromkeys((*known.kinds, kind))),
                )
    return {
        party_id: sorted(ones.values(), key=lambda one: one.decided_on, reverse=True)
        for party_id, ones in found.items()
    }


def _query(case: Case, parties: Sequence[Respondent]) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(Decision.id, Subject, Decision.decided_on, Agency.name, Decision.number),
            *(CaseFinding.violation, Penalty.kind),
        )
        .join(Respondent, Decision.respondent_id == Respondent.id)
        .join(CaseFinding, CaseFinding.respondent_id == Respondent.id)
        .join(Subject, Respondent.subject_id == Subject.id)
        .join(Case, Respondent.case_id == Case.id)
        .join(Agency, Case.agency_id == Agency.id)
        .join(Penalty, Penalty.decision_id == Decision.id)
        .where(Case.id != case.id, Decision.decided_on.is_not(None), Decision.annulled_on.is_(None))
        .where(or_(*_sameness(parties)))
        .order_by(Decision.id, CaseFinding.position, Penalty.position)
    )


def _sameness(parties: Sequence[Respondent]) -> list[ColumnElement[bool]]:
    subjects = [party.subject for party in parties]
    numbers = [one.id_number for one in subjects if isinstance(one, Person) and one.id_number]
    codes = [one.uscc for one in subjects if isinstance(one, Establishment) and one.uscc]
    # By the table: the classes of one table would each add their own kind, and nothing is of two kinds.
    columns = Subject.__table__.c
    return [
        columns.id.in_([one.id for one in subjects]),
        *([columns.id_number.in_(numbers)] if numbers else []),
        *([columns.uscc.in_(codes)] if codes else []),
    ]


def _same(one: Subject, other: Subject) -> bool:
    if one.id == other.id:
        return True
    if isinstance(one, Person) and isinstance(other, Person):
        return one.id_number is not None and one.id_number == other.id_number
    if isinstance(one, Establishment) and isinstance(other, Establishment):
        return one.uscc is not None and one.uscc == other.uscc
    return False


def _before(party: Respondent, decided_on: date) -> bool:
    own = party.decision.decided_on if party.decision else None
    return own is None or decided_on <= own


def repetitions(code: str, party: str, earlier: Sequence[EarlierPenalty], on: date) -> tuple[Repetition, ...]:
    """What the earlier penalties of a party make of a violation that is decided on a day."""
    entry = catalogue().get(code)
    if entry is None or not earlier:
        return ()
    counted = [
        Counted(violation, one.decided_on, party, one.authority, one.number or "", one.kinds)
        for one in earlier
        for violation in one.violations
    ]
    return repetition(entry, counted, on)


def for_the_police(party: Respondent, earlier: Sequence[EarlierPenalty], on: date) -> tuple[Citation, ...]:
    """The provisions by which a natural person is to be handed to the police; a unit practises through persons."""
    if party.subject.party != "person":
        return ()
    found = [one for row in party.findings for one in repetitions(row.violation, party.subject.name, earlier, on)]
    pointing = [one for one in found if one.transfer]
    return tuple(dict.fromkeys(cited for one in pointing for cited in (*one.transfer, *one.citations)))
