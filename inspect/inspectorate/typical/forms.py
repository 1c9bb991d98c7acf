"""Forms of typical cases and exposure lists."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ..fields import (
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StrippedField,
    TextField,
    Tokenless,
    VersionedForm,
)

_BETWEEN_NAMES = re.compile(r"[、，,；;\s]+")
_REASON = Length(max=1_000, message=_l("The reason is longer than 1,000 characters. Shorten it."))


class CandidateFilter(Tokenless):
    """Which candidates are shown."""

    category = SelectField(_l("Category"), validate_choice=False)


class MonthFilter(Tokenless):
    """Which month an exposure list is of."""

    month = SelectField(_l("Month"), validate_choice=False)


class SendBackForm(Form):
    """Why a nomination goes back."""

    reason = TextField(
        _l("Reason"),
        description=_l("The office below reads it and sends the case again when it is mended."),
        validators=[InputRequired(_l("Write why the case goes back: the office below reads it.")), _REASON],
    )


class NamesForm(VersionedForm):
    """How a material shows names."""

    persons = RadioField(
        _l("Persons"),
        description=_l("Minors, patients, complainants, witnesses and officers are always masked."),
        validate_choice=False,
    )
    places = RadioField(
        _l("Institutions"),
        description=_l("A name in full stands only where a decision that is published names the institution."),
        validate_choice=False,
    )


class LeaveOutForm(Form):
    """Why a decision is kept off the exposure lists."""

    party = SelectField(_l("Party"))
    kind = RadioField(
        _l("Why it is not shown"), validators=[InputRequired(_l("Choose why the decision is not shown."))]
    )
    reason = TextField(
        _l("Basis"),
        description=_l("For example number and day of the notice of repair, or of the stay."),
        validators=[
            InputRequired(_l("Write what the reason rests on, such as the number of the notice.")),
            _REASON,
        ],
    )


class AccountForm(VersionedForm):
    """The account (案情概述) of a typical case, as the office wants it printed."""

    account = TextAreaField(
        _l("Account of the case"),
        description=_l(
            "Names that the record knows are masked when it is printed. Leave it empty for the proposed text."
        ),
        validators=[Length(max=20_000, message=_l("The account is longer than 20,000 characters. Shorten it."))],
    )
    names = StrippedField(
        _l("Further names to mask"),
        description=_l("Persons and places that the record does not know, with 、 between them."),
        validators=[Optional(), Length(max=2_000, message=_l("These are more than 2,000 characters. Shorten them."))],
    )

    looked_at = SelectMultipleField(
        _l("Looked at, and it may stand"),
        description=_l("The material is not printed while one of these has not been looked at."),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )

    def validate_names(self, field: Any) -> None:
        """A single character occurs in too many words to be masked as a name."""
        if short := [name for name in self.further() if len(name) < 2]:
            message = _("%(name)s is too short: write the whole name, at least two characters.", name=short[0])
            raise ValidationError(message)

    def further(self) -> list[str]:
        """The further names, each once."""
        return [name for name in dict.fromkeys(_BETWEEN_NAMES.split(self.names.data or "")) if name]
