"""Forms beside the report: reasons, supplements, approvals of entry, the filter of the list."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length, Optional

from ...accounts.models import Agency
from ...fields import DayField, NotBefore, SelectField, StrippedField, Tokenless, VersionedForm
from ..words import REASONS, STATES
from .parts import KeyedForm, NeededToSubmit, TextField, row_number


class ReasonForm(VersionedForm):
    """An act that needs its reason."""

    reason = TextField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), Length(max=1000)])


class SupplementForm(VersionedForm):
    """A correction or addition to a submitted report."""

    text = TextField(
        _l("Supplement"),
        description=_l("What is added or corrected. The report itself stays as it was."),
        validators=[InputRequired(_l("Write what is added or corrected.")), Length(max=5000)],
    )
    reason = TextField(_l("Reason"), validators=[InputRequired(_l("Write the reason.")), Length(max=1000)])


class EntryForm(KeyedForm):
    """A request for an entry."""

    subject_id = HiddenField()
    reason = SelectField(
        _l("Reason for the visit"), choices=list(REASONS.items()), validators=[NeededToSubmit()], validate_choice=False
    )
    campaign = SelectField(_l("Campaign"), validators=[Optional()], validate_choice=False)
    items = TextField(
        _l("Items to be inspected"),
        description=_l("Only items of the published list."),
        validators=[InputRequired(_l("Write which items are inspected.")), Length(max=2000)],
    )
    planned_from = DayField(_l("Planned from"), validators=[InputRequired(_l("Enter the first planned day."))])
    planned_to = DayField(_l("Planned to"), validators=[InputRequired(_l("Enter the last planned day."))])
    urgent = BooleanField(_l("Urgent: the visit begins before approval, which follows within a day"))
    urgent_reason = TextField(_l("Why it is urgent"), validators=[NeededToSubmit(), Optional(), Length(max=1000)])


class OpinionForm(VersionedForm):
    """The head's decision on an entry."""

    opinion = TextField(
        _l("Opinion"), description=_l("Needed for a refusal."), validators=[Optional(), Length(max=1000)]
    )


class FilterForm(Tokenless):
    """What the list of inspections lets through."""

    q = StrippedField(_l("Name or number"), validators=[Optional(), Length(max=80)])
    state = SelectField(_l("State"), choices=[("", _l("all but withdrawn")), *STATES.items()], validate_choice=False)
    campaign = SelectField(_l("Campaign"), validate_choice=False)
    category = SelectField(_l("Target"), validate_choice=False)
    reason = SelectField(_l("Reason"), choices=[("", _l("all")), *REASONS.items()], validate_choice=False)
    region = SelectField(_l("Region"), validate_choice=False)
    agency = SelectField(_l("Agency"), coerce=row_number, validate_choice=False)
    since = DayField(_l("From"), validators=[Optional()])
    until = DayField(_l("To"), validators=[Optional(), NotBefore("since")])
    mine = BooleanField(_l("Only mine"))

    def offer(
        self,
        campaigns: Sequence[tuple[str, str]],
        categories: Sequence[tuple[str, str]],
        regions: Sequence[tuple[str, str]],
        agencies: Sequence[Agency],
    ) -> None:
        """What can be chosen."""
        everything = ("", _l("all"))
        self.campaign.choices = [everything, *campaigns]
        self.category.choices = [everything, *categories]
        self.region.choices = [everything, *regions]
        self.agency.choices = [everything, *((one.id, one.name) for one in agencies)]
