"""Filters of the record."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SearchField

from ..fields import SelectField
from .words import SUBJECTS


class EventFilter(FlaskForm):
    """Words and kind of subject."""

    class Meta:
        csrf = False

    q = SearchField(_l("Who, what or why"))
    subject = SelectField(_l("About"), choices=[("", _l("everything")), *SUBJECTS.items()])
