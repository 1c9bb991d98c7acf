"""Complaints of the past: received, closed, replied to, and what came of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from .chance import Chance
from .findings import masked, words
from .history import CAMPAIGN_KINDS, FIRST_DAY, SECTORS, CampaignDays
from .material import complaint_texts
from .offices import Offices, Record, person_name
from .subjects import Site

A_SITE = 0.34
"""Complaints for every establishment, in all the years."""
UNLICENSED = 1.6

CATEGORIES = {
    "medical_institution": "licensed_institution",
    "beauty_salon": "unlicensed_practice",
    "other": "unlicensed_practice",
    "website": "internet_info",
    "courier": "mail_delivery",
}


def complaints(
    chance: Chance, offices: Offices, sites: Sequence[Site], campaigns: Sequence[CampaignDays], last_day: date
) -> list[Record]:
    """The complaints, in the order of their days."""
    made: list[tuple[date, Record]] = []
    for site in sites:
        wanted = UNLICENSED if site.variant.unlicensed else A_SITE
        for _ in range(int(wanted) + chance.share(wanted % 1)):
            made.append(complaint(chance, offices, site, campaigns, last_day))
    made.sort(key=lambda pair: (pair[0], pair[1]["subject"]))
    return [{**record, "key": f"demo-K{number:05d}"} for number, (_, record) in enumerate(made, 1)]


def complaint(
    chance: Chance, offices: Offices, site: Site, campaigns: Sequence[CampaignDays], last_day: date
) -> tuple[date, Record]:
    """A complaint about an establishment, without a key, and its day."""
    campaign = chance.pick(campaigns) if site.variant.kind in CAMPAIGN_KINDS and chance.share(0.6) else None
    first, last = (campaign.first, min(campaign.last, last_day)) if campaign else (FIRST_DAY, last_day)
    received = chance.day(first, last)
    sectors = SECTORS.get(site.variant.kind, (("market", 1),))
    office = offices.of(chance.weighted([name for name, _ in sectors], [w for _, w in sectors]), site.place)
    texts = complaint_texts().get(site.variant.kind) or complaint_texts()["*"]
    closed = _by(chance, received, 5, 55, last_day) if chance.share(0.9) else None
    replied = _by(chance, closed, 0, 6, last_day) if closed and chance.share(0.92) else None
    known = words(chance, site, received, person=masked(person_name(chance)))
    return received, {
        "type": "complaint",
        "key": "",
        "campaign": campaign.id if campaign else None,
        "category": CATEGORIES[site.variant.kind] if campaign else None,
        "region": site.place.code,
        "received_on": received.isoformat(),
        "closed_on": closed.isoformat() if closed else None,
        "penalised": closed is not None and chance.share(0.38),
        "replied_on": replied.isoformat() if replied else None,
        "satisfied": chance.share(0.78) if replied else None,
        "agency": office.key if office else None,
        "subject": site.key,
        "text": chance.fill(chance.pick(texts), known),
    }


def _by(chance: Chance, day: date, least: int, most: int, last_day: date) -> date | None:
    found = chance.day(day + timedelta(least), day + timedelta(most))
    return found if found <= last_day else None
