"""What the forms of cases share."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField

from ...columns import new_key
from ...fields import VersionedForm
from ...screens import language


def number_in(text: Any) -> int | None:
    """A row's number; None for anything that is none, or that no database holds."""
    plain = str(text or "")
    return int(plain) if plain.isdecimal() and len(plain) < 10 else None


def in_language(words: Any) -> str:
    """A pair of Chinese and English words in the page's language."""
    return str(words.en if language() == "en" else words.zh)


class Needed:
    """Marks a field that may be empty for now and not when the case goes on: its label does not say "optional"."""

    field_flags = {"required": True}  # noqa: RUF012

    def __call__(self, form: FlaskForm, field: Any) -> None:
        """The guards of the next step look for what is missing."""


class KeyedCaseForm(VersionedForm):
    """A form that makes a row: its UUID makes it once, however often it is sent."""

    key = HiddenField()

    def process(self, *arguments: Any, **values: Any) -> None:
        """A fresh form gets a fresh key."""
        super().process(*arguments, **values)
        if not self.key.data or len(self.key.data) > 60:
            self.key.data = new_key()
