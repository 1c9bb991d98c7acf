"""Forms of campaigns: what a table is about, and the account of a typical case."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import Length, ValidationError

from ..fields import DayField


class TableFilter(FlaskForm):
    """Region and days of a table; a GET form, so that a table can be bookmarked."""

    class Meta:
        csrf = False

    region = SelectField(_l("Region"), validate_choice=False)
    start = DayField(_l("First day"))
    end = DayField(_l("Last day"))

    def validate_end(self, field: Any) -> None:
        """The days must not contradict each other."""
        if self.start.data and field.data and field.data < self.start.data:
            raise ValidationError(_("The last day lies before the first. Correct one of them."))

    def days(self) -> tuple[date | None, date | None] | None:
        """What was asked for; None where nothing (or nothing sensible) was."""
        if not (self.start.data or self.end.data) or self.errors:
            return None
        return self.start.data, self.end.data


class AccountForm(FlaskForm):
    """The account (案情概述) of a typical case, as the office wants it printed."""

    account = TextAreaField(
        _l("Account of the case"),
        description=_l("Names of parties are masked when it is printed. Leave it empty to take the proposed text."),
        validators=[Length(max=20_000, message=_l("The account is longer than 20,000 characters. Shorten it."))],
    )
