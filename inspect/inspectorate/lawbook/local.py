"""What local discretion standards make of a violation: their tiers in words, and the range that each leaves."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..accounts.actor import Actor
from ..accounts.regions import covers
from ..law.fines import FineRange
from ..law.ranges import PenaltyRange
from ..law.standards import applied, narrow
from ..standards import queries
from ..standards.models import LocalStandard
from ..standards.shown import RuleLine, rule_lines


class LocalRules(NamedTuple):
    """What one standard that binds here says of a violation."""

    standard: LocalStandard
    rules: Sequence[RuleLine]


class Narrowed(NamedTuple):
    """The range that a local tier leaves, with when it applies."""

    name: str
    criteria: str
    fine: FineRange


def local_rules(actor: Actor, code: str, today: date) -> list[LocalRules]:
    """The standards in force in the actor's region that rule on the violation, the nearest region last."""
    found = []
    for row in queries.standards(actor):
        if row.in_force_on(today) and covers(row.region_code, actor.region_code):
            rules = [line for line in rule_lines(queries.standard_of(row)) if line.code == code]
            found += [LocalRules(row, rules)] if rules else []
    return found


def narrowed(actor: Actor, found: PenaltyRange | None, on: date) -> tuple[str, list[Narrowed]]:
    """The name of the standard that governs, and the range under each of its tiers; nothing where none does."""
    if found is None or found.fine is None or actor.sector is None:
        return "", []
    governing = applied(
        queries.binding(actor.sector, actor.region_code, on), found, actor.region_code, actor.sector, on
    )
    if governing is None:
        return "", []
    ranges = [(tier, narrow(found, tier)) for tier in governing.rule.tiers]
    name = f"{governing.standard.name}（{governing.standard.number}）"
    return name, [Narrowed(tier.name, tier.criteria, fine) for tier, fine in ranges if fine]
