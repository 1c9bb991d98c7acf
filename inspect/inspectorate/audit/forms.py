"""Filters of the record."""

from flask_babel import lazy_gettext as _l
from wtforms import SearchField

from ..fields import SelectField, Tokenless
from .words import SUBJECTS


class EventFilter(Tokenless):
    """Words and kind of subject."""

    q = SearchField(_l("Who, what or why"))
    subject = SelectField(_l("About"), choices=[("", _l("everything")), *SUBJECTS.items()])
