"""Reading local standards: those that bind an office, and those that a person may look at."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import joinedload

from ..accounts.actor import NATION, Actor
from ..accounts.regions import significant
from ..accounts.scope import LARGEST_ID, in_region
from ..errors import NotFound
from ..extensions import db
from .models import LocalStandard


def regions_over(region_code: str) -> tuple[str, ...]:
    """The region and all above it, nearest first: county, city, province, nation."""
    prefix = significant(region_code)
    return (*(prefix[:end].ljust(6, "0") for end in (6, 4, 2) if end <= len(prefix)), NATION)


def _readable(actor: Actor) -> ColumnElement[bool]:
    """Of the own sector, binding the own region or loaded somewhere below it; a neighbour's are not shown."""
    near = or_(
        in_region(LocalStandard.region_code, actor.region_code),
        LocalStandard.region_code.in_(regions_over(actor.region_code)),
    )
    return and_(near, LocalStandard.sector == actor.sector if actor.sector is not None else true())


def standards(actor: Actor) -> Sequence[LocalStandard]:
    """Those that the actor may read, those in force first, the nearest to the nation first, then the latest."""
    query = (
        select(LocalStandard)
        .where(_readable(actor))
        .options(joinedload(LocalStandard.agency))
        .order_by(
            LocalStandard.ended_on.is_not(None),
            LocalStandard.region_code,
            LocalStandard.in_force_from.desc(),
            LocalStandard.id.desc(),
        )
    )
    return db.session.scalars(query).all()


def standard(actor: Actor, standard_id: int) -> LocalStandard:
    """One that the actor may read. Raises NotFound."""
    found = None
    if 0 < standard_id <= LARGEST_ID:
        found = db.session.scalar(select(LocalStandard).where(LocalStandard.id == standard_id, _readable(actor)))
    if found is None:
        raise NotFound
    return found


def binding(sector: str, region_code: str, on: date) -> Sequence[LocalStandard]:
    """Those in force on a day that bind an office of a sector and region, the nearest region first."""
    regions = regions_over(region_code)
    query = select(LocalStandard).where(
        LocalStandard.sector == sector,
        LocalStandard.region_code.in_(regions),
        LocalStandard.in_force_from <= on,
        or_(LocalStandard.ended_on.is_(None), LocalStandard.ended_on >= on),
    )
    return sorted(
        db.session.scalars(query), key=lambda one: (regions.index(one.region_code), -one.in_force_from.toordinal())
    )


def by_number(sector: str, document_number: str) -> Sequence[LocalStandard]:
    """All editions of a sector under a 文号, the latest first."""
    query = select(LocalStandard).where(
        LocalStandard.sector == sector, LocalStandard.document_number == document_number
    )
    return db.session.scalars(query.order_by(LocalStandard.in_force_from.desc(), LocalStandard.id.desc())).all()
