"""Forms of pictures, bulletins and the campaign report."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Length

from ..fields import DayField, Form, SelectField, StrippedField, Tokenless, VersionedForm

LONGEST = 20_000
_TOO_LONG = _l("This is longer than 20,000 characters. Shorten it.")


class PicturesFilter(Tokenless):
    """Whose pictures are shown, and by which figure regions are compared; a GET form."""

    region = SelectField(_l("Region"), validate_choice=False)
    figure = SelectField(_l("Compare regions by"), validate_choice=False)


class MonthForm(Form):
    """Which month a new bulletin is about."""

    month = SelectField(_l("Month"), validate_choice=False, validators=[InputRequired(_l("Choose the month."))])


class BulletinForm(VersionedForm):
    """The words of a bulletin; its figures come from the records and returns."""

    opening = TextAreaField(
        _l("Opening"),
        description=_l("Stands before the figures. Leave it empty for the usual sentence."),
        validators=[Length(max=LONGEST, message=_TOO_LONG)],
    )
    requirements = TextAreaField(
        _l("Requirements"),
        description=_l("What is demanded for the coming month, one paragraph a line."),
        validators=[Length(max=LONGEST, message=_TOO_LONG)],
    )


class SectionForm(VersionedForm):
    """The words of one section of the campaign report; names in braces are figures, filled in when it is shown."""

    text = TextAreaField(
        _l("Text"),
        description=_l("One paragraph a line; a short line that begins with （一） becomes a heading."),
        validators=[Length(max=LONGEST, message=_TOO_LONG)],
    )
    proposed = BooleanField(_l("Go back to the proposed words"))


class LetterForm(VersionedForm):
    """What stands on the campaign report as on any official letter."""

    addressee = StrippedField(
        _l("Addressee"),
        description=_l("The office that receives the report, by its full name."),
        validators=[Length(max=200, message=_l("The addressee is longer than 200 characters. Shorten it."))],
    )
    number = StrippedField(
        _l("Document number"),
        description=_l("For example 浙卫监督〔2021〕12号. Leave it empty as long as there is none."),
        validators=[Length(max=80, message=_l("The document number is longer than 80 characters. Shorten it."))],
    )
    dated_on = DayField(_l("Dated"))
