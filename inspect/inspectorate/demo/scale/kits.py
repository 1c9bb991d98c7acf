"""What may be found at a kind of place in a month, and what was decided upon it: lawful, drawn once, used often."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ...documents.snapshots import category_for
from ...law.violations import violation
from ...law.words import COUNTED
from ...money import parse_yuan
from ..chance import Chance
from ..findings import charge_of, chinese, choose, offences_at
from ..history import merged
from ..material import Variant, places
from ..sanctions import TIER_ENDINGS, Charge, orders_correction, penalties, statutory, tier_of
from ..subjects import Site

NAME = "{name}"
"""Stands in the facts until the place is known."""
KITS_OF_A_KIND = 3
DECIDED_AFTER = timedelta(45)


@dataclass(frozen=True, slots=True)
class Kit:
    """What was found (facts with NAME and the day in words), charged and imposed (nothing where none is lawful)."""

    day: str
    charges: tuple[dict[str, Any], ...]
    penalties: tuple[dict[str, Any], ...]
    orders_correction: bool
    series: str
    title: str

    def told(self, facts: str, name: str, on: date) -> str:
        """The facts at a place on a day."""
        return facts.replace(NAME, name).replace(self.day, chinese(on))


class Kits:
    """Kits by kind of place, sector, month, category and party, made when first asked for."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self._made: dict[tuple[str, str, date, str | None, str], tuple[Kit, ...]] = {}
        self._categories: dict[tuple[str, str, date], tuple[str, ...]] = {}

    def of(
        self, variant: Variant, sector: str, on: date, category: str | None = None, party: str = "org"
    ) -> tuple[Kit, ...]:
        """The kits; none where a sector finds nothing of its own at such a place."""
        key = (variant.place, sector, on.replace(day=1), category, party)
        if key not in self._made:
            self._made[key] = self._make(variant, key)
        return self._made[key]

    def decided(self, *asked: Any) -> list[Kit]:
        """Those that lead to a decision."""
        return [kit for kit in self.of(*asked) if kit.penalties]

    def categories(self, variant: Variant, sector: str, on: date) -> tuple[str, ...]:
        """What a sector's visit to such a place may be after in a campaign."""
        if sector == "health":
            return ("licensed_institution" if variant.kind == "medical_institution" else "unlicensed_practice",)
        key = (variant.place, sector, on.replace(day=1))
        if key not in self._categories:
            met = {one.category for one in offences_at(_somewhere(variant), sector, key[2]) if one.category}
            self._categories[key] = tuple(sorted(met))
        return self._categories[key]

    def _make(self, variant: Variant, key: tuple[str, str, date, str | None, str]) -> tuple[Kit, ...]:
        _, sector, on, category, party = key
        chance, site = Chance(self.seed, "/".join(map(str, key))), _somewhere(variant)
        options = list(offences_at(site, sector, on, category=category, party=party))
        if not options:
            return ()
        found = [choose(chance, options, 2 if chance.share(0.15) else 1) for _ in range(KITS_OF_A_KIND)]
        return tuple(
            _kit(chance, [charge_of(chance, one, site, on) for one in offences], variant, on) for offences in found
        )


def _somewhere(variant: Variant) -> Site:
    return Site("", NAME, variant, places()[0], "", "", {})


def _kit(chance: Chance, found: list[Charge], variant: Variant, on: date) -> Kit:
    decided_on = on + DECIDED_AFTER
    charges = [_tiered(chance, one, decided_on) for one in found]
    ranges = [statutory(charge, decided_on) for charge in charges]
    rows: list[dict[str, Any]] = []
    orders = False
    for charge, penalty_range in zip(charges, ranges, strict=True):
        if penalty_range is not None and all(ranges):
            orders = orders or orders_correction(penalty_range)
            rows += penalties(chance, charge, penalty_range)
    codes = [charge.offence.code for charge in charges]
    return Kit(
        day=chinese(on),
        charges=tuple(_columns(charge, number) for number, charge in enumerate(charges, 1)),
        penalties=tuple(_penalty(row, number) for number, row in enumerate(merged(rows), 1)),
        orders_correction=orders,
        series=category_for(variant.kind, codes),
        title=violation(codes[0]).title_zh,
    )


def _tiered(chance: Chance, charge: Charge, on: date) -> Charge:
    tier = tier_of(chance, charge, on)
    return replace(charge, facts=charge.facts + TIER_ENDINGS.get(tier or "", ""), tier=None if tier == "base" else tier)


def _columns(charge: Charge, position: int) -> dict[str, Any]:
    record = charge.record()
    return {
        "position": position,
        "violation": record["code"],
        "facts": record["facts"],
        "tier": record["tier"],
        "illegal_income_fen": charge.amounts.get("illegal_income"),
        "goods_value_fen": charge.amounts.get("goods_value"),
        "bases": {
            name: int(value) if name in COUNTED else parse_yuan(value) for name, value in record["bases"].items()
        },
    }


def _penalty(row: dict[str, Any], position: int) -> dict[str, Any]:
    amount = row.get("amount")
    return {
        "position": position,
        "kind": row["kind"],
        "amount_fen": parse_yuan(amount) if amount else None,
        "detail": row.get("detail"),
    }
