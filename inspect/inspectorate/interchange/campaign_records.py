"""Campaigns made here as interchange records: what bears their id would be refused elsewhere without them.

Those that ship with the code are everywhere and are not written. A campaign's key is its id, the same for every source.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ..accounts.actor import Actor
from ..accounts.regions import covers
from ..campaigns import actions, queries
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.models import Campaign
from .values import ordered


def exported_campaigns(region: str | None) -> Iterator[dict[str, Any]]:
    """The campaigns made here that concern a region, by their id."""
    for known in sorted(queries.all_campaigns(), key=lambda one: one.id):
        near = region is None or covers(known.region_code, region) or covers(region, known.region_code)
        if not known.ships and near:
            yield campaign_record(known)


def campaign_record(known: CampaignFacts) -> dict[str, Any]:
    """A campaign in canonical form."""
    return {
        "type": "campaign",
        "source": "local",
        "key": known.id,
        "title": known.title,
        "notice": known.notice,
        "region": known.region_code,
        "from": known.date_from.isoformat(),
        "to": known.date_to.isoformat(),
        "forms": list(known.forms),
        "categories": [
            {"code": one.code, "label": one.label, "sectors": list(one.sectors)} for one in known.categories
        ],
        "chain": list(known.chain),
        "due": ordered(dict(known.due)),
    }


def is_equal(known: CampaignFacts, record: Mapping[str, Any]) -> bool:
    """Whether a record says what is known already, whoever sends it."""
    return campaign_record(known) == {**record, "source": "local"}


def create(actor: Actor, record: Mapping[str, Any]) -> Campaign:
    """Make the campaign of a record. Raises Refused with what the rules of campaigns object to."""
    return actions.create_campaign(
        actor,
        code=record["key"],
        title=record["title"],
        notice=record["notice"],
        region_code=record["region"],
        date_from=date.fromisoformat(record["from"]),
        date_to=date.fromisoformat(record["to"]),
        forms=record["forms"],
        categories=record["categories"],
        chain=record["chain"],
        due=record["due"],
    )
