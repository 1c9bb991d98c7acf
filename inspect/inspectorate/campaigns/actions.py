"""Use cases of campaigns: making one, loading a form."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock
from ..accounts.actor import Actor
from ..audit.actions import record
from ..errors import Refusal, refuse
from ..extensions import db
from ..turns import take_turn
from . import queries, rules
from .catalogue import categories_of
from .engine.definition import FormDefinition
from .engine.parsing import parse
from .models import Campaign, LoadedForm


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
    """Accept a form definition; loading the same id again replaces it. Raises DefinitionError with line and reason."""
    form = parse(text, file)
    take_turn("form", form.id)
    row = db.session.scalar(select(LoadedForm).where(LoadedForm.code == form.id))
    if row is not None and row.definition == text:
        return form
    if row is None:
        row = LoadedForm(code=form.id, definition=text, loaded_at=clock.now())
        db.session.add(row)
    else:
        row.definition, row.loaded_at = text, clock.now()
    db.session.flush()
    record(row, "campaigns:form:load", actor)
    return form
