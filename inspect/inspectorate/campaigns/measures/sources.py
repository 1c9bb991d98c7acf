"""Each measure as what it counts: records of one kind, by the day of their own event (the contract's table)."""

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, exists, func, select

from ..engine.definition import Condition, Term
from .scope import in_period
from .tables import ACTIVITY, CASE, COMPLAINT, DECISION, FINDING, INSPECTION, OFFICER, PENALTY, RESPONDENT, SUBJECT


class Source(NamedTuple):
    """Where a measure's figures come from.

    ``base``: kind of record. ``day``: its column that must lie in the period ("" where the aggregate looks itself).
    ``extra``: what is joined and demanded besides (`_EXTRAS`). ``entity``: what is counted once however often it
    occurs ("" where every record counts). ``aggregate``: the column of the statement. ``split``: the penalty's kind.
    ``weigh``: the attribute to sum instead of counting. ``conditions``: further filters that the measure itself sets.
    """

    base: str
    day: str
    aggregate: str = "n"
    extra: str = ""
    entity: str = ""
    split: str | None = None
    weigh: str | None = None
    conditions: tuple[Condition, ...] = ()

    @property
    def by_its_own_day(self) -> bool:
        """Whether one statement counts several events of the same records, each by its own day (cases are filed,
        closed, transferred): the records are then read once.
        """
        return self.base == "case"

    @property
    def column(self) -> str:
        """The name of the aggregate in the statement."""
        return self.day if self.by_its_own_day else self.aggregate


def sources(term: Term) -> tuple[Source, ...]:
    """The sources whose figures a measure adds up. A measure without records here has none."""
    if term.name == "sum":
        return (Source("register", "", weigh=term.argument),)
    if term.name == "yes":
        return (Source("register", "", conditions=(Condition(f"attr.{term.argument}", (True,)),)),)
    if term.name == "units_with":
        tagged = (Condition("tag", (term.argument or "",)),)
        return (Source("inspection", "inspected_on", "units", entity="subject", conditions=tagged),)
    return _SOURCES.get(term.name, ())


def _penalty(kind: str, aggregate: str = "n") -> tuple[Source, ...]:
    return (Source("decision", "decided_on", aggregate, extra="penalties", split=kind),)


_SOURCES: dict[str, tuple[Source, ...]] = {
    "units_inspected": (Source("inspection", "inspected_on", "units", entity="subject"),),
    "visits": (Source("inspection", "inspected_on"),),
    "visits_found": (Source("inspection", "inspected_on", extra="found"),),
    "inspector_turns": (Source("inspection", "inspected_on", extra="officers"),),
    "violations": (Source("inspection", "inspected_on", extra="findings"),),
    "cases_filed": (Source("case", "filed_on", entity="case"),),
    "cases_closed": (Source("case", "closed_on", entity="case"),),
    "transfer_judicial": (Source("case", "transferred_judicial_on", entity="case"),),
    "order_correction": (
        Source("inspection", "inspected_on", extra="orders"),
        Source("decision", "decided_on", extra="new_orders"),
    ),
    "warning": _penalty("warning"),
    "fine_count": _penalty("fine"),
    "revoke": _penalty("revoke_licence"),
    "suspend": (Source("decision", "decided_on", "units", "penalties", entity="subject", split="suspend_business"),),
    "decisions": (Source("decision", "decided_on", extra="penalised"),),
    "fine_sum": _penalty("fine", "amount"),
    "confiscate_sum": _penalty("confiscate_income", "amount"),
    "seized_value": _penalty("confiscate_goods", "amount"),
    "complaint_in": (Source("complaint", "", "received"),),
    "complaint_closed": (Source("complaint", "", "closed"),),
    "complaint_penalised": (Source("complaint", "", "penalised"),),
    "complaint_replied": (Source("complaint", "", "replied"),),
    "complaint_satisfied": (Source("complaint", "", "satisfied"),),
    "courses": (Source("activity", "held_on", "courses"),),
    "people": (Source("activity", "held_on", "trained"),),
    "publicity_events": (Source("activity", "held_on", "events"),),
    "publicity_people": (Source("activity", "held_on", "reached"),),
    "publicity_copies": (Source("activity", "held_on", "copies"),),
    "register_units": (Source("register", ""),),
}


