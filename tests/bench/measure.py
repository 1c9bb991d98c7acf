"""Measuring against a floor: both sides turn and turn about in one process, the best of five counts.

A ratio to a floor that the same machine showed in the same minute says something; seconds alone do not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

ROUNDS = 5


@dataclass(frozen=True)
class Ratio:
    """What was measured (seconds, or bytes where ``unit`` says so), its floor and the most that is allowed."""

    name: str
    ours: float
    floor: float
    limit: float
    """``limit`` × the floor, ``plus`` added, is the most that ``ours`` may be."""
    plus: float = 0.0
    unit: str = "s"

    @property
    def most(self) -> float:
        """The most that ``ours`` may be."""
        return self.limit * self.floor + self.plus

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.ours <= self.most


def seconds(work: Callable[[], object]) -> float:
    """Seconds of one turn."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def compare(
    name: str,
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    limit: float,
    plus: float = 0.0,
    rounds: int = ROUNDS,
) -> Ratio:
    """Run both, interleaved, after one turn each to warm up; the best of each is compared. ``plus`` in seconds."""
    ours(), floor()
    turns = [(seconds(ours), seconds(floor)) for _ in range(rounds)]
    return Ratio(name, min(turn[0] for turn in turns), min(turn[1] for turn in turns), limit, plus)
