"""Forms of publicity and training."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length, Optional

from ...accounts.regions import regions_towards
from ...columns import new_key
from ...fields import DayField, NotBefore, SelectField, StrippedField, TextField, Tokenless, VersionedForm
from ..models import Activity
from ..queries.activities import Filter
from ..rules import PUBLICITY, TRAINING, ActivityFacts
from ..words import ACTIVITY_KINDS, PUBLICITY_KINDS, SIDES, TRAINING_KINDS
from .parts import WholeNumberField

MOST = 10**12
"""What is beyond is refused by the rules with the same words; it fits the databases' numbers."""


class _ActivityForm(VersionedForm):
    """What publicity and training have in common; without ``side`` no activity."""

    SIDE = ""

    key = HiddenField(default=new_key)
    held_on = DayField(_l("Day"), validators=[InputRequired(_l("Write the day."))])
    title = StrippedField(
        _l("What it was about"), validators=[InputRequired(_l("Write what it was about.")), Length(max=200)]
    )
    place = StrippedField(_l("Place or medium"), validators=[Optional(), Length(max=200)])
    apart = BooleanField(
        _l("This is another activity"),
        description=_l("Tick it only where the page says that an office has entered one of this day and name."),
    )

    def facts(self) -> ActivityFacts:
        """What was entered."""
        assert self.held_on.data is not None
        figures = {name: min(int(self.data.get(name) or 0), MOST) for name in ("times", "people", "copies")}
        return ActivityFacts(
            side=self.SIDE,
            kind=self.data["kind"] or "",
            held_on=self.held_on.data,
            title=self.title.data or "",
            place=self.place.data,
            apart=bool(self.apart.data),
            **figures,
        )


class PublicityForm(_ActivityForm):
    """宣传活动."""

    SIDE = PUBLICITY

    kind = SelectField(_l("Kind"), choices=[("", ""), *PUBLICITY_KINDS.items()],
                       validators=[InputRequired(_l("Choose the kind."))])  # fmt: skip
    times = WholeNumberField(_l("Events"), default=1, validators=[InputRequired(_l("Write how many events."))])
    people = WholeNumberField(_l("People reached"), validators=[Optional()])
    copies = WholeNumberField(_l("Copies given out"), validators=[Optional()])


class TrainingForm(_ActivityForm):
    """培训班."""

    SIDE = TRAINING

    kind = SelectField(_l("Who was trained"), choices=[("", ""), *TRAINING_KINDS.items()],
                       validators=[InputRequired(_l("Choose who was trained."))])  # fmt: skip
    times = WholeNumberField(_l("Courses"), default=1, validators=[InputRequired(_l("Write how many courses."))])
    people = WholeNumberField(_l("People trained"), validators=[InputRequired(_l("Write how many were trained."))])


def _reason() -> TextField:
    return TextField(
        _l("Reason of the correction"), validators=[InputRequired(_l("Write the reason.")), Length(max=1000)]
    )


class PublicityCorrection(PublicityForm):
    """宣传活动, corrected with the reason."""

    reason = _reason()


class TrainingCorrection(TrainingForm):
    """培训班, corrected with the reason."""

    reason = _reason()


def form_for(side: str) -> type[PublicityForm | TrainingForm]:
    """The form in which something of a side is entered."""
    return TrainingForm if side == TRAINING else PublicityForm


def correction_of(side: str) -> type[PublicityCorrection | TrainingCorrection]:
    """The form in which it is corrected."""
    return TrainingCorrection if side == TRAINING else PublicityCorrection


def activity_values(row: Activity) -> dict[str, Any]:
    """What the form of an existing activity shows."""
    columns = ("kind", "held_on", "title", "place", "times", "people", "copies", "version", "key")
    return {column: getattr(row, column) for column in columns}


class ActivityFilter(Tokenless):
    """Filters of the list, and the month of the sums."""

    month = SelectField(_l("Month of the sums"), validate_choice=False)
    side = SelectField(_l("Publicity or training"), choices=[("", _l("all")), *SIDES.items()], validate_choice=False)
    kind = SelectField(_l("Kind"), choices=[("", _l("all")), *ACTIVITY_KINDS.items()], validate_choice=False)
    region = SelectField(_l("Region"), validate_choice=False)
    since = DayField(_l("From"))
    until = DayField(_l("To"), validators=[NotBefore("since")])

    def offer(self, region_code: str, first: date, last: date, today: date) -> None:
        """Regions from the own one downwards; the months of the campaign until now, thirteen at most."""
        self.region.choices = [("", _("all")), *regions_towards(region_code, self.region.data, today.year)]
        self.month.choices = [(f"{month:%Y-%m}", f"{month:%Y-%m}") for month in _months(first, min(last, today))]

    def chosen_month(self) -> date:
        """The first day of the month asked for, else of the last."""
        known = [value for value, *_rest in self.month.choices]
        self.month.data = self.month.data if self.month.data in known else known[0]
        return date.fromisoformat(f"{self.month.data}-01")

    def filter(self) -> Filter:
        """What was asked for."""
        regions = [code for code, *_rest in self.region.choices]
        return Filter(
            side=self.side.data if self.side.data in SIDES else "",
            kind=self.kind.data if self.kind.data in ACTIVITY_KINDS else "",
            region=self.region.data if self.region.data in regions else "",
            since=self.since.data,
            until=self.until.data,
        )

    def applied(self) -> int:
        """How many filters of the list are in force."""
        return sum(map(bool, self.filter()))


def _months(first: date, last: date) -> list[date]:
    """The first days of the months, the latest first."""
    found: list[date] = []
    month = max(last, first).replace(day=1)
    while month >= first.replace(day=1) and len(found) < 13:
        found.append(month)
        month = date(month.year - (month.month == 1), 12 if month.month == 1 else month.month - 1, 1)
    return found