def entity_column(source: Source) -> Any:
    """The column whose distinct values are counted, or the record's own id."""
    if source.entity == "subject":
        return INSPECTION.c.subject_id if source.base == "inspection" else RESPONDENT.c.subject_id
    return {
        "inspection": INSPECTION.c.id,
        "case": CASE.c.id,
        "decision": DECISION.c.id,
        "complaint": COMPLAINT.c.id,
        "activity": ACTIVITY.c.id,
        "register": SUBJECT.c.id,
    }[source.base]


def aggregate_column(source: Source) -> Any:
    """The SQL aggregate, labelled with the source's column name."""
    if source.aggregate == "amount":
        return func.coalesce(func.sum(PENALTY.c.amount_fen), 0).label("amount")
    if source.base == "complaint":
        return func.coalesce(func.sum(case((complaint_event(source.aggregate), 1), else_=0)), 0).label(source.aggregate)
    if source.base == "activity":
        return activity_sum(source.aggregate).label(source.aggregate)
    if source.by_its_own_day:
        happened = case((in_period(CASE.c[source.day]), entity_column(source)))
        return func.count(func.distinct(happened)).label(source.column)
    if source.entity or source.extra == "penalties":
        return func.count(func.distinct(entity_column(source))).label(source.aggregate)
    return func.count().label("n")


def complaint_event(aggregate: str) -> ColumnElement[bool]:
    """The event that a complaint's count counts, by its own day."""
    return {
        "received": in_period(COMPLAINT.c.received_on),
        "closed": in_period(COMPLAINT.c.closed_on),
        "penalised": and_(in_period(COMPLAINT.c.closed_on), COMPLAINT.c.penalised.is_(True)),
        "replied": in_period(COMPLAINT.c.replied_on),
        "satisfied": and_(in_period(COMPLAINT.c.replied_on), COMPLAINT.c.satisfied.is_(True)),
    }[aggregate]


ACTIVITY_FIGURES: dict[str, tuple[str, str]] = {
    "courses": ("training", "times"),
    "trained": ("training", "people"),
    "events": ("publicity", "times"),
    "reached": ("publicity", "people"),
    "copies": ("publicity", "copies"),
}
"""Which side of an activity a figure is about, and the column that it adds up."""


def of_side(aggregate: str) -> ColumnElement[bool]:
    """The activities that a figure adds up: publicity or training."""
    clause: ColumnElement[bool] = ACTIVITY.c.side == ACTIVITY_FIGURES[aggregate][0]
    return clause


def activity_sum(aggregate: str) -> ColumnElement[Any]:
    """The sum of a figure over activities of both sides; exact, for the columns are whole numbers."""
    figure = ACTIVITY.c[ACTIVITY_FIGURES[aggregate][1]]
    return func.coalesce(func.sum(case((of_side(aggregate), figure), else_=0)), 0)


def with_extra(source: Source, start: Any) -> tuple[Any, list[ColumnElement[bool]]]:
    """The joins and demands that the source adds."""
    match source.extra:
        case "officers":
            return start.join(OFFICER, OFFICER.c.inspection_id == INSPECTION.c.id), []
        case "findings":
            return start.join(FINDING, FINDING.c.inspection_id == INSPECTION.c.id), []
        case "penalties":
            return start.join(PENALTY, PENALTY.c.decision_id == DECISION.c.id), []
        case "found":
            return start, [exists(select(FINDING.c.id).where(FINDING.c.inspection_id == INSPECTION.c.id))]
        case "penalised":
            return start, [exists(select(PENALTY.c.id).where(PENALTY.c.decision_id == DECISION.c.id))]
        case "orders":
            return start, [INSPECTION.c.order_correction.is_(True)]
        case "new_orders":
            return start, [DECISION.c.order_correction.is_(True), ~_ordered_at_the_inspection()]
    return start, []


def _ordered_at_the_inspection() -> ColumnElement[bool]:
    """The inspection that the case names has already ordered the same subject: one order, counted once."""
    ordered = INSPECTION.alias("ordered")
    return exists(
        select(ordered.c.id).where(
            ordered.c.id == CASE.c.inspection_id,
            ordered.c.subject_id == RESPONDENT.c.subject_id,
            ordered.c.state == "submitted",
            ordered.c.order_correction.is_(True),
        )
    )
