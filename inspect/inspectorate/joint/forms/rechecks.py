"""Forms of re-checks: which places, whose people, what they found."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from ...accounts.regions import regions_towards
from ...campaigns.catalogue import CampaignFacts
from ...columns import new_key
from ...fields import (
    DayField,
    Form,
    NotBefore,
    RadioField,
    SelectField,
    SelectMultipleField,
    StrippedField,
    TextField,
    Tokenless,
    VersionedForm,
)
from ...inspections.models import Inspection
from ...screens import day
from ..actions.rechecks import OrderFacts
from ..queries.rechecks import Criteria, TaskFilter
from ..rules import Standing
from ..words import ASSIGNMENTS, EARLIER, METHODS, RESULTS, TASK_STANDINGS
from .parts import WholeNumberField, number


class CandidateFilter(Tokenless):
    """Which inspected places come into question."""

    region = SelectField(_l("Region"), validate_choice=False)
    category = SelectField(_l("Target"), validate_choice=False)
    earlier = SelectField(_l("Earlier result"), choices=list(EARLIER.items()), validate_choice=False)
    since = DayField(_l("Inspected from"))
    until = DayField(_l("Inspected to"), validators=[NotBefore("since")])

    def offer(self, campaign: CampaignFacts, region_code: str, today: date) -> None:
        """Regions from the own one downwards, and the campaign's targets."""
        self.region.choices = [("", _("all")), *regions_towards(region_code, self.region.data, today.year)]
        self.category.choices = [("", _("all")), *((one.code, one.label) for one in campaign.categories)]

    def criteria(self) -> Criteria:
        """What was asked for; what is no choice counts as none."""
        regions = [code for code, *_rest in self.region.choices]
        categories = [code for code, *_rest in self.category.choices]
        return Criteria(
            region=_known(self.region.data, regions),
            category=_known(self.category.data, categories),
            earlier=_known(self.earlier.data, EARLIER) or "any",
            since=self.since.data,
            until=self.until.data,
        )

    def applied(self) -> int:
        """How many filters are in force."""
        return len([value for name, value in self.criteria().as_kept().items() if (name, value) != ("earlier", "any")])


def _known(value: str | None, among: Any) -> str:
    return value if value and value in among else ""


class OrderForm(Form):
    """What is ordered: drawn or ticked places, by when, and who goes there."""

    key = HiddenField(default=new_key)
    title = StrippedField(
        _l("Name of the order"), validators=[InputRequired(_l("Write a name for the order.")), Length(max=200)]
    )
    due_on = DayField(_l("To be done by"), validators=[InputRequired(_l("Write the last day."))])
    assign = RadioField(
        _l("Who goes there"), choices=list(ASSIGNMENTS.items()), validators=[InputRequired(_l("Choose who goes."))]
    )
    method = RadioField(
        _l("Which places"), choices=list(METHODS.items()), default="drawn", validators=[InputRequired(_l("Choose."))]
    )
    size = WholeNumberField(_l("How many are drawn"), validators=[Optional()])
    seed = StrippedField(
        _l("Seed"),
        description=_l("Kept with the order: with it anybody can draw again and find the same places. Dice may be cast "
                       "for it before witnesses."),
        validators=[
            InputRequired(_l("Write a seed, or load the page again for another.")),
            Length(max=64),
            Regexp(r"[0-9A-Za-z-]+\Z", message=_l("Use letters and digits only.")),
        ],
    )  # fmt: skip
    chosen = SelectMultipleField(
        _l("Places"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
        validators=[Optional()],
    )
    note = TextField(_l("What to look at"), validators=[Optional(), Length(max=2000)])

    def offer(self, reports: Sequence[Inspection]) -> None:
        """The places that may be ticked."""
        self.chosen.choices = [(str(one.id), f"{one.subject.name} · {day(one.inspected_on)}") for one in reports]

    def facts(self) -> OrderFacts:
        """What was entered."""
        assert self.due_on.data is not None
        return OrderFacts(self.title.data or "", self.due_on.data, self.assign.data or "", self.note.data)

    def ticked(self) -> list[int]:
        """The reports whose places are ticked."""
        return [one for one in map(number, self.chosen.data or ()) if one is not None]


class AnswerForm(VersionedForm):
    """What the re-check found."""

    result = RadioField(_l("Result"), choices=list(RESULTS.items()), validators=[InputRequired(_l("Choose."))])
    inspection_id = SelectField(
        _l("Report of the re-check"), coerce=number, validators=[Optional()], validate_choice=False
    )
    note = TextField(
        _l("Remarks"),
        description=_l("What is not mended yet, or why the place could not be inspected."),
        validators=[Optional(), Length(max=2000)],
    )

    def offer(self, reports: Sequence[Inspection]) -> None:
        """The submitted re-checks of the place; the latest is proposed."""
        self.inspection_id.choices = [
            ("", ""),
            *((one.id, f"{one.number or ''} · {day(one.inspected_on)}".strip(" ·")) for one in reports),
        ]


class TaskFilterForm(Tokenless):
    """Filters of the list of tasks."""

    region = SelectField(_l("Region"), validate_choice=False)
    standing = SelectField(
        _l("State"), choices=[("", _l("all")), *((code.value, words[0]) for code, words in TASK_STANDINGS.items())],
        validate_choice=False,
    )  # fmt: skip
    result = SelectField(_l("Result"), choices=[("", _l("all")), *RESULTS.items()], validate_choice=False)
    contradicted = BooleanField(_l("Only where a report is belied"))

    def offer(self, region_code: str, today: date) -> None:
        """Regions from the own one downwards."""
        self.region.choices = [("", _("all")), *regions_towards(region_code, self.region.data, today.year)]

    def filter(self) -> TaskFilter:
        """What was asked for."""
        regions = [code for code, *_rest in self.region.choices]
        return TaskFilter(
            region=_known(self.region.data, regions),
            standing=_known(self.standing.data, {one.value for one in Standing}),
            result=_known(self.result.data, RESULTS),
            contradicted=bool(self.contradicted.data),
        )

    def applied(self) -> int:
        """How many filters are in force."""
        return sum(map(bool, self.filter()))
