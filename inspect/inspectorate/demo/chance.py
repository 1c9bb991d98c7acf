"""Chance that repeats itself: one seed, one sequence of draws, and texts filled from it."""

import math
import random
import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

# {n3_9} a number, {a|b} one of several; every other word in braces must be known.
_BLANK = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"n(\d+)_(\d+)")

SATURDAY = 5


class Chance:
    """Draws that depend on the seed and a name alone, so that more of one thing does not change another."""

    def __init__(self, seed: int, name: str) -> None:
        self._random = random.Random(f"{seed}/{name}")

    def count(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return self._random.randint(least, most)

    def share(self, part: float) -> bool:
        """Yes with that probability."""
        return self._random.random() < part

    def between(self, low: float, high: float) -> float:
        """A number in between."""
        return self._random.uniform(low, high)

    def pick(self, options: Sequence[T]) -> T:
        """One of several, each as likely."""
        return options[self._random.randrange(len(options))]

    def weighted(self, options: Sequence[T], weights: Sequence[float]) -> T:
        """One of several by weight."""
        return self._random.choices(options, weights)[0]

    def some(self, options: Sequence[T], least: int, most: int) -> list[T]:
        """Several, in their own order."""
        number = min(self.count(least, most), len(options))
        chosen = set(self._random.sample(range(len(options)), number))
        return [option for place, option in enumerate(options) if place in chosen]

    def lower(self) -> float:
        """A share between 0 and 1, mostly small: how far discretion goes above the minimum."""
        return self._random.triangular(0, 1, 0.08)

    def yuan(self, low: float, high: float) -> int:
        """An amount in fen that looks like takings, small ones being more frequent: to the yuan, mostly to ten."""
        value = math.exp(self._random.uniform(math.log(max(low, 1)), math.log(max(high, 2))))
        return round(value) * 100 if self.share(0.3) else max(round(value / 10), 1) * 1000

    def digits(self, pattern: str) -> str:
        """The pattern with a digit for every #."""
        return re.sub("#", lambda _: str(self._random.randint(0, 9)), pattern)

    def day(self, first: date, last: date) -> date:
        """A day, both ends included, rarely of a weekend."""
        found = first + timedelta(self._random.randint(0, max((last - first).days, 0)))
        if found.weekday() >= SATURDAY and self.share(0.85):
            found += timedelta(7 - found.weekday())
        return min(found, last)

    def fill(self, text: str, known: Mapping[str, str]) -> str:
        """A text with its blanks filled: words that are known, numbers in a range, one of several alternatives."""

        def filled(match: re.Match[str]) -> str:
            blank = match[1]
            if blank in known:
                return known[blank]
            if numbers := _RANGE.fullmatch(blank):
                return str(self.count(int(numbers[1]), int(numbers[2])))
            if "|" in blank:
                return self.pick(blank.split("|"))
            raise KeyError(f"{blank} in {text!r}")

        return _BLANK.sub(filled, text)


class QuickChance(Chance):
    """The same draws at a third of the price, for millions of them; another sequence than ``Chance`` has."""

    def count(self, least: int, most: int) -> int:
        """A whole number, both ends included."""
        return least + int(self._random.random() * (most - least + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of several, each as likely."""
        return options[int(self._random.random() * len(options))]

    def day(self, first: date, last: date) -> date:
        """A day, both ends included, rarely of a weekend."""
        found = first + timedelta(int(self._random.random() * (max((last - first).days, 0) + 1)))
        if found.weekday() >= SATURDAY and self.share(0.85):
            found += timedelta(7 - found.weekday())
        return min(found, last)

    def digits(self, pattern: str) -> str:
        """The pattern with a digit for every #."""
        return "".join([str(int(self._random.random() * 10)) if sign == "#" else sign for sign in pattern])


class Wheel(Generic[T]):
    """Options by weight, for very many turns: the weights are added up once."""

    def __init__(self, options: Sequence[T], weights: Sequence[float]) -> None:
        self.options, self._ends = options, list(accumulate(weights))

    def turn(self, chance: Chance) -> T:
        """One of the options."""
        return self.options[min(bisect(self._ends, chance.between(0, self._ends[-1])), len(self.options) - 1)]
