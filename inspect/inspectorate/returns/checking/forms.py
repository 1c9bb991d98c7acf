"""The table against the campaign's other forms: the same thing counted under the same filters is the same number.

Records give both forms the same figure by themselves; only what departments report can differ.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from flask_babel import lazy_gettext as _l

from ...campaigns import queries as campaigns
from ...campaigns.engine.definition import Condition, FormDefinition, Measure
from ...campaigns.engine.expansion import expand
from ...campaigns.engine.figures import Address, Filled, Slot
from ...campaigns.engine.printing import print_value
from ...campaigns.measures.scope import Scope
from ...campaigns.summary import members
from ..figures import any_filed, returned
from ..models import Return
from ..reading import label_at
from ..tables import Table, campaign_of
from .finding import WARNING, Finding

Meaning = tuple[frozenset[object], frozenset[Condition], object]
"""What a place counts: its measures, filters and kind of figure, whatever the form calls it."""


def between(row: Return, table: Table, scope: Scope, today: date) -> Iterator[Finding]:
    """Places that mean the same in another form of the campaign, and of which other figures were reported there."""
    mine = _reported(table.filled)
    if not mine:
        return
    for other in _others(row, table.form, scope, today):
        found = Filled(other, None, returned(other, scope)[0])
        theirs = _reported(found)
        for meaning in mine.keys() & theirs.keys():
            yield from _compared(Filled(table.form, None, table.filled.returns), found, mine[meaning], theirs[meaning])


def _compared(here: Filled, there: Filled, address: Address, where: Address) -> Iterator[Finding]:
    value, its = here.value(address), there.value(where)
    if value is None or its is None or value == its:
        return
    values = (print_value(value, here.slots[address].part), print_value(its, there.slots[where].part))
    yield _differ(there.form, here.form, (address, where), values)


def _differ(
    other: FormDefinition, form: FormDefinition, places: tuple[Address, Address], values: tuple[str, str]
) -> Finding:
    address, where = places
    return Finding(
        f"form:{other.id}:{address[0]}@{address[1]}",
        WARNING,
        _l(
            "%(place)s: reported here %(here)s, in “%(other)s” (%(there_place)s) %(there)s.",
            place=label_at(form, address),
            here=values[0],
            other=other.title,
            there_place=label_at(other, where),
            there=values[1],
        ),
        _l("Both count the same. Ask the department which is right and let it mend the other, or write the reason."),
        (address,),
    )


def _others(row: Return, form: FormDefinition, scope: Scope, today: date) -> Iterator[FormDefinition]:
    """The campaign's other forms that count the same records and of which something was reported for this region."""
    for form_id in campaign_of(row).forms:
        other = campaigns.form(form_id) if form_id != form.id else None
        if other is None or (other.period.kind == "campaign") != (form.period.kind == "campaign"):
            continue
        if any_filed(other, scope):
            year = scope.end.year if scope.end else today.year
            yield expand(other, members(other, scope.region, year))


def _reported(filled: Filled) -> Mapping[Meaning, Address]:
    """The places of which returns say something, by what they mean; of several the first."""
    found: dict[Meaning, Address] = {}
    for address in filled.returns:
        slot = filled.slots.get(address)
        if slot is not None and (meaning := _meaning(slot)) is not None:
            found.setdefault(meaning, address)
    return found


def _meaning(slot: Slot) -> Meaning | None:
    measure: Measure | None = slot.part.measure
    if measure is None or slot.is_total or any(term.name == "entered" for term in measure.terms):
        return None
    return frozenset(measure.terms), frozenset(slot.conditions), slot.part.kind
