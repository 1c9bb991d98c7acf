"""What is wrong with a form definition: file, line, place, reason. All problems are gathered before any is shown."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from ...objections import N_

MEANT = N_(" (did you mean “%(meant)s”?)")


class Problem(NamedTuple):
    """One mistake. ``message`` is an English template for translation, filled from ``params``.

    ``meant``: the known word that the writer probably meant.
    """

    line: int | None
    place: str
    message: str
    params: Mapping[str, str] = MappingProxyType({})
    meant: str | None = None

    def __str__(self) -> str:
        return self.spoken(str)

    def spoken(self, translate: Callable[[str], str]) -> str:
        """The mistake in the reader's language, without file and line."""
        params = {key: translate(text) if key == "shape" else text for key, text in self.params.items()}
        suffix = translate(MEANT) % {"meant": self.meant} if self.meant else ""
        return (f"{self.place}: " if self.place else "") + translate(self.message) % params + suffix


class DefinitionError(ValueError):
    """A form definition that cannot be accepted; ``problems`` in the order of the file."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = tuple(sorted(problems, key=lambda p: p.line or 0))
        super().__init__("\n".join(self.lines()))

    def lines(self, translate: Callable[[str], str] = str) -> list[str]:
        """One clear line per problem: `file:line: place: reason`."""
        return [f"{self.file}:{p.line or 1}: {p.spoken(translate)}" for p in self.problems]


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The known word that the writer probably meant."""
    found = difflib.get_close_matches(word, list(words), n=1)
    return found[0] if found else None
