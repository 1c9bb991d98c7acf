"""Where each table and key of a TOML file stands, so that a refusal can name the line (tomllib does not say)."""

import re
from dataclasses import dataclass, field

_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?")
_KEY = re.compile(r"""^\s*("[^"]*"|'[^']*'|[\w\-]+)\s*(?:\.\s*[\w\-]+\s*)*=""")
_STRING = re.compile(r'"""(?:.|\n)*?"""|\'\'\'(?:.|\n)*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*')
_EQUALS = re.compile(r"[ \t]*=")
_BRACKET = re.compile(r"[\[\]{}]")


@dataclass(slots=True)
class TableLines:
    """The line of a table's heading and of each of its keys (counted from 1)."""

    line: int
    keys: dict[str, int] = field(default_factory=dict)


class Lines:
    """Tables by name, in the order of the file; the root table is called ""."""

    def __init__(self, text: str) -> None:
        self.source = text.splitlines()
        self.tables: dict[str, list[TableLines]] = {"": [TableLines(1)]}
        self._read(_without_strings(text).splitlines())

    def _read(self, lines: list[str]) -> None:
        current, depth = self.tables[""][0], 0
        for number, line in enumerate(lines, start=1):
            if depth == 0:
                if header := _HEADER.match(line):
                    current = TableLines(number)
                    self.tables.setdefault(header.group(2), []).append(current)
                    continue
                if key := _KEY.match(line):
                    current.keys.setdefault(key.group(1).strip("\"'"), number)
            depth = max(0, depth + sum(line.count(c) for c in "[{") - sum(line.count(c) for c in "]}"))

    def table(self, name: str, index: int = 0) -> int | None:
        """The line of the n-th table of that name."""
        tables = self.tables.get(name, [])
        return tables[index].line if index < len(tables) else None

    def key(self, name: str, index: int, key: str) -> int | None:
        """The line of a key in the n-th table of that name, or of the table where the key is not found."""
        tables = self.tables.get(name, [])
        return tables[index].keys.get(key, tables[index].line) if index < len(tables) else None

    def containing(self, text: str, start: int | None) -> int | None:
        """The first line from `start` on that contains the text, else `start`: for entries of long arrays."""
        for number in range(start or 1, len(self.source) + 1):
            if text in self.source[number - 1]:
                return number
        return start


def _without_strings(text: str) -> str:
    """The text with the insides of strings and comments blanked; lines stay, and quoted keys but for their brackets."""

    def blank(match: re.Match[str]) -> str:
        found = match.group()
        if _EQUALS.match(text, match.end()) and "\n" not in found:
            return _BRACKET.sub("_", found)
        return "".join(c if c == "\n" else " " for c in found)

    return _STRING.sub(blank, text)
