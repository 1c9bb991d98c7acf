"""Limitation of penalties (行政处罚法 36): two years, or five where life, health or finance was harmed."""

from datetime import date
from typing import NamedTuple

from .statutes import Citation

LIMITATION = Citation("apl", 36, 1)
FROM_THE_END = Citation("apl", 36, 2)


class Limitation(NamedTuple):
    """The period within which a violation must be found. ``last_day`` is a calendar day and counts.

    ``expired``: it was not found by then, so no penalty may be imposed.
    """

    years: int
    begins: date
    last_day: date
    expired: bool
    citations: tuple[Citation, ...]


def limitation(
    ended_on: date, discovered_on: date, *, continuing: bool = False, harmed_life_health_or_finance: bool = False
) -> Limitation:
    """The limitation of one violation.

    ``ended_on``: the day of the act, or the day on which an act that went on or was repeated (``continuing``) ended.
    ``discovered_on``: the day on which an office first learnt of it. ``harmed_life_health_or_finance``: it touches the
    life, health or financial security of citizens and did harm: five years instead of two.

    An act found while it still goes on is never barred.
    """
    years = 5 if harmed_life_health_or_finance else 2
    last_day = _years_after(ended_on, years)
    citations = (LIMITATION, FROM_THE_END) if continuing else (LIMITATION,)
    return Limitation(years, ended_on, last_day, discovered_on > last_day, citations)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # 29 February of a year that has none: the month's last day.
        return day.replace(year=day.year + years, day=28)
