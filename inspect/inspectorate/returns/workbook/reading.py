"""A workbook that came back: whose return it is, whether it is still the form's sheet, and its figures cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from ...campaigns.engine.definition import FormDefinition
from ...campaigns.engine.figures import Address
from ...errors import Refusal
from ...objections import N_
from ..reading import CellProblem, Given
from . import safe
from .cells import Figures
from .plan import Identity, SheetPlan, plan
from .sheets import Opened, OpenSheet, plain
from .structure import OWN_SHEETS, Structure, other_sheets
from .typed import read_typed

_MOST_PROBLEMS = 200
"""Problems of one file that are listed."""

_OLD = N_("The form has been changed since this blank was written. Take the blank anew and copy the figures.")
_OTHER_LINES = N_(
    "The lines of this blank (regions, agencies) are not those of today. Take the blank anew and copy the figures."
)


class Wanted(NamedTuple):
    """What a file must be to be taken: the form as it was loaded, and whose return."""

    form: FormDefinition
    identity: Identity
    periods: frozenset[str] = frozenset()
    """Periods for which returns are taken; empty: any."""
    supplies: tuple[str, ...] = ()


@dataclass
class ReadBook:
    """What a workbook says; with problems nothing of it is filed."""

    given: Given
    names: Mapping[Address, str]
    """The cell of each figure, for problems that are found later."""
    sheet: str
    period: str = ""
    """The period that the blank was written for; "" where it names none."""

    @property
    def problems(self) -> list[CellProblem]:
        return self.given.problems


def read_workbook(content: bytes, wanted: Wanted) -> ReadBook:
    """The figures of a return's workbook, or every reason why it is not taken, each at its cell.

    Raises:
        Refusal: it is no workbook at all, or none that may be opened: there is nothing to mark in it.
    """
    expected = plan(wanted.form, wanted.identity, supplies=wanted.supplies)
    safe.check(content, expected.height * expected.layout.width)
    book = Opened(content)
    marker = book.marker
    if marker is None:
        given, names, title = read_typed(book, expected)
        return ReadBook(given, names, title)
    read = ReadBook(Given(), {}, book.titles[0], marker.identity.period)
    read.given.problems += _strangers(marker.identity, wanted)
    if read.problems:
        return read
    own = plan(wanted.form, marker.identity, supplies=wanted.supplies)
    sheet = _main_sheet(book, marker.sheet, own)
    if sheet is None:
        text = _l("The sheet “%(sheet)s” is not there any more. Take the blank anew.", sheet=marker.sheet)
        read.given.problems.append(CellProblem("", "", text))
        return read
    read.sheet, read.names = sheet.title, own.names()
    read.given.problems += other_sheets(book, sheet.title)
    read.given.problems += Structure(own, sheet).problems()
    if not read.problems:
        read.given = Figures(own, sheet).read()
        read.given.start, read.given.end = marker.identity.days
    del read.problems[_MOST_PROBLEMS:]
    return read


def identity_in(content: bytes, form: FormDefinition) -> Identity:
    """Whose return a workbook says it is. Raises Refusal for one that cannot be opened, or does not say it."""
    cells = len(form.cols.nodes) * len(form.rows.nodes)
    safe.check(content, 4 * cells)
    marker = Opened(content).marker
    if marker is None or not marker.identity.agency:
        raise Refusal(_l("This workbook does not say whose return it is. Send it on the page of that return."))
    return marker.identity


def _strangers(found: Identity, wanted: Wanted) -> Iterator[CellProblem]:
    """Another form's file, region's, office's or period's, or one of an older form."""
    asked = wanted.identity

    def problem(reason: Any) -> CellProblem:
        return CellProblem("", "", reason)

    if found.form != asked.form:
        yield problem(_l("This is a return of the form “%(found)s”, not of “%(asked)s”. Choose that form.",
                         found=found.form, asked=asked.form))  # fmt: skip
        return
    if found.sha256 and asked.sha256 and found.sha256 != asked.sha256:
        yield problem(_l(_OLD))
        return
    for name, says in _SAYS.items():
        theirs, ours = getattr(found, name), getattr(asked, name)
        if theirs and ours and theirs != ours:
            yield problem(_l(says, found=theirs, asked=ours))
    if found.period and wanted.periods and found.period not in wanted.periods:
        yield problem(_l("This blank is for the period %(found)s, for which no return is due. Take the blank anew.",
                         found=found.period))  # fmt: skip
    if found.region and asked.region and found.members != asked.members:
        yield problem(_l(_OTHER_LINES))


_SAYS = {
    "region": N_("This is the return of region %(found)s, not of %(asked)s. Send it for its own region."),
    "campaign": N_("This is a return of the campaign “%(found)s”, not of “%(asked)s”. Send it for its own campaign."),
    "agency": N_("This blank was written for the agency %(found)s, not for %(asked)s. Send it for its own agency."),
    "period": N_("This is the return for %(found)s, not for %(asked)s. Send it for its own period."),
}


def _main_sheet(book: Opened, title: str, own: SheetPlan) -> OpenSheet | None:
    """The sheet by its name, or where it was renamed the one that bears the form's title."""
    if title in book.titles:
        return book.sheet(title)
    wanted = plain(own.form.title)
    sheets = (book.sheet(one) for one in book.titles if one not in OWN_SHEETS)
    return next((sheet for sheet in sheets if sheet.text(0, 0) == wanted), None)
