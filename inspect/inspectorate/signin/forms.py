"""Forms of signing in. Their passwords and codes have names that are never kept (``kept.NEVER_KEPT``)."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from ..accounts.passwords import LONGEST, MINIMUM_LENGTH
from ..fields import Form


class SignInForm(Form):
    """Name and password."""

    name = StringField(_l("Sign-in name"), validators=[InputRequired(_l("Enter your sign-in name.")), Length(max=60)])
    password = PasswordField(
        _l("Password"), validators=[InputRequired(_l("Enter your password.")), Length(max=LONGEST)]
    )


class CodeForm(Form):
    """The second step of signing in."""

    code = StringField(
        _l("Code"),
        description=_l("Six digits from the authenticator app; without the phone, one of your recovery codes."),
        validators=[InputRequired(_l("Enter the code.")), Length(max=40)],
    )


class NewPasswordForm(Form):
    """A new password, twice."""

    current = PasswordField(
        _l("Present password"), validators=[InputRequired(_l("Enter your present password.")), Length(max=LONGEST)]
    )
    password = PasswordField(
        _l("New password"),
        description=_l("At least %(n)d characters; several words are easier to remember than signs.", n=MINIMUM_LENGTH),
        validators=[InputRequired(_l("Enter the new password.")), Length(max=LONGEST)],
    )
    again = PasswordField(
        _l("New password once more"),
        validators=[
            InputRequired(_l("Enter the new password.")),
            EqualTo("password", _l("The two passwords are not the same.")),
        ],
    )


class PhoneForm(Form):
    """The first code of a phone; ``sealed`` is the secret it was computed from."""

    sealed = HiddenField()
    current = PasswordField(
        _l("Present password"), validators=[InputRequired(_l("Enter your present password.")), Length(max=LONGEST)]
    )
    code = StringField(
        _l("Code that the app shows"),
        description=_l("Six digits; they change every half minute."),
        validators=[InputRequired(_l("Enter the code.")), Length(max=40)],
    )


class CurrentPasswordForm(Form):
    """The own password again, before something of weight."""

    current = PasswordField(
        _l("Present password"), validators=[InputRequired(_l("Enter your present password.")), Length(max=LONGEST)]
    )


class ConfirmForm(Form):
    """Nothing but a button."""
