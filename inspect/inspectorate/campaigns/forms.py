"""Forms of campaigns: what a table is about, and a new campaign."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from ..fields import (
    DayField,
    Form,
    NotBefore,
    SelectField,
    SelectMultipleField,
    StrippedField,
    Tokenless,
)


class TableFilter(Tokenless):
    """Region and days of a table; a GET form, so that a table can be bookmarked."""

    region = SelectField(_l("Region"), validate_choice=False)
    start = DayField(_l("First day"))
    end = DayField(_l("Last day"), validators=[NotBefore("start")])

    def days(self) -> tuple[date | None, date | None] | None:
        """What was asked for; None where nothing (or nothing sensible) was."""
        if not (self.start.data or self.end.data) or self.errors:
            return None
        return self.start.data, self.end.data


class CampaignForm(Form):
    """A new campaign of the own region; its categories are those that the chosen forms count."""

    title = StrippedField(
        _l("Name of the campaign"), validators=[InputRequired(_l("Write the title of the campaign."))]
    )
    code = StrippedField(
        _l("Id"),
        description=_l("Small letters, digits and _, for example canteens_2026. Records are marked with it."),
        validators=[InputRequired(_l("Write the id with small letters, digits and _, at least three."))],
    )
    notice = StrippedField(_l("Notice"), description=_l("Number and title of the document that orders it."))
    date_from = DayField(_l("First day"), validators=[InputRequired(_l("Write the first day of the campaign."))])
    date_to = DayField(_l("Last day"), validators=[InputRequired(_l("Write the last day of the campaign."))])
    forms = SelectMultipleField(
        _l("Tables"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
        validators=[InputRequired(_l("Choose at least one form."))],
    )
    due_county = DayField(_l("Counties report by"))
    due_city = DayField(_l("Cities report by"))
    due_province = DayField(_l("Provinces report by"))

    def due(self) -> dict[str, str]:
        """The days by which levels report, as they are kept."""
        days = {"county": self.due_county.data, "city": self.due_city.data, "province": self.due_province.data}
        return {level: day.isoformat() for level, day in days.items() if day}
