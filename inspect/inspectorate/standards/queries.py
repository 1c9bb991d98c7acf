"""Reading local standards: those that bind an office, and those that a person may look at."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import joinedload

from ..accounts.actor import NATION, Actor
from ..accounts.regions import significant
from ..accounts.scope import LARGEST_ID, in_region
from ..errors import NotFound
from ..extensions import db
from ..law.standards import Fault, Standard, faults
from ..law.standards_reading import read_standard
from .models import LocalStandard

KNOWN = "local_standards"
"""Where a session keeps what it has read: one request asks for every finding of its page."""


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


def standard_of(row: LocalStandard) -> Standard:
    """The standard that a row holds, for the region and days of the row."""
    return _read(row.definition)._replace(region=row.region_code, since=row.in_force_from, until=row.ended_on)


@lru_cache(maxsize=256)
def _read(definition: str) -> Standard:
    return read_standard(definition, "")


def outgrown(row: LocalStandard) -> list[Fault]:
    """What of a standard that was sound when it was loaded does not fit the catalogue of this release any more."""
    return faults(standard_of(row))


def binding(sector: str, region_code: str, on: date) -> Sequence[Standard]:
    """Those in force on a day that may bind an office of a sector and region."""
    known = db.session().info.setdefault(KNOWN, {})
    key = sector, region_code, on
    if key not in known:
        query = select(LocalStandard).where(
            LocalStandard.sector == sector,
            LocalStandard.region_code.in_(regions_over(region_code)),
            LocalStandard.in_force_from <= on,
            or_(LocalStandard.ended_on.is_(None), LocalStandard.ended_on >= on),
        )
        known[key] = [standard_of(row) for row in db.session.scalars(query)]
    found: Sequence[Standard] = known[key]
    return found


def forget() -> None:
    """Read them anew: one has been loaded or ended."""
    db.session().info.pop(KNOWN, None)


def of_region(sector: str, region_code: str) -> Sequence[LocalStandard]:
    """All that were ever loaded for a region."""
    query = select(LocalStandard).where(LocalStandard.sector == sector, LocalStandard.region_code == region_code)
    return db.session.scalars(query.order_by(LocalStandard.in_force_from)).all()


def by_number(sector: str, region_code: str, number: str, on: date) -> Standard | None:
    """The edition under a 文号 on which a decision of that day rested, of an office of a sector and region.

    The latest that had begun, also where it had ended: a later text of the same number rewrites no decision.
    """
    known = db.session().info.setdefault(KNOWN, {})
    key = sector, region_code, number, on
    if key not in known:
        query = (
            select(LocalStandard)
            .where(
                LocalStandard.sector == sector,
                LocalStandard.region_code.in_(regions_over(region_code)),
                LocalStandard.document_number == number,
                LocalStandard.in_force_from <= on,
            )
            .order_by(LocalStandard.in_force_from.desc(), LocalStandard.id.desc())
            .limit(1)
        )
        row = db.session.scalar(query)
        known[key] = standard_of(row) if row else None
    found: Standard | None = known[key]
    return found
