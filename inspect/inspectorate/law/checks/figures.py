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

_WRITTEN = r"(?:\d[\d,]{0,20}(?:\.\d{1,9})?\s*[十百千]?|[零〇一二两三四五六七八九十百千]{1,20})(?:\s*[万亿]){0,2}"
# 5万元以上10万以下的罚款: some copies leave the second 元 out.
_UNIT = r"个?月|个?工作日|[元倍年日天]|%|岁|小时|人|周|(?<=万)(?=以下的?罚款)"
_PARTS = re.compile(rf"(?P<of>[百千万])分之(?P<number>{_WRITTEN})")
_FIGURE = re.compile(rf"(?P<number>{_WRITTEN})\s*(?P<unit>{_UNIT})")
_SHORT = re.compile(
    rf"(?P<number>{_WRITTEN})\s*(?:至|到|—|-|～|~|、|或者)\s*(?=(?P<next>{_WRITTEN})\s*(?P<unit>{_UNIT}))"
)
_CLAUSE = re.compile(r"[，。；：\n]")
_ONCE = re.compile(r"等值|等额|相当于|按照?原处罚数额")
_TWICE = re.compile(r"加倍|加一倍")
_OF_THE_FINE = re.compile(rf"罚款数额的?(?P<least>{_WRITTEN})倍以上(?P<most>{_WRITTEN})倍以下")


class Figure(NamedTuple):
    """A figure: ``amount`` in fen, ``times`` of a base, ``months``, ``days`` or ``hours``."""

    kind: str
    value: Decimal

    def __str__(self) -> str:
        if self.kind == "amount":
            return f"{yuan(int(self.value))} yuan"
        return f"{self.value.normalize():f} {self.kind}"


class Needed(NamedTuple):
    """Figures of a rule that stand together in one clause of a statute: both ends of a range, or one figure alone.

    ``alone``: nothing else of its kind stands beside it, for the range has no lower end (十万元以下).
    """

    field: str
    figures: frozenset[Figure]
    alone: bool = False

    def stands_in(self, clause: frozenset[Figure]) -> bool:
        """Whether a clause holds them."""
        if not self.figures <= clause:
            return False
        return not self.alone or sum(figure.kind == self._kind for figure in clause) == 1

    @property
    def _kind(self) -> str:
        return next(iter(self.figures)).kind

    def __str__(self) -> str:
        least_first = sorted(self.figures, key=lambda figure: figure.value)
        return f"{self.field}: {'at most ' if self.alone else ''}{' to '.join(map(str, least_first))}"


@lru_cache(maxsize=4096)
def clauses_in(words: str) -> frozenset[frozenset[Figure]]:
    """The figures of each clause, from comma to comma."""
    clauses = (figures_in(clause) for clause in _CLAUSE.split(words.translate(_FULL_WIDTH)))
    return frozenset(figures for figures in clauses if figures)


def figures_in(words: str) -> frozenset[Figure]:
    """Every figure in the words, Chinese numerals and digits alike; 三至五倍 holds both ends."""
    found = set()
    for match in _PARTS.finditer(words):
        found.add(Figure("times", value_of(match["number"]) / {"百": 100, "千": 1000, "万": 10000}[match["of"]]))
    for match in _FIGURE.finditer(words):
        found.update(_figure(value_of(match["number"]), match["unit"]))
    for match in _SHORT.finditer(words):
        found.update(_figure(_lower_end(match["number"], match["next"]), match["unit"]))
    if _ONCE.search(words):
        found.add(Figure("times", Decimal(1)))
    if _TWICE.search(words):
        found.add(Figure("times", Decimal(2)))
    return frozenset(found)


def raised(clauses: frozenset[frozenset[Figure]], words: str) -> frozenset[frozenset[Figure]]:
    """The clauses and, where the words raise the fines of other provisions so many times, what comes of each."""
    times = _OF_THE_FINE.search(words.translate(_FULL_WIDTH))
    if not times:
        return clauses
    least, most = value_of(times["least"]), value_of(times["most"])
    sums = (sorted(figure.value for figure in clause if figure.kind == "amount") for clause in clauses)
    ends = ((each[0] * least, each[-1] * most) for each in sums if each)
    return clauses | {frozenset(Figure("amount", end) for end in pair) for pair in ends}


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


