"""What several forms of the joint side share: the choice of a department, whole numbers, and why."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import InputRequired, Length

from ...accounts.words import SECTORS
from ...fields import NumberField, TextField, VersionedForm
from ..departments import Part

OTHER = "other"
"""A department that no sector stands for: it is called by its own name."""

LONGEST_NAME = 60


def department_choices(parts: Sequence[Part], besides: str | None = None) -> dict[str, list[tuple[str, str]]]:
    """The campaign's departments first, then all others, and another by its name.

    ``besides``: what a row bears already, where it is the name of another.
    """
    known = {part.code for part in parts}
    others = [(code, str(word)) for code, word in SECTORS.items() if code not in known]
    if besides and besides not in SECTORS and besides not in known:
        others.append((besides, besides))
    return {
        str(_l("Departments of the campaign")): [("", ""), *((part.code, part.name) for part in parts)],
        str(_l("Others")): [*others, (OTHER, str(_l("another one, by its name below")))],
    }


class WholeNumberField(NumberField):
    """A whole number, typed with or without thousands separators; ``data`` is an int or None."""

    def read(self, text: str) -> int:  # type: ignore[override]
        """A number without decimals that is not below zero."""
        number = super().read(text)
        if number != number.to_integral_value() or number < 0:
            raise ValueError(f"no whole number: {text!r}")
        return int(number)

    def show(self, value: object) -> str:
        """Without separators."""
        return str(value)

    def complaint(self) -> object:
        """What to write."""
        return _l("Write a whole number, for example 120.")


class ReasonForm(VersionedForm):
    """Why something is withdrawn or taken back."""

    reason = TextField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), Length(max=1000)])


def number(text: object) -> int | None:
    """The id that a choice stands for; None for none."""
    plain = str(text or "")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None


__all__ = ["LONGEST_NAME", "OTHER", "ReasonForm", "ValidationError", "WholeNumberField", "department_choices", "number"]
