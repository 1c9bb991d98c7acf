"""The records behind a figure: the same sources, filters and days as the table, so that the list adds up to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, or_, select

from ...accounts.actor import Actor
from ...accounts.regions import significant
from ...cases.models import Case, Decision
from ...complaints.models import Complaint
from ...extensions import db
from ...inspections.models import Inspection
from ...registry.models import Subject
from ..engine.definition import Condition, Measure, Part
from ..engine.figures import Address, Filled
from .compile import FOOT, Wish, clauses, origin, wishes_of
from .dimensions import Dimension
from .scope import Scope
from .sources import complaint_event, entity_column
from .tables import BASES, FINDING, OFFICER, PENALTY, SUBJECT

MODELS: dict[str, Any] = {
    "inspection": Inspection,
    "case": Case,
    "decision": Decision,
    "complaint": Complaint,
    "subject": Subject,
}


@dataclass(frozen=True)
class Section:
    """The records of one kind behind one place; a total has a section for each of its parts."""

    address: Address
    wish: Wish

    @property
    def kind(self) -> str:
        """inspection, case, decision, complaint or subject."""
        return "subject" if self.wish.source.entity == "subject" or self.wish.source.base == "register" else self.base

    @property
    def base(self) -> str:
        """The kind of record in which the place counts."""
        return self.wish.source.base


def sections(filled: Filled, address: Address, where: tuple[Condition, ...] = ()) -> list[Section]:
    """What stands behind a figure, place by place; nothing behind rates and what only returns fill."""
    if address[0] == FOOT:
        measure = filled.form.foot_counts.get(address[1])
        return _sections(address, measure, where) if measure else []
    found: list[Section] = []
    for one in components(filled, address):
        slot = filled.slots[one]
        if slot.part.measure is not None:
            found += _sections(one, slot.part.measure, (*slot.conditions, *where), slot.part)
    return found


def _sections(
    address: Address, measure: Measure, conditions: tuple[Condition, ...], part: Part | None = None
) -> list[Section]:
    return [Section(address, wish) for wish in wishes_of(address, measure, conditions, part)]


def components(filled: Filled, address: Address) -> Iterator[Address]:
    """The counted places that a figure adds up: itself, or those of its total."""
    slot = filled.slots.get(address)
    if slot is not None and filled.countable(slot):
        yield address
    elif slot is not None and slot.is_total:
        for part in filled.summands(slot):
            yield from components(filled, part)
    elif slot is None:
        for part in filled.under(address):
            yield from components(filled, part)


def entities(section: Section, scope: Scope, *more: ColumnElement[bool]) -> Select[Any]:
    """The ids of the records (or subjects) that the place counts."""
    return _narrowed(section, scope, entity_column(section.wish.source), *more).distinct()


def _narrowed(section: Section, scope: Scope, column: Any, *more: ColumnElement[bool]) -> Select[Any]:
    wish = section.wish
    dims = [dim for dim, _ in wish.looks]
    demands = clauses(wish.source, dims, of_one_campaign=scope.campaign is not None, annulled=scope.annulled)
    query = select(column).select_from(origin(wish.source, dims)[0]).where(*demands, *more)
    for dim, condition in wish.looks:
        query = query.where(_lets_through(dim, condition))
    if wish.source.split is not None:
        query = query.where(PENALTY.c.kind == wish.source.split)
    if wish.source.base == "complaint":
        query = query.where(complaint_event(wish.source.aggregate))
    return query


def _lets_through(dim: Dimension, condition: Condition) -> ColumnElement[bool]:
    if dim.is_flag:
        clause: ColumnElement[bool] = dim.expression == 1
        return clause
    if dim.id.startswith("region:"):
        return or_(*(dim.expression.like(f"{significant(str(value))}%") for value in condition.values))
    if dim.exact and len(condition.values) == 1:
        same: ColumnElement[bool] = dim.expression == condition.values[0]
        return same
    return _among(dim, condition)


def _among(dim: Dimension, condition: Condition) -> ColumnElement[bool]:
    """Comparisons of attributes are decided in one place, `Dimension.matches`: here over the values that occur."""
    if not dim.exact:
        occurring = db.session.scalars(select(dim.expression).select_from(SUBJECT).distinct()).all()
        wanted = [value for value in occurring if dim.matches(condition, value)]
    else:
        wanted = list(condition.values)
    clause: ColumnElement[bool] = dim.expression.in_([value for value in wanted if value is not None])
    return or_(clause, dim.expression.is_(None)) if None in wanted else clause


def figure_of(section: Section, scope: Scope, *more: ColumnElement[bool]) -> int:
    """What the place counts: records, subjects, officers' turns, findings, or fen."""
    source = section.wish.source
    if source.aggregate == "amount":
        column: Any = func.coalesce(func.sum(PENALTY.c.amount_fen), 0)
    elif source.extra in ("officers", "findings"):
        column = func.count((OFFICER if source.extra == "officers" else FINDING).c.id)
    else:
        column = func.count(distinct(entity_column(source)))
    number = db.session.scalar(_narrowed(section, scope, column, *more), scope.parameters())
    return int(number or 0)


def rows(section: Section, scope: Scope, actor: Actor) -> Select[Any]:
    """The records themselves, as far as the actor may see them; to be ordered and paged."""
    model = MODELS[section.kind]
    inside = entities(section, scope, visible(section, actor)).subquery()
    return select(model).where(model.id.in_(select(inside.c[0]))).params(**scope.parameters())


def visible(section: Section, actor: Actor) -> ColumnElement[bool]:
    """Records of another sector are figures only; what lies outside the region is nothing at all."""
    record = BASES[section.base].record
    low, high = (
        Scope(actor.region_code).parameters()["region_low"],
        Scope(actor.region_code).parameters()["region_high"],
    )
    clause: ColumnElement[bool] = record.c.region_code.between(low, high)
    if actor.sector is not None and "sector" in record.c:
        clause = clause & (record.c.sector == actor.sector)
    return clause
