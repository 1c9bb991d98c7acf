"""The procedural rules and parameters of ``data/procedure.toml``, read when first asked for."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

from ..law.statutes import Citation

Number = int | Decimal
"""Numbers of a rule: days, years, yuan, ratios. Ratios are decimals, never binary floats."""


class DayKind(StrEnum):
    """What a term counts (行政处罚法85, 行政强制法69, 行政复议法88(2))."""

    WORKING = "working"
    CALENDAR = "calendar"
    CALENDAR_MONTH = "calendar_month"
    CALENDAR_YEAR = "calendar_year"
    HOUR = "hour"


class Rule(NamedTuple):
    """One procedural rule: what it says, where it stands, with which numbers; ``checked``: yes, partial or no."""

    id: str
    topic: str
    citation: Citation
    statement: str
    enforce: str
    checked: str
    numbers: Mapping[str, Any]
    day_kind: DayKind | None = None

    @property
    def days(self) -> int:
        """The rule's term in days of its ``day_kind``. Raises KeyError for a rule without one."""
        return int(self.numbers["days"])


class Parameter(NamedTuple):
    """A figure that the law leaves open or an office may set, in ``unit``; ``overridable``: an office may."""

    id: str
    value: Any
    unit: str
    meaning: str
    citation: Citation | None
    checked: str
    overridable: bool


def rule(rule_id: str) -> Rule:
    """The rule with this id, such as ``PR-061``. Raises KeyError for an unknown one."""
    return rules()[rule_id]


def parameter(parameter_id: str) -> Parameter:
    """The parameter with this id, such as ``hearing.health.person``. Raises KeyError for an unknown one."""
    return parameters()[parameter_id]


@cache
def rules() -> Mapping[str, Rule]:
    """All rules by id, in the order of the file."""
    return MappingProxyType({key: _rule(key, row) for key, row in _data()["rule"].items()})


@cache
def parameters() -> Mapping[str, Parameter]:
    """All parameters by id."""
    return MappingProxyType({key: _parameter(key, row) for key, row in _data()["parameter"].items()})


@cache
def _data() -> dict[str, Any]:
    text = files(__package__).joinpath("data/procedure.toml").read_text("utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def _rule(rule_id: str, row: dict[str, Any]) -> Rule:
    return Rule(
        id=rule_id,
        topic=row["topic"],
        citation=_citation(row),
        statement=row["statement"],
        enforce=row["enforce"],
        checked=row["checked"],
        numbers=MappingProxyType(row.get("numbers", {})),
        day_kind=DayKind(row["day_kind"]) if "day_kind" in row else None,
    )


def _parameter(parameter_id: str, row: dict[str, Any]) -> Parameter:
    return Parameter(
        id=parameter_id,
        value=row["value"],
        unit=row.get("unit", ""),
        meaning=row["meaning"],
        citation=_citation(row) if "article" in row else None,
        checked=row["checked"],
        overridable=row["overridable"],
    )


def _citation(row: dict[str, Any]) -> Citation:
    return Citation(law=row["law"], article=row["article"], paragraph=row.get("paragraph"), item=row.get("item"))
