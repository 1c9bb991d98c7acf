"""Days that count. A term begins the day after its event; working days follow the State Council's arrangement.

The package chinesecalendar carries the official days off and make-up workdays of the published years. For other years
only weekends are known: such a date is ``estimated``, and whoever shows it says so (parameter ``calendar.holidays``).
"""

import calendar as gregorian
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import chinese_calendar
from chinese_calendar.constants import holidays as published_holidays

from .rulebook import DayKind

ONE_DAY = timedelta(days=1)


class Term(NamedTuple):
    """A length of time as a rule states it: ``length`` days, months or years of ``kind``.

    ``postponed``: a last day on a day off moves to the next working day.
    """

    length: int
    kind: DayKind
    postponed: bool = False

    def ends_after(self, event: date) -> "Deadline":
        """The last day of the term that ``event`` sets running."""
        match self.kind:
            case DayKind.WORKING:
                due = working_days_after(event, self.length)
            case DayKind.CALENDAR:
                due = calendar_days_after(event, self.length)
            case DayKind.CALENDAR_MONTH:
                due = months_after(event, self.length)
            case DayKind.CALENDAR_YEAR:
                due = months_after(event, 12 * self.length)
            case DayKind.HOUR:
                raise ValueError("a term in hours does not end on a day but at an instant")
        if self.postponed:
            due = next_working_day(due)
        counts_days_off = self.kind is DayKind.WORKING or self.postponed
        return Deadline(due, estimated=counts_days_off and not (arrangement_known(event) and arrangement_known(due)))


class Deadline(NamedTuple):
    """The last day of a term; ``estimated`` where the days off of that year are not published yet."""

    due: date
    estimated: bool


@cache
def _published_years() -> range:
    years = [day.year for day in published_holidays]
    return range(min(years), max(years) + 1)


def arrangement_known(day: date) -> bool:
    """Whether the State Council's days off of that year are known here."""
    return day.year in _published_years()


def is_working_day(day: date) -> bool:
    """Whether offices work that day: make-up workdays do, holidays do not; in other years only weekends are off."""
    if arrangement_known(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def next_working_day(day: date) -> date:
    """The day itself if it is a working day, else the next one that is."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def working_days_after(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which itself does not count (行政处罚法85). ``count`` may be 0."""
    if count < 0:
        raise ValueError("a term has no negative length")
    for _ in range(count):
        day = next_working_day(day + ONE_DAY)
    return day


def calendar_days_after(day: date, count: int) -> date:
    """The ``count``-th day after ``day``, which itself does not count, days off included."""
    if count < 0:
        raise ValueError("a term has no negative length")
    return day + timedelta(days=count)


def months_after(day: date, count: int) -> date:
    """The same day of the month ``count`` months later, or that month's last day where it has no such day."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = gregorian.monthrange(year, month0 + 1)[1]
    return date(year, month0 + 1, min(day.day, last))


def years_after(day: date, count: int) -> date:
    """The same day ``count`` years later; 29 February becomes 28 in a common year."""
    return months_after(day, 12 * count)


def working_days_between(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
