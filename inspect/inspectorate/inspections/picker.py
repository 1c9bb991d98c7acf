"""Choosing violations from the catalogue: what is proposed, and what an inspector sees of each before choosing."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..law.search import search
from ..law.violations import FineRule, Violation, catalogue, violations
from ..law.words import BASES, COUNTED, SECTORS, term
from ..money import yuan

SHOWN = 12

WAN = 1_000_000
"""Fen in ten thousand yuan."""


class Choice(NamedTuple):
    """A violation as it is offered: citations on the day, the range in words, who may punish it."""

    violation: Violation
    range_words: str
    own: bool
    """Whether the authority's sector punishes it; if not, it is a matter to transfer."""

    @property
    def sectors(self) -> str:
        """The sectors that punish it, in Chinese."""
        return "、".join(term(SECTORS, sector).zh for sector in self.violation.sectors)


def proposals(words: str, sector: str, on: date, limit: int = SHOWN) -> list[Choice]:
    """Violations in force that answer the words: those of the own sector first, the others after them."""
    if not words.strip():
        return []
    own = search(words, sector=sector, on=on, limit=limit)
    known = {entry.code for entry in own}
    others = [entry for entry in search(words, on=on, limit=limit * 2) if entry.code not in known]
    return [choice_of(entry, sector) for entry in [*own, *others][:limit]]


def usual(category: str | None, sector: str, on: date, limit: int = SHOWN) -> list[Choice]:
    """The violations that a campaign's target is about, before anything is searched; those of the own sector first."""
    if category is None:
        return []
    found = [choice_of(entry, sector) for entry in violations(category=category, on=on)]
    return sorted(found, key=lambda one: not one.own)[:limit]


def choice(code: str, sector: str) -> Choice | None:
    """One violation as it is offered; None for a code that the catalogue does not have."""
    found = catalogue().get(code)
    return choice_of(found, sector) if found else None


def choice_of(violation: Violation, sector: str) -> Choice:
    """The violation with its range in words."""
    return Choice(violation, range_in_words(violation), sector in violation.sectors)


def range_in_words(violation: Violation) -> str:
    """What the provision lets impose, one clause a tier: 违法所得5倍以上20倍以下罚款，不足1万元的按1万元计算."""
    clauses = []
    for tier in violation.tiers:
        parts = [fine_in_words(tier.fine)] if tier.fine else []
        parts += ["警告"] if tier.warning else []
        parts += ["通报批评"] if tier.public_criticism else []
        parts += ["停产停业"] if tier.suspend_business else []
        parts += [f"吊销{'、'.join(tier.revoke)}"] if tier.revoke else []
        if tier.suspend_practice_months:
            parts.append("暂停执业{}至{}个月".format(*tier.suspend_practice_months))
        if parts:
            head = "" if tier.name == "base" else f"{tier.when}：" if tier.when else ""
            clauses.append(head + "，".join(parts))
    return "；".join(clauses) or "责令改正等措施，无罚款"


def fine_in_words(fine: FineRule) -> str:
    """A fine as its rule states it, before any base is known."""
    allowed = "可处" if fine.optional else ""
    if fine.kind == "range":
        return f"{allowed}{_span(fine.min, fine.max)}罚款"
    base = term(BASES, fine.base or "")
    words = f"{allowed}{base.zh}{_times(fine.min_times)}倍以上{_times(fine.max_times)}倍以下罚款"
    if fine.base in COUNTED:
        words = f"{allowed}每{COUNTED[fine.base].zh}{_times(fine.min_times)}元至{_times(fine.max_times)}元罚款"
    if fine.floor_base:
        words += f"，不足{_sum(fine.floor_base)}的按{_sum(fine.floor_base)}计算"
    if fine.threshold:
        words += f"，没有或者不足{_sum(fine.threshold)}的，{_span(fine.below_min, fine.below_max)}罚款"
    if fine.unknown_max:
        words += f"，无法计算的，{_span(fine.unknown_min, fine.unknown_max)}罚款"
    return words


def _span(least: int | None, most: int | None) -> str:
    return f"{_sum(least)}以上{_sum(most or 0)}以下" if least else f"{_sum(most or 0)}以下"


def _sum(fen: int) -> str:
    """10万元, 5,000元."""
    if fen >= WAN and fen % (WAN // 100) == 0:
        return f"{(Decimal(fen) / WAN).normalize():f}万元"
    return f"{yuan(fen).removesuffix('.00')}元"


def _times(times: Decimal | None) -> str:
    return f"{(times or Decimal(0)).normalize():f}"
