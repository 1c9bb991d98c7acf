"""The days that a return is about, in one word, and the periods for which a form is asked for. Pure."""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from ..campaigns.engine.definition import FormDefinition
from ..campaigns.facts import CampaignFacts

ALL = "all"
"""The key of a return without days: it counts in every table of its form."""

CAMPAIGN = "campaign"
MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""Kinds of period that come round, with how many months they last."""

WITHOUT_CAMPAIGN = 13
"""How many periods back a form is asked for that belongs to no campaign."""

_QUARTERS = "一二三四"


class Period(NamedTuple):
    """Days, both included (None: open), with the key that tells one return of an office from another."""

    key: str
    start: date | None
    end: date | None
    kind: str
    label: str


def key_of(start: date | None, end: date | None) -> str:
    """Both days in one word: 2021-06-01/2021-12-31; an open side stays empty."""
    if start is None and end is None:
        return ALL
    return f"{start or ''}/{end or ''}"


def days_of(key: str) -> tuple[date | None, date | None]:
    """The days of a key. Raises ValueError for what is no key."""
    if key == ALL:
        return None, None
    first, slash, last = key.partition("/")
    if not slash:
        raise ValueError(key)
    return (date.fromisoformat(first) if first else None), (date.fromisoformat(last) if last else None)


def period_of(start: date | None, end: date | None, campaign: CampaignFacts | None = None) -> Period:
    """The period of some days, called by what they are: the whole campaign, a month, a quarter, …"""
    key = key_of(start, end)
    if campaign is not None and not campaign.standing and (start, end) == (campaign.date_from, campaign.date_to):
        return Period(key, start, end, CAMPAIGN, f"全程（{_days(start, end)}）")
    if start is None and end is None:
        return Period(key, None, None, "on-demand", "不限期间")
    kind = _kind(start, end)
    return Period(key, start, end, kind, _called(kind, start) if kind in MONTHS and start else _days(start, end))


def periods_of(form: FormDefinition, campaign: CampaignFacts | None, today: date) -> list[Period]:
    """What a form is asked for, the newest first.

    The whole campaign, then each of its months that is over where it reports monthly; a form that comes round, for each
    complete period within the campaign's days, or the last thirteen where nothing bounds it.
    """
    bounded = campaign is not None and not campaign.standing
    if form.period.kind in MONTHS:
        months = MONTHS[form.period.kind]
        if campaign is None or not bounded:
            return _complete(months, today, WITHOUT_CAMPAIGN)
        return _within(months, campaign, today)
    if campaign is None:
        return [period_of(form.period.start, form.period.end)]
    if campaign.implied and form.period.kind != "campaign":
        return [period_of(form.period.start, form.period.end)]
    whole = [period_of(campaign.date_from, campaign.date_to, campaign)]
    return whole + (_within(1, campaign, today) if campaign.monthly else [])


def cumulative(period: Period, campaign: CampaignFacts) -> Period:
    """From the campaign's first day to the period's last."""
    return period_of(campaign.date_from, period.end or campaign.date_to, campaign)


def contains(outer: tuple[date | None, date | None], inner: tuple[date | None, date | None]) -> bool:
    """Whether some days lie within others; open sides reach for ever."""
    first = (outer[0] or date.min) <= (inner[0] or date.min)
    return first and (outer[1] or date.max) >= (inner[1] or date.max)


def overlap(one: tuple[date | None, date | None], other: tuple[date | None, date | None]) -> bool:
    """Whether two stretches share a day."""
    return (one[0] or date.min) <= (other[1] or date.max) and (other[0] or date.min) <= (one[1] or date.max)


def before(period: Period) -> Period | None:
    """The period of the same kind before it; None where periods of its kind do not come round."""
    if period.kind not in MONTHS or period.start is None:
        return None
    end = period.start - timedelta(days=1)
    return period_of(_back(end, MONTHS[period.kind]), end)


def _complete(months: int, today: date, most: int) -> list[Period]:
    begun = today.month - 1 - (today.month - 1) % months
    end = date(today.year, begun + 1, 1) - timedelta(days=1)
    found: list[Period] = []
    while len(found) < most:
        start = _back(end, months)
        found.append(period_of(start, end))
        end = start - timedelta(days=1)
    return found


def _within(months: int, campaign: CampaignFacts, today: date) -> list[Period]:
    """Calendar periods of the campaign that are over, the first and last cut to its days."""
    found = []
    day = campaign.date_from
    last = min(campaign.date_to, today - timedelta(days=1))
    while day <= last:
        first = date(day.year, day.month - (day.month - 1) % months, 1)
        end = _forward(first, months)
        if end > last and end <= campaign.date_to:
            break
        found.append(_cut(first, end, campaign))
        day = end + timedelta(days=1)
    return [period for period in found if period.end is not None and period.end <= last][::-1]


def _cut(first: date, end: date, campaign: CampaignFacts) -> Period:
    start, last = max(first, campaign.date_from), min(end, campaign.date_to)
    kind = _kind(first, end)
    return Period(key_of(start, last), start, last, kind, _called(kind, first))


def _back(end: date, months: int) -> date:
    """First day of the so many months that end on a last day of a month."""
    number = end.year * 12 + end.month - months
    return date(number // 12, number % 12 + 1, 1)


def _forward(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months - 1
    year, month = number // 12, number % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def _kind(start: date | None, end: date | None) -> str:
    if start is None or end is None or start.day != 1:
        return "days"
    for kind, months in MONTHS.items():
        if (start.month - 1) % months == 0 and end == _forward(start, months):
            return kind
    return "days"


def _called(kind: str, start: date) -> str:
    if kind == "month":
        return f"{start.year}年{start.month}月"
    if kind == "quarter":
        return f"{start.year}年第{_QUARTERS[(start.month - 1) // 3]}季度"
    if kind == "half-year":
        return f"{start.year}年{'上' if start.month == 1 else '下'}半年"
    return f"{start.year}年"


def _days(start: date | None, end: date | None) -> str:
    words = [f"{day.year}年{day.month}月{day.day}日" if day else "" for day in (start, end)]
    return f"{words[0] or '最初'}至{words[1] or '今'}"
