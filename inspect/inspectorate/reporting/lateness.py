"""Who has reported late or not at all: the tables due from the regions that report to one, in one statement."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from .. import clock
from ..accounts.regions import region_name
from ..campaigns import queries as campaigns
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.definition import FormDefinition
from ..extensions import db
from ..returns.chain import below
from ..returns.deadlines import due_on
from ..returns.models import Return
from ..returns.periods import periods_of
from ..returns.rules import Timeliness, days_late, timeliness


class Awaited(NamedTuple):
    """A table that was due from a region, and came late or has not come. ``days``: calendar days after the due day."""

    code: str
    name: str
    what: str
    due_on: date
    submitted_on: date | None
    days: int

    @property
    def is_missing(self) -> bool:
        """Whether it has not come yet."""
        return self.submitted_on is None


class Standing(NamedTuple):
    """One region in the league: how many of the tables due came in time, late, or not yet."""

    code: str
    name: str
    due: int
    on_time: int
    late: int
    missing: int
    longest: int
    """Calendar days of the longest delay."""


def reporting(campaign: CampaignFacts, region_code: str, today: date) -> tuple[list[Standing], list[Awaited]]:
    """The regions that report to one, those with the most tables missing or late first, and each of these tables."""
    codes = below(region_code, campaign.chain, min(today, campaign.date_to).year)
    asked = [(form, period) for form in _forms(campaign) for period in periods_of(form, campaign, today)]
    rows = {(row.region_code, row.form, row.period): row for row in _rows(campaign, codes)}
    found: list[tuple[str, Timeliness, Awaited]] = []
    for code in codes:
        for form, period in asked:
            row = rows.get((code, form.id, period.key))
            due = row.due_on if row is not None else due_on(form, campaign, period, code)
            if due is None or due >= today:
                continue
            came = clock.local(row.submitted_at).date() if row is not None and row.submitted_at else None
            what = f"{form.title}（{period.label}）" if len(asked) > 1 else form.title
            one = Awaited(code, region_name(code), what, due, came, days_late(due, came, today))
            found.append((code, timeliness(due, came, today), one))
    delayed = [one for _code, kind, one in found if kind in (Timeliness.LATE, Timeliness.MISSING)]
    return _league(codes, found), sorted(delayed, key=lambda one: (-one.days, one.code, one.what))


def _forms(campaign: CampaignFacts) -> Iterable[FormDefinition]:
    return filter(None, map(campaigns.form, campaign.forms))


def _rows(campaign: CampaignFacts, codes: Sequence[str]) -> Iterable[Return]:
    query = select(Return).where(
        Return.campaign == campaign.id,
        Return.kind == "level",
        Return.form.in_(campaign.forms),
        Return.region_code.in_(codes),
    )
    return db.session.scalars(query)


def _league(codes: Sequence[str], found: Sequence[tuple[str, Timeliness, Awaited]]) -> list[Standing]:
    league = []
    for code in codes:
        own = [(kind, one.days) for of, kind, one in found if of == code]
        if own:
            kinds = [kind for kind, _days in own]
            on_time, late, missing = map(kinds.count, (Timeliness.ON_TIME, Timeliness.LATE, Timeliness.MISSING))
            longest = max(days for _kind, days in own)
            league.append(Standing(code, region_name(code), len(own), on_time, late, missing, longest))
    return sorted(league, key=lambda one: (-one.missing - one.late, -one.missing, -one.longest, one.code))
