"""Parts that the forms of inspections share."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField

from ...columns import new_key
from ...fields import Form


class TextField(TextAreaField):
    """Text of several lines without the blanks around it; None when nothing is left."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Browsers send line ends as CRLF; the record keeps LF."""
        text = valuelist[0].replace("\r\n", "\n").strip() if valuelist else ""
        self.data = text or None


def row_number(text: Any) -> int | None:
    """A row's number; None for anything that is none, or that no database holds."""
    plain = str(text or "")
    return int(plain) if plain.isdecimal() and len(plain) < 10 else None


class NeededToSubmit:
    """Marks a field that a draft may leave empty and a submitted report may not: the label does not say "optional"."""

    field_flags = {"required": True}  # noqa: RUF012

    def __call__(self, form: FlaskForm, field: Any) -> None:
        """The rules look for what is missing, when the step or the report must be whole."""


class KeyedForm(Form):
    """A form that makes a row: its UUID makes it once, however often it is sent."""

    key = HiddenField()

    def process(self, *arguments: Any, **values: Any) -> None:
        """A fresh form gets a fresh key."""
        super().process(*arguments, **values)
        if not self.key.data or len(self.key.data) > 60:
            self.key.data = new_key()
