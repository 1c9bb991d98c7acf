"""What the office above does: accepting, sending back with reasons at the cells, reminding."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import clock
from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.regions import covers, region_name
from ...audit.actions import record
from ...campaigns import queries as campaigns
from ...errors import Forbidden, NotFound, Refusal, Refused, Stale
from ...extensions import db
from .. import chain, desks
from ..models import Return
from ..periods import Period
from ..rules import Act, State, check_reason
from ..tables import DEPARTMENT
from .opening import level_return
from .steps import demand_all, loaded, step


def accept(actor: Actor, return_id: int, *, version: int | None = None) -> Return:
    """Take a submitted table. One that was corrected after a freeze is frozen again by it.

    Raises NotFound, Forbidden, Stale, Refusal.
    """
    row, standing = loaded(actor, return_id, Act.ACCEPT, version)
    row.objections = []
    step(actor, row, Act.ACCEPT, standing)
    return row


class Answered(NamedTuple):
    """What became of several at once: the regions accepted, and why others were not."""

    accepted: Sequence[str]
    refused: Sequence[tuple[str, str]]


def accept_many(actor: Actor, chosen: Iterable[tuple[int, int]]) -> Answered:
    """Accept those of the chosen (id, version) that can be; whatever has changed meanwhile stays and is told."""
    accepted: list[str] = []
    refused: list[tuple[str, str]] = []
    for return_id, version in sorted(chosen):
        name = _name(actor, return_id)
        try:
            accept(actor, return_id, version=version)
        except Stale:
            refused.append((name, str(_l("It has changed since the list was opened. Look at it again."))))
        except (Forbidden, NotFound):
            raise
        except Refused as error:
            refused.append((name, str(error)))
        else:
            accepted.append(name)
    return Answered(accepted, refused)


def _name(actor: Actor, return_id: int) -> str:
    row = desks.visible(actor, return_id)
    return row.agency.name if row.kind == DEPARTMENT else region_name(row.region_code)


def send_back(
    actor: Actor, return_id: int, objections: Sequence[Mapping[str, str]], *, version: int | None = None
) -> Return:
    """Return it to its office: [{"row", "col", "reason"}], row and column empty for the whole. What it filed stays in
    its fields and counts no longer. Raises NotFound, Forbidden, Stale, Refusals.
    """
    row, standing = loaded(actor, return_id, Act.SEND_BACK, version)
    if not objections:
        raise Refusal(_("Write at least one reason: at a cell, or for the whole table."), field="reason")
    demand_all(
        check_reason(one.get("reason"), f"objection:{one.get('row', '')}@{one.get('col', '')}") for one in objections
    )
    row.objections = [
        {"row": one.get("row", ""), "col": one.get("col", ""), "reason": one["reason"].strip()} for one in objections
    ]
    step(actor, row, Act.SEND_BACK, standing, reason="；".join(one["reason"] for one in row.objections)[:2_000])
    return row


def remind(actor: Actor, campaign_id: str, form_id: str, region_code: str, period: Period) -> Return:
    """Ask a region below for its table: it stands on that office's to-do list with who asked and when.

    Raises NotFound, Forbidden, Refusal.
    """
    campaign = campaigns.campaign_for(actor, campaign_id)
    form = campaigns.form(form_id) if form_id in campaign.forms else None
    if form is None or not covers(actor.region_code, region_code):
        raise NotFound
    over = chain.above(region_code, campaign.chain, campaign.region_code)
    if not actor.may(Permission.CAMPAIGN_WRITE):
        raise Forbidden
    if over is None or not desks.acts_for(actor, over):
        raise NotFound
    if not desks.has_office(region_code):
        name = region_name(region_code, full=True)
        raise Refusal(
            _("Nobody works in a campaign office of %(region)s. Ask by telephone and type it in.", region=name)
        )
    row = level_return(actor, campaign, form, region_code, period)
    if State(row.state) not in (State.OPEN, State.RETURNED):
        raise Refusal(_("The table has come in the meantime. Look at it instead."))
    row.reminded_at, row.reminded_by = clock.now(), actor.name
    db.session.flush()
    record(row, "returns:return:remind", actor)
    return row
