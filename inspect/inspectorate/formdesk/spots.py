"""What is wrong with a definition, brought back from lines of text to the very table and key."""

from collections.abc import Sequence
from typing import NamedTuple

from ..campaigns.engine.definition import FormDefinition
from ..campaigns.engine.parsing import parse
from ..campaigns.engine.problems import DefinitionError, Problem
from ..campaigns.engine.toml_lines import Lines


class Spot(NamedTuple):
    """A table by name and place among its kind, and a key of it; ``table`` is empty for the file as a whole."""

    table: str = ""
    place: int = 0
    key: str = ""


class Mistake(NamedTuple):
    """A problem and where it is to be mended."""

    problem: Problem
    spot: Spot


class Read(NamedTuple):
    """A definition, or what keeps it from being one."""

    form: FormDefinition | None
    mistakes: Sequence[Mistake] = ()


def read(text: str) -> Read:
    """Read a definition."""
    try:
        return Read(parse(text))
    except DefinitionError as error:
        lines = Lines(text)
        return Read(None, [Mistake(problem, spot_of(problem, lines)) for problem in error.problems])


def spot_of(problem: Problem, lines: Lines) -> Spot:
    """The table and key in whose lines a problem lies; what is missing altogether is where it would stand."""
    if problem.place.startswith("[") and problem.line in (None, 1):
        return Spot(problem.place.strip("[]"))
    if problem.line is None:
        return Spot()
    line = problem.line
    places = [(t.line, name, index) for name, tables in lines.tables.items() for index, t in enumerate(tables) if name]
    before = [place for place in places if place[0] <= line]
    if not before:
        return Spot()
    _line, name, index = max(before)
    keys = lines.tables[name][index].keys
    named = [(number, key) for key, number in keys.items() if number <= line]
    return Spot(name.split(".")[0], index, max(named)[1] if named else "")
