"""Which cases are typical: those chosen for a region, and those that may be chosen."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy import case as case_
from sqlalchemy.orm import selectinload

from ..accounts.actor import Actor
from ..accounts.scope import in_region, in_scope
from ..cases.models import Case, CaseHandler, Decision, Penalty, Respondent
from ..cases.queries import all_of_it
from ..errors import NotFound
from ..extensions import db
from ..inspections.models import Inspection, InspectionOfficer
from .material import Chosen
from .models import TypicalCase


@cache
def whole_file() -> tuple[Any, ...]:
    """A case with everybody whom its file names."""
    return (
        *all_of_it(),
        selectinload(Case.handlers).joinedload(CaseHandler.officer),
        selectinload(Case.inspection).joinedload(Inspection.subject),
        selectinload(Case.inspection).selectinload(Inspection.officers).joinedload(InspectionOfficer.officer),
    )


MOST = 30
"""Cases proposed where nobody has chosen any."""


def chosen(actor: Actor, campaign_id: str, region_code: str) -> list[Chosen]:
    """The cases in scope chosen for a region, in the office's order."""
    query = (
        select(Case, TypicalCase.account, TypicalCase.names)
        .join(TypicalCase, TypicalCase.case_id == Case.id)
        .where(TypicalCase.campaign == campaign_id, TypicalCase.region_code == region_code, in_scope(Case, actor))
        .order_by(TypicalCase.position, TypicalCase.id)
        .options(*whole_file())
    )
    return [Chosen(case, account, tuple(names)) for case, account, names in db.session.execute(query)]


def choice(actor: Actor, campaign_id: str, case_id: int) -> TypicalCase:
    """One case in scope chosen for the actor's region. Raises NotFound."""
    row = db.session.scalar(
        select(TypicalCase)
        .join(Case, Case.id == TypicalCase.case_id)
        .where(TypicalCase.campaign == campaign_id, TypicalCase.region_code == actor.region_code)
        .where(TypicalCase.case_id == case_id, in_scope(Case, actor))
    )
    if row is None:
        raise NotFound
    return row


def above(actor: Actor, row: TypicalCase) -> TypicalCase | None:
    """The choice that the actor sees above a chosen case; None for the first."""
    return db.session.scalar(
        select(TypicalCase)
        .join(Case, Case.id == TypicalCase.case_id)
        .where(TypicalCase.campaign == row.campaign, TypicalCase.region_code == row.region_code)
        .where(TypicalCase.position < row.position, in_scope(Case, actor))
        .order_by(TypicalCase.position.desc())
        .limit(1)
    )


def positions(campaign_id: str, region_code: str) -> dict[int, TypicalCase]:
    """The chosen cases' rows by the case's id."""
    rows = db.session.scalars(
        select(TypicalCase).where(TypicalCase.campaign == campaign_id, TypicalCase.region_code == region_code)
    )
    return {row.case_id: row for row in rows}


def proposed(campaign_id: str, region_code: str) -> list[Chosen]:
    """The gravest decided cases of a campaign in a region, where nobody has chosen: at most `MOST`."""
    query = _by_gravity(_decided(campaign_id, in_region(Case.region_code, region_code)))
    return [Chosen(case) for case in db.session.scalars(query)]


def candidates(actor: Actor, campaign_id: str) -> Sequence[Case]:
    """The gravest decided cases of a campaign that the actor may see: those to choose from."""
    return list(db.session.scalars(_by_gravity(_decided(campaign_id, in_scope(Case, actor)), most=200)))


def _decided(campaign_id: str, inside: ColumnElement[bool]) -> Select[Any]:
    return (
        select(Case)
        .join(Respondent, Respondent.case_id == Case.id)
        .join(Decision, Decision.respondent_id == Respondent.id)
        .outerjoin(Penalty, Penalty.decision_id == Decision.id)
        .where(Case.campaign == campaign_id, inside, Case.state != "withdrawn")
        .where(Decision.decided_on.is_not(None), Decision.annulled_on.is_(None))
        .group_by(Case.id)
        .options(*whole_file())
    )


def _by_gravity(query: Select[Any], most: int = MOST) -> Select[Any]:
    """Transferred to justice first, then by the amounts, then the older."""
    amount = func.coalesce(func.sum(Penalty.amount_fen), 0)
    grave = case_((Case.transferred_judicial_on.is_not(None), 0), else_=1)
    return query.order_by(grave, amount.desc(), Case.id).limit(most)


def decided_case(actor: Actor, campaign_id: str, case_id: int) -> Case:
    """A decided case of the campaign in the actor's scope. Raises NotFound."""
    found: Case | None = db.session.scalar(_decided(campaign_id, in_scope(Case, actor)).where(Case.id == case_id))
    if found is None:
        raise NotFound
    return found
