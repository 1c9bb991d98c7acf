"""By when a return is due. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.definition import FormDefinition
from .chain import level_of
from .periods import Period

SOON = 3
"""Calendar days before the due day from which a return is on its office's to-do list with its clock."""


def due_on(form: FormDefinition, campaign: CampaignFacts, period: Period, region_code: str) -> date | None:
    """The last day in time for a region: the campaign's by level; for one of its months, that day of the following
    month; else what the form says. None: nobody has set one.
    """
    level = level_of(region_code)
    if (period.start, period.end) == (campaign.date_from, campaign.date_to):
        return campaign.due_on(level) or _of_form(form.report.due, level)
    if period.end and (day := campaign.monthly_due.get(level)):
        return _in_following_month(period.end, day)
    return _of_form(form.report.due, level)


def _in_following_month(end: date, day: int) -> date:
    """That day of the month after ``end``, its last where the month is shorter."""
    first = (end.replace(day=28) + timedelta(days=4)).replace(day=1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day, last.day))


def _of_form(due: Mapping[str, Any], level: str) -> date | None:
    found = due.get(level)
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found)) if found else None
    except ValueError:
        return None
