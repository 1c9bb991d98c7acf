"""The returns of the regions that report to one: their states, in the order of their codes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from ..accounts.regions import region_name
from ..accounts.scope import in_region
from ..extensions import db
from . import chain
from .models import Return
from .rules import COUNTED, State
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


def states(row: Return, today: date, begun: Sequence[Return] | None = None) -> Mapping[str, State | None]:
    """The state of each region's return; None where nobody has begun one. ``begun``: `rows`, where they are at hand."""
    found = {one.region_code: State(one.state) for one in (rows(row, today) if begun is None else begun)}
    return {code: found.get(code) for code in codes(row, today)}


def explained(begun: Iterable[Return]) -> dict[str, str]:
    """What the regions below wrote about each check, so that the office above need not find it out again."""
    said: dict[str, list[str]] = {}
    for one in begun:
        if one.state in COUNTED:
            for key, reason in one.reasons.items():
                said.setdefault(key, []).append(f"{region_name(one.region_code)}：{reason}")
    return {key: "；".join(reasons) for key, reasons in said.items()}


def names(of: Iterable[str]) -> dict[str, str]:
    """The regions' names."""
    return {code: region_name(code) for code in of}
