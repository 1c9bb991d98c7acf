"""Reading campaigns, forms, and the tables they fill."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from ..accounts.actor import Actor
from ..accounts.regions import covers
from ..audit.models import RecordEntry
from ..audit.queries import history
from ..errors import NotFound
from ..extensions import db
from .catalogue import CampaignFacts, categories_of, from_row, implied_by, shipped_campaigns
from .engine.definition import FormDefinition
from .forms_known import definition_text, form, form_titles, loaded_forms, loaded_texts
from .models import Campaign

__all__ = [
    "CampaignFacts",
    "all_campaigns",
    "campaign",
    "campaign_for",
    "campaigns",
    "categories_for",
    "categories_like",
    "category_choices",
    "definition_text",
    "form",
    "form_of",
    "form_titles",
    "history_of",
    "loaded_texts",
    "open_campaigns",
]


def all_campaigns() -> list[CampaignFacts]:
    """Every campaign, the latest first."""
    rows = db.session.scalars(select(Campaign))
    found = [*shipped_campaigns(), *(from_row(row) for row in rows)]
    known = {one.id for one in found}
    found += [implied_by(form) for form in loaded_forms() if form.period.kind == "campaign" and form.id not in known]
    return sorted(found, key=lambda c: (c.date_from, c.id), reverse=True)


def campaign(campaign_id: str) -> CampaignFacts | None:
    """The campaign of an id, or None."""
    row = db.session.scalar(select(Campaign).where(Campaign.code == campaign_id))
    if row is not None:
        return from_row(row)
    shipped = next((known for known in shipped_campaigns() if known.id == campaign_id), None)
    if shipped is not None:
        return shipped
    own_form = form(campaign_id)
    return implied_by(own_form) if own_form is not None and own_form.period.kind == "campaign" else None


def campaigns(actor: Actor) -> Sequence[CampaignFacts]:
    """The campaigns that concern the actor's region: ordered from above, or run below."""
    return [known for known in all_campaigns() if _concerns(known, actor)]


def campaign_for(actor: Actor, campaign_id: str) -> CampaignFacts:
    """A campaign that concerns the actor. Raises NotFound."""
    found = campaign(campaign_id)
    if found is None or not _concerns(found, actor):
        raise NotFound
    return found


def form_of(actor: Actor, campaign_id: str, form_id: str | None = None) -> tuple[CampaignFacts, FormDefinition]:
    """A campaign that concerns the actor and one of its forms, the first by default. Raises NotFound."""
    found = campaign_for(actor, campaign_id)
    wanted = form_id or (found.forms[0] if found.forms else "")
    known = form(wanted) if wanted in found.forms else None
    if known is None:
        raise NotFound
    return found, known


def history_of(found: CampaignFacts) -> Sequence[RecordEntry]:
    """What was done with a campaign made here, oldest first; nothing for one that ships with the code."""
    return history(db.session.get_one(Campaign, found.row_id)) if found.row_id is not None else []


def open_campaigns(on: date, region_code: str | None = None) -> list[CampaignFacts]:
    """The campaigns running on a day, in a region where one is given: what an inspection may be made for. Standing
    statistics are none.
    """
    return [
        known
        for known in all_campaigns()
        if known.runs_on(on) and not known.standing and (region_code is None or covers(known.region_code, region_code))
    ]


def category_choices(campaign_id: str) -> list[tuple[str, str]]:
    """The categories of a campaign as (code, Chinese label), in the order of the notice; none for an unknown one."""
    found = campaign(campaign_id)
    return [(category.code, category.label) for category in found.categories] if found else []


def categories_for(form_ids: Sequence[str]) -> list[dict[str, str]]:
    """The categories that some forms count, as a new campaign keeps them."""
    found: dict[str, str] = {}
    for known in map(form, form_ids):
        for code, label in categories_of(known).items() if known else ():
            found.setdefault(code, label)
    return [{"code": code, "label": label} for code, label in found.items()]


def categories_like(form_ids: Sequence[str], pattern: CampaignFacts | None) -> list[dict[str, Any]]:
    """The categories that some forms count, and those of a like campaign: who inspects them stays as it is there."""
    found: dict[str, dict[str, Any]] = {}
    if pattern is not None and set(pattern.forms) & set(form_ids):
        for one in pattern.categories:
            found[one.code] = {"code": one.code, "label": one.label, "sectors": list(one.sectors)}
    for entry in categories_for(form_ids):
        found.setdefault(entry["code"], dict(entry))
    return list(found.values())


def _concerns(known: CampaignFacts, actor: Actor) -> bool:
    return covers(known.region_code, actor.region_code) or covers(actor.region_code, known.region_code)
