"""Which days a table is about when nobody says so."""

from datetime import date, timedelta

from .catalogue import CampaignFacts
from .engine.definition import FormDefinition

_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def default_days(form: FormDefinition, campaign: CampaignFacts | None, today: date) -> tuple[date | None, date | None]:
    """The campaign's or the form's days, else the last complete period of the form's kind, else all (None, None)."""
    if campaign is not None and not campaign.implied and form.period.kind not in _MONTHS:
        return campaign.date_from, campaign.date_to
    if form.period.start is not None or form.period.end is not None:
        return form.period.start, form.period.end
    if form.period.kind in _MONTHS:
        return last_complete(_MONTHS[form.period.kind], today)
    return None, None


def last_complete(months: int, today: date) -> tuple[date, date]:
    """First and last day of the last complete month, quarter, half-year or year before today's."""
    begun = today.month - 1 - (today.month - 1) % months
    this = date(today.year, begun + 1, 1)
    end = this - timedelta(days=1)
    return date(end.year, end.month - months + 1, 1), end
