"""The table behind a return as it is now: records, what all returns add, and what is being typed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from ..campaigns import queries as campaigns
from ..campaigns.catalogue import CampaignFacts, implied_by
from ..campaigns.engine.definition import FormDefinition, Node, Tree
from ..campaigns.engine.expansion import Member, expand
from ..campaigns.engine.figures import Filled, Slot, slots_of
from ..campaigns.measures.wishes import FOOT
from ..campaigns.summary import Summary, members, summarise
from ..errors import NotFound
from .models import WITHOUT_CAMPAIGN, Return
from .numbers import from_row
from .reading import Given, foot_part
from .rules import COUNTED, State

LEVEL, DEPARTMENT = "level", "department"

ALL_DAYS = "all"
"""The period of a return that is about no days."""


class Table(NamedTuple):
    """A filled form with what its lines stand for here. ``summary``: of the region; None for a department's figures."""

    form: FormDefinition
    filled: Filled
    members: Mapping[str, Sequence[Member]]
    summary: Summary | None = None


_HELD: WeakKeyDictionary[Return, dict[str, Any]] = WeakKeyDictionary()
"""Form and campaign of the returns in hand, so that they are asked for once for each."""


def form_of(row: Return) -> FormDefinition:
    """The form of a return as it is defined now. Raises NotFound when nobody has it any more."""
    held = _HELD.setdefault(row, {})
    if "form" not in held:
        held["form"] = campaigns.form(row.form)
    form: FormDefinition | None = held["form"]
    if form is None:
        raise NotFound
    return form


def campaign_of(row: Return) -> CampaignFacts:
    """The campaign of a return; of one without, what its form says of days and chain. Raises NotFound."""
    if row.campaign == WITHOUT_CAMPAIGN:
        return without_campaign(form_of(row))
    held = _HELD.setdefault(row, {})
    if "campaign" not in held:
        held["campaign"] = campaigns.campaign(row.campaign)
    found: CampaignFacts | None = held["campaign"]
    if found is None:
        raise NotFound
    return found


def without_campaign(form: FormDefinition) -> CampaignFacts:
    """What stands for the campaign of a form that belongs to none."""
    return implied_by(form)._replace(id=WITHOUT_CAMPAIGN)


def year_of(row: Return, today: date) -> int:
    """The year whose regions the table has lines for."""
    return (row.period_to or today).year


def local_form(row: Return, today: date) -> tuple[FormDefinition, Mapping[str, Sequence[Member]]]:
    """The form with the lines of the return's region, and what these stand for."""
    form = form_of(row)
    lines = members(form, row.region_code, year_of(row, today))
    return expand(form, lines), lines


def table_of(row: Return, today: date, typed: Given | None = None) -> Table:
    """What the return says now, ``typed`` in the place of what it has filed.

    A level return is the table of its region; a department's has nothing but its own figures.
    """
    if row.kind == DEPARTMENT:
        form, lines = local_form(row, today)
        given = filed(row, form) if typed is None else typed
        return Table(form, Filled(form, None, given.cells, given.foot), lines)
    summary = summarise(
        form_of(row),
        row.region_code,
        today=today,
        campaign_id=row.campaign or None,
        days=(row.period_from, row.period_to) if row.period != ALL_DAYS else None,
    )
    if typed is not None:
        summary = _with_typed(summary, row, typed)
    lines = members(form_of(row), row.region_code, year_of(row, today))
    return Table(summary.form, summary.filled, lines, summary)


def filed(row: Return, form: FormDefinition) -> Given:
    """The figures that are filed with a return, counted or not."""
    slots = slots_of(form)
    given = Given()
    for one in row.figures:
        if one.row == FOOT:
            given.foot[one.col] = one.value or 0
        elif (slot := slots.get((one.row, one.col))) is not None:
            value = from_row(one.value, one.words, slot.part)
            if value is not None:
                given.cells[one.row, one.col] = value
    return given


def _with_typed(summary: Summary, row: Return, typed: Given) -> Summary:
    """The region's table with what is being typed in the place of what the return has filed."""
    before = filed(row, summary.form) if State(row.state) in COUNTED else Given()
    returns = _replaced(summary.filled.returns, before.cells, typed.cells)
    foot = _replaced(summary.filled.foot, before.foot, typed.foot)
    return summary._replace(filled=Filled(summary.form, summary.filled.records, returns, foot))


def _replaced(now: Mapping[Any, Any], before: Mapping[Any, Any], after: Mapping[Any, Any]) -> dict[Any, Any]:
    found = dict(now)
    for address in {*before, *after}:
        old, new = before.get(address), after.get(address)
        if isinstance(old, str) or isinstance(new, str):
            value = new
        else:
            rest = (found.get(address) or 0) - (old or 0)
            value = rest + new if new is not None else rest or None
        found[address] = value
    return {address: value for address, value in found.items() if value is not None}


def places_to_type(row: Return, form: FormDefinition) -> list[Slot]:
    """Where a return gives figures itself, row by row.

    A department may fill every cell that is not a total, those that the form expects of it first; the region's own
    table only what records can never fill.
    """
    plain = form_of(row)
    slots = [slot for slot in slots_of(form).values() if slot.applicable and not slot.is_total]
    if row.kind == DEPARTMENT:
        return slots
    return [slot for slot in slots if not slot.from_records and _is_own(slot, plain)]


def _is_own(slot: Slot, plain: FormDefinition) -> bool:
    """Whether a place is the region's own, not one of the regions or agencies below it."""
    return _stands_in(plain.rows, slot.row) and _stands_in(plain.cols, slot.col)


def _stands_in(plain: Tree, node: Node) -> bool:
    if node.id in plain:
        return node.expand is None
    return any(one.expand == "list" and node.id.startswith(f"{one.id}.") for one in plain)


def foot_to_type(row: Return, form: FormDefinition) -> list[str]:
    """The counts of the footer that a return may give: for a region's own table those that records never give."""
    counts = form.foot_counts
    if row.kind == DEPARTMENT:
        return list(counts)
    return [name for name, measure in counts.items() if not measure.from_records]


__all__ = [
    "ALL_DAYS", "DEPARTMENT", "LEVEL", "Table", "campaign_of", "filed", "foot_part", "foot_to_type", "form_of",
    "local_form", "places_to_type", "table_of", "year_of",
]  # fmt: skip
