"""Reading forms: those that concern an office, their earlier editions, what uses them; and the office's drafts."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import func, select

from ..accounts.actor import NATION, Actor
from ..accounts.regions import covers
from ..accounts.scope import LARGEST_ID
from ..campaigns import queries as campaigns
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.definition import FormDefinition
from ..campaigns.engine.parsing import parse
from ..campaigns.forms_known import FORMS, shipped_form, shipped_ids
from ..campaigns.models import FormEdition, LoadedForm
from ..errors import NotFound
from ..extensions import db
from ..returns.models import Return
from .models import FormDraft


class Known(NamedTuple):
    """A form with where it comes from: ``row`` is None for one that ships with the code."""

    form: FormDefinition
    text: str
    row: LoadedForm | None = None

    @property
    def region_code(self) -> str:
        return self.row.region_code if self.row else NATION


def forms(actor: Actor) -> list[Known]:
    """The forms that concern the actor's region, by title: shipped ones, and those loaded above, here or below."""
    rows = {row.code: row for row in db.session.scalars(select(LoadedForm)) if _concerns(row, actor)}
    shipped = [_shipped(form_id) for form_id in shipped_ids() if form_id not in rows]
    loaded = [Known(parse(row.definition), row.definition, row) for row in rows.values()]
    return sorted([*shipped, *loaded], key=lambda known: known.form.title)


def form(actor: Actor, form_id: str) -> Known:
    """One form. Raises NotFound."""
    row = db.session.scalar(select(LoadedForm).where(LoadedForm.code == form_id))
    if row is not None and _concerns(row, actor):
        return Known(parse(row.definition), row.definition, row)
    if row is None and form_id in shipped_ids():
        return _shipped(form_id)
    raise NotFound


def _shipped(form_id: str) -> Known:
    return Known(shipped_form(form_id), (FORMS / f"{form_id}.toml").read_text(encoding="utf-8"))


def _concerns(row: LoadedForm, actor: Actor) -> bool:
    return covers(row.region_code, actor.region_code) or covers(actor.region_code, row.region_code)


def edition(known: Known, number: int) -> FormEdition:
    """An earlier definition of a form. Raises NotFound."""
    found = next((one for one in known.row.editions if one.number == number), None) if known.row else None
    if found is None:
        raise NotFound
    return found


def campaigns_by_form(actor: Actor) -> dict[str, list[CampaignFacts]]:
    """Which campaigns use which form, as far as they concern the actor."""
    found: dict[str, list[CampaignFacts]] = {}
    for campaign in campaigns.campaigns(actor):
        for form_id in campaign.forms:
            found.setdefault(form_id, []).append(campaign)
    return found


def categories() -> dict[str, str]:
    """The categories of all campaigns by code, in their own words."""
    found: dict[str, str] = {}
    for campaign in campaigns.all_campaigns():
        for category in campaign.categories:
            found.setdefault(category.code, category.label)
    return found


def returns_of(form_id: str) -> dict[str, int]:
    """How many returns of a form there are, by state."""
    query = select(Return.state, func.count()).where(Return.form == form_id).group_by(Return.state)
    return {row.state: row[1] for row in db.session.execute(query)}


def drafts(actor: Actor) -> Sequence[FormDraft]:
    """The drafts of the actor's office, the one changed last first."""
    query = select(FormDraft).where(FormDraft.agency_id == actor.authority_id)
    return db.session.scalars(query.order_by(FormDraft.changed_at.desc(), FormDraft.id.desc())).all()


def same_draft(actor: Actor, text: str) -> FormDraft | None:
    """The draft of the actor's office that holds just this text."""
    query = select(FormDraft).where(FormDraft.agency_id == actor.authority_id, FormDraft.definition == text)
    return db.session.scalars(query.order_by(FormDraft.id)).first()


def draft(actor: Actor, draft_id: int) -> FormDraft:
    """A draft of the actor's office. Raises NotFound."""
    query = select(FormDraft).where(FormDraft.id == draft_id, FormDraft.agency_id == actor.authority_id)
    found = db.session.scalar(query) if 0 < draft_id <= LARGEST_ID else None
    if found is None:
        raise NotFound
    return found
