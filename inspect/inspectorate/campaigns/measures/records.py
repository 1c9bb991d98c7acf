"""The records behind a figure: the same sources, filters and days as the table, so that the list adds up to it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, distinct, func, literal, literal_column, or_, select

from ...accounts.regions import significant
from ...accounts.scope import in_region
from ...cases.models import Case, Decision
from ...complaints.models import Complaint
from ...extensions import db
from ...inspections.models import Inspection
from ...joint.models import Activity
from ...registry.models import Subject
from ..engine.definition import Condition, Measure, Part
from ..engine.figures import Address, Filled
from .compile import Counted, clauses, origin, weighed
from .dimensions import Dimension, attribute
from .scope import Scope, asked_of_each
from .sources import Source, activity_sum, complaint_event, entity_column, of_side
from .tables import BASES, FINDING, OFFICER, PENALTY, SUBJECT
from .wishes import FOOT, Wish, wishes_of

MODELS: dict[str, Any] = {
    "inspection": Inspection,
    "case": Case,
    "decision": Decision,
    "complaint": Complaint,
    "activity": Activity,
    "subject": Subject,
}


class Section(NamedTuple):
    """The records of one kind behind one place; a total has a section for each of its parts."""

    address: Address
    wish: Wish

    @property
    def kind(self) -> str:
        """inspection, case, decision, complaint, activity or subject."""
        return "subject" if self.wish.source.entity == "subject" or self.wish.source.base == "register" else self.base

    @property
    def base(self) -> str:
        """The kind of record in which the place counts."""
        return self.wish.source.base

    @property
    def adds_ones(self) -> bool:
        """Whether each record adds one to the figure, and not an amount, its officers, its findings or its people."""
        source = self.wish.source
        sums = source.aggregate == "amount" or source.weigh or source.base == "activity"
        return not sums and source.extra not in ("officers", "findings")


def sections(filled: Filled, address: Address, where: tuple[Condition, ...] = ()) -> list[Section]:
    """What stands behind a figure, place by place; nothing behind rates and what only returns fill."""
    if address[0] == FOOT:
        measure = filled.form.foot_counts.get(address[1])
        return _sections(filled, address, measure, where) if measure else []
    found: list[Section] = []
    for one in components(filled, address):
        slot = filled.slots[one]
        if slot.part.measure is not None:
            found += _sections(filled, one, slot.part.measure, (*slot.conditions, *where), slot.part)
    return found


def _sections(
    filled: Filled, address: Address, measure: Measure, conditions: tuple[Condition, ...], part: Part | None = None
) -> list[Section]:
    return [Section(address, wish) for wish in wishes_of(filled.form, address, measure, conditions, part)]


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
    days = (wish.source.day,)
    demands = clauses(wish.source, dims, days, of_one_campaign=scope.campaign is not None, annulled=scope.annulled)
    query = select(column).select_from(origin(wish.source, dims)[0]).where(*demands, *more)
    for dim, condition in wish.looks:
        query = query.where(_lets_through(dim, condition))
    if wish.source.split is not None:
        query = query.where(PENALTY.c.kind == wish.source.split)
    if wish.source.base == "complaint":
        query = query.where(complaint_event(wish.source.aggregate))
    if wish.source.base == "activity":
        query = query.where(of_side(wish.source.aggregate))
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


def figure_of(section: Section, scope: Scope, *more: ColumnElement[bool]) -> Counted:
    """What the place counts: records, subjects, officers' turns, findings, sums of an attribute, or fen."""
    source = section.wish.source
    if source.weigh is None:
        return int(db.session.scalar(_narrowed(section, scope, _added(source), *more), scope.parameters()) or 0)
    weight = attribute(source.weigh).expression.label("weight")
    query = _narrowed(section, scope, weight, *more).add_columns(func.count()).group_by(literal_column("weight"))
    return weighed(section.wish, ((row[0], row[1]) for row in db.session.execute(query, scope.parameters())))


def figures_by_region(section: Section, scope: Scope, below: Sequence[str]) -> dict[str, Counted]:
    """The figure of each of some regions below the asked one, and of what bears the asked region's own code.

    What a form says of the asked region's own agencies is said of those of each region, as in that region's own table.
    """
    source, code = section.wish.source, BASES[section.base].record.c.region_code
    region = case(*((in_region(code, one), one) for one in below), (code == scope.region, scope.region))
    weight = literal(1) if source.weigh is None else attribute(source.weigh).expression
    counted = _added(source) if source.weigh is None else func.count()
    query = _narrowed(section, scope, region.label("of")).add_columns(weight.label("weight"), counted)
    query = query.group_by(literal_column("of"), literal_column("weight"))
    found: dict[str, list[Any]] = defaultdict(list)
    for of, *weights in db.session.execute(asked_of_each(query, region), scope.parameters()):
        found[of].append(weights)
    if source.weigh is None:
        return {of: int(weights[0][1]) for of, weights in found.items()}
    return {of: weighed(section.wish, weights) for of, weights in found.items()}


def count_of(section: Section, scope: Scope, *more: ColumnElement[bool]) -> int:
    """How many records (or subjects) stand behind the figure."""
    column = func.count(distinct(entity_column(section.wish.source)))
    return int(db.session.scalar(_narrowed(section, scope, column, *more), scope.parameters()) or 0)


def shares(section: Section, scope: Scope, records: Sequence[Any]) -> list[Counted]:
    """What each of these records adds to the figure, in their order; over all records the shares add up to it."""
    source = section.wish.source
    if source.weigh is not None:
        return [weighed(section.wish, [(record.attributes.get(source.weigh), 1)]) for record in records]
    if section.adds_ones or not records:
        return [1] * len(records)
    entity = entity_column(source)
    query = _narrowed(section, scope, entity, entity.in_([record.id for record in records]))
    query = query.add_columns(_added(source)).group_by(entity)
    found: dict[int, Any] = {row[0]: row[1] for row in db.session.execute(query, scope.parameters())}
    return [int(found[record.id]) for record in records]


def _added(source: Source) -> Any:
    if source.aggregate == "amount":
        return func.coalesce(func.sum(PENALTY.c.amount_fen), 0)
    if source.base == "activity":
        return activity_sum(source.aggregate)
    if source.extra in ("officers", "findings"):
        return func.count((OFFICER if source.extra == "officers" else FINDING).c.id)
    return func.count(distinct(entity_column(source)))


def rows(section: Section, scope: Scope, *more: ColumnElement[bool]) -> Select[Any]:
    """The records themselves, as far as ``more`` lets them through; to be ordered and paged."""
    model = MODELS[section.kind]
    inside = entities(section, scope, *more).subquery()
    return select(model).where(model.id.in_(select(inside.c[0]))).params(**scope.parameters())
