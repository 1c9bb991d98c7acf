"""What a table is about: a region, a period, perhaps a campaign. Every statement is built once and bound to these."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam
from sqlalchemy.sql.visitors import replacement_traverse

from ...accounts.regions import significant
from ..engine.definition import Condition


class Scope(NamedTuple):
    """The asked region (all below it included) and days, both ends included; None: open.

    ``campaign`` is the id that records must bear, None where the form counts records of every origin. ``annulled``
    says that annulled decisions count. ``where``: filters over the whole table, for one member of a break-down.
    ``reported_for``: the campaign whose returns are added; empty for returns of a form that belongs to none.
    """

    region: str
    start: date | None = None
    end: date | None = None
    campaign: str | None = None
    annulled: bool = False
    where: tuple[Condition, ...] = ()
    reported_for: str = ""

    def parameters(self) -> dict[str, Any]:
        """The values that the statements are bound to."""
        prefix = significant(self.region)
        return {
            "region_low": prefix.ljust(6, "0"),
            "region_high": prefix.ljust(6, "9"),
            "region": self.region,
            "start": self.start or date.min,
            "end": self.end or date.max,
            "campaign": self.campaign,
        }


def in_asked_region(column: Any) -> ColumnElement[bool]:
    """The record belongs to the asked region or one below it."""
    clause: ColumnElement[bool] = column.between(bindparam("region_low"), bindparam("region_high"))
    return clause


def in_period(column: Any) -> ColumnElement[bool]:
    """The event's day lies in the period; an event without a day never does."""
    clause: ColumnElement[bool] = column.between(bindparam("start"), bindparam("end"))
    return clause


def of_campaign(column: Any) -> ColumnElement[bool]:
    """The record bears the campaign's id."""
    clause: ColumnElement[bool] = column == bindparam("campaign")
    return clause


def is_asked_region(column: Any) -> ColumnElement[bool]:
    """The code is that of the asked region itself."""
    clause: ColumnElement[bool] = column == bindparam("region")
    return clause


def asked_of_each(query: Select[Any], region: ColumnElement[Any]) -> Select[Any]:
    """The query with each row's own region in the place of the asked one."""

    def own(element: Any, **_: Any) -> Any:
        return region if isinstance(element, BindParameter) and element.key == "region" else None

    each: Select[Any] = replacement_traverse(query, {}, own)  # type: ignore[assignment]
    return each
