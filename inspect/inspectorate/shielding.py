"""Numbers shown in full on request with a reason: one press for the usual ones, words for all others."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from .fields import Form, RadioField, StrippedField
from .web import refusals_on

REASONS = {
    "handling": _l("needed to handle the matter"),
    "identity": _l("to check the identity"),
    "contact": _l("for service or to get in touch"),
}
OTHER = "other"

Numbers = Sequence[tuple[str, str | None]]


class ReasonToSee(Form):
    """Why somebody wants to see numbers in full."""

    reason = RadioField(
        _l("Reason"),
        choices=[*REASONS.items(), (OTHER, _l("another reason"))],
        validators=[InputRequired(_l("Choose why you want to see the numbers."))],
    )
    words = StrippedField(_l("Another reason, in words"), validators=[Length(max=200)])

    def validate(self, extra_validators: Any = None) -> bool:
        """Another reason is told in words."""
        fits: bool = super().validate(extra_validators)
        if self.reason.data == OTHER and not self.words.data:
            self.words.errors = [*self.words.errors, _("Write the reason: it stands in the record.")]
            return False
        return fits

    def told(self) -> str:
        """The reason as the record keeps it: in Chinese, in whatever language it was chosen."""
        known = REASONS.get(self.reason.data)
        with force_locale("zh"):
            return "：".join(filter(None, [str(known) if known else None, self.words.data]))


def shown_on_request(whose: str, back: str, show: Callable[[str], Numbers]) -> str:
    """The page that asks for the reason and, once it is given, tells what ``show(reason)`` has entered and found.

    ``whose``: the page's title; ``back``: where it leads back to. The numbers stand in the answer alone, in no address.
    """
    form = ReasonToSee()
    numbers: Numbers | None = None
    if form.validate_on_submit():
        with refusals_on(form):
            numbers = show(form.told())
    return render_template("shielding/numbers.html", form=form, whose=whose, back=back, numbers=numbers)
