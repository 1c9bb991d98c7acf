"""The joint side of a campaign in figures, for its account and bulletins."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from ... import clock
from ...accounts.scope import in_region
from ...extensions import db
from ..models import JointMeeting, Resolution
from . import activities, liaison, tallies


class Doings(NamedTuple):
    """What was done together in a region and below it, in days that are both included.

    ``resolutions_*`` are those of the meetings held in the days, as they stand today; ``rechecks_*`` count tasks by the
    day of their result, and ``rechecks_waiting`` those without one. ``liaisons`` serve on the last of the days.
    """

    meetings: int
    resolutions: int
    resolutions_done: int
    resolutions_open: int
    resolutions_overdue: int
    resolutions_dropped: int
    rechecks: int
    rechecks_mended: int
    rechecks_partly: int
    rechecks_unmended: int
    rechecks_impossible: int
    rechecks_contradicted: int
    rechecks_waiting: int
    publicity_events: int
    publicity_people: int
    publicity_copies: int
    courses: int
    trained: int
    liaisons: int

    @property
    def rechecks_rate(self) -> str:
        """整改到位率 of the places that could be inspected, as 92.3%; – without any."""
        return tallies.Tally(
            mended=self.rechecks_mended, partly=self.rechecks_partly, unmended=self.rechecks_unmended
        ).rate


def doings(campaign_id: str, region: str, start: date | None = None, end: date | None = None) -> Doings:
    """The figures of a region (its code), all sectors together; days left out are open."""
    today = clock.today()
    held = _held(campaign_id, region, start, end)
    resolutions = _resolutions(held, today)
    found = tallies.tally(campaign_id, region, today, start or date.min, end or date.max)
    counted = activities.sums(campaign_id, region, start, end)
    return Doings(
        meetings=db.session.scalar(select(func.count(JointMeeting.id)).where(*held)) or 0,
        resolutions=sum(resolutions[state] for state in ("done", "open", "dropped")),
        resolutions_done=resolutions["done"],
        resolutions_open=resolutions["open"],
        resolutions_overdue=resolutions["overdue"],
        resolutions_dropped=resolutions["dropped"],
        rechecks=found.tasks,
        rechecks_mended=found.mended,
        rechecks_partly=found.partly,
        rechecks_unmended=found.unmended,
        rechecks_impossible=found.impossible,
        rechecks_contradicted=found.contradicted,
        rechecks_waiting=tallies.tally(campaign_id, region, today).waiting,
        publicity_events=counted.events,
        publicity_people=counted.reached,
        publicity_copies=counted.copies,
        courses=counted.courses,
        trained=counted.trained,
        liaisons=liaison.serving_in(campaign_id, region, min(end, today) if end else today),
    )


def _held(campaign_id: str, region: str, start: date | None, end: date | None) -> list[ColumnElement[bool]]:
    clauses = [
        JointMeeting.campaign == campaign_id,
        in_region(JointMeeting.region_code, region),
        JointMeeting.withdrawn_reason.is_(None),
    ]
    if start is not None:
        clauses.append(JointMeeting.held_on >= start)
    return [*clauses, JointMeeting.held_on <= end] if end is not None else clauses


def _resolutions(held: list[ColumnElement[bool]], today: date) -> dict[str, int]:
    """By state; those overdue are among the open ones."""
    query = select(Resolution.state, Resolution.due_on).join(Resolution.meeting).where(*held)
    found = dict.fromkeys(("open", "done", "dropped", "overdue"), 0)
    for state, due_on in db.session.execute(query):
        found[state] += 1
        found["overdue"] += state == "open" and due_on is not None and due_on < today
    return found
