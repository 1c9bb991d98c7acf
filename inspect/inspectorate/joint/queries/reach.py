"""Who reads and who writes: a campaign's rows are read in the region, whatever the sector, and kept by their office."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select

from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.regions import child_regions, significant
from ...accounts.scope import LARGEST_ID, in_region, scoped_get
from ...errors import Forbidden, NotFound
from ...extensions import db

Row = TypeVar("Row")


def readable(model: type[Row], row_id: int, actor: Actor) -> Row:
    """A row of the own region or one below it, of any sector: campaign data. Raises NotFound."""
    mapped: Any = model
    found: Row | None = None
    if 0 < row_id <= LARGEST_ID:
        found = db.session.scalar(
            select(mapped).where(mapped.id == row_id, in_region(mapped.region_code, actor.region_code))
        )
    if found is None:
        raise NotFound
    return found


def is_own(row: Any, actor: Actor) -> bool:
    """Whether the row was made by the actor's own office."""
    return bool(row.region_code == actor.region_code and row.sector == actor.sector)


def may_write(row: Any, actor: Actor) -> bool:
    """Whether the actor keeps this row."""
    return actor.may(Permission.CAMPAIGN_WRITE) and is_own(row, actor)


def own(model: type[Row], row_id: int, actor: Actor) -> Row:
    """A row that the actor may write. Raises NotFound outside the scope, Forbidden for another office's below."""
    row = scoped_get(model, row_id, actor)
    if not may_write(row, actor):
        raise Forbidden
    return row


def part_of_region(region_code: str, year: int) -> Callable[[str], str]:
    """A function that tells of a code in a region which region directly below it belongs to; else the region itself.

    Below a municipality there is no city: its counties stand directly below it, with all their digits.
    """
    below = {significant(child.code): child.code for child in child_regions(region_code, year)}

    def part(code: str) -> str:
        return next((below[one] for one in (code[:6], code[:4], code[:2]) if one in below), region_code)

    return part
