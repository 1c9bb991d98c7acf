"""A save that comes too late: who changed what in the meantime, and a form that brings both together.

Nothing is overwritten unseen and nothing typed is lost. A field that only the others changed shows what is there now;
one that both changed keeps what was typed and offers the other; the rest stays as it is.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple

from flask import Response, after_this_request
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, Form

from . import readings
from .audit.presentation import ReadableEntry, readable
from .audit.queries import history
from .errors import Stale
from .extensions import db
from .fields import VersionedForm
from .web import refusals_on

LONGEST = 10
"""Entries shown at most; the whole history is on the record's own page."""

ONE_SAVE = timedelta(seconds=5)
"""How long a save that was under way when the form was opened may have taken."""


class Difference(NamedTuple):
    """A field that others changed since the form was opened."""

    field: str
    label: str
    now: str
    typed: str
    take: str
    """Value of the box that puts what is there now in the place of what was typed."""
    both: bool
    """Whether it was changed by both; else it holds what is there now."""


class LateSave(NamedTuple):
    """What ``components/forms.html`` shows as ``stale``: the entries since the form was opened, and the fields."""

    entries: Sequence[ReadableEntry]
    differences: Sequence[Difference]


def newest_first(subject: Any) -> list[ReadableEntry]:
    """The record of a subject."""
    return readable(reversed(history(subject)))


@contextmanager
def saving(
    form: VersionedForm,
    row: Any,
    anew: Callable[[], VersionedForm] | None = None,
    *,
    of: Any = None,
    entries: Callable[[Any], Sequence[ReadableEntry]] = newest_first,
) -> Iterator[None]:
    """Save a row from its form; where that cannot be done the view goes on behind the block and shows the form again.

    A refusal becomes errors of the form. A late save is rolled back, told in ``form.late`` and answered as a conflict
    (409); the form then goes on from the others' version: sent again, it is saved knowingly.

    ``anew`` makes the form as somebody would open it now; without it nothing of the row stands in the form, and only
    the entries are told. ``of`` is the subject whose record has the row's changes, when it is not the row itself;
    ``entries`` reads that record as its area shows it, the latest first.
    """
    try:
        with refusals_on(form):
            yield
    except Stale:
        db.session.rollback()
        sent = form.read.data
        form.version.data = str(row.version)
        differences: list[Difference] = []
        if anew is not None:
            now = anew()
            differences = _brought_together(form, now, readings.marks(sent))
            form.read.data = readings.as_opened(now)
        form.late = LateSave(_since(entries(of or row), sent), differences)
        after_this_request(_as_conflict)


def _as_conflict(page: Response) -> Response:
    """The status of the page that tells of a late save; what failed on the way to it keeps its own."""
    if page.status_code == 200:
        page.status_code = Stale.status
    return page


def _since(entries: Sequence[ReadableEntry], sent: str | None) -> Sequence[ReadableEntry]:
    """Those since the form was opened; one at least."""
    opened = readings.opened_at(sent)
    since = [one for one in entries if opened is not None and one.at >= opened - ONE_SAVE]
    return since[:LONGEST] or entries[:1]


def _brought_together(form: Form, now: Form, opened: Mapping[str, str]) -> list[Difference]:
    found = []
    for field, other in _in_pairs(form, now):
        if readings.content(field) == readings.content(other) or opened.get(field.name) == readings.mark(other):
            continue  # the same, or nobody else has changed it
        both = opened.get(field.name) != readings.mark(field)
        words, typed = readings.in_words(other), readings.in_words(field)
        difference = Difference(field.id, field.label.text, words, typed, readings.box(other), both)
        if not both:
            _show(field, other)
        if not readings.is_hidden(field):
            found.append(difference)
            field.difference = difference if both else None
    return found


def _in_pairs(form: Form, now: Form) -> Iterator[tuple[Field, Field]]:
    """Each field with the same of the other form; lists whose rows are about the same things, row by row."""
    for field in readings.fields_of(form):
        other = now._fields.get(field.short_name)
        if isinstance(field, FieldList) and isinstance(other, FieldList):
            about = readings.identities(field)
            if about and about == readings.identities(other):
                for mine, theirs in zip(field.entries, other.entries, strict=True):
                    yield from _in_pairs(mine.form, theirs.form)
                continue
        if other is not None:
            yield field, other


def _show(field: Field, other: Field) -> None:
    """Let a field hold what another of its kind holds."""
    field.process(MultiDict(readings.pairs(other)))
