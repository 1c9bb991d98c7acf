"""Finding violations that resemble a description: what an officer wrote, in words that no title has.

A description and an entry are alike by the pairs of neighbouring characters that both have; a pair that few entries
have says more than one that many have. Words of the trade in a description count by half as what they stand for.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import log, sqrt
from typing import NamedTuple

from .datafile import read
from .violations import Violation, catalogue

LONGEST_DESCRIPTION = 2000
"""Characters beyond it are not looked at."""

# What shares less with a description than this part of what it says is no find.
_LEAST_LIKENESS = 0.12

_CHINESE = re.compile(r"[㐀-鿿]+")


class Likeness(NamedTuple):
    """A violation and how much of a description it covers, 0 to 1 for the very words of its title."""

    violation: Violation
    likeness: float


def resembling(description: str, among: Iterable[Violation] | None = None, limit: int = 10) -> list[Likeness]:
    """The violations that a description resembles, the most alike first; equals in the order of the statutes."""
    index = _index()
    wanted = {pair: part * index.weights[pair] for pair, part in _meant(description).items() if pair in index.weights}
    length = sqrt(sum(weight * weight for weight in wanted.values()))
    if not length:
        return []
    shared: dict[str, float] = {}
    for pair, weight in wanted.items():
        for code in index.having[pair]:
            shared[code] = shared.get(code, 0.0) + weight * index.weights[pair]
    allowed = None if among is None else {entry.code for entry in among}
    found = [
        Likeness(entry, value)
        for code, entry in catalogue().items()
        if code in shared and (allowed is None or code in allowed)
        if (value := shared[code] / (length * index.lengths[code])) >= _LEAST_LIKENESS
    ]
    found.sort(key=lambda one: -one.likeness)
    return found[:limit]


class _Index(NamedTuple):
    """``weights``: what each pair of characters says; ``having``: the codes with it; ``lengths``: of each entry."""

    weights: Mapping[str, float]
    having: Mapping[str, Sequence[str]]
    lengths: Mapping[str, float]


@cache
def _index() -> _Index:
    """Made with the first description."""
    texts = {code: _pairs(entry.title_zh) for code, entry in catalogue().items()}
    having: dict[str, list[str]] = {}
    for code, pairs in texts.items():
        for pair in pairs:
            having.setdefault(pair, []).append(code)
    weights = {pair: log(1 + len(texts) / len(codes)) for pair, codes in having.items()}
    lengths = {code: sqrt(sum(weights[pair] ** 2 for pair in pairs)) for code, pairs in texts.items()}
    return _Index(weights, having, lengths)


def _meant(description: str) -> dict[str, float]:
    """The pairs of a description, and by half those of what its words of the trade stand for."""
    text = description[:LONGEST_DESCRIPTION]
    pairs: dict[str, float] = {}
    for word, meant in _words_of_the_trade().items():
        if word in text:
            pairs.update(dict.fromkeys(meant, 0.5))
    return {**pairs, **dict.fromkeys(_pairs(text), 1.0)}


@cache
def _words_of_the_trade() -> Mapping[str, set[str]]:
    words: Mapping[str, Sequence[str]] = read("search_words.toml")["words"]
    return {word: set().union(*map(_pairs, meanings)) for word, meanings in words.items()}


def _pairs(text: str) -> set[str]:
    return {run[place : place + 2] for run in _CHINESE.findall(text) for place in range(len(run) - 1)}
