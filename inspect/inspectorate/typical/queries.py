"""Which cases are typical: those chosen for a region, those nominated to it, and what waits for an office."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased, selectinload

from ..accounts.actor import Actor
from ..accounts.scope import in_region, in_scope
from ..campaigns.catalogue import CampaignFacts
from ..cases.models import Case, CaseHandler, Decision, Respondent
from ..cases.queries import all_of_it
from ..errors import NotFound
from ..extensions import db
from ..inspections.models import Inspection, InspectionOfficer
from ..returns.chain import above as region_above
from .masking import USUAL, Style
from .material import Chosen
from .models import TypicalAccount, TypicalCase, TypicalMaterial

MOST_WAITING = 200
"""Nominations that are looked up for the to-do list."""


@cache
def whole_file() -> tuple[Any, ...]:
    """A case with everybody whom its file names, and its evidence."""
    inspection = selectinload(Case.inspection)
    return (
        *all_of_it(),
        selectinload(Case.handlers).joinedload(CaseHandler.officer),
        selectinload(Case.evidence),
        inspection.joinedload(Inspection.subject),
        inspection.selectinload(Inspection.evidence),
        inspection.selectinload(Inspection.officers).joinedload(InspectionOfficer.officer),
    )


class Line(NamedTuple):
    """A chosen case with its row."""

    row: TypicalCase
    case: Case

    @property
    def chosen(self) -> Chosen:
        """As the material takes it."""
        row = self.row
        return Chosen(self.case, row.account, tuple(row.names), frozenset(row.looked_at), row.digest)


def lines(actor: Actor, campaign_id: str, region_code: str) -> list[Line]:
    """The cases in scope chosen for a region, in the office's order."""
    return _lines(_chosen(actor, campaign_id).where(TypicalCase.region_code == region_code))


def chosen(actor: Actor, campaign_id: str, region_code: str) -> list[Chosen]:
    """The same as the material takes them."""
    return [line.chosen for line in lines(actor, campaign_id, region_code)]


def nominated_to(actor: Actor, campaign: CampaignFacts) -> list[Line]:
    """The cases in scope that offices below have nominated to the actor's region, and that it has not taken yet."""
    taken = select(TypicalCase.case_id).where(
        TypicalCase.campaign == campaign.id, TypicalCase.region_code == actor.region_code
    )
    query = _chosen(actor, campaign.id).where(
        in_region(TypicalCase.region_code, actor.region_code),
        TypicalCase.region_code != actor.region_code,
        TypicalCase.state == "nominated",
        TypicalCase.case_id.not_in(taken),
    )
    return [line for line in _lines(query) if office_above(campaign, line.row.region_code) == actor.region_code]


def office_above(campaign: CampaignFacts, region_code: str) -> str | None:
    """The region to which one nominates; None where the campaign's chain ends."""
    return region_above(region_code, campaign.chain, campaign.region_code)


def _chosen(actor: Actor, campaign_id: str) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(TypicalCase, Case)
    return (
        query.join(Case, TypicalCase.case_id == Case.id)
        .where(TypicalCase.campaign == campaign_id, in_scope(Case, actor))
        .order_by(TypicalCase.region_code, TypicalCase.position, TypicalCase.id)
        .options(*whole_file())
    )


def _lines(query: Select[*tuple[Any, ...]]) -> list[Line]:
    return [Line(row, case) for row, case in db.session.execute(query)]


def line(actor: Actor, campaign_id: str, case_id: int) -> Line:
    """One case in scope chosen for the actor's region. Raises NotFound."""
    query = _chosen(actor, campaign_id).where(
        TypicalCase.region_code == actor.region_code, TypicalCase.case_id == case_id
    )
    found = _lines(query)
    if not found:
        raise NotFound
    return found[0]


def place_of(actor: Actor, row: TypicalCase) -> int:
    """The number of a chosen case in the list as the actor sees it."""
    before = select(func.count()).select_from(TypicalCase).join(Case, Case.id == TypicalCase.case_id)
    before = before.where(TypicalCase.campaign == row.campaign, TypicalCase.region_code == row.region_code)
    return 1 + (db.session.scalar(before.where(TypicalCase.position < row.position, in_scope(Case, actor))) or 0)


def choice(actor: Actor, campaign_id: str, case_id: int) -> TypicalCase:
    """The row of one case in scope chosen for the actor's region. Raises NotFound."""
    return line(actor, campaign_id, case_id).row


def nomination(actor: Actor, campaign: CampaignFacts, case_id: int) -> TypicalCase | None:
    """The row by which an office below has nominated a case to the actor's region; None: nobody has."""
    rows = db.session.scalars(
        select(TypicalCase)
        .where(TypicalCase.campaign == campaign.id, TypicalCase.case_id == case_id, TypicalCase.state == "nominated")
        .order_by(TypicalCase.id)
    )
    return next((row for row in rows if office_above(campaign, row.region_code) == actor.region_code), None)


