"""Forms of local standards: loading one from its file, and ending one."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms.validators import InputRequired, Length, Optional

from ..fields import DayField, Form, SelectField, TextField, VersionedForm
from ..limits import STANDARD
from .models import LocalStandard


class LoadForm(Form):
    """A standard as a TOML file, perhaps in place of an older edition."""

    file = FileField(
        _l("File of the standard (TOML)"),
        description=_l("What is wrong with it is told with its line; nothing is loaded by halves."),
        validators=[FileRequired(_l("Choose the file."))],
    )
    replaces_id = SelectField(
        _l("Replaces"),
        description=_l("The older edition ends on the day before this one comes into force."),
        coerce=lambda text: int(text) if text else None,
        validators=[Optional()],
    )

    def offer(self, standards: Iterable[LocalStandard]) -> None:
        """The standards in force that a new edition may replace."""
        self.replaces_id.choices = [
            ("", _("none")),
            *((one.id, f"{one.name}（{one.document_number}）") for one in standards),
        ]

    def text(self) -> str | None:
        """What the file holds; None where it is no text, or far too long for a standard."""
        sent: Any = self.file.data
        if not sent or getattr(sent.stream, "excess", None):
            return None
        content = sent.read(STANDARD + 1)
        try:
            return None if len(content) > STANDARD else content.decode("utf-8-sig")
        except UnicodeDecodeError:
            return None


class EndForm(VersionedForm):
    """The last day of a standard, and why it ends."""

    on = DayField(_l("Last day in force"), validators=[InputRequired(_l("Enter the last day in force."))])
    reason = TextField(
        _l("Why it ends"),
        description=_l("Such as the notice that repeals it, with its number."),
        validators=[InputRequired(_l("Write why it ends.")), Length(max=1000)],
    )
