"""Forms of campaigns: what a table is about, a campaign of one's own, and what a province chooses."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FormField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ..accounts.words import SECTORS
from ..fields import (
    DayField,
    Form,
    NotBefore,
    NumberField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StrippedField,
    Tokenless,
    VersionedForm,
    blank_row,
)
from ..registry.attributes import attributes_of
from ..rows import Rows
from .facts import ASKS, NOTHING_FURTHER, CampaignFacts, Further
from .words import ASK_WORDS

REPORTING = ("county", "city", "province")
_BETWEEN = re.compile(r"[、，,；;\s]+")


class WholeNumberField(NumberField):
    """A whole number of 1 or more; ``data`` is an int or None."""

    def read(self, text: str) -> Any:
        """A number without decimals."""
        number = super().read(text)
        if number != number.to_integral_value() or number < 1:
            raise ValueError(f"no whole number: {text!r}")
        return int(number)

    def show(self, value: Any) -> str:
        """As it is written."""
        return str(value)

    def complaint(self) -> Any:
        return _l("Write a whole number, for example 3.")


class DayOfMonthField(WholeNumberField):
    """A day that every month has, from 1 to 28."""

    def read(self, text: str) -> Any:
        """The number of the day."""
        number = super().read(text)
        if number > 28:
            raise ValueError(f"no day of every month: {text!r}")
        return number

    def complaint(self) -> Any:
        return _l("Write a day from 1 to 28: every month has it.")


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


class DepartmentRow(Tokenless):
    """A department with its part."""

    sector = SelectField(_l("Department"), validators=[Optional()], validate_choice=False)
    name = StrippedField(
        _l("Its name in the notice"), description=_l("Leave it empty for the department's usual name."),
        validators=[Optional(), Length(max=120)],
    )  # fmt: skip
    supplies = StrippedField(
        _l("Columns or rows it supplies"), description=_l("Their ids in the form, with commas between them."),
        validators=[Optional(), Length(max=500)],
    )  # fmt: skip
    via = RadioField(
        _l("Takes part by"), default="return",
        choices=[("system", _l("works in this system")), ("return", _l("sends a return"))],
        validators=[Optional()], validate_choice=False,
    )  # fmt: skip
    lead = BooleanField(_l("Leads the campaign"))


class IndicatorRow(Tokenless):
    """A figure with a target."""

    label = StrippedField(_l("Indicator"), validators=[Optional(), Length(max=120)])
    form = SelectField(_l("Form"), validators=[Optional()], validate_choice=False)
    expr = StrippedField(
        _l("Rate or quotient"), description=_l("A rate's id, or ids of the form such as exam_done / exam_due."),
        validators=[Optional(), Length(max=300)],
    )  # fmt: skip
    at = StrippedField(
        _l("At"), description=_l("Id of the line of the other axis; foot for the footer. Empty: its total."),
        validators=[Optional(), Length(max=120)],
    )  # fmt: skip
    target = NumberField(_l("Target value"), validators=[Optional()])
    better = RadioField(
        _l("Reached when"), choices=[("more", _l("not below")), ("less", _l("not above"))], default="more",
        validators=[Optional()], validate_choice=False,
    )  # fmt: skip


class CampaignFields(Form):
    """What an office says of a campaign; its categories are those that the chosen forms count."""

    title = StrippedField(
        _l("Name of the campaign"), validators=[InputRequired(_l("Write the title of the campaign."))]
    )
    notice = StrippedField(_l("Notice"), description=_l("Number and title of the document that orders it."))
    issuers = StrippedField(_l("Issuing offices"), validators=[Optional(), Length(max=300)])
    date_from = DayField(_l("First day"), validators=[InputRequired(_l("Write the first day of the campaign."))])
    date_to = DayField(_l("Last day"), validators=[InputRequired(_l("Write the last day of the campaign."))])
    forms = SelectMultipleField(
        _l("Tables"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
        validators=[InputRequired(_l("Choose at least one form."))],
    )
    template = SelectField(_l("Template of the typical cases"), validators=[Optional()], validate_choice=False)
    due_county = DayField(_l("Counties report by"))
    due_city = DayField(_l("Cities report by"))
    due_province = DayField(_l("Provinces report by"))
    monthly_county = DayOfMonthField(_l("Counties, each month by day"), validators=[Optional()])
    monthly_city = DayOfMonthField(_l("Cities, each month by day"), validators=[Optional()])
    monthly_province = DayOfMonthField(_l("Provinces, each month by day"), validators=[Optional()])
    departments = Rows(FormField(DepartmentRow), label=_l("Departments"), min_entries=1, most=20)
    indicators = Rows(FormField(IndicatorRow), label=_l("Indicators and targets"), min_entries=1, most=20)
    industries = SelectMultipleField(
        _l("Industries among which each province chooses"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
        validate_choice=False,
    )
    least = WholeNumberField(_l("At least"), validators=[Optional()])
    most = WholeNumberField(_l("At most"), validators=[Optional()])
    asks = SelectMultipleField(
        _l("The notice asks for"),
        choices=list(ASK_WORDS.items()),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
        validate_choice=False,
    )

    def offer(self, titles: Mapping[str, str]) -> None:
        """The forms, departments and industries among which to choose."""
        self.forms.choices = list(titles.items())
        self.template.choices = [("", _l("the first form that has one")), *titles.items()]
        self.industries.choices = list(industries().items())
        for entry in (*self.departments, blank_row(self.departments)):
            entry.form.sector.choices = [("", ""), *SECTORS.items()]
        for entry in (*self.indicators, blank_row(self.indicators)):
            entry.form.form.choices = [("", ""), *titles.items()]

    def due(self) -> dict[str, str]:
        """The days by which levels report, as they are kept."""
        days = {level: self[f"due_{level}"].data for level in REPORTING}
        return {level: day.isoformat() for level, day in days.items() if day}

    def further(self, before: Further = NOTHING_FURTHER) -> Further:
        """What else was said; what this form does not show stays as it was."""
        monthly = {level: self[f"monthly_{level}"].data for level in REPORTING}
        return before._replace(
            issuers=self.issuers.data or None,
            departments=[_department(entry.form) for entry in self.departments if entry.form.sector.data],
            indicators=self._indicators({str(one["label"]): str(one["id"]) for one in before.indicators}),
            monthly_due={level: day for level, day in monthly.items() if day},
            template=self.template.data or None,
            choices=[*(one for one in before.choices if one["filter"] != "industry"), *self._choices()],
            asks=[one for one in ASKS if one in (self.asks.data or [])],
        )

    def _indicators(self, ids: Mapping[str, str]) -> list[dict[str, Any]]:
        """Those that were there keep their ids."""
        rows = [entry.form for entry in self.indicators if entry.form.label.data]
        free = (name for number in range(1, 1000) if (name := f"i{number}") not in ids.values())
        return [_indicator(row, ids.get(row.label.data) or next(free)) for row in rows]

    def _choices(self) -> list[dict[str, Any]]:
        among = {key: label for key, label in industries().items() if key in (self.industries.data or [])}
        if not among:
            return []
        least, most = self.least.data or 1, self.most.data or len(among)
        pairs = [[code, label] for code, label in among.items()]
        return [{"id": "industries", "label": "重点检查行业", "filter": "industry", "among": pairs, "least": least,
                 "most": most}]  # fmt: skip


def _department(row: Any) -> dict[str, Any]:
    supplies = [one for one in _BETWEEN.split(row.supplies.data or "") if one]
    name = row.name.data or str(SECTORS.get(row.sector.data, row.sector.data))
    return {"sector": row.sector.data, "name": name, "supplies": supplies, "via": row.via.data or "return",
            "lead": bool(row.lead.data)}  # fmt: skip


def _indicator(row: Any, indicator_id: str) -> dict[str, Any]:
    target = row.target.data
    return {"id": indicator_id, "label": row.label.data, "form": row.form.data or "", "expr": row.expr.data or "",
            "at": row.at.data or None, "target": None if target is None else str(target),
            "better": row.better.data or "more", "per_cent": True}  # fmt: skip


class CampaignForm(CampaignFields):
    """A new campaign of the own region."""

    code = StrippedField(
        _l("Id"),
        description=_l("Small letters, digits and _, for example canteens_2026. Records are marked with it."),
        validators=[InputRequired(_l("Write the id with small letters, digits and _, at least three."))],
    )


class ChangedCampaignForm(VersionedForm, CampaignFields):
    """A campaign made here; its id stays."""


class ChoiceForm(VersionedForm):
    """What a province chooses for itself."""

    values = SelectMultipleField(
        _l("The province's choice"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validators=[Optional()],
        validate_choice=False,
        render_kw={"aria-required": "true"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self["values"].flags.required = True  # how many is the campaign's to say, and the action's to demand


def values_of_campaign(campaign: CampaignFacts) -> dict[str, Any]:
    """A campaign as the form shows it."""
    found: dict[str, Any] = {
        "title": campaign.title, "notice": campaign.notice, "issuers": campaign.issuers,
        "date_from": campaign.date_from, "date_to": campaign.date_to,
        "forms": list(campaign.forms), "template": campaign.template or "", "asks": list(campaign.asks),
    }  # fmt: skip
    for level in REPORTING:
        found[f"due_{level}"], found[f"monthly_{level}"] = campaign.due_on(level), campaign.monthly_due.get(level)
    found["departments"] = [{**one._asdict(), "supplies": ", ".join(one.supplies)} for one in campaign.departments]
    found["indicators"] = [{**one._asdict(), "at": one.at or ""} for one in campaign.indicators]
    for one in campaign.choices:
        if one.filter == "industry":
            found |= {"industries": [value for value, _label in one.among], "least": one.least, "most": one.most}
    return found


def industries() -> dict[str, str]:
    """The industries of the registry by code, in Chinese: they are printed on tables."""
    found = next(one for one in attributes_of("workplace") if one.name == "industry")
    return {code: label.zh for code, label in found.values.items()}
