"""What every act with a return begins and ends with: loading it alone, where it stands, the step to the next state."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from sqlalchemy import select

from ... import clock
from ...accounts.actor import Actor
from ...accounts.scope import check_version
from ...audit.actions import record
from ...errors import refuse
from ...extensions import db
from ...objections import Objection
from ...turns import share_turn, take_turn
from .. import chain, desks
from ..models import Return
from ..rules import Act, Standing, State, following, objection
from ..tables import LEVEL

EVENTS: Mapping[Act, str] = MappingProxyType(
    {
        Act.TYPE: "returns:return:type",
        Act.SIGN: "returns:return:sign",
        Act.SUBMIT: "returns:return:submit",
        Act.SEND_BACK: "returns:return:send_back",
        Act.ACCEPT: "returns:return:accept",
        Act.FREEZE: "returns:return:freeze",
        Act.CORRECT: "returns:return:correct",
    }
)
"""How the record calls each act."""


def loaded(actor: Actor, return_id: int, act: Act, version: int | None) -> tuple[Return, Standing]:
    """The return, alone with it until the transaction ends, and where it stands.

    Nobody freezes the table of its region meanwhile; other offices go on with theirs.
    Raises NotFound, Forbidden, Stale, Refusal.
    """
    row = desks.visible(actor, return_id)
    desks.demand(actor, row, act)
    turn = take_turn if act is Act.FREEZE else share_turn
    for code in chain.way_up(row.region_code):
        (turn if code == row.region_code else share_turn)(*_words(row, code))
    db.session.refresh(row, with_for_update=True)
    check_version(row, version)
    standing = standing_of(row)
    refuse(filter(None, [objection(act, standing)]))
    return row, standing


def _words(row: Return, region_code: str) -> tuple[str, ...]:
    return "return", row.campaign, row.form, row.period, region_code


def standing_of(row: Return) -> Standing:
    """The state of a return, and whether the table of its region, or of one above, has been frozen."""
    return Standing(State(row.state), is_sealed(row))


def is_sealed(row: Return) -> bool:
    """Whether only corrections change it."""
    if row.frozen_at is not None:
        return True
    query = select(Return.id).where(
        Return.campaign == row.campaign,
        Return.form == row.form,
        Return.period == row.period,
        Return.kind == LEVEL,
        Return.region_code.in_(chain.way_up(row.region_code)),
        Return.frozen_at.is_not(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def step(
    actor: Actor, row: Return, act: Act, standing: Standing, *, reason: str | None = None, to: State | None = None
) -> None:
    """Go on to the state that follows, and enter it in the record; ``to``: to that state instead."""
    state = to or following(act, standing)
    if row.state != state:
        row.state, row.state_since = state, clock.now()
    if state is State.FROZEN:
        row.frozen_at = row.frozen_at or clock.now()
    db.session.flush()
    record(row, EVENTS[act], actor, reason=reason)


def demand_all(objections: Iterable[Objection | None]) -> None:
    """Raises Refusals of everything that is objected to."""
    refuse(one for one in objections if one is not None)
