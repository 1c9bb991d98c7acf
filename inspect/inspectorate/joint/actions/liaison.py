"""Use cases of liaison persons: entered, changed, copied from the last campaign, their numbers shown."""

from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from ...accounts.actor import Actor
from ...accounts.permissions import Permission
from ...accounts.scope import check_version
from ...audit.actions import record
from ...errors import Forbidden, Refusal, refuse
from ...extensions import db
from ...masking import kept
from ...turns import take_turn
from .. import rules
from ..models import Liaison
from ..queries import liaison as queries
from ..queries.reach import own
from .offices import campaign_to_write, of_office


class LiaisonFacts(NamedTuple):
    """What is known of a liaison person; days are both included."""

    department: str
    name: str
    post: str | None
    office_phone: str | None
    phone: str | None
    from_on: date
    to_on: date | None = None
    stands_in_for_id: int | None = None


def add_liaison(actor: Actor, campaign_id: str, facts: LiaisonFacts) -> Liaison:
    """Enter a liaison person of the own region. Raises Refusals, NotFound, Forbidden."""
    campaign = campaign_to_write(actor, campaign_id)
    take_turn("liaison", campaign.id, actor.region_code)
    row = Liaison(**of_office(actor, campaign.id))
    _write(actor, row, facts)
    db.session.add(row)
    db.session.flush()
    record(row, "joint:liaison:add", actor)
    return row


def change_liaison(actor: Actor, liaison_id: int, facts: LiaisonFacts, *, version: int | None) -> Liaison:
    """Mend an entry, or give it its last day. A telephone that comes back masked stays.

    Raises Refusals, Stale, NotFound, Forbidden.
    """
    row = own(Liaison, liaison_id, actor)
    check_version(row, version)
    take_turn("liaison", row.campaign, row.region_code)
    _write(actor, row, facts._replace(phone=kept("phone", facts.phone, row.phone)))
    db.session.flush()
    record(row, "joint:liaison:change", actor)
    return row


def show_numbers(actor: Actor, liaison_id: int, reason: str) -> Liaison:
    """Let those who have to get in touch see the telephone in full; the reason is recorded.

    Raises Refusal without a reason, NotFound, Forbidden.
    """
    row = queries.liaison(actor, liaison_id)
    refuse_numbers(actor)
    if not reason.strip():
        raise Refusal(_("Choose why you want to see the numbers."), field="reason")
    record(row, "joint:liaison:show", actor, reason=reason.strip())
    return row


def may_see_numbers(actor: Actor) -> bool:
    """Campaign offices and heads turn to each other; inspectors and auditors do not need to."""
    return actor.may(Permission.CAMPAIGN_WRITE) or actor.may(Permission.CAMPAIGN_SIGN)


def refuse_numbers(actor: Actor) -> None:
    """Raises Forbidden for those who do not need them."""
    if not may_see_numbers(actor):
        raise Forbidden


def copy_liaisons(actor: Actor, campaign_id: str, from_campaign: str, today: date) -> int:
    """Take over who served in another campaign of the own office, those known here already left out; how many.

    Whoever had stopped serving before that campaign ended, or stood in for somebody, is left out too.
    Raises Refusal, NotFound, Forbidden.
    """
    campaign, other = campaign_to_write(actor, campaign_id), campaign_to_write(actor, from_campaign)
    take_turn("liaison", campaign.id, actor.region_code)
    known = {(row.department, row.name) for row in queries.kept_by(actor, campaign.id)}
    first = min(max(today, campaign.date_from), campaign.date_to)
    copied = 0
    for row in queries.kept_by(actor, other.id):
        ended = row.to_on is not None and row.to_on < min(today, other.date_to)
        if row.sector != actor.sector or ended or row.stands_in_for_id or (row.department, row.name) in known:
            continue
        new = Liaison(**of_office(actor, campaign.id), from_on=first)
        for column in ("department", "name", "post", "office_phone", "phone"):
            setattr(new, column, getattr(row, column))
        db.session.add(new)
        db.session.flush()
        record(new, "joint:liaison:copy", actor, reason=other.title)
        known.add((row.department, row.name))
        copied += 1
    if not copied:
        raise Refusal(_("Everybody of that campaign is here already, or serves no more. Choose another campaign."),
                      field="campaign")  # fmt: skip
    return copied


def _write(actor: Actor, row: Liaison, facts: LiaisonFacts) -> None:
    kept_rows = queries.kept_by(actor, row.campaign)
    others = [one for one in kept_rows if one.id != row.id]
    same = [(one.name, rules.Span(one.from_on, one.to_on)) for one in others if one.department == facts.department]
    refuse(rules.check_liaison(facts.name, facts.from_on, facts.to_on, same))
    stood_in_for = next((one for one in others if one.id == facts.stands_in_for_id), None)
    if facts.stands_in_for_id and (stood_in_for is None or stood_in_for.department != facts.department):
        raise Refusal(_("Choose a liaison person of the same department, or nobody."), field="stands_in_for_id")
    for column in LiaisonFacts._fields:
        setattr(row, column, getattr(facts, column))
