"""Every check of a return, errors first."""

from collections.abc import Iterator
from datetime import date

from ..models import Return
from ..tables import DEPARTMENT, Table
from . import arithmetic, below, cases, duplicates, forms, last_period
from .finding import ERROR, Finding


def findings(row: Return, table: Table, today: date) -> list[Finding]:
    """What does not hold in a return, in a few statements whatever its size.

    A department's figures are held against themselves and its last ones; the table of a region also against its other
    forms, the cases behind it, and what its regions have submitted.
    """
    return sorted(_findings(row, table, today), key=lambda one: one.level != ERROR)


def _findings(row: Return, table: Table, today: date) -> Iterator[Finding]:
    yield from arithmetic.of_form(table)
    yield from arithmetic.residues(table)
    yield from last_period.swings(row, table)
    if row.kind == DEPARTMENT or table.summary is None:
        return
    yield from forms.between(row, table, table.summary.scope, today)
    yield from below.unexplained(row)
    yield from below.changed(row, table.summary, today)
    yield from cases.behind(table.summary.scope, today)
    yield from duplicates.across(table.summary.scope)
