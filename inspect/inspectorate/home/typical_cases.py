"""Typical cases that wait for a campaign office: its own that came back, and those that offices below have sent up."""

from datetime import date

from flask_babel import lazy_gettext as _l

from ..accounts.actor import Actor
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.queries import all_campaigns
from ..typical.models import TypicalCase
from ..typical.queries import office_above, waiting
from .rules import Todo


def typical_cases(actor: Actor, _today: date) -> list[Todo]:
    """Each own nomination that was returned, and a line for each campaign with nominations from below."""
    rows = waiting(actor)
    known = {campaign.id: campaign for campaign in all_campaigns()} if rows else {}
    found, below = [], {}
    for row in rows:
        campaign = known.get(row.campaign)
        if campaign is not None and row.state == "returned":
            found.append(_returned(campaign, row))
        elif campaign is not None and office_above(campaign, row.region_code) == actor.region_code:
            below[campaign.id] = campaign
    return [*found, *map(_nominated, below.values())]


def _returned(campaign: CampaignFacts, row: TypicalCase) -> Todo:
    return Todo(
        what=_l("Returned as a typical case: mend it and send it up again"),
        about=campaign.title,
        endpoint="typical.account",
        arguments={"campaign_id": campaign.id, "case_id": row.case_id},
        basis=campaign.notice,
        returned=row.returned_reason,
    )


def _nominated(campaign: CampaignFacts) -> Todo:
    return Todo(
        what=_l("Typical cases nominated from below: choose or return them"),
        about=campaign.title,
        endpoint="typical.index",
        arguments={"campaign_id": campaign.id},
        basis=campaign.notice,
    )
