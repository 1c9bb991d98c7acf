"""Use cases of campaigns: making one, loading a form, choosing typical cases."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from .. import clock
from ..accounts.actor import Actor
from ..accounts.scope import check_version
from ..audit.actions import record
from ..cases.models import Case
from ..errors import Refusal, refuse
from ..extensions import db
from ..turns import take_turn
from . import queries, rules, typical_queries
from .catalogue import categories_of
from .engine.definition import FormDefinition
from .engine.parsing import parse
from .models import Campaign, LoadedForm, TypicalCase


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


def choose_typical(actor: Actor, campaign_id: str, case_id: int) -> TypicalCase:
    """Take a decided case of the own scope into the region's typical cases. Raises NotFound, Refusal."""
    case = typical_queries.decided_case(actor, campaign_id, case_id)
    take_turn("typical", campaign_id, actor.region_code)
    rows = typical_queries.positions(campaign_id, actor.region_code)
    if case_id in rows:
        raise Refusal(_("This case has been chosen already."))
    last = max((row.position for row in rows.values()), default=0)
    row = TypicalCase(campaign=campaign_id, region_code=actor.region_code, case_id=case.id, position=last + 1)
    db.session.add(row)
    db.session.flush()
    record(case, "campaigns:typical:choose", actor, reason=_title(actor, campaign_id))
    return row


def drop_typical(actor: Actor, campaign_id: str, case_id: int) -> None:
    """Take a case out of the region's typical cases. Raises NotFound."""
    row = typical_queries.choice(actor, campaign_id, case_id)
    case = db.session.get_one(Case, row.case_id)
    db.session.delete(row)
    db.session.flush()
    record(case, "campaigns:typical:drop", actor, reason=_title(actor, campaign_id))


def raise_typical(actor: Actor, campaign_id: str, case_id: int) -> None:
    """Let a case change places with the one that the actor sees above it; others keep theirs. Raises NotFound."""
    take_turn("typical", campaign_id, actor.region_code)
    row = typical_queries.choice(actor, campaign_id, case_id)
    above = typical_queries.above(actor, row)
    if above is not None:
        row.position, above.position = above.position, row.position
    db.session.flush()
    record(
        db.session.get_one(Case, row.case_id),
        "campaigns:typical:order",
        actor,
        reason=queries.campaign_for(actor, campaign_id).title,
    )


def write_account(
    actor: Actor, campaign_id: str, case_id: int, text: str, names: Sequence[str] = (), *, version: int | None = None
) -> None:
    """The account of a chosen case as the office wants it, empty for the proposed text, and further names to mask.

    Raises NotFound, Stale.
    """
    row = typical_queries.choice(actor, campaign_id, case_id)
    check_version(row, version)
    row.account, row.names = text.strip() or None, list(names)
    db.session.flush()
    record(
        db.session.get_one(Case, row.case_id),
        "campaigns:typical:account",
        actor,
        reason=queries.campaign_for(actor, campaign_id).title,
    )


def _title(actor: Actor, campaign_id: str) -> str:
    return queries.campaign_for(actor, campaign_id).title
