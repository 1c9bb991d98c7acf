"""Complaints and approvals of entry of the whole country."""

from datetime import date, datetime, time, timedelta

from ...clock import UTC
from ..chance import Chance
from ..complaints import complaint
from ..history import FIRST_DAY, SECTORS, CampaignDays
from .bulk import Bulk
from .people import LOADED, People

ITEMS = "依法执业、许可与人员资质、制度落实情况"


def complaints(
    chance: Chance, bulk: Bulk, people: People, campaigns: list[CampaignDays], number: int, last_day: date
) -> None:
    """So many complaints."""
    for serial in range(1, number + 1):
        subject_id, site = chance.pick(people.sites)
        _, told = complaint(chance, people.offices, site, campaigns, last_day)
        office = people.offices.of(SECTORS.get(site.variant.kind, (("market", 1),))[0][0], site.place)
        plain = ("campaign", "category", "received_on", "closed_on", "penalised", "replied_on", "satisfied", "text")
        row = bulk.row(
            "complaint",
            key=f"scale-K{serial:06d}",
            region_code=told["region"],
            sector=office.kind.sector if office else "health",
            agency_id=people.agencies[told["agency"]] if told["agency"] else None,
            subject_id=subject_id,
            imported=True,
            **{name: told[name] for name in plain},
        )
        bulk.chain("complaint", LOADED, [row])


def approvals(chance: Chance, bulk: Bulk, people: People, number: int, last_day: date) -> None:
    """So many approvals of entry, nearly all granted."""
    for serial in range(1, number + 1):
        subject_id, site = chance.pick(people.sites)
        sector = SECTORS.get(site.variant.kind, (("market", 1),))[0][0]
        office = people.offices.of(sector, site.place)
        if office is None:
            continue
        on = chance.day(FIRST_DAY, last_day)
        asked = datetime.combine(on, time(1, chance.count(0, 59)), UTC)
        row = bulk.row(
            "entry_approval",
            key=f"scale-A{serial:06d}",
            subject_id=subject_id,
            agency_id=people.agencies[office.team_key],
            region_code=site.place.code,
            sector=sector,
            reason=chance.pick(("routine", "random", "complaint")),
            items=ITEMS,
            planned_from=on.isoformat(),
            planned_to=(on + timedelta(7)).isoformat(),
            state="approved" if chance.share(0.97) else "refused",
            requested_at=asked,
            decided_at=asked + timedelta(minutes=chance.count(10, 400)),
        )
        bulk.chain("entry_approval", LOADED, [row])
