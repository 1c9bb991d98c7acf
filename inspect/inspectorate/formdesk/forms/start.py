"""Beginning a draft, loading a file, the outline of an axis, and the text itself."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired, Optional

from ...fields import Form, SelectField, StrippedField, TextField, VersionedForm
from ...limits import DEFINITION
from .common import check_id


class NewForm(Form):
    """A new form: empty, or from one that there is."""

    title = StrippedField(_l("Title of the table"), validators=[InputRequired(_l("Write the title of the table."))])
    id = StrippedField(
        _l("Id"),
        description=_l("Letters, digits and _, for example canteens_2026. Campaigns and commands name the form by it."),
        validators=[InputRequired(_l("Write an id with letters, digits, _ and -.")), check_id],
    )
    like = SelectField(_l("Start from"), validators=[Optional()])


class LoadForm(Form):
    """A definition as a TOML file."""

    file = FileField(
        _l("File of the form (TOML)"),
        description=_l("What is wrong with it is told with its line; nothing is loaded by halves."),
        validators=[FileRequired(_l("Choose the file."))],
    )

    def text(self) -> str | None:
        """What the file holds; None where it is no text, or far too long for a form."""
        sent: Any = self.file.data
        if not sent or getattr(sent.stream, "excess", None):
            return None
        content = sent.read(4 * DEFINITION + 1)
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None
        return text if len(text) <= DEFINITION else None


class OutlineForm(VersionedForm):
    """Lines to add to an axis, and the line that a button is for."""

    chosen = StrippedField(_l("Row or column"))
    typed = TextField(
        _l("Add lines"),
        description=_l(
            "One a line, as on the paper; two blanks at its beginning set a line under the one above. Units, measures "
            "and filters are proposed from the words; behind bars a measure, a unit and an id may be written: "
            "罚款金额 | fine_sum | 万元 | fines"
        ),
    )
    under = SelectField(_l("Under the heading"), validate_choice=False, validators=[Optional()])


class TextForm(VersionedForm):
    """The definition itself."""

    text = TextAreaField(_l("Definition (TOML)"), validators=[InputRequired(_l("Write the definition."))])


class DraftForm(VersionedForm):
    """A button for a draft; where there are returns of the form already, one knows what becomes of them."""

    known = BooleanField(_l("I know that returns have been made with the form as it was"))
