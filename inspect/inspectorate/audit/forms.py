"""Filters of the record."""

from flask_babel import lazy_gettext as _l
from wtforms import SearchField

from ..fields import SelectField, Tokenless
from .words import EVENT_KINDS, SUBJECTS


class EventFilter(Tokenless):
    """Words, kind of event and kind of subject."""

    q = SearchField(_l("Who, what or why"))
    kind = SelectField(_l("Kind of event"), choices=[("", _l("everything")), *EVENT_KINDS.items()])
    subject = SelectField(_l("About"), choices=[("", _l("everything")), *SUBJECTS.items()])
