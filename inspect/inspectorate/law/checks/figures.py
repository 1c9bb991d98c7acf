"""The figures that stand in words of a statute, and those that a rule of the catalogue holds.

Amounts are compared in fen, multiples and percentages as one kind of decimals, months and years as months.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ...money import yuan
from ..model import FineRule, Tier

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")

_WRITTEN = r"(?:\d[\d,]*(?:\.\d+)?\s*[十百千]?|[零〇一二两三四五六七八九十百千]+)(?:\s*[万亿])*"
_UNIT = r"个?月|个?工作日|[元倍年日天]|%|岁|小时|人|周"
_PARTS = re.compile(rf"(?P<of>[百千万])分之(?P<number>{_WRITTEN})")
_FIGURE = re.compile(rf"(?P<number>{_WRITTEN})\s*(?P<unit>{_UNIT})")
_SHORT = re.compile(
    rf"(?P<number>{_WRITTEN})\s*(?:至|到|—|-|～|~|、|或者)\s*(?=(?P<next>{_WRITTEN})\s*(?P<unit>{_UNIT}))"
)
_ONCE = re.compile(r"等值|等额|相当于|按照?原处罚数额")
_TWICE = re.compile(r"加倍|加一倍")
_OF_THE_FINE = re.compile(rf"罚款数额的?(?P<least>{_WRITTEN})倍以上(?P<most>{_WRITTEN})倍以下")


class Figure(NamedTuple):
    """A figure: ``amount`` in fen, ``times`` of a base, ``months`` or ``days``."""

    kind: str
    value: Decimal

    def __str__(self) -> str:
        if self.kind == "amount":
            return f"{yuan(int(self.value))} yuan"
        return f"{self.value.normalize():f} {self.kind}"


@lru_cache(maxsize=4096)
def figures_in(words: str) -> frozenset[Figure]:
    """Every figure in the words, Chinese numerals and digits alike; 三至五倍 holds both ends."""
    words = words.translate(_FULL_WIDTH)
    found = set()
    for match in _PARTS.finditer(words):
        found.add(Figure("times", value_of(match["number"]) / {"百": 100, "千": 1000, "万": 10000}[match["of"]]))
    for match in _FIGURE.finditer(words):
        found.update(_figure(value_of(match["number"]), match["unit"]))
    for match in _SHORT.finditer(words):
        value = value_of(match["number"])
        found.update(_figure(value, match["unit"]))
        if (scale := match["next"].strip()[-1]) in "万亿":
            found.update(_figure(value * _scale(scale), match["unit"]))
    if _ONCE.search(words):
        found.add(Figure("times", Decimal(1)))
    if _TWICE.search(words):
        found.add(Figure("times", Decimal(2)))
    return frozenset(found)


def grown(there: frozenset[Figure], words: str) -> frozenset[Figure]:
    """The figures and, where the words raise the fines of other provisions so many times, the sums that come of it."""
    raised = _OF_THE_FINE.search(words.translate(_FULL_WIDTH))
    if not raised:
        return there
    times = (value_of(raised["least"]), value_of(raised["most"]))
    sums = (figure for figure in there if figure.kind == "amount")
    return there | {Figure("amount", figure.value * each) for figure in sums for each in times}


def value_of(written: str) -> Decimal:
    """``5万`` as 50000, 一百二十 as 120, 2.5 as 2.5."""
    number, scale = written.replace(",", "").replace(" ", ""), Decimal(1)
    while number and number[-1] in "万亿":
        scale *= _scale(number[-1])
        number = number[:-1]
    if number[0].isdigit():
        if number[-1] in _UNITS:
            scale *= _UNITS[number[-1]]
            number = number[:-1]
        return Decimal(number) * scale
    total = digit = 0
    for sign in number:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return Decimal(total + digit) * scale


def _scale(sign: str) -> int:
    return 10_000 if sign == "万" else 100_000_000


def _figure(value: Decimal, unit: str) -> Iterator[Figure]:
    if unit == "元":
        yield Figure("amount", value * 100)
    elif unit == "倍":
        yield Figure("times", value)
    elif unit == "%":
        yield Figure("times", value / 100)
    elif unit == "年":
        yield Figure("months", value * 12)
    elif unit.endswith("月"):
        yield Figure("months", value)
    elif unit in ("日", "天"):
        yield Figure("days", value)


def figures_of(rule: FineRule) -> Iterator[tuple[str, Figure]]:
    """The figures of a rule by the name of their field; nothing (0) is no figure."""
    for name in ("min", "max", "floor_base", "none_min", "none_max", "threshold", "below_min", "below_max"):
        yield from _sum(rule, name)
    for name in ("cap", "min_cap", *(() if rule.unknown_basis else ("unknown_min", "unknown_max"))):
        yield from _sum(rule, name)
    for name in ("min_times", "max_times", "factor"):
        if value := getattr(rule, name):
            # Yuan for each head or month are written as an amount.
            by_head = name != "factor" and rule.base in PER_PIECE
            yield name, Figure("amount", value * 100) if by_head else Figure("times", value)
    if rule.alternative:
        yield from figures_of(rule.alternative)


PER_PIECE = frozenset({"affected_workers", "child_labour_months", "children_placed", "days_refused"})
"""Bases that count heads, months or days: their multiple is yuan for each."""


def _sum(rule: FineRule, name: str) -> Iterator[tuple[str, Figure]]:
    value = getattr(rule, name)
    if value and (name, value) != ("threshold", 1):  # from one fen on: where there is any
        yield name, Figure("amount", Decimal(value))


def unknown_figures(rule: FineRule) -> Iterator[tuple[str, Figure]]:
    """The range for an unknown base, where another provision sets it."""
    if rule.unknown_basis:
        for name in ("unknown_min", "unknown_max"):
            yield from _sum(rule, name)


def figures_of_tier(tier: Tier) -> Iterator[tuple[str, Figure]]:
    """What a tier holds besides its fines: months, days, years."""
    for name, kind in (("suspend_practice_months", "months"), ("police_detention_days", "days")):
        for value in getattr(tier, name) or ():
            if value > 1 or kind == "months":  # detention for so many days or less begins with one day
                yield name, Figure(kind, Decimal(value))
    for name in ("application_ban_years", "person_ban_years"):
        if value := getattr(tier, name):
            yield name, Figure("months", Decimal(value * 12))
