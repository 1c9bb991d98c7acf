"""The indicators by which a bulletin ranks regions: the campaign's own ones, or two that every campaign has."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ..campaigns.catalogue import CampaignFacts
from ..campaigns.indicators import indicators_below
from ..campaigns.progress import Counted, Days
from ..campaigns.quotients import Indicator
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
    campaign: CampaignFacts, region_code: str, days: Days, whole: Counted, shares: Sequence[Counted], today: date
) -> list[Ranking]:
    """The rankings of some days, cumulative from the campaign's first one.

    The campaign's own indicators count records and returns together; the usual two, where it has none, records.
    """
    if campaign.indicators:
        told = indicators_below(campaign, region_code, today=today, days=days)
        return [_own(one, below, shares) for one, below in told]
    return [
        _usual("案件查处率（立案数÷检查户数）", "filed", "inspected", whole, shares),
        _usual("结案率（结案数÷立案数）", "closed", "filed", whole, shares),
    ]


def _own(one: Indicator, below: Mapping[str, Indicator], shares: Sequence[Counted]) -> Ranking:
    scale = 100 if one.per_cent else 1
    highest_first = one.better == "more"

    def share(found: Indicator | None) -> Fraction | None:
        return found.value / scale if found is not None and found.value is not None else None

    values = [(region.code, region.name, share(below.get(region.code))) for region in shares]
    target = Fraction(one.target) / scale if one.target is not None else None
    lines = ranked(values, highest_first=highest_first)
    return Ranking(one.label, lines, share(one), target, highest_first, one.per_cent)


def _usual(label: str, above: str, below: str, whole: Counted, shares: Sequence[Counted]) -> Ranking:
    values = [(one.code, one.name, _share(one, above, below)) for one in shares]
    return Ranking(label, ranked(values), _share(whole, above, below))


def _share(one: Counted, above: str, below: str) -> Fraction | None:
    return Fraction(getattr(one, above), getattr(one, below)) if getattr(one, below) else None
