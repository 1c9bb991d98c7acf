"""Fines: from a rule and its bases to a range, exact to the fen."""

from decimal import Decimal
from typing import NamedTuple, Optional

from .facts import UNKNOWN, Bases, Unknown, missing, not_established
from .model import FineRule
from .words import COUNTED


class FineRange(NamedTuple):
    """A fine from ``min`` to ``max`` fen, both included; not ``mandatory`` where it may be left out (可以并处)."""

    min: int
    max: int
    mandatory: bool


class Calculation(NamedTuple):
    """How a fine was found.

    ``route``: fixed, multiple, floor, none, below or unknown; ``base`` as given, in fen or heads; ``counted`` the base
    that the multiple was taken of; ``times`` how many heads or days the outcome is for. Where the rule has a second
    scale, ``first`` is what the first gave and ``second`` how the second was found, with its outcome in ``other``;
    ``second`` is None where its base was not established.
    """

    rule: FineRule
    route: str
    base: int | Unknown | None = None
    counted: int | None = None
    times: int | None = None
    first: FineRange | None = None
    second: Optional["Calculation"] = None
    other: FineRange | None = None


class Times(NamedTuple):
    """The multipliers of a rule as fractions of whole numbers: so many fen for each fen (or head) of the base."""

    low: int
    low_of: int
    high: int
    high_of: int
    one: bool
    """Whether the law fixes one multiple, so that there is no range."""


def times_of(rule: FineRule) -> Times | None:
    """The multipliers of a rule, None where it has none. A base that counts heads is taken in yuan for each."""
    if rule.min_times is None or rule.max_times is None:
        return None
    fen = 100 if rule.base in COUNTED else 1
    (low, low_of), (high, high_of) = rule.min_times.as_integer_ratio(), rule.max_times.as_integer_ratio()
    return Times(low * fen, low_of, high * fen, high_of, rule.min_times == rule.max_times)


def fine_of(rule: FineRule, bases: Bases, times: Times | None = None) -> tuple[FineRange | None, Calculation]:
    """The fine under a rule, None where it comes to nothing, and how it was found. Raises NoRange.

    ``times``: the multipliers of the rule, where whoever asks often has kept them.
    """
    fine, calculation = _scale(rule, bases, times or times_of(rule))
    if rule.per is not None:
        heads = _count(rule.per, bases)
        fine, calculation = _each(fine, heads), calculation._replace(times=heads)
    if rule.factor is not None and fine is not None:
        fine = FineRange(_up(fine.min, rule.factor), _down(fine.max, rule.factor), fine.mandatory)
    if rule.alternative is not None:
        return _with_alternative(rule, rule.alternative, fine, calculation, bases)
    return fine, calculation


def _scale(rule: FineRule, bases: Bases, times: Times | None) -> tuple[FineRange | None, Calculation]:
    """One scale, for one head, taken once."""
    name = rule.base
    if name is None:
        return _fixed(rule, rule.min, rule.max), Calculation(rule, "fixed")
    given = bases.get(name)
    if given is None:
        raise missing(name)
    if isinstance(given, Unknown):
        return _of_unknown(rule, name, times)
    if given == 0 and rule.none_max is not None:
        return _fixed_none(rule), Calculation(rule, "none", given)
    if rule.threshold is not None and given < rule.threshold:
        return _fixed_below(rule), Calculation(rule, "below", given)
    if rule.floor_base is not None and given < rule.floor_base:
        return _multiple(rule, rule.floor_base, times), Calculation(rule, "floor", given, rule.floor_base)
    return _multiple(rule, given, times), Calculation(rule, "multiple", given, given)


def _of_unknown(rule: FineRule, base: str, times: Times | None) -> tuple[FineRange | None, Calculation]:
    if rule.unknown_max is not None:
        return _fixed(rule, rule.unknown_min, rule.unknown_max), Calculation(rule, "unknown", UNKNOWN)
    if rule.floor_base is not None:
        return _multiple(rule, rule.floor_base, times), Calculation(rule, "floor", UNKNOWN, rule.floor_base)
    if rule.none_max is not None:
        return _fixed_none(rule), Calculation(rule, "none", UNKNOWN)
    if rule.threshold is not None:
        return _fixed_below(rule), Calculation(rule, "below", UNKNOWN)
    raise not_established(base)


def _with_alternative(
    rule: FineRule, alternative: FineRule, fine: FineRange | None, calculation: Calculation, bases: Bases
) -> tuple[FineRange | None, Calculation]:
    """Both scales together. Where the office may choose and the base of the second was not established, the first
    alone: what lies within it is lawful under either."""
    if rule.choose == "either" and alternative.base and bases.get(alternative.base, UNKNOWN) is UNKNOWN:
        return fine, calculation._replace(first=fine)
    other, second = fine_of(alternative, bases)
    calculation = calculation._replace(first=fine, second=second, other=other)
    if fine is None or other is None:
        return fine or other, calculation
    if rule.choose == "greater":
        return max(fine, other, key=lambda one: (one.max, one.min)), calculation
    return FineRange(min(fine.min, other.min), max(fine.max, other.max), fine.mandatory), calculation


def _count(name: str, bases: Bases) -> int:
    given = bases.get(name)
    if given is None:
        raise missing(name)
    if isinstance(given, Unknown):
        raise not_established(name)
    return given


def _each(fine: FineRange | None, times: int) -> FineRange | None:
    return FineRange(fine.min * times, fine.max * times, fine.mandatory) if fine and times else None


def _fixed(rule: FineRule, least: int | None, most: int | None) -> FineRange | None:
    return FineRange(least or 0, most, not rule.optional) if most else None


def _fixed_none(rule: FineRule) -> FineRange | None:
    """The range where the base is nothing, which the law may leave to the office where the multiple is mandatory."""
    fine = _fixed(rule, rule.none_min, rule.none_max)
    return fine._replace(mandatory=False) if fine and rule.none_optional else fine


def _fixed_below(rule: FineRule) -> FineRange | None:
    """The range below the threshold, which the law may leave to the office where the multiple is mandatory."""
    fine = _fixed(rule, rule.below_min, rule.below_max)
    return fine._replace(mandatory=False) if fine and rule.below_optional else fine


def _multiple(rule: FineRule, counted: int, times: Times | None) -> FineRange | None:
    """Fractions of a fen go up at the minimum and down at the maximum, so that both stay inside the law's range; where
    the law fixes one multiple (上一年年收入百分之四十) there is no range, and they are dropped.

    None where the multiple comes to nothing, or to less than any whole fen.
    """
    if times is None:
        return None
    low, low_of, high, high_of, one = times
    most = counted * high // high_of
    least = most if one else -(-counted * low // low_of)
    if rule.cap is not None:
        least, most = min(least, rule.cap), min(most, rule.cap)
    if rule.min_cap is not None:
        least, most = max(least, rule.min_cap), max(most, rule.min_cap)
    return FineRange(least, most, not rule.optional) if 0 < most >= least else None


def _up(fen: int, times: Decimal) -> int:
    above, below = times.as_integer_ratio()
    return -(-fen * above // below)


def _down(fen: int, times: Decimal) -> int:
    above, below = times.as_integer_ratio()
    return fen * above // below
