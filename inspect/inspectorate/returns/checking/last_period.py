"""The table against the same office's table of the period before: large swings are explained, or they are mistakes."""

from collections.abc import Iterator
from fractions import Fraction

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from ...campaigns.engine.definition import FormDefinition
from ...campaigns.engine.figures import Address, Filled, Slot
from ...campaigns.engine.printing import rounded
from ...campaigns.words import label_of
from ...extensions import db
from ..models import Return
from ..periods import before, period_of
from ..rules import COUNTED
from ..snapshots import drawn, last_of
from ..tables import Table
from .finding import WARNING, Finding

SWING, LEAST = Fraction(1, 2), 10
"""A figure swings when it changes by more than half of what it was and by at least ten of its printed unit."""

_SHOWN = 6


def swings(row: Return, table: Table) -> Iterator[Finding]:
    """One finding for each line of the table, with the figures of it that have swung."""
    earlier = _before(row)
    last = last_of(earlier) if earlier is not None else None
    if last is None:
        return
    former = drawn(last).filled
    for line, changes in _changes(former, table.filled).items():
        told = [
            f"{_other(table.form, address)} {rounded(old, None)}→{rounded(new, None)}"
            for address, old, new in changes[:_SHOWN]
        ]
        if len(changes) > _SHOWN:
            told.append("…")
        yield Finding(
            f"swing:{line}",
            WARNING,
            _l("%(line)s has changed much since the last period: %(changes)s", line=label_of(line, table.form),
               changes="，".join(told)),
            _l("Open the figures; mend what was entered wrongly, or write what has changed."),
            tuple(address for address, _old, _new in changes),
        )  # fmt: skip


def _before(row: Return) -> Return | None:
    """The same office's return for the period before, where periods come round and it counts."""
    period = before(period_of(row.period_from, row.period_to))
    if period is None:
        return None
    return db.session.scalar(
        select(Return).where(
            Return.campaign == row.campaign,
            Return.form == row.form,
            Return.region_code == row.region_code,
            Return.reporter == row.reporter,
            Return.period_to == period.end,
            Return.period != row.period,
            Return.period_from >= period.start,
            Return.state.in_(sorted(COUNTED)),
        )
    )


Change = tuple[Address, Fraction, Fraction]


def _changes(former: Filled, now: Filled) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for address, slot in now.slots.items():
        if slot.is_total or address not in former.slots:
            continue
        old, new = former.printed(address), now.printed(address)
        if old is not None and new is not None and swung(old, new):
            found.setdefault(_line(now.form, slot), []).append((address, old, new))
    return found


def swung(old: Fraction, new: Fraction) -> bool:
    """Whether a change must be explained; both in printed units."""
    change = abs(new - old)
    return change >= LEAST and change > abs(old) * SWING


def _line(form: FormDefinition, slot: Slot) -> str:
    return slot.part.id if slot.part.id in slot.address else (slot.row if form.measures_on == "rows" else slot.col).id


def _other(form: FormDefinition, address: Address) -> str:
    """The words of the line of the other axis: the measured one is named once."""
    tree, line = (form.cols, address[1]) if form.measures_on == "rows" else (form.rows, address[0])
    return "·".join(node.label for node in tree.path(line) if node.label) if line in tree else line
