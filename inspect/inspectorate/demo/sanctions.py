"""Penalties that an office might really impose: inside the statutory range of the day, and no others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..law.ranges import Facts, NoRange, PenaltyRange, range_for
from ..law.words import CONFISCATED, COUNTED, MEASURES, term
from ..money import plain_yuan
from .chance import Chance
from .material import Offence

HUNDRED_YUAN = 10_000
GOODS = ("drugs", "devices", "food", "goods", "cosmetics", "vaccines")

TIER_WEIGHTS = {"base": 0.66, "overdue": 0.26, "serious": 0.08}
TIER_ENDINGS = {"overdue": "经责令限期改正，复查时仍未改正。", "serious": "该行为持续时间长、涉及人数多，情节严重。"}


@dataclass(frozen=True)
class Charge:
    """An offence that was found: its facts, amounts (fen, or heads) and tier."""

    offence: Offence
    facts: str
    amounts: Mapping[str, int]
    tier: str | None

    def record(self) -> dict[str, Any]:
        """As an interchange record has it."""
        further = {
            name: str(value) if name in COUNTED else plain_yuan(value)
            for name, value in self.amounts.items()
            if name not in ("illegal_income", "goods_value")
        }
        return {
            "code": self.offence.code,
            "facts": self.facts,
            "tier": self.tier,
            "bases": further,
            **{
                name: plain_yuan(self.amounts[name])
                for name in ("illegal_income", "goods_value")
                if name in self.amounts
            },
        }


def statutory(charge: Charge, on: date, tier: str | None = None) -> PenaltyRange | None:
    """The range of a charge on a day, None where the catalogue has none."""
    try:
        return range_for(charge.offence.violation, Facts(tier=tier or charge.tier, bases=charge.amounts), on)
    except NoRange:
        return None


def tier_of(chance: Chance, charge: Charge, on: date) -> str | None:
    """A tier of the charge that lets something be imposed, mostly the base."""
    named = charge.offence.violation.tiers_by_name
    options = [tier for tier in TIER_WEIGHTS if tier in named and named[tier].subject is None]
    possible = [tier for tier in options if (found := statutory(charge, on, tier)) and _imposable(found)]
    if not possible:
        return None
    return chance.weighted(possible, [TIER_WEIGHTS[tier] for tier in possible])


def _imposable(found: PenaltyRange) -> bool:
    return bool(found.fine or found.warning or found.suspend_business or found.revoke or found.confiscate)


def penalties(chance: Chance, charge: Charge, found: PenaltyRange) -> list[dict[str, Any]]:
    """The penalties of a decision, in the order in which a decision names them."""
    rows: list[dict[str, Any]] = []
    if found.warning:
        rows.append({"kind": "warning"})
    income = charge.amounts.get("illegal_income")
    if income:
        rows.append({"kind": "confiscate_income", "amount": plain_yuan(income)})
    goods = [name for name in found.confiscate if name in GOODS]
    if goods and charge.amounts.get("goods_value"):
        detail = f"涉案的{'、'.join(term(CONFISCATED, name).zh for name in goods)}"
        value = plain_yuan(charge.amounts["goods_value"])
        rows.append({"kind": "confiscate_goods", "amount": value, "detail": detail})
    fine = fine_within(chance, found, only=not rows)
    if fine:
        rows.append({"kind": "fine", "amount": plain_yuan(fine)})
    if found.suspend_business and (not found.fine or chance.share(0.6)):
        rows.append({"kind": "suspend_business", "detail": f"责令停业整顿{chance.pick((7, 15, 30))}日"})
    licences = found.revoke or (found.revoke_optional if chance.share(0.3) else ())
    if licences:
        rows.append({"kind": "revoke_licence", "detail": f"吊销{licences[0]}"})
    return rows


def fine_within(chance: Chance, found: PenaltyRange, *, only: bool) -> int | None:
    """A fine inside the range in fen, rather near its minimum; ``only``: nothing else is imposed."""
    if found.fine is None or (not found.fine.mandatory and not only and chance.share(0.45)):
        return None
    low, high = found.fine.min, found.fine.max
    counted = found.calculation and found.calculation.counted
    if counted and found.calculation and found.calculation.rule.min_times:
        return _times(chance, found, counted)
    wanted = low + round((high - low) * chance.lower() * 0.6)
    rounded = -(-wanted // HUNDRED_YUAN) * HUNDRED_YUAN
    return max(min(rounded, high), low) or high


def _times(chance: Chance, found: PenaltyRange, counted: int) -> int:
    """A whole multiple of the base where the range has one, as decisions reason."""
    assert found.fine and found.calculation
    rule = found.calculation.rule
    least, most = rule.min_times or Decimal(0), rule.max_times or Decimal(1)
    multiple = least + Decimal(round(float(most - least) * chance.lower() * 0.5))
    fen = counted * 100 if rule.base in COUNTED else counted
    return max(min(int(fen * multiple), found.fine.max), found.fine.min)


def orders_correction(found: PenaltyRange) -> bool:
    """Whether the decision orders to correct."""
    return any(name in found.measures for name in MEASURES)
