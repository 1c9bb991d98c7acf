"""What of the returns waits for a person: own tables due soon, late or returned, those to accept and those to sign."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from ..accounts.actor import Actor
from ..accounts.regions import covers, region_name
from ..accounts.scope import in_region
from ..campaigns import queries as campaigns
from ..campaigns.catalogue import CampaignFacts
from ..campaigns.engine.definition import FormDefinition
from ..extensions import db
from . import chain, desks
from .deadlines import SOON, due_on
from .models import Return
from .periods import Period, period_of, periods_of
from .rules import SIGNATURE, State
from .tables import DEPARTMENT, LEVEL

AFTERWARDS = 31
"""Calendar days after its due day for which a table that has not come stays on the list."""


class Waiting(NamedTuple):
    """One thing that waits: what, about what, where, by when; ``returned``: why it was sent back."""

    what: object
    about: str
    endpoint: str
    arguments: dict[str, object]
    due_on: date | None = None
    returned: str | None = None


def to_report(actor: Actor, today: date) -> Iterator[Waiting]:
    """Own tables that are due within three days, late, sent back, or for which the office above has asked."""
    begun = {(row.campaign, row.form, row.period): row for row in _own_rows(actor)}
    seen = set()
    for campaign, form, period in _asked(actor, today):
        key = (campaign.id, form.id, period.key)
        row = begun.get(key)
        due = row.due_on if row else due_on(form, campaign, period, actor.region_code)
        urgent = due is not None and due - timedelta(SOON) <= today <= due + timedelta(AFTERWARDS)
        if row is not None or urgent:
            seen.add(key)
            yield from _report(campaign, form, period, row, due, urgent)
    for key, row in begun.items():
        if key not in seen and (found := campaigns.campaign(row.campaign)) is not None:
            form_of = campaigns.form(row.form)
            if form_of is not None:
                period = period_of(row.period_from, row.period_to, found)
                yield from _report(found, form_of, period, row, row.due_on, False)


def _own_rows(actor: Actor) -> Sequence[Return]:
    """Own returns that lie with the own office."""
    own = Return.agency_id == actor.authority_id
    if desks.leads(actor):
        own = or_(own, Return.kind == LEVEL)
    query = select(Return).where(Return.region_code == actor.region_code, own)
    return [row for row in db.session.scalars(query) if row.kind == LEVEL or row.agency_id == actor.authority_id]


def _asked(actor: Actor, today: date) -> Iterator[tuple[CampaignFacts, FormDefinition, Period]]:
    """The newest periods of each form of the campaigns that run here, or ended not long ago."""
    for campaign in campaigns.all_campaigns():
        if not covers(campaign.region_code, actor.region_code) or campaign.implied:
            continue
        if campaign.date_from > today or campaign.date_to < today - timedelta(4 * AFTERWARDS):
            continue
        if not _takes_part(actor, campaign):
            continue
        for form in filter(None, map(campaigns.form, campaign.forms)):
            for period in periods_of(form, campaign, today)[:3]:
                yield campaign, form, period


def _takes_part(actor: Actor, campaign: CampaignFacts) -> bool:
    if desks.leads(actor):
        return chain.level_of(actor.region_code) in chain.steps_of(campaign.chain)
    return any(one.sector == actor.sector and one.via == "return" for one in campaign.departments)


def _report(
    campaign: CampaignFacts, form: FormDefinition, period: Period, row: Return | None, due: date | None, urgent: bool
) -> Iterator[Waiting]:
    about = f"{campaign.title} · {form.title} · {period.label}"
    if row is None:
        where: dict[str, object] = {"campaign_id": campaign.id, "form": form.id, "period": period.key}
        yield Waiting(_l("Check the table and submit it"), about, "returns.board", where, due)
        return
    here: dict[str, object] = {"return_id": row.id}
    if row.state == State.RETURNED:
        reason = "；".join(one["reason"] for one in row.objections)
        yield Waiting(_l("Mend the table and submit it again"), about, "returns.edit", here, due, reason)
    elif row.state == State.OPEN and row.reminded_at is not None:
        asked = _l("Asked for by %(who)s: submit the table", who=row.reminded_by)
        yield Waiting(asked, about, "returns.edit", here, due)
    elif row.state == State.OPEN and urgent:
        yield Waiting(_l("Check the table and submit it"), about, "returns.edit", here, due)


def to_accept(actor: Actor, today: date) -> Iterator[Waiting]:
    """Tables from below that have been submitted, one line for each form and period."""
    if not desks.leads(actor):
        return
    query = select(Return.campaign, Return.form, Return.period, Return.kind, Return.region_code).where(
        Return.state == State.SUBMITTED, in_region(Return.region_code, actor.region_code)
    )
    found: Counter[tuple[str, str, str]] = Counter()
    facts: dict[str, CampaignFacts | None] = {}
    for row in db.session.execute(query):
        if row.campaign not in facts:
            facts[row.campaign] = campaigns.campaign(row.campaign or row.form)
        campaign = facts[row.campaign]
        if campaign is not None and _answered_by(row.kind, row.region_code, campaign) == actor.region_code:
            found[row.campaign, row.form, row.period] += 1
    titles = campaigns.form_titles() if found else {}
    for (campaign_id, form_id, period), number in sorted(found.items()):
        about = f"{facts[campaign_id].title} · {titles.get(form_id, form_id)} · {_label(period)}"  # type: ignore[union-attr]
        where: dict[str, object] = {"campaign_id": campaign_id, "form": form_id, "period": period, "show": "submitted"}
        what = _l("Accept %(number)s submitted tables, or send them back", number=number)
        yield Waiting(what, about, "returns.board", where)


def _answered_by(kind: str, region: str, campaign: CampaignFacts) -> str | None:
    return region if kind == DEPARTMENT else chain.above(region, campaign.chain, campaign.region_code)


def _label(period: str) -> str:
    from .periods import days_of

    return period_of(*days_of(period)).label


def to_sign(actor: Actor, today: date) -> Iterator[Waiting]:
    """Tables of the own region that need the head's name before they go up."""
    if not desks.leads(actor):
        return
    query = select(Return).where(
        Return.region_code == actor.region_code,
        Return.kind == LEVEL,
        Return.state.in_([State.OPEN, State.RETURNED]),
        Return.signed_hash.is_(None),
    )
    for row in db.session.scalars(query.order_by(Return.due_on, Return.id)):
        form = campaigns.form(row.form)
        if form is not None and any(SIGNATURE in one for one in form.report.signers):
            about = f"{form.title} · {_label(row.period)} · {region_name(row.region_code)}"
            yield Waiting(_l("Sign the table"), about, "returns.sign", {"return_id": row.id}, row.due_on)
