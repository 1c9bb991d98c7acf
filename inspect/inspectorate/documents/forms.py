"""The form with which anybody checks a document."""

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from ..fields import StrippedField, Tokenless


class VerifyForm(Tokenless):
    """Number and 校验码 as they stand on the paper; sent by GET, so that the answer can be kept as an address."""

    number = StrippedField(
        _l("Document number"),
        validators=[InputRequired(_l("Type the number as it stands on the paper.")), Length(max=60)],
    )
    code = StrippedField(
        _l("Verification code"),
        validators=[InputRequired(_l("Type the code at the foot of the page (校验码).")), Length(min=8, max=80)],
    )
