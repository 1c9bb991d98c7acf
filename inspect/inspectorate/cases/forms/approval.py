"""The head's answer and the legal review."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FormField, HiddenField
from wtforms.validators import InputRequired, Length, Optional

from ...fields import RadioField, SelectField, StrippedField, TextField, Tokenless, VersionedForm
from ...rows import Rows
from .. import actions
from ..actions.review import RETURNED
from ..words import (
    REVIEW_POINTS,
)
from .parts import Needed


class ApprovalForm(VersionedForm):
    """The head's answer."""

    answer = RadioField(_l("Answer"), validators=[InputRequired(_l("Choose an answer."))], validate_choice=False)
    reason = TextField(
        _l("Opinion"),
        description=_l("A return or refusal needs its reason; the handlers see it."),
        validators=[Optional(), Length(max=3000)],
    )


class PointRow(Tokenless):
    """One point of the review."""

    key = HiddenField()
    ok = RadioField(
        _l("In order"),
        choices=[("yes", _l("in order")), ("no", _l("not in order"))],
        validators=[Needed()],
        validate_choice=False,
    )
    note = StrippedField(_l("Remark"), validators=[Optional(), Length(max=500)])


class ReviewForm(VersionedForm):
    """Legal review, point by point."""

    points = Rows(FormField(PointRow), _l("Points"))
    answer = RadioField(
        _l("Conclusion"),
        choices=[("agree", _l("Agree; send to the head")), ("return", _l("Return to the handlers"))],
        validators=[InputRequired(_l("Choose a conclusion."))],
        validate_choice=False,
    )
    asks_for = SelectField(_l("A return asks for"), choices=[(word, word) for word in RETURNED], validate_choice=False)
    reason = TextField(
        _l("Opinion"),
        description=_l("A return needs its reason."),
        validators=[Optional(), Length(max=3000)],
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._name_points()

    def _name_points(self) -> None:
        """Each row's answer is called as its point, in the summary of errors too."""
        for row in self.points:
            if row.form.key.data in REVIEW_POINTS:
                row.form.ok.label.text = REVIEW_POINTS[row.form.key.data]

    def fill(self) -> None:
        """One row for each point."""
        for key in REVIEW_POINTS:
            self.points.append_entry({"key": key})
        self._name_points()

    def review(self) -> actions.Review:
        """What the action takes; unanswered points are left out."""
        points = {
            row.form.key.data: actions.Point(row.form.ok.data == "yes", row.form.note.data or "")
            for row in self.points
            if row.form.ok.data in ("yes", "no") and row.form.key.data in REVIEW_POINTS
        }
        return actions.Review(points, self.reason.data or "", self.asks_for.data or "")
