"""Forms of joint meetings and their resolutions."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import FormField, HiddenField
from wtforms.validators import InputRequired, Length, Optional

from ...accounts.regions import child_regions, region_name
from ...columns import new_key
from ...fields import DayField, RadioField, SelectField, StrippedField, TextField, Tokenless, VersionedForm
from ...rows import Rows
from ..actions.meetings import Came, MeetingFacts, ResolutionFacts
from ..departments import Part
from ..models import JointMeeting, Resolution
from ..words import STATES
from .parts import LONGEST_NAME, OTHER, WholeNumberField, department_choices


class CameRow(Tokenless):
    """A department at the meeting."""

    department = SelectField(_l("Department"), validators=[Optional()], validate_choice=False)
    other = StrippedField(_l("Its name"), validators=[Optional(), Length(max=LONGEST_NAME)])
    persons = StrippedField(
        _l("Who came, with posts"), description=_l("Of an absent department: why."),
        validators=[Optional(), Length(max=300)],
    )  # fmt: skip
    present = RadioField(
        _l("Present"), choices=[("yes", _l("present")), ("no", _l("absent"))], default="yes", validators=[Optional()],
        validate_choice=False,
    )  # fmt: skip

    def chosen(self) -> str:
        """The department: a sector's code, or a name."""
        return chosen_department(self)


def chosen_department(row: Any) -> str:
    """What a row with ``department`` and ``other`` names; empty for none."""
    code = row.department.data or ""
    return ((row.other.data or "") if code == OTHER else code)[:LONGEST_NAME]


class MeetingForm(VersionedForm):
    """A meeting with who came, its agenda and minutes."""

    key = HiddenField(default=new_key)
    ordinal = WholeNumberField(_l("Which meeting"), validators=[InputRequired(_l("Write the number of the meeting."))])
    held_on = DayField(_l("Day"), validators=[InputRequired(_l("Write the day of the meeting."))])
    place = StrippedField(_l("Place"), validators=[InputRequired(_l("Write the place.")), Length(max=200)])
    chair = StrippedField(
        _l("Chair"), description=_l("Office, post and name, as the minutes name them."),
        validators=[InputRequired(_l("Write who was in the chair.")), Length(max=120)],
    )  # fmt: skip
    recorder = StrippedField(_l("Recorder"), validators=[Optional(), Length(max=60)])
    agenda = TextField(
        _l("Agenda"), description=_l("One item a line."), validators=[Optional(), Length(max=5000)]
    )  # fmt: skip
    attendance = Rows(FormField(CameRow), label=_l("Departments at the meeting"), min_entries=1, most=60)
    minutes = TextField(
        _l("What was said"), description=_l("What the departments reported and what was stressed. Resolutions are "
                                            "entered apart, so that their follow-up can be watched."),
        validators=[Optional(), Length(max=20_000)],
    )  # fmt: skip

    def offer(self, parts: Sequence[Part], row: JointMeeting | None = None) -> None:
        """The departments of each row."""
        named = {one.department for one in row.attendance} if row else set()
        for entry in self.attendance:
            entry.form.department.choices = department_choices(parts)
            data = entry.form.department.data
            if data in named and data not in _values(entry.form.department):
                entry.form.department.choices = department_choices(parts, data)

    def facts(self) -> MeetingFacts:
        """What was entered; rows without a department are none."""
        assert self.held_on.data is not None
        return MeetingFacts(
            ordinal=min(self.ordinal.data or 0, 100_000),
            held_on=self.held_on.data,
            place=self.place.data or "",
            chair=self.chair.data or "",
            recorder=self.recorder.data,
            agenda=[line.strip() for line in (self.agenda.data or "").splitlines() if line.strip()],
            minutes=self.minutes.data,
            attendance=[*self._came()],
        )

    def _came(self) -> Iterator[Came]:
        for entry in self.attendance:
            if department := entry.form.chosen():
                yield Came(department, entry.form.persons.data, entry.form.present.data != "no")


def _values(select: Any) -> set[str]:
    return {choice.value for choice in select.choices or ()}


def meeting_values(row: JointMeeting) -> dict[str, Any]:
    """What the form of an existing meeting shows."""
    columns = ("ordinal", "held_on", "place", "chair", "recorder", "minutes", "version", "key")
    came = [
        {"department": one.department, "persons": one.persons, "present": "yes" if one.present else "no"}
        for one in row.attendance
    ]
    return {column: getattr(row, column) for column in columns} | {"agenda": "\n".join(row.agenda), "attendance": came}


class DutyRow(Tokenless):
    """A department that is responsible."""

    department = SelectField(_l("Department"), validators=[Optional()], validate_choice=False)
    other = StrippedField(_l("Its name"), validators=[Optional(), Length(max=LONGEST_NAME)])
    region = SelectField(_l("Region"), validators=[Optional()], validate_choice=False)


class ResolutionForm(VersionedForm):
    """What is to be done, by whom, until when."""

    key = HiddenField(default=new_key)
    text = TextField(
        _l("What was resolved"), validators=[InputRequired(_l("Write what was resolved.")), Length(max=2000)]
    )
    due_on = DayField(
        _l("To be done by"), description=_l("Leave it empty for what goes on without a term."), validators=[Optional()]
    )
    duties = Rows(FormField(DutyRow), label=_l("Responsible departments"), min_entries=1, most=40)

    def offer(self, parts: Sequence[Part], region_code: str, today: date, row: Resolution | None = None) -> None:
        """The departments and regions of each row: the meeting's own, and those directly below."""
        below = child_regions(region_code, today.year)
        regions = [(region_code, region_name(region_code)), *((one.code, one.name) for one in below)]
        named = {duty.department for duty in row.duties} if row else set()
        for entry in self.duties:
            data = entry.form.department.data
            entry.form.department.choices = department_choices(parts, data if data in named else None)
            entry.form.region.choices = regions
            if entry.form.region.data is None:
                entry.form.region.data = region_code

    def facts(self) -> ResolutionFacts:
        """What was entered; rows without a department are none."""
        duties = [
            (chosen_department(entry.form), entry.form.region.data or "")
            for entry in self.duties
            if chosen_department(entry.form)
        ]
        return ResolutionFacts(self.text.data or "", self.due_on.data, duties)


def resolution_values(row: Resolution) -> dict[str, Any]:
    """What the form of an existing resolution shows."""
    duties = [{"department": duty.department, "region": duty.region_code} for duty in row.duties]
    return {"text": row.text, "due_on": row.due_on, "duties": duties, "version": row.version, "key": row.key}


class FollowUpForm(VersionedForm):
    """What was done for a resolution, perhaps with a file."""

    key = HiddenField(default=new_key)
    done_on = DayField(_l("Day"), validators=[InputRequired(_l("Write the day."))])
    text = TextField(_l("What was done"), validators=[InputRequired(_l("Write what was done.")), Length(max=5000)])
    files = FileField(
        _l("File that proves it"),
        description=_l("Picture, PDF or recording up to 20 MB. It is kept with its SHA-256."),
        validators=[Optional()],
    )


class SettleForm(VersionedForm):
    """Whether a resolution is carried out."""

    state = RadioField(_l("State"), choices=list(STATES.items()), validators=[InputRequired(_l("Choose the state."))])
    reason = TextField(
        _l("How, or why"),
        description=_l("How it was carried out, why it was dropped, or why it is taken in hand again."),
        validators=[Optional(), Length(max=2000)],
    )
