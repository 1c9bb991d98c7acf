"""Limitation of penalties (行政处罚法 36): two years, or five where life, health or finance was harmed.

Another law may say otherwise: under the public security law (25) it is six months.
"""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from .model import Violation
from .statutes import Citation, holds_on

LIMITATION = Citation("apl", 36, 1)
FROM_THE_END = Citation("apl", 36, 2)
# Months, by the law under which the violation is punished, and the provisions that say so.
OTHERWISE = {"psp": (6, Citation("psp", 25, 1), Citation("psp", 25, 2))}


class Limitation(NamedTuple):
    """The period within which a violation must be found. ``last_day`` is a calendar day and counts.

    ``months``: the length of the period; ``expired``: it was not found by then, so no penalty may be imposed.
    """

    months: int
    begins: date
    last_day: date
    expired: bool
    citations: tuple[Citation, ...]


def limitation(
    ended_on: date,
    discovered_on: date,
    *,
    continuing: bool = False,
    harmed_life_health_or_finance: bool = False,
    violation: Violation | None = None,
) -> Limitation:
    """The limitation of one violation.

    ``ended_on``: the day of the act, or the day on which an act that went on or was repeated (``continuing``) ended.
    ``discovered_on``: the day on which an office first learnt of it. ``harmed_life_health_or_finance``: it touches the
    life, health or financial security of citizens and did harm: five years instead of two. ``violation``: where it is
    punished under a law with a period of its own, that one applies.

    An act found while it still goes on is never barred.
    """
    months, period, from_the_end = _period(violation, ended_on) or (0, LIMITATION, FROM_THE_END)
    months = months or (60 if harmed_life_health_or_finance else 24)
    last_day = months_after(ended_on, months)
    citations = (period, from_the_end) if continuing else (period,)
    return Limitation(months, ended_on, last_day, discovered_on > last_day, citations)


def _period(violation: Violation | None, on: date) -> tuple[int, Citation, Citation] | None:
    laws = {cited.law for cited in violation.basis} if violation else set()
    special = (OTHERWISE[law] for law in laws if law in OTHERWISE and holds_on(OTHERWISE[law][1], on))
    return next(special, None)


def months_after(day: date, months: int) -> date:
    """The day of the same number so many months later (earlier where negative), or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
