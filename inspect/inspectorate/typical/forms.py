"""Forms of typical cases: the account as the office wants it printed."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from ..fields import StrippedField, VersionedForm

_BETWEEN_NAMES = re.compile(r"[、，,；;\s]+")


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

    def validate_names(self, field: Any) -> None:
        """A single character occurs in too many words to be masked as a name."""
        if short := [name for name in self.further() if len(name) < 2]:
            message = _("%(name)s is too short: write the whole name, at least two characters.", name=short[0])
            raise ValidationError(message)

    def further(self) -> list[str]:
        """The further names, each once."""
        return [name for name in dict.fromkeys(_BETWEEN_NAMES.split(self.names.data or "")) if name]
