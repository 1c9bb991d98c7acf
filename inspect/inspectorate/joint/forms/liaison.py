"""Forms of liaison persons."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError
from wtforms.validators import InputRequired, Length, Optional

from ...fields import SHIELDED, DayField, Form, NotBefore, SelectField, StrippedField, VersionedForm
from ...masking import masked_phone
from ..actions.liaison import LiaisonFacts
from ..departments import Part
from ..models import Liaison
from .parts import LONGEST_NAME, OTHER, department_choices, number


class LiaisonForm(VersionedForm):
    """Who speaks for a department, from when until when."""

    department = SelectField(
        _l("Department"), validators=[InputRequired(_l("Choose the department."))], validate_choice=False
    )
    other = StrippedField(_l("Its name"), validators=[Optional(), Length(max=LONGEST_NAME)])
    name = StrippedField(_l("Name"), validators=[InputRequired(_l("Write the name.")), Length(max=60)])
    post = StrippedField(_l("Office and post"), validators=[Optional(), Length(max=120)])
    office_phone = StrippedField(
        _l("Telephone of the office"), description=_l("Shown to all who read the directory."),
        validators=[Optional(), Length(max=40)],
    )  # fmt: skip
    phone = StrippedField(_l("Mobile telephone"), validators=[Optional(), Length(max=40)], render_kw=SHIELDED)
    from_on = DayField(_l("First day"), validators=[InputRequired(_l("Write the first day."))])
    to_on = DayField(
        _l("Last day"), description=_l("Leave it empty as long as the person serves."),
        validators=[Optional(), NotBefore("from_on")],
    )  # fmt: skip
    stands_in_for_id = SelectField(_l("Stands in for"), coerce=number, validators=[Optional()], validate_choice=False)

    def offer(self, parts: Sequence[Part], kept: Sequence[Liaison], row: Liaison | None = None) -> None:
        """The departments, and those for whom somebody may stand in."""
        self.department.choices = department_choices(parts, row.department if row else None)
        others = [one for one in kept if row is None or one.id != row.id]
        self.stands_in_for_id.choices = [("", _("nobody")), *((one.id, f"{one.name} · {one.post or ''}".strip(" ·"))
                                                              for one in others)]  # fmt: skip

    def validate_other(self, field: Any) -> None:
        """Another department has a name."""
        if self.department.data == OTHER and not field.data:
            raise ValidationError(_("Write the name of the department."))

    def facts(self) -> LiaisonFacts:
        """What was entered."""
        assert self.from_on.data is not None
        chosen = self.department.data or ""
        return LiaisonFacts(
            department=(self.other.data or "") if chosen == OTHER else chosen[:LONGEST_NAME],
            name=self.name.data or "",
            post=self.post.data,
            office_phone=self.office_phone.data,
            phone=self.phone.data,
            from_on=self.from_on.data,
            to_on=self.to_on.data,
            stands_in_for_id=self.stands_in_for_id.data,
        )


def liaison_values(row: Liaison) -> dict[str, Any]:
    """What the form of an existing entry shows; the telephone masked."""
    columns = ("department", "name", "post", "office_phone", "from_on", "to_on", "stands_in_for_id", "version")
    return {column: getattr(row, column) for column in columns} | {"phone": masked_phone(row.phone)}


class CopyForm(Form):
    """From which campaign the liaison persons are taken over."""

    campaign = SelectField(_l("Campaign"), validators=[InputRequired(_l("Choose the campaign."))])
