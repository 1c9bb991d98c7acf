"""Use cases of campaigns: making one, loading a form."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock
from ..accounts.actor import Actor
from ..accounts.permissions import Permission
from ..accounts.regions import region, region_name
from ..accounts.scope import check_version
from ..audit.actions import record
from ..errors import Forbidden, NotFound, Refusal, refuse
from ..extensions import db
from ..objections import N_
from ..turns import take_turn
from . import plan_rules, queries, rules
from .catalogue import categories_of
from .choices import chooser_of, chosen_row
from .engine.definition import FormDefinition
from .engine.parsing import parse
from .engine.problems import DefinitionError, Problem
from .facts import NOTHING_FURTHER, Further
from .forms_known import shipped_ids
from .models import Campaign, CampaignChoice, FormEdition, LoadedForm

CODE_LENGTH = 60
"""Characters of a form's id."""


def create_campaign(
    actor: Actor,
    *,
    code: str,
    title: str,
    region_code: str,
    date_from: date,
    date_to: date,
    forms: Sequence[str],
    categories: Sequence[Mapping[str, Any]],
    chain: Sequence[str] = ("county", "city", "province"),
    due: Mapping[str, str] | None = None,
    notice: str | None = None,
    further: Further = NOTHING_FURTHER,
) -> Campaign:
    """Make a campaign with own dates, categories and chain. Raises Refusals for what is missing or contradictory."""
    take_turn("campaign", code)
    _check(code, title, region_code, date_from, date_to, forms, categories, further)
    known = queries.campaign(code)
    if known is not None and not known.implied:
        raise Refusal(_("There is already a campaign with this id. Choose another."), field="code")
    row = Campaign(
        code=code,
        title=title.strip(),
        notice=notice,
        region_code=region_code,
        date_from=date_from,
        date_to=date_to,
        forms=list(forms),
        categories=[dict(entry) for entry in categories],
        chain=list(chain),
        due=dict(due or {}),
        **further.columns(),
    )
    db.session.add(row)
    db.session.flush()
    record(row, "campaigns:campaign:create", actor)
    return row


def change_campaign(
    actor: Actor,
    campaign_id: str,
    *,
    version: int | None,
    title: str,
    date_from: date,
    date_to: date,
    forms: Sequence[str],
    categories: Sequence[Mapping[str, Any]],
    due: Mapping[str, str],
    notice: str | None,
    further: Further,
) -> Campaign:
    """Change a campaign that was made here, in the own region. Records bear its id, which stays.

    Raises NotFound for one that ships with the code or is another region's, Refusals, Stale.
    """
    row = own_campaign(actor, campaign_id)
    check_version(row, version)
    _check(row.code, title, row.region_code, date_from, date_to, forms, categories, further)
    row.title, row.notice, row.date_from, row.date_to = title.strip(), notice or None, date_from, date_to
    row.forms, row.categories, row.due = list(forms), [dict(entry) for entry in categories], dict(due)
    for column, value in further.columns().items():
        setattr(row, column, value)
    db.session.flush()
    record(row, "campaigns:campaign:change", actor)
    return row


def own_campaign(actor: Actor, campaign_id: str) -> Campaign:
    """A campaign of the actor's own region that was made here. Raises NotFound."""
    row = db.session.scalar(select(Campaign).where(Campaign.code == campaign_id))
    if row is None or row.region_code != actor.region_code:
        raise NotFound
    return row


def _check(
    code: str,
    title: str,
    region_code: str,
    date_from: date,
    date_to: date,
    forms: Sequence[str],
    categories: Sequence[Mapping[str, Any]],
    further: Further,
) -> None:
    found = [form for form in map(queries.form, forms) if form]
    refuse(
        [
            *rules.check_campaign(
                code=code,
                title=title,
                region_code=region_code,
                date_from=date_from,
                date_to=date_to,
                forms=forms,
                categories=categories,
                known_forms=[form.id for form in found],
                demanded_categories=sorted({c for form in found for c in categories_of(form)}),
            ),
            *plan_rules.check_further(further, {form.id: form for form in found}),
        ]
    )


def choose_for_region(
    actor: Actor, campaign_id: str, choice_id: str, values: Sequence[str], *, version: int | None = None
) -> CampaignChoice:
    """What a region chooses for itself in a campaign, such as its industries; choosing again replaces it.

    Raises NotFound where there is nothing to choose, Refusal for too few, too many or unknown values, Stale.
    """
    campaign = queries.campaign_for(actor, campaign_id)
    choice = next((one for one in campaign.choices if one.id == choice_id), None)
    if choice is None or chooser_of(campaign, actor.region_code) != actor.region_code:
        raise NotFound
    take_turn("choice", campaign_id, choice_id, actor.region_code)
    refuse(plan_rules.check_choice(choice, values))
    row = chosen_row(campaign_id, choice_id, actor.region_code)
    ordered = [value for value, _label in choice.among if value in values]
    if row is None:
        row = CampaignChoice(campaign=campaign_id, choice=choice_id, region_code=actor.region_code, values=ordered)
        db.session.add(row)
    else:
        check_version(row, version)
        row.values = ordered
    db.session.flush()
    words = "、".join(choice.label_of(value) for value in ordered)
    record(row, "campaigns:choice:make", actor, reason=f"{campaign.title}：{words}")
    return row


def load_form(actor: Actor, text: str, file: str, *, region_code: str | None = None) -> FormDefinition:
    """Accept a form definition; loading the same id again replaces it, and the earlier one stays readable.

    An office loads for its own region, a province or the nation; the operator of the machine for everybody, or for the
    region that is named. Raises DefinitionError with line and reason, Refusal, Forbidden.
    """
    form = parse(text, file)
    if len(form.id) > CODE_LENGTH:
        message = N_("the id is longer than %(most)s characters")
        raise DefinitionError(file, [Problem(None, "[form]", message, {"most": str(CODE_LENGTH)})])
    take_turn("form", form.id)
    row = db.session.scalar(select(LoadedForm).where(LoadedForm.code == form.id))
    _refuse_others_form(actor, form.id, row)
    if row is not None and row.definition == text:
        return form
    if row is None:
        row = LoadedForm(code=form.id)
        db.session.add(row)
    else:
        row.editions.append(
            FormEdition(
                number=len(row.editions) + 1,
                definition=row.definition,
                loaded_by=row.loaded_by,
                loaded_at=row.loaded_at,
            )
        )
    row.definition, row.loaded_at = text, clock.now()
    row.region_code = region_code if region_code and actor.user_id is None else actor.region_code
    row.loaded_by = actor.name if actor.user_id else ""
    db.session.flush()
    record(row, "campaigns:form:load", actor)
    return form


def _refuse_others_form(actor: Actor, form_id: str, known: LoadedForm | None) -> None:
    if actor.user_id is None:
        return
    if not actor.may(Permission.CAMPAIGN_WRITE):
        raise Forbidden
    own = region(actor.region_code)
    if own is None or own.level not in ("nation", "province"):
        message = _("Forms are published by provinces and the nation. Download this one and send it to your province.")
        raise Refusal(message)
    if form_id in shipped_ids():
        message = _("The form %(form)s comes with the system and stays as it was issued. Give yours another id.")
        raise Refusal(message % {"form": form_id}, field="id")
    if known is not None and known.region_code != actor.region_code:
        message = _("The form %(form)s belongs to %(region)s. Give yours another id.")
        raise Refusal(message % {"form": form_id, "region": region_name(known.region_code, full=True)}, field="id")