def _lower_end(number: str, upper: str) -> Decimal:
    """10000 from 一 in 一至五万元, 5000 from 五千 in 五千至一万元."""
    value, scale = value_of(number), upper.strip()[-1]
    if scale in "万亿" and value * _scale(scale) < value_of(upper):
        return value * _scale(scale)
    return value


def _scale(sign: str) -> int:
    return 10_000 if sign == "万" else 100_000_000


def _figure(value: Decimal, unit: str) -> Iterator[Figure]:
    if unit in ("元", ""):
        yield Figure("amount", value * 100)
    elif unit == "倍":
        yield Figure("times", value)
    elif unit == "%":
        yield Figure("times", value / 100)
    elif unit == "年":
        yield Figure("months", value * 12)
    elif unit.endswith("月"):
        yield Figure("months", value)
    elif unit in ("日", "天") or unit.endswith("工作日"):
        yield Figure("days", value)
    elif unit == "小时":
        yield Figure("hours", value)


PER_PIECE = frozenset({"affected_workers", "child_labour_months", "children_placed", "days_refused"})
"""Bases that count heads, months or days: their multiple is yuan for each."""


def needed_by(rule: FineRule | None) -> Iterator[Needed]:
    """The figures of a rule; nothing (0) is no figure."""
    if rule is None:
        return
    for name in ("", "none_", "below_", *(() if rule.unknown_basis else ("unknown_",))):
        yield from _sums(rule, f"{name}min", f"{name}max")
    for name in ("floor_base", "threshold", "cap", "min_cap"):
        value = getattr(rule, name)
        if value and (name, value) != ("threshold", 1):  # from one fen on: where there is any
            yield Needed(name, frozenset({Figure("amount", Decimal(value))}))
    by_piece = rule.base in PER_PIECE
    ends = (_multiple(value, by_piece=by_piece) for value in (rule.min_times, rule.max_times) if value)
    if figures := frozenset(ends):
        yield Needed("times", figures, alone=not rule.min_times)
    if rule.factor:
        yield Needed("factor", frozenset({Figure("times", rule.factor)}))
    yield from needed_by(rule.alternative)


def _multiple(value: Decimal, *, by_piece: bool) -> Figure:
    return Figure("amount", value * 100) if by_piece else Figure("times", value)


def _sums(rule: FineRule, low: str, high: str) -> Iterator[Needed]:
    least, most = getattr(rule, low), getattr(rule, high)
    if most:
        figures = frozenset(Figure("amount", Decimal(value)) for value in (least, most) if value)
        yield Needed(f"{low}–{high}", figures, alone=not least)


def needed_by_unknown(rule: FineRule | None) -> Iterator[Needed]:
    """The range for an unknown base, where another provision sets it."""
    if rule and rule.unknown_basis:
        yield from _sums(rule, "unknown_min", "unknown_max")


def needed_by_tier(tier: Tier, *, on_persons: bool) -> Iterator[Needed]:
    """What a tier holds besides its fines, months, days and years: for the unit, or for the persons responsible."""
    pairs = (
        ("suspend_practice_months", "months", False),
        ("person_suspend_practice_months", "months", True),
        ("police_detention_days", "days", True),
    )
    for name, kind, personal in pairs:
        # Detention for so many days or less begins with one day.
        ends = {value for value in getattr(tier, name) or () if value > 1 or (value and kind == "months")}
        if ends and personal is on_persons:
            yield Needed(name, frozenset(Figure(kind, Decimal(value)) for value in ends))
    name = "person_ban_years" if on_persons else "application_ban_years"
    if value := getattr(tier, name):
        yield Needed(name, frozenset({Figure("months", Decimal(value * 12))}))
