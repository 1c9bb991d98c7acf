"""Fines: from a rule and its base to a range, exact to the fen."""

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from .violations import FineRule
from .words import BASES, COUNTED, term

# 10^12 yuan: nothing that an office meets, and a slip of the keyboard soon reaches it.
HIGHEST_BASE = 10**14


class Unknown(Enum):
    """A base that cannot be calculated, or is clearly too low where the rule says so."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN

Bases = Mapping[str, int | Unknown]


class NoRange(ValueError):
    """No range can be given; ``field`` names what is at fault (on, tier, subject, or the name of a base).

    ``zh`` and ``en`` say why and what to do. ``code``: not_in_force, tier, subject, base_missing, base_invalid,
    base_unknown.
    """

    def __init__(self, code: str, field: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.field, self.zh, self.en = code, field, zh, en


class FineRange(NamedTuple):
    """A fine from ``min`` to ``max`` fen, both included; not ``mandatory`` where it may be left out (可以并处)."""

    min: int
    max: int
    mandatory: bool


class Calculation(NamedTuple):
    """How a fine was found. ``route``: fixed, multiple, floor, below or unknown; ``base`` as given, in fen or heads;
    ``counted`` the base that the multiple was taken of."""

    rule: FineRule
    route: str
    base: int | Unknown | None = None
    counted: int | None = None


def check_bases(bases: Bases) -> None:
    """Refuses amounts that money cannot be, used by the rule or not. Raises NoRange."""
    for name, value in bases.items():
        words = term(BASES, name)
        if isinstance(value, Unknown):
            continue
        if value < 0:
            raise NoRange("base_invalid", name, f"{words.zh}不能为负数", f"{name} must not be negative")
        if value > HIGHEST_BASE:
            raise NoRange(
                "base_invalid", name, f"{words.zh}超过一万亿元，请核对", f"{name} is above 10^12 yuan; check the amount"
            )


def fine_of(rule: FineRule, bases: Bases) -> tuple[FineRange | None, Calculation]:
    """The fine under a rule, None where it comes to nothing, and how it was found. Raises NoRange."""
    if rule.base is None:
        return _fixed(rule, rule.min, rule.max), Calculation(rule, "fixed")
    given = bases.get(rule.base)
    if given is None:
        words = term(BASES, rule.base)
        raise NoRange(
            "base_missing",
            rule.base,
            f"请填写{words.zh}；无法计算的，选“无法计算”",
            f"the rule needs {rule.base} ({words.en}): give an amount, or unknown where it cannot be calculated",
        )
    if isinstance(given, Unknown):
        return _fine_of_unknown(rule, rule.base)
    if rule.threshold is not None and given < rule.threshold:
        return _fixed(rule, rule.below_min, rule.below_max), Calculation(rule, "below", given)
    route, counted = "multiple", given
    if rule.floor_base is not None and given < rule.floor_base:
        route, counted = "floor", rule.floor_base
    return _multiple(rule, counted), Calculation(rule, route, given, counted)


def _fine_of_unknown(rule: FineRule, base: str) -> tuple[FineRange | None, Calculation]:
    if rule.unknown_max is not None:
        return _fixed(rule, rule.unknown_min, rule.unknown_max), Calculation(rule, "unknown", UNKNOWN)
    if rule.floor_base is not None:
        return _multiple(rule, rule.floor_base), Calculation(rule, "floor", UNKNOWN, rule.floor_base)
    if rule.threshold is not None:
        return _fixed(rule, rule.below_min, rule.below_max), Calculation(rule, "below", UNKNOWN)
    words = term(BASES, base)
    raise NoRange(
        "base_unknown",
        base,
        f"该条款对{words.zh}无法计算的情形没有规定，须查明{words.zh}",
        f"the rule says nothing of a {base} that cannot be calculated: establish it",
    )


def _fixed(rule: FineRule, least: int | None, most: int | None) -> FineRange | None:
    return FineRange(least or 0, most, not rule.optional) if most else None


def _multiple(rule: FineRule, counted: int) -> FineRange | None:
    """Fractions of a fen go up at the minimum and down at the maximum, so that both stay inside the law's range.

    None where the multiple comes to nothing, or to less than any whole fen.
    """
    if rule.min_times is None or rule.max_times is None:
        return None
    fen = counted * 100 if rule.base in COUNTED else counted
    least, most = _times_up(fen, rule.min_times), _times_down(fen, rule.max_times)
    return FineRange(least, most, not rule.optional) if 0 < most >= least else None


def _times_up(fen: int, times: Decimal) -> int:
    above, below = times.as_integer_ratio()
    return -(-fen * above // below)


def _times_down(fen: int, times: Decimal) -> int:
    above, below = times.as_integer_ratio()
    return fen * above // below
