"""Which office acts for which region: the campaign offices of the departments that lead, and those above them."""

from typing import Any

from sqlalchemy import select

from ..accounts.actor import Actor
from ..accounts.models import Agency, User
from ..accounts.permissions import Permission, Role
from ..accounts.regions import covers
from ..accounts.scope import in_region, scoped_get
from ..errors import Forbidden, NotFound
from ..extensions import db
from . import chain
from .models import Return
from .rules import PERMISSIONS, SIDES, Act, Side
from .tables import DEPARTMENT, campaign_of

LEADING = frozenset({"health", "disease_control"})
"""Sectors whose campaign offices report for their whole region; those of others report for their own department."""


def leads(actor: Actor) -> bool:
    """Whether the actor's department reports for the whole region."""
    return actor.sector is None or actor.sector in LEADING


def may_prove(actor: Actor, row: Return) -> bool:
    """Whether the actor may have the document itself: it names records that its checks found, which other departments
    do not see.
    """
    return leads(actor) or row.agency_id == actor.authority_id


def has_office(region_code: str) -> bool:
    """Whether somebody works in a region's campaign office."""
    query = (
        select(User.roles)
        .join(Agency, User.agency_id == Agency.id)
        .where(Agency.region_code == region_code, Agency.sector.in_(LEADING), User.active.is_(True))
    )
    return any(Role.CAMPAIGN_OFFICE in roles for roles in db.session.scalars(query))


def regions_with_office(region_code: str) -> frozenset[str]:
    """The regions, one and all below it, in whose campaign office somebody works."""
    query = (
        select(Agency.region_code, User.roles)
        .join(Agency, User.agency_id == Agency.id)
        .where(in_region(Agency.region_code, region_code), Agency.sector.in_(LEADING), User.active.is_(True))
    )
    return frozenset(code for code, roles in db.session.execute(query) if Role.CAMPAIGN_OFFICE in roles)


def acts_for(actor: Actor, region_code: str) -> bool:
    """The own region; a region below only while nobody works in a campaign office there. The operator for all."""
    if not leads(actor):
        return False
    if actor.region_code == region_code or actor.sector is None:
        return True
    return covers(actor.region_code, region_code) and not has_office(region_code)


def visible(actor: Actor, return_id: int, *options: Any) -> Return:
    """A return of the own region or below it. Another department sees its own only. Raises NotFound."""
    row = scoped_get(Return, return_id, actor, *options)
    if not sees(actor, row):
        raise NotFound
    return row


def sees(actor: Actor, row: Return) -> bool:
    """Leading departments see every return of their region, others their own and the region's."""
    return leads(actor) or row.kind != DEPARTMENT or row.agency_id == actor.authority_id


def stands(actor: Actor, row: Return) -> frozenset[Side]:
    """On which sides of a return the actor is: its own office, the one that it reports to, both, or none."""
    found = set()
    if row.kind == DEPARTMENT:
        if row.agency_id == actor.authority_id or acts_for(actor, row.region_code):
            found.add(Side.OWN)
        if acts_for(actor, row.region_code):
            found.add(Side.ABOVE)
        return frozenset(found)
    if acts_for(actor, row.region_code):
        found.add(Side.OWN)
    over = region_above(row)
    if over is not None and acts_for(actor, over):
        found.add(Side.ABOVE)
    return frozenset(found)


def region_above(row: Return) -> str | None:
    """The region that a level return goes to; None at the end of the chain."""
    campaign = campaign_of(row)
    return chain.above(row.region_code, campaign.chain, campaign.region_code)


def may(actor: Actor, row: Return, act: Act, sides: frozenset[Side] | None = None) -> bool:
    """Whether the actor is the one for an act, wherever the return stands."""
    return actor.may(PERMISSIONS[act]) and SIDES[act] in (stands(actor, row) if sides is None else sides)


def demand(actor: Actor, row: Return, act: Act) -> None:
    """Raises Forbidden without the permission, NotFound for whoever is of another office."""
    if not actor.may(PERMISSIONS[act]):
        raise Forbidden
    if not may(actor, row, act):
        raise NotFound


def may_open(actor: Actor) -> bool:
    """Whether the actor reports at all."""
    return actor.may(Permission.CAMPAIGN_WRITE)
