"""What a return must be before its figures count: consistent in itself, and nothing in it that the records have."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ..accounts.models import Agency
from ..campaigns.engine.definition import Condition, FormDefinition
from ..campaigns.engine.figures import Address, Filled, slots_of
from ..campaigns.engine.printing import print_value
from ..campaigns.measures.compile import figures
from ..campaigns.measures.wishes import FOOT
from ..campaigns.queries import campaign
from ..campaigns.summary import scope_for
from ..cases.models import Case
from ..complaints.models import Complaint
from ..extensions import db
from ..inspections.models import Inspection
from .models import Return
from .periods import contains, overlap, period_of
from .reading import CellProblem, Given, label_at
from .rules import COUNTED
from .settling import settled

DEPARTMENT = "department"


def examined(row: Return, form: FormDefinition, given: Given) -> Given:
    """What of a return is kept, totals left to their parts, with every problem that keeps it from counting.

    ``form``: expanded for its region. Reasons already written with the return explain residues.
    """
    given.reasons = {**row.reasons, **given.reasons}
    found = settled(form, given)
    found.problems += _overlapping(row)
    if found.cells or found.foot:
        found.problems += _recorded(row, form, given) if row.kind == DEPARTMENT else _not_its_own(form, found)
    return found


def _overlapping(row: Return) -> Iterator[CellProblem]:
    """Days of the same office's returns lie within each other or apart, so that none is added twice."""
    days = (row.period_from, row.period_to)
    query = select(Return.period_from, Return.period_to).where(
        Return.form == row.form,
        Return.campaign == row.campaign,
        Return.region_code == row.region_code,
        Return.reporter == row.reporter,
        Return.state.in_(sorted(COUNTED)),
        Return.id != row.id,
    )
    for other in db.session.execute(query):
        its = (other[0], other[1])
        if overlap(days, its) and not (contains(days, its) or contains(its, days)):
            reason = _l(
                "This office has reported for %(period)s, which shares some of these days. Report the same days, or"
                " days that contain those or leave them out.",
                period=period_of(*its).label,
            )  # fmt: skip
            yield CellProblem("", "", reason)


def _recorded(row: Return, form: FormDefinition, given: Given) -> Iterator[CellProblem]:
    """A figure that the office's own records give already is not added to them; a zero adds nothing."""
    offices = _offices(row)
    if not _has_records(offices):
        return
    days = (row.period_from, row.period_to)
    scope = scope_for(form, row.region_code, row.campaign or None, days, campaign(row.campaign))
    cells, foot = figures(form, scope._replace(where=(*scope.where, Condition("agency", offices))))
    filled = Filled(form, cells, {}, foot)
    for address in _and_totals(filled, given):
        slot = filled.slots[address]
        value = filled.value(address) if filled.countable(slot) else None
        if value and not isinstance(value, str) and given.cells.get(address) != 0:
            yield _given_already(form, address, print_value(value, slot.part))
    for name, count in given.foot.items():
        if count and foot.get(name):
            yield _given_already(form, (FOOT, name), str(foot[name]))


def _and_totals(filled: Filled, given: Given) -> list[Address]:
    """What is given, and the counted totals of which it gives a part."""
    totals = [
        slot.address
        for slot in filled.slots.values()
        if slot.is_total and filled.countable(slot) and any(part in given.cells for part in filled.summands(slot))
    ]
    return list(dict.fromkeys([*given.cells, *totals]))


def _given_already(form: FormDefinition, address: Address, figure: str) -> CellProblem:
    reason = _l(
        "The records of this office give %(figure)s here already, and would be counted twice. Leave it empty, or mend"
        " the records.",
        figure=figure,
    )  # fmt: skip
    return CellProblem(*address, reason, label=label_at(form, address))


def _offices(row: Return) -> tuple[int, ...]:
    """The authority that reports and the teams that act for it."""
    teams = db.session.scalars(select(Agency.id).where(Agency.acts_for_id == row.agency_id).order_by(Agency.id))
    return (row.agency_id, *teams)


def _has_records(offices: tuple[int, ...]) -> bool:
    return any(
        db.session.scalar(select(model.id).where(model.agency_id.in_(offices)).limit(1)) is not None
        for model in (Inspection, Case, Complaint)
    )


def _not_its_own(form: FormDefinition, given: Given) -> Iterator[CellProblem]:
    """The table of a region says itself only what records can never give; all else comes from them and from returns."""
    slots = slots_of(form)
    reason = _l("The records give this figure. Leave it empty, or let the department report it.")
    for address in given.cells:
        if slots[address].from_records:
            yield CellProblem(*address, reason, label=label_at(form, address))
    for name in given.foot:
        if form.foot_counts[name].from_records:
            yield CellProblem(FOOT, name, reason, label=label_at(form, (FOOT, name)))