def taken_above(campaign: CampaignFacts, row: TypicalCase) -> bool:
    """Whether the office above has taken a nominated case into its own list."""
    above = office_above(campaign, row.region_code)
    found = select(TypicalCase.id).where(
        TypicalCase.campaign == row.campaign, TypicalCase.case_id == row.case_id, TypicalCase.region_code == above
    )
    return bool(db.session.scalar(select(exists(found))))


def levels(campaign_id: str, case_ids: Sequence[int]) -> dict[int, list[TypicalCase]]:
    """The rows of each case at all levels, the lowest first: who nominated it, who took it."""
    rows = db.session.scalars(
        select(TypicalCase).where(TypicalCase.campaign == campaign_id, TypicalCase.case_id.in_(case_ids))
    )
    found: dict[int, list[TypicalCase]] = {}
    for row in sorted(rows, key=lambda one: one.region_code.rstrip("0"), reverse=True):
        found.setdefault(row.case_id, []).append(row)
    return found


def neighbour(actor: Actor, row: TypicalCase, *, up: bool) -> TypicalCase | None:
    """The choice that the actor sees above, or below, a chosen case; None at the end of the list."""
    place = TypicalCase.position < row.position if up else TypicalCase.position > row.position
    return db.session.scalar(
        select(TypicalCase)
        .join(Case, Case.id == TypicalCase.case_id)
        .where(TypicalCase.campaign == row.campaign, TypicalCase.region_code == row.region_code)
        .where(place, in_scope(Case, actor))
        .order_by(TypicalCase.position.desc() if up else TypicalCase.position)
        .limit(1)
    )


def positions(campaign_id: str, region_code: str) -> dict[int, TypicalCase]:
    """The chosen cases' rows by the case's id."""
    rows = db.session.scalars(
        select(TypicalCase).where(TypicalCase.campaign == campaign_id, TypicalCase.region_code == region_code)
    )
    return {row.case_id: row for row in rows}


def decided_case(actor: Actor, campaign_id: str, case_id: int) -> Case:
    """A decided case of the campaign in the actor's scope. Raises NotFound."""
    decided = (
        select(Decision.id)
        .join(Respondent, Respondent.id == Decision.respondent_id)
        .where(Respondent.case_id == Case.id, Decision.decided_on.is_not(None), Decision.annulled_on.is_(None))
    )
    return _case(actor, campaign_id, case_id, Case.state != "withdrawn", exists(decided))


def any_case(actor: Actor, campaign_id: str, case_id: int) -> Case:
    """A case of the campaign in the actor's scope, whatever has become of its decision. Raises NotFound."""
    return _case(actor, campaign_id, case_id)


def _case(actor: Actor, campaign_id: str, case_id: int, *narrower: ColumnElement[bool]) -> Case:
    query = select(Case).where(Case.id == case_id, Case.campaign == campaign_id, in_scope(Case, actor), *narrower)
    found = db.session.scalar(query.options(*whole_file()))
    if found is None:
        raise NotFound
    return found


def accounts_of(row: TypicalCase) -> Sequence[TypicalAccount]:
    """The versions of an account, the newest first."""
    query = select(TypicalAccount).where(TypicalAccount.typical_id == row.id).order_by(TypicalAccount.number.desc())
    return db.session.scalars(query).all()


def settings(campaign_id: str, region_code: str) -> TypicalMaterial | None:
    """How the region's material shows names; None: as usual."""
    return db.session.scalar(
        select(TypicalMaterial).where(
            TypicalMaterial.campaign == campaign_id, TypicalMaterial.region_code == region_code
        )
    )


def style_of(campaign_id: str, region_code: str) -> Style:
    """The same as the masking takes it."""
    row = settings(campaign_id, region_code)
    return Style(row.persons, row.places) if row else USUAL


def waiting(actor: Actor) -> Sequence[TypicalCase]:
    """The own nominations that were returned, and those of offices below that the own office has not taken."""
    taken = aliased(TypicalCase)
    below = and_(
        TypicalCase.state == "nominated",
        in_region(TypicalCase.region_code, actor.region_code),
        TypicalCase.region_code != actor.region_code,
        ~exists().where(
            taken.campaign == TypicalCase.campaign,
            taken.case_id == TypicalCase.case_id,
            taken.region_code == actor.region_code,
        ),
    )
    own = and_(TypicalCase.state == "returned", TypicalCase.region_code == actor.region_code)
    query = select(TypicalCase).join(Case, Case.id == TypicalCase.case_id).where(in_scope(Case, actor), or_(own, below))
    return db.session.scalars(query.order_by(TypicalCase.id).limit(MOST_WAITING)).all()
