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
from ..audit.actions import record
from ..errors import Forbidden, Refusal, refuse
from ..extensions import db
from ..objections import N_
from ..turns import take_turn
from . import queries, rules
from .catalogue import categories_of
from .engine.definition import FormDefinition
from .engine.parsing import parse
from .engine.problems import DefinitionError, Problem
from .forms_known import shipped_ids
from .models import Campaign, FormEdition, LoadedForm

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
) -> Campaign:
    """Make a campaign with own dates, categories and chain. Raises Refusals for what is missing or contradictory."""
    take_turn("campaign", code)
    found = [queries.form(form_id) for form_id in forms]
    refuse(
        rules.check_campaign(
            code=code,
            title=title,
            region_code=region_code,
            date_from=date_from,
            date_to=date_to,
            forms=forms,
            categories=categories,
            known_forms=[form.id for form in found if form],
            demanded_categories=sorted({c for form in found if form for c in categories_of(form)}),
        )
    )
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
    )
    db.session.add(row)
    db.session.flush()
    record(row, "campaigns:campaign:create", actor)
    return row


def load_form(actor: Actor, text: str, file: str) -> FormDefinition:
    """Accept a form definition; loading the same id again replaces it, and the earlier one stays readable.

    An office loads for its own region, a province or the nation; the operator of the machine for everybody. Raises
    DefinitionError with line and reason, Refusal, Forbidden.
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
    row.region_code, row.loaded_by = actor.region_code, actor.name if actor.user_id else ""
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
