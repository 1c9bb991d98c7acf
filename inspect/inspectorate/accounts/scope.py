"""What an actor may see, as SQL: the own region and everything below it, in the own sector; no neighbour."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, select, true

from ..errors import NotFound, Stale
from ..extensions import db
from .actor import Actor
from .regions import significant

Row = TypeVar("Row")

LARGEST_ID = 2**31 - 1
"""The databases' whole numbers end here; an address may carry any."""


def in_region(column: Any, region_code: str) -> ColumnElement[bool]:
    """The column's region is the given one or lies below it; a range, so that an index serves it."""
    prefix = significant(region_code)
    if not prefix:
        return true()
    if len(prefix) == 6:
        return column == prefix
    return and_(column >= prefix.ljust(6, "0"), column <= prefix.ljust(6, "9"))


def in_scope(model: Any, actor: Actor) -> ColumnElement[bool]:
    """WHERE clause for models with ``region_code`` and, where they have one, ``sector``."""
    clause = in_region(model.region_code, actor.region_code)
    if actor.sector is not None and hasattr(model, "sector"):
        clause = and_(clause, model.sector == actor.sector)
    return clause


def scoped_get(model: type[Row], row_id: int, actor: Actor, *options: Any) -> Row:
    """The row, loaded with ``options``; NotFound when it does not exist or lies outside the actor's scope."""
    mapped: Any = model
    if not 0 < row_id <= LARGEST_ID:
        raise NotFound
    query = select(mapped).where(mapped.id == row_id, in_scope(mapped, actor)).options(*options)
    row: Row | None = db.session.scalar(query)
    if row is None:
        raise NotFound
    return row


def check_version(row: Any, version: int | None) -> None:
    """Refuse a save made from an older reading of the row. Raises Stale."""
    if version is not None and row.version != version:
        raise Stale(row)
