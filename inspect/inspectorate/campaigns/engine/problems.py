"""What is wrong with a form definition: file, line, place, reason. All problems are gathered before any is shown."""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake. `message` is an English template for translation, filled from `params`."""

    line: int | None
    place: str
    message: str
    params: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.params

    def spoken(self, translate: Callable[[str], str]) -> dict[str, str]:
        """The parameters, with the description of the expected shape in the reader's language."""
        return {key: translate(text) if key == "shape" else text for key, text in self.params.items()}


class DefinitionError(ValueError):
    """A form definition that cannot be accepted; `problems` in the order of the file."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = tuple(sorted(problems, key=lambda p: p.line or 0))
        super().__init__("\n".join(self.lines()))

    def lines(self, translate: Callable[[str], str] | None = None) -> list[str]:
        """One clear line per problem: `file:line: place: reason`."""
        speak = translate or (lambda message: message)
        return [
            f"{self.file}:{p.line or 1}: {p.place + ': ' if p.place else ''}{speak(p.message) % p.spoken(speak)}"
            for p in self.problems
        ]


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The known word that the writer probably meant."""
    found = difflib.get_close_matches(word, list(words), n=1)
    return found[0] if found else None
