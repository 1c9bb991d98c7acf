"""The indicators by which a bulletin ranks regions: the campaign's own ones, or two that every campaign has."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from ..campaigns.catalogue import CampaignFacts
from .counting import Counted, Days
from .ranks import Ranked, ranked


class Ranking(NamedTuple):
    """One indicator over the regions below. ``target`` and values are shares (1 = 100 %) where ``per_cent``."""

    label: str
    lines: Sequence[Ranked]
    whole: Fraction | None
    target: Fraction | None = None
    highest_first: bool = True
    per_cent: bool = True

    def misses(self, value: Fraction | None) -> bool:
        """Whether a value falls short of the target, where there is one."""
        if value is None or self.target is None:
            return False
        return value < self.target if self.highest_first else value > self.target


def rankings(
    campaign: CampaignFacts, region_code: str, days: Days, whole: Counted, shares: Sequence[Counted]
) -> list[Ranking]:
    """The rankings of some days, cumulative from the campaign's first one."""
    return [
        _usual("案件查处率（立案数÷检查户数）", "filed", "inspected", whole, shares),
        _usual("结案率（结案数÷立案数）", "closed", "filed", whole, shares),
    ]


def _usual(label: str, above: str, below: str, whole: Counted, shares: Sequence[Counted]) -> Ranking:
    values = [(one.code, one.name, _share(one, above, below)) for one in shares]
    return Ranking(label, ranked(values), _share(whole, above, below))


def _share(one: Counted, above: str, below: str) -> Fraction | None:
    return Fraction(getattr(one, above), getattr(one, below)) if getattr(one, below) else None
