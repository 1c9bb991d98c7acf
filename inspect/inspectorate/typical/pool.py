"""Which cases are compared with each other: all of a small scope; of a large one those that may stand out.

A province's campaign may have two hundred thousand cases. Its gravest are found from their penalties, along an index in
the order of the amounts, and in steps that are bounded: no scope is read whole.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from ..cases.models import Case, Decision, Penalty, Respondent
from ..extensions import db

SMALL = 2_000
"""Cases up to which all of a scope are compared."""

HANDED, LATEST, FINED, GRAVE = 300, 600, 300, 60
"""Of a larger scope: cases handed to the police, the latest decisions, the highest fines, and of each grave kind."""

GRAVE_KINDS = ("revoke_licence", "close_business", "practice_ban", "detention", "suspend_business", "downgrade_licence")

STEP, STEPS = 2_000, 20
"""Decisions looked through at a time, and how often at most: those of other regions and campaigns are among them."""


def pool(campaign_id: str, inside: ColumnElement[bool]) -> list[int]:
    """The ids of the cases that are compared, in their order."""
    within = (Case.campaign == campaign_id, inside, Case.state != "withdrawn")
    few = db.session.scalars(select(Case.id).where(*within).limit(SMALL + 1)).all()
    if len(few) <= SMALL:
        return sorted(few)
    handed = select(Case.id).where(*within, Case.transferred_judicial_on.is_not(None)).limit(HANDED)
    found = set(db.session.scalars(handed))
    for kind, number in (("fine", FINED), *((kind, GRAVE) for kind in GRAVE_KINDS)):
        heaviest = select(Penalty.decision_id).where(Penalty.kind == kind)
        heaviest = heaviest.order_by(Penalty.amount_fen.desc(), Penalty.decision_id.desc())
        found.update(_along(heaviest, number, within))
    latest = select(Decision.id).where(Decision.decided_on.is_not(None)).order_by(Decision.decided_on.desc())
    found.update(_along(latest, LATEST, within))
    return sorted(found)


def _along(decisions: Select[*tuple[Any, ...]], number: int, within: Sequence[ColumnElement[bool]]) -> list[int]:
    """The first cases within a scope along some decisions, so many or a step more."""
    found: list[int] = []
    for step in range(STEPS):
        ids = db.session.scalars(decisions.limit(STEP).offset(step * STEP)).all()
        # In two steps: joined, SQLite would begin with all cases of the campaign.
        theirs = select(Respondent.case_id).join(Decision, Decision.respondent_id == Respondent.id)
        theirs = theirs.where(Decision.id.in_(ids), Decision.annulled_on.is_(None))
        cases = db.session.scalars(theirs).all()
        found += db.session.scalars(select(Case.id).where(Case.id.in_(cases), *within))
        if len(found) >= number or len(ids) < STEP:
            break
    return found
