"""Dates and times as a document prints them: 2025年6月3日, 9时05分, without leading zeros or spaces."""

from datetime import date, datetime


def printed_date(day: date) -> str:
    """2025-06-03 → 2025年6月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def printed_time(moment: datetime) -> str:
    """09:05 → 9时05分. The clock is that of the place, Asia/Shanghai; nothing is converted here."""
    return f"{moment.hour}时{moment.minute:02d}分"


def printed_moment(moment: datetime) -> str:
    """2025年6月3日9时05分."""
    return printed_date(moment) + printed_time(moment)


def printed_period(start: datetime, end: datetime) -> str:
    """2025年6月3日9时05分至10时20分, with the second date only where it is another day.

    Raises ValueError where the end is earlier than the start.
    """
    if end < start:
        raise ValueError(f"the period ends ({end}) before it begins ({start})")
    return f"{printed_moment(start)}至{printed_end(start, end)}"


def printed_end(start: datetime, end: datetime) -> str:
    """The end of a period whose start stands before it: only the time on the same day."""
    return printed_time(end) if start.date() == end.date() else printed_moment(end)
