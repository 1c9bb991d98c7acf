"""The returns of the regions that report to one: their states, in the order of their codes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from ..accounts.regions import region_name
from ..accounts.scope import in_region
from ..extensions import db
from . import chain
from .models import Return
from .rules import State
from .tables import LEVEL, campaign_of, year_of


def codes(row: Return, today: date) -> tuple[str, ...]:
    """The regions that report to the region of a return."""
    return chain.below(row.region_code, campaign_of(row).chain, year_of(row, today))


def rows(row: Return, today: date) -> Sequence[Return]:
    """The level returns that have been begun there."""
    query = select(Return).where(
        Return.campaign == row.campaign,
        Return.form == row.form,
        Return.period == row.period,
        Return.kind == LEVEL,
        in_region(Return.region_code, row.region_code),
    )
    wanted = set(codes(row, today))
    return [one for one in db.session.scalars(query.order_by(Return.region_code)) if one.region_code in wanted]


def states(row: Return, today: date) -> Mapping[str, State | None]:
    """The state of each region's return; None where nobody has begun one."""
    begun = {one.region_code: State(one.state) for one in rows(row, today)}
    return {code: begun.get(code) for code in codes(row, today)}


def names(of: Iterable[str]) -> dict[str, str]:
    """The regions' names."""
    return {code: region_name(code) for code in of}
