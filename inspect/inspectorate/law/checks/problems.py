"""Something wrong in the data, and where a lawyer finds it."""

from functools import cache
from typing import NamedTuple

from ..datafile import DATA, names
from ..model import Violation


class Problem(NamedTuple):
    """Something wrong: ``where`` is file, line and code, or an id."""

    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


def place_of(entry: Violation, tier: int | None = None) -> str:
    """``violations/food.toml:120: FD-001``: the line of this edition, or of its tier (counted from 0)."""
    if entry.code not in _places():
        return entry.code
    file, line = _places()[entry.code]
    return f"{file}:{_below(file, line, entry, tier)}: {entry.code}"


@cache
def _places() -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for name in names("violations"):
        for number, line in enumerate(_lines(name), 1):
            if line.startswith('code = "'):
                found.setdefault(line.removeprefix('code = "').removesuffix('"'), (name, number))
    return found


@cache
def _lines(name: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in (DATA / name).read_text(encoding="utf-8").splitlines())


def _below(file: str, line: int, entry: Violation, tier: int | None) -> int:
    """The line of the edition and tier in the record that names itself on ``line``."""
    lines = _lines(file)
    end = next((at for at in range(line, len(lines)) if lines[at] == "[[violation]]"), len(lines))
    header = "[[violation.tier]]"
    if entry.historic:
        begun = [at for at in range(line, end) if lines[at] == "[[violation.earlier]]"]
        line = next((at + 1 for at in begun if f"from = {entry.since}" in lines[at : at + 9]), line)
        header = "[[violation.earlier.tier]]"
        end = next((at for at in range(line, end) if lines[at] == "[[violation.earlier]]"), end)
    tiers = [at + 1 for at in range(line, end) if lines[at] == header]
    return tiers[tier] if tier is not None and tier < len(tiers) else line
