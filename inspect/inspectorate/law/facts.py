"""What a range is computed from: who, in which tier, and the amounts that were established."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from ..money import MOST_FEN
from .words import BASES, term


class Unknown(Enum):
    """A base that cannot be calculated, or is clearly too low where the rule says so."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN

Bases = Mapping[str, int | Unknown]


class Facts(NamedTuple):
    """The facts of one violation, all of them optional.

    ``subject``: org or person as the violation says (the default), or responsible for the responsible persons of a
    unit. ``tier``: its name; by default ``base``, or the only one. ``bases``: name to fen, or to a number of heads,
    months or days for the bases of ``words.COUNTED``, or UNKNOWN; what the rule does not use is ignored.
    """

    subject: str | None = None
    tier: str | None = None
    bases: Bases = MappingProxyType({})


class NoRange(ValueError):
    """No range can be given; ``field`` names what is at fault (on, tier, subject, or the name of a base).

    ``zh`` and ``en`` say why and what to do. ``code``: not_in_force, repealed, tier, subject, base_missing,
    base_invalid, base_unknown.
    """

    def __init__(self, code: str, field: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.code, self.field, self.zh, self.en = code, field, zh, en


def check_bases(bases: Bases) -> None:
    """Refuses amounts that money cannot be, used by the rule or not. Raises NoRange."""
    for name, value in bases.items():
        if value is not UNKNOWN and (type(value) is not int or not 0 <= value <= MOST_FEN):
            raise _invalid(name, value)


def _invalid(name: str, value: object) -> NoRange:
    words = term(BASES, name).zh
    if type(value) is not int:
        return NoRange("base_invalid", name, f"{words}须为整数分", f"{name} must be a whole number of fen")
    if value < 0:
        return NoRange("base_invalid", name, f"{words}不能为负数", f"{name} must not be negative")
    return NoRange(
        "base_invalid", name, f"{words}超过一万亿元，请核对", f"{name} is above 10^12 yuan; check the amount"
    )


def missing(name: str) -> NoRange:
    """The refusal where a rule needs a base that was not given."""
    words = term(BASES, name)
    return NoRange(
        "base_missing",
        name,
        f"请填写{words.zh}；无法计算的，选“无法计算”",
        f"the rule needs {name} ({words.en}): give an amount, or unknown where it cannot be calculated",
    )


def not_established(name: str) -> NoRange:
    """The refusal where a base cannot be calculated and the rule says nothing of that."""
    words = term(BASES, name)
    return NoRange(
        "base_unknown",
        name,
        f"该条款对{words.zh}无法计算的情形没有规定，须查明{words.zh}",
        f"the rule says nothing of a {name} that cannot be calculated: establish it",
    )
