"""定稿: the table of a region becomes what was reported; from then on only corrections change it or what lies below."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import and_, or_, select

from ...accounts.actor import Actor
from ...accounts.scope import in_region
from ...extensions import db
from ..models import Return, ReturnSnapshot
from ..rules import Act, Standing, State
from ..tables import DEPARTMENT
from .reporting import file
from .steps import loaded, step


def freeze(
    actor: Actor,
    return_id: int,
    today: date,
    *,
    version: int | None = None,
    reasons: Mapping[str, str] | None = None,
) -> ReturnSnapshot:
    """Freeze the table of the own region with everything accepted below it.

    Each region below is accepted or named in ``reasons`` (``missing:code``, or ``missing`` for all that are not in),
    and nothing fails. While it goes on nobody in the region files; whoever waited files a correction.
    Raises NotFound, Forbidden, Stale, Refusals.
    """
    row, standing = loaded(actor, return_id, Act.FREEZE, version)
    if reasons is not None:
        row.reasons = {key: text.strip() for key, text in {**row.reasons, **reasons}.items() if text.strip()}
    taken = file(actor, row, today, "freeze")
    step(actor, row, Act.FREEZE, standing)
    for below in _below(row):
        step(actor, below, Act.FREEZE, Standing(State(below.state)), to=State.FROZEN)
    return taken


def _below(row: Return) -> list[Return]:
    """What was accepted in the region, and what its departments sent; a frozen one is frozen already."""
    taken = or_(Return.state == State.ACCEPTED, and_(Return.kind == DEPARTMENT, Return.state == State.SUBMITTED))
    query = (
        select(Return)
        .where(Return.campaign == row.campaign, Return.form == row.form, Return.period == row.period)
        .where(in_region(Return.region_code, row.region_code), taken, Return.id != row.id)
        .order_by(Return.id)
        .with_for_update()
    )
    return list(db.session.scalars(query))
