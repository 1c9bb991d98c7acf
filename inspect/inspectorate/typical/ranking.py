"""Which decided cases are typical: points for gravity, novelty, completeness and a lawful penalty, each with a reason.
Pure; the weights are ``data/ranking.toml``.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import log
from pathlib import Path
from typing import Any, NamedTuple

from ..objections import N_

_FILE = Path(__file__).with_name("data") / "ranking.toml"

PARTS = ("gravity", "novelty", "completeness", "range")
WITHIN, OUTSIDE, UNKNOWN = "within", "outside", "unknown"


class Candidate(NamedTuple):
    """What the rule asks of a case.

    ``of_maximum``: the fine as a share of the statutory maximum, None where that is not known. ``of_field``: the share
    of the campaign's decisions here with less money. ``same_violation``, ``same_category``: decided cases
    compared with its rarest violation, and in its category. ``lacking``: what keeps it from being sent; ``wanting``:
    lesser things that are missing.
    """

    case_id: int
    kinds: tuple[str, ...] = ()
    of_maximum: float | None = None
    of_field: float = 0.0
    range: str = UNKNOWN
    transferred: bool = False
    repeat: bool = False
    harm: bool = False
    minors: bool = False
    same_violation: int = 1
    same_category: int = 1
    chosen_with_violation: int = 0
    lacking: int = 0
    wanting: int = 0
    evidence: int = 0
    served: bool = False
    documents: int = 0


class Reason(NamedTuple):
    """Points and why: a source string with its values. ``part``: one of `PARTS`."""

    part: str
    points: int
    message: str
    values: Mapping[str, object]


class Ranked(NamedTuple):
    """A candidate in its place."""

    candidate: Candidate
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """All points together."""
        return sum(reason.points for reason in self.reasons)

    def points(self, part: str) -> int:
        """The points of one part."""
        return sum(reason.points for reason in self.reasons if reason.part == part)


@cache
def weights() -> Mapping[str, Any]:
    """The weights as the file has them."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def ranked(candidates: Iterable[Candidate]) -> list[Ranked]:
    """Lawful and complete ones first, then by their points, then the older; the order given does not matter."""
    found = [Ranked(one, tuple(reasons_for(one))) for one in candidates]
    return sorted(found, key=_place)


def _place(one: Ranked) -> tuple[bool, bool, int, int]:
    case = one.candidate
    return case.range == OUTSIDE, case.lacking > 0, -one.score, case.case_id


def reasons_for(one: Candidate) -> Iterator[Reason]:
    """Why a case stands where it stands, part by part."""
    for part, rule in (("gravity", _gravity), ("novelty", _novelty), ("completeness", _complete), ("range", _range)):
        for points, message, values in rule(one, weights()):
            yield Reason(part, round(points), message, values)


_Points = Iterator[tuple[float, str, dict[str, object]]]


def _gravity(one: Candidate, table: Mapping[str, Any]) -> _Points:
    known, weight = table["gravity"]["kinds"], table["gravity"]
    points = sorted((known.get(kind, 0) for kind in set(one.kinds)), reverse=True)
    if points:
        yield points[0] + sum(points[1:]) / 2, N_("penalties: %(kinds)s"), {"kinds": one.kinds}
    if one.transferred:
        yield weight["transferred"], N_("handed to the police or court"), {}
    if one.of_maximum:
        share = min(one.of_maximum, 1.0)
        yield weight["of_maximum"] * share, N_("fine at %(share)s %% of the maximum"), {"share": round(share * 100)}
    if one.of_field:
        share = round(one.of_field * 100)
        yield (
            weight["of_field"] * one.of_field,
            N_("more money than in %(share)s %% of the cases weighed"),
            {"share": share},
        )
    for holds, name, message in (
        (one.repeat, "repeat", N_("penalised before")),
        (one.harm, "harm", N_("harm is noted in the file")),
        (one.minors, "minors", N_("minors are concerned")),
    ):
        if holds:
            yield weight[name], message, {}


def _novelty(one: Candidate, table: Mapping[str, Any]) -> _Points:
    weight = table["novelty"]
    yield (
        weight["violation"] * _rarity(one.same_violation),
        N_("%(number)s cases compared have this violation"),
        {"number": one.same_violation},
    )
    yield (
        weight["category"] * _rarity(one.same_category),
        N_("%(number)s cases compared are in this category"),
        {"number": one.same_category},
    )
    if one.chosen_with_violation:
        yield 0, N_("%(number)s chosen cases have this violation already"), {"number": one.chosen_with_violation}
    else:
        yield weight["not_chosen"], N_("no chosen case has this violation yet"), {}


def _rarity(number: int) -> float:
    """1 for the only one, 0 for so many as are common, in equal steps of the logarithm between."""
    first, last = weights()["rare"]["from"], weights()["rare"]["to"]
    number = min(max(number, first), last)
    return 1 - log(number / first) / log(last / first)


def _complete(one: Candidate, table: Mapping[str, Any]) -> _Points:
    weight = table["completeness"]
    if one.lacking:
        yield 0, N_("not fit to be sent up: %(number)s things are missing"), {"number": one.lacking}
    elif one.wanting:
        points = max(weight["whole"] + weight["each"] * one.wanting, 0)
        yield points, N_("%(number)s lesser things are missing"), {"number": one.wanting}
    else:
        yield weight["whole"], N_("nothing is missing"), {}
    if one.evidence:
        points = weight["evidence"] * min(one.evidence, weight["evidence_most"])
        yield points, N_("%(number)s pieces of evidence"), {"number": one.evidence}
    if one.served:
        yield weight["served"], N_("the decision has been served"), {}
    if one.documents >= weight["documents_from"]:
        yield weight["documents"], N_("%(number)s papers in the file"), {"number": one.documents}


def _range(one: Candidate, table: Mapping[str, Any]) -> _Points:
    weight = table["range"]
    if one.range == OUTSIDE:
        yield 0, N_("outside the statutory range: never proposed first"), {}
    elif one.range == UNKNOWN:
        yield weight["unknown"], N_("no statutory range could be computed"), {}
    else:
        yield weight["within"], N_("within the statutory range"), {}


def share_below(amount: int, ordered: Sequence[int]) -> float:
    """The share of some amounts, in order, that are smaller than one; 0 where there is nothing to compare with."""
    return bisect_left(ordered, amount) / len(ordered) if len(ordered) > 1 else 0.0
