"""A form definition while its file is being read: tables, lines, and what is wrong with them so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ... import limits
from ...objections import N_
from .definition import Table
from .problems import Problem, nearest
from .toml_lines import Lines


@dataclass(slots=True)
class Draft:
    """The file while it is being read: its tables, its lines, and the problems and warnings found so far."""

    file: str
    lines: Lines
    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def refuse(self, line: int | None, place: str, message: str, **params: object) -> None:
        self.problems.append(Problem(line, place, message, {k: str(v) for k, v in params.items()}))

    def warn(self, line: int | None, place: str, message: str) -> None:
        """Take the definition, but tell its author."""
        self.warnings.append(Problem(line, place, message))

    def refuse_unknown(self, line: int | None, place: str, message: str, word: str, words: Iterable[str]) -> None:
        """Refuse a word, and offer the known one that is nearest to it."""
        meant = nearest(word, words) if len(self.problems) < limits.PROBLEMS else None
        self.problems.append(Problem(line, place, message, {"word": word}, meant))

    def one(self, name: str) -> dict[str, Any]:
        return (self.tables.get(name) or [{}])[0]

    def many(self, name: str) -> list[dict[str, Any]]:
        return self.tables.get(name, [])

    def check_choice(self, name: str, index: int, key: str, choices: Iterable[str]) -> None:
        """Refuse a value that is not among the known words."""
        table, choices = self.many(name)[index], tuple(choices)
        if isinstance(table.get(key), str) and table[key] not in choices:
            self.refuse(
                self.lines.key(name, index, key),
                place_of(name, table),
                N_("“%(value)s” is not a known %(key)s; known: %(choices)s"),
                value=table[key],
                key=key,
                choices=", ".join(choices),
            )


def place_of(name: str, table: Table) -> str:
    """How a table is called in a message: `row "fine_sum"`."""
    return f'{name} "{table["id"]}"' if isinstance(table.get("id"), str) else f"[{name}]"
