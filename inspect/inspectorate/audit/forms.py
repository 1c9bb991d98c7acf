"""Filters of the record."""

from flask_babel import lazy_gettext as _l
from wtforms import SearchField

from ..fields import SelectField, Tokenless
from .words import EVENT_KINDS, SUBJECTS


class EventFilter(Tokenless):
    """Who, kind of event, kind of subject and its name or number."""

    who = SearchField(_l("By whom"))
    q = SearchField(_l("Name or number of the matter"))
    kind = SelectField(_l("Kind of event"), choices=[("", _l("everything")), *EVENT_KINDS.items()])
    subject = SelectField(_l("About"), choices=[("", _l("everything")), *SUBJECTS.items()])
