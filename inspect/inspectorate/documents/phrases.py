"""The small language of the layouts: {placeholders} and [stretches left out without their values].

`当事人：{party.name}[，职务：{party.legal_rep_title}]。` prints the post only where there is one. A placeholder
outside of brackets that has no value leaves a ruled blank. A mark at the end of a value gives way to a mark that the
layout puts after it.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .blocks import Run, Text

MARKS = "。；，、：.;,"
_PART = re.compile(r"\[(?P<stretch>[^\[\]]*)\]|\{(?P<key>[a-z_.]+)(?::(?P<style>[a-z]+))?\}|(?P<text>[^\[\]{}]+)")


class Placeholder(NamedTuple):
    """`{key}` or `{key:style}`."""

    key: str
    style: str = ""


class Stretch(NamedTuple):
    """`[…]`: printed only where all its placeholders have values."""

    parts: tuple["str | Placeholder", ...]


Phrase = tuple[str | Placeholder | Stretch, ...]
ValueOf = Callable[[Placeholder], str]
BlankOf = Callable[[Placeholder], Run]


def parse(text: str) -> Phrase:
    """The parts of a phrase. Raises ValueError for brackets or braces that do not match."""
    parts: list[str | Placeholder | Stretch] = []
    position = 0
    while position < len(text):
        match = _PART.match(text, position)
        if not match:
            raise ValueError(f"brackets or braces do not match at: {text[position:]}")
        position = match.end()
        if match["stretch"] is not None:
            parts.append(Stretch(tuple(part for part in parse(match["stretch"]) if not isinstance(part, Stretch))))
        elif match["key"]:
            parts.append(Placeholder(match["key"], match["style"] or ""))
        else:
            parts.append(match["text"])
    return tuple(parts)


def placeholders(phrase: Phrase) -> Iterator[tuple[Placeholder, bool]]:
    """Each placeholder, and whether it must have a value (it stands outside of a stretch)."""
    for part in phrase:
        if isinstance(part, Placeholder):
            yield part, True
        elif isinstance(part, Stretch):
            for inner in part.parts:
                if isinstance(inner, Placeholder):
                    yield inner, False


def fill(phrase: Phrase, value_of: ValueOf, blank_of: BlankOf) -> list[Text]:
    """The paragraphs that a phrase makes: one, or more where it or a value holds line breaks."""
    flat = list(_present(phrase, value_of))
    runs: list[Run] = []
    for part, following in zip(flat, [*flat[1:], ""], strict=False):
        if isinstance(part, str):
            runs.append(Run(part))
            continue
        value = value_of(part)
        if not value:
            runs.append(blank_of(part))
            continue
        if isinstance(following, str) and following[:1] and following[0] in MARKS + "）":
            value = value.rstrip(MARKS)
        runs.append(Run(value))
    return _paragraphs(runs)


def _present(phrase: Phrase, value_of: ValueOf) -> Iterator[str | Placeholder]:
    for part in phrase:
        if not isinstance(part, Stretch):
            yield part
        elif all(value_of(inner) for inner in part.parts if isinstance(inner, Placeholder)):
            yield from part.parts


def _paragraphs(runs: list[Run]) -> list[Text]:
    paragraphs: list[list[Run]] = [[]]
    for run in runs:
        if run.blank:
            paragraphs[-1].append(run)
            continue
        for number, line in enumerate(run.text.split("\n")):
            if number:
                paragraphs.append([])
            if line.strip():
                paragraphs[-1].append(Run(line.strip() if number else line))
    return [tuple(paragraph) for paragraph in paragraphs if paragraph]
