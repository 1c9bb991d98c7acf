"""Use cases of typical cases: choosing, ordering, rewriting the account."""

from collections.abc import Sequence

from flask_babel import gettext as _

from ..accounts.actor import Actor
from ..accounts.scope import check_version
from ..audit.actions import record
from ..campaigns.queries import campaign_for
from ..cases.models import Case
from ..errors import Refusal
from ..extensions import db
from ..turns import take_turn
from . import queries
from .models import TypicalCase


def choose(actor: Actor, campaign_id: str, case_id: int) -> TypicalCase:
    """Take a decided case of the own scope into the region's typical cases. Raises NotFound, Refusal."""
    case = queries.decided_case(actor, campaign_id, case_id)
    take_turn("typical", campaign_id, actor.region_code)
    rows = queries.positions(campaign_id, actor.region_code)
    if case_id in rows:
        raise Refusal(_("This case has been chosen already."))
    last = max((row.position for row in rows.values()), default=0)
    row = TypicalCase(campaign=campaign_id, region_code=actor.region_code, case_id=case.id, position=last + 1)
    db.session.add(row)
    db.session.flush()
    record(case, "typical:case:choose", actor, reason=_title(actor, campaign_id))
    return row


def drop(actor: Actor, campaign_id: str, case_id: int) -> None:
    """Take a case out of the region's typical cases. Raises NotFound."""
    row = queries.choice(actor, campaign_id, case_id)
    case = db.session.get_one(Case, row.case_id)
    db.session.delete(row)
    db.session.flush()
    record(case, "typical:case:drop", actor, reason=_title(actor, campaign_id))


def move_up(actor: Actor, campaign_id: str, case_id: int) -> None:
    """Let a case change places with the one that the actor sees above it; others keep theirs. Raises NotFound."""
    take_turn("typical", campaign_id, actor.region_code)
    row = queries.choice(actor, campaign_id, case_id)
    above = queries.above(actor, row)
    if above is not None:
        row.position, above.position = above.position, row.position
    db.session.flush()
    record(
        db.session.get_one(Case, row.case_id),
        "typical:case:order",
        actor,
        reason=campaign_for(actor, campaign_id).title,
    )


def write_account(
    actor: Actor, campaign_id: str, case_id: int, text: str, names: Sequence[str] = (), *, version: int | None = None
) -> None:
    """The account of a chosen case as the office wants it, empty for the proposed text, and further names to mask.

    Raises NotFound, Stale.
    """
    row = queries.choice(actor, campaign_id, case_id)
    check_version(row, version)
    row.account, row.names = text.strip() or None, list(names)
    db.session.flush()
    record(
        db.session.get_one(Case, row.case_id),
        "typical:case:account",
        actor,
        reason=campaign_for(actor, campaign_id).title,
    )


def _title(actor: Actor, campaign_id: str) -> str:
    return campaign_for(actor, campaign_id).title
