"""The directory of liaison persons: of a region, of those above it, and who is missing."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from ...accounts.actor import Actor
from ...accounts.regions import child_regions, covers, region_name
from ...accounts.scope import LARGEST_ID, in_region
from ...campaigns.catalogue import CampaignFacts
from ...errors import NotFound
from ...extensions import db
from ...standards.queries import regions_over
from ..departments import Part, department_name, parts_of
from ..models import Liaison


class Entry(NamedTuple):
    """A department of a region with those who speak for it; ``rows`` is empty where nobody does.

    ``wanted``: the campaign has a part for the department, so that somebody has to be named.
    """

    department: str
    name: str
    rows: Sequence[Liaison]
    wanted: bool
    lead: bool = False

    def serving(self, day: date) -> bool:
        """Whether somebody can be turned to on a day."""
        return any(row.serves_on(day) for row in self.rows)


class Place(NamedTuple):
    """A region of the directory with its departments."""

    code: str
    name: str
    entries: Sequence[Entry]

    def missing(self, day: date) -> list[Entry]:
        """Departments of the campaign for which nobody can be turned to on a day."""
        return [entry for entry in self.entries if entry.wanted and not entry.serving(day)]


def directory(campaign: CampaignFacts, codes: Sequence[str]) -> list[Place]:
    """Some regions with all departments, those of the campaign first, in the notice's order."""
    rows: dict[str, list[Liaison]] = defaultdict(list)
    query = select(Liaison).where(Liaison.campaign == campaign.id, Liaison.region_code.in_(codes))
    query = query.options(joinedload(Liaison.stands_in_for))
    for row in db.session.scalars(query.order_by(Liaison.from_on, Liaison.id)):
        rows[row.region_code].append(row)
    parts = parts_of(campaign)
    return [Place(code, region_name(code, full=True), _entries(parts, rows[code])) for code in codes]


def _entries(parts: Sequence[Part], rows: Sequence[Liaison]) -> list[Entry]:
    by_department: dict[str, list[Liaison]] = {part.code: [] for part in parts}
    for row in rows:
        by_department.setdefault(row.department, []).append(row)
    named = {part.code: part for part in parts}
    return [
        Entry(code, named[code].name if code in named else department_name(code), found, code in named,
              code in named and named[code].lead)
        for code, found in by_department.items()
    ]  # fmt: skip


def directory_above(campaign: CampaignFacts, actor: Actor) -> list[Place]:
    """The offices above the actor's own that have named anybody, nearest first, as far as the campaign reaches."""
    codes = [code for code in regions_over(actor.region_code)[1:] if covers(campaign.region_code, code)]
    found = directory(campaign, [code for code in dict.fromkeys(codes) if code != actor.region_code])
    return [place for place in found if any(entry.rows for entry in place.entries)]


class Coverage(NamedTuple):
    """A region below: how many liaison persons serve there, and the departments that have none."""

    code: str
    name: str
    serving: int
    missing: Sequence[str]


def coverage_below(campaign: CampaignFacts, region_code: str, today: date) -> list[Coverage]:
    """The regions directly below, by one statement."""
    codes = [child.code for child in child_regions(region_code, today.year)]
    return [
        Coverage(
            place.code,
            region_name(place.code),
            sum(row.serves_on(today) for entry in place.entries for row in entry.rows),
            [entry.name for entry in place.missing(today)],
        )
        for place in directory(campaign, codes)
    ]


def liaison(actor: Actor, liaison_id: int) -> Liaison:
    """One of the own region, of those below, or of an office above, which everybody below has to reach.

    Raises NotFound.
    """
    row = db.session.get(Liaison, liaison_id) if 0 < liaison_id <= LARGEST_ID else None
    if row is None or not (covers(actor.region_code, row.region_code) or covers(row.region_code, actor.region_code)):
        raise NotFound
    return row


def kept_by(actor: Actor, campaign_id: str) -> Sequence[Liaison]:
    """The entries of the actor's own region, whoever keeps them."""
    query = select(Liaison).where(Liaison.campaign == campaign_id, Liaison.region_code == actor.region_code)
    return db.session.scalars(query.order_by(Liaison.department, Liaison.from_on, Liaison.id)).all()


def campaigns_with_liaisons(actor: Actor, besides: str) -> dict[str, int]:
    """Other campaigns that have entries of the own office: how many each."""
    query = select(Liaison.campaign).where(
        Liaison.region_code == actor.region_code, Liaison.sector == actor.sector, Liaison.campaign != besides
    )
    found: dict[str, int] = {}
    for campaign in db.session.scalars(query):
        found[campaign] = found.get(campaign, 0) + 1
    return found


def serving_in(campaign_id: str, region_code: str, today: date) -> int:
    """How many liaison persons serve in a region and below it on a day."""
    query = select(func.count(Liaison.id)).where(
        Liaison.campaign == campaign_id,
        in_region(Liaison.region_code, region_code),
        Liaison.from_on <= today,
        or_(Liaison.to_on.is_(None), Liaison.to_on >= today),
    )
    return db.session.scalar(query) or 0
