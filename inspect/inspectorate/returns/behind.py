"""The filed returns behind a figure: which office said how much, for which days."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from ..accounts.models import Agency
from ..accounts.regions import covers, significant
from ..campaigns.engine.definition import FormDefinition
from ..campaigns.engine.figures import Address, Filled, Value, slots_of
from ..campaigns.measures.scope import Scope
from ..campaigns.measures.wishes import FOOT
from ..extensions import db
from .counted import bound_to, counts, demands
from .figures import Group, kept
from .lines import REGION, members_of, placed
from .models import Return, ReturnFigure


class Said(NamedTuple):
    """What one return adds to a figure, at which of the places that the figure adds up."""

    return_id: int
    address: Address
    agency_id: int
    agency: str
    sector: str
    kind: str
    region: str
    start: date | None
    end: date | None
    state: str
    submitted_at: datetime | None
    value: Value


def said(form: FormDefinition, filled: Filled, address: Address, scope: Scope) -> list[Said]:
    """Every counted return behind a figure of a form expanded for the region, by region and office."""
    wanted = frozenset(_added_up(filled, address)) if address[0] != FOOT else frozenset({address})
    if not wanted:
        return []
    found = [one for lines in demands(form) for one in _read(form, scope, lines, wanted)]
    return sorted(found, key=lambda one: (one.region, one.agency, one.start or date.min, one.address))


def _added_up(filled: Filled, address: Address) -> Iterator[Address]:
    """The places of a figure at which returns say something: itself, and those of its parts."""
    if address in filled.returns:
        yield address
    slot = filled.slots.get(address)
    for part in filled.under(address) if slot is None else filled.summands(slot) if slot.is_total else ():
        yield from _added_up(filled, part)


_COLUMNS: tuple[Any, ...] = (
    Return.id, Return.region_code, Return.period_from, Return.period_to, Return.state, Return.submitted_at, Return.kind,
    Agency.name, Agency.sector, Agency.key, Return.agency_id,
    ReturnFigure.row, ReturnFigure.col, ReturnFigure.value, ReturnFigure.words,
)  # fmt: skip


def _read(form: FormDefinition, scope: Scope, lines: Any, wanted: frozenset[Address]) -> Iterator[Said]:
    query = (
        select(*_COLUMNS)
        .join_from(Return, ReturnFigure, ReturnFigure.return_id == Return.id)
        .join(Agency, Agency.id == Return.agency_id)
        .where(counts(lines))
    )
    if not members_of(form) or any(row == FOOT for row, _col in wanted):
        places = (and_(ReturnFigure.row == row, ReturnFigure.col == col) for row, col in sorted(wanted))
        query = query.where(or_(*places))
    for row in db.session.connection().execute(query, bound_to(form, scope)):
        yield from _told(form, scope, row, wanted)


def _told(form: FormDefinition, scope: Scope, row: Any, wanted: frozenset[Address]) -> Iterator[Said]:
    """The return at the places of this table where its figure stands."""
    child = _child_of(form, scope, row.region_code)
    at = (row.row, row.col)
    slots = slots_of(form)
    for place in [at] if row.row == FOOT else placed(form, at, child, row.key):
        if place in wanted:
            group = Group(
                (), row.key, row.sector, row.kind, 1, row.name, row.region_code, *at, row.value or 0, row.words
            )
            value = group.number if place[0] == FOOT else kept(group, slots[place])
            yield Said(
                row.id, place, row.agency_id, row.name, row.sector, row.kind, row.region_code, row.period_from,
                row.period_to, row.state, row.submitted_at, value,
            )  # fmt: skip


def _child_of(form: FormDefinition, scope: Scope, region_code: str) -> str | None:
    if significant(region_code) == significant(scope.region):
        return None
    lines = (member.key for member in members_of(form) if member.kind == REGION)
    return next((code for code in lines if covers(code, region_code)), None)


def total_of(parts: Sequence[Said]) -> Value:
    """What they add up to; words are not added."""
    numbers = [one.value for one in parts if not isinstance(one.value, str)]
    return sum(numbers[1:], numbers[0]) if numbers else 0
