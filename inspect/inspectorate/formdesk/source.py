"""A definition as its author wrote it: comments, blank lines and spellings stay wherever nothing is changed. Pure.

A comment above a table or key belongs to it; one above the first table of its kind heads them all and stays first.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..campaigns.engine.toml_lines import Lines
from . import writing

_STRING_OR_COMMENT = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'|#.*')


@dataclass(slots=True)
class Key:
    """One key with the lines above it and as it was written, with what stands beside it."""

    name: str
    value: Any
    above: str
    text: str


@dataclass(slots=True, eq=False)
class Table:
    """One table: the comments above it, its heading, its keys."""

    name: str
    above: str = ""
    heading: str = ""
    keys: list[Key] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Any]:
        """What it holds, in the order of the file."""
        return {key.name: key.value for key in self.keys}

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a key."""
        return next((key.value for key in self.keys if key.name == name), default)

    def put(self, name: str, value: Any) -> None:
        """Set a key, or take it out (None); one that holds just that already stays as it was written."""
        at = next((number for number, key in enumerate(self.keys) if key.name == name), None)
        if value is None:
            if at is not None:
                del self.keys[at]
        elif at is None:
            self.keys.insert(self._place(name), Key(name, value, "", writing.key_line(name, value)))
        elif not _same(self.keys[at].value, value):
            old = self.keys[at]
            text = writing.key_line(name, value).rstrip("\n") + _beside(old.text) + "\n"
            self.keys[at] = Key(name, value, old.above, text)

    def update(self, values: Mapping[str, Any]) -> None:
        """Set several keys."""
        for name, value in values.items():
            self.put(name, value)

    def _place(self, name: str) -> int:
        """After the last key that usually stands before it."""
        own = writing.rank(self.name, name)
        before = [n for n, key in enumerate(self.keys, 1) if writing.rank(self.name, key.name) <= own]
        return max(before, default=0)

    @property
    def text(self) -> str:
        """The table as it stands in the file."""
        return self.above + self.heading + "".join(key.above + key.text for key in self.keys)


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and one == other


def _beside(text: str) -> str:
    """The comment beside a value of one line."""
    line = text.rstrip("\n")
    comments = [found.group() for found in _STRING_OR_COMMENT.finditer(line) if found.group().startswith("#")]
    return f"  {comments[-1]}" if comments and "\n" not in line else ""


class Source:
    """A definition whose tables can be changed. ``kept``: its spelling is kept; else it is written anew in the usual
    one, because it nests its tables in a way in which no single table can be changed."""

    def __init__(self, text: str) -> None:
        """Raises tomllib.TOMLDecodeError."""
        text = text.replace("\r\n", "\n")
        document = tomllib.loads(text)
        pieces = _pieces(text, document)
        self.kept = pieces is not None
        self.head, self.tables, self.tail = pieces or (f"schema = {document.get('schema', 1)}\n", _anew(document), "")

    @property
    def text(self) -> str:
        """The whole file."""
        return self.head + "".join(table.text for table in self.tables) + self.tail

    @property
    def document(self) -> dict[str, Any]:
        """What the file says."""
        return tomllib.loads(self.text)

    def many(self, name: str) -> list[Table]:
        """The tables of a name in the order of the file."""
        return [table for table in self.tables if table.name == name]

    def one(self, name: str) -> Table:
        """The table of a name; made where there is none."""
        return next(iter(self.many(name)), None) or self.add(name, {})

    def find(self, name: str, table_id: str) -> Table | None:
        """The table of a name with an id."""
        return next((table for table in self.many(name) if table.get("id") == table_id), None)

    def add(self, name: str, values: Mapping[str, Any]) -> Table:
        """A new table behind those of its kind, or where its kind usually stands."""
        table = Table(name, heading=writing.heading(name))
        table.update({key: value for key, value in values.items() if value is not None})
        own = writing.ORDER.index(name)
        before = [n for n, other in enumerate(self.tables, 1) if writing.ORDER.index(other.name) <= own]
        self.tables.insert(max(before, default=0), table)
        if self.head and not self.head.endswith("\n"):
            self.head += "\n"
        return table

    def remove(self, tables: Iterable[Table]) -> None:
        """Take tables out with their comments; what heads all of a kind stays."""
        gone = list(tables)
        for name in {table.name for table in gone}:
            self.arrange(name, [table for table in self.many(name) if table not in gone])

    def arrange(self, name: str, tables: list[Table]) -> None:
        """Put the tables of a name into this order, in the places that the kind has; those left out are gone."""
        places = [number for number, table in enumerate(self.tables) if table.name == name]
        if not places:
            return
        first = self.tables[places[0]]
        if tables and tables[0] is not first:
            tables[0].above, first.above = first.above, tables[0].above
        for number, table in zip(places, tables, strict=False):
            self.tables[number] = table
        for number in reversed(places[len(tables) :]):
            del self.tables[number]


def _pieces(text: str, document: Mapping[str, Any]) -> tuple[str, list[Table], str] | None:
    """What stands before the first table, the tables, what follows the last; None where they lie too deep."""
    lines = text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    found = Lines(text)
    starts = sorted((table.line, name, table) for name, tables in found.tables.items() if name for table in tables)
    if any(name not in writing.ORDER for _line, name, _table in starts) or not _whole(document, found):
        return None
    ends = [*(line for line, _name, _table in starts), len(lines) + 1]
    head, above = _split(lines[: ends[0] - 1])
    tables: list[Table] = []
    counted: dict[str, int] = {}
    for (line, name, lay), end in zip(starts, ends[1:], strict=True):
        index = counted[name] = counted.get(name, -1) + 1
        values = document[name] if name in writing.SINGLE else document[name][index]
        table, above_next = _table(name, above, lines[line - 1 : end - 1], {k: n - line for k, n in lay.keys.items()})
        for key in table.keys:
            if key.name not in values or not _says(key.text, {key.name: values[key.name]}):
                return None
            key.value = values[key.name]
        if len(table.keys) != len(values):
            return None
        tables.append(table)
        above = above_next
    return head, tables, above


def _anew(document: Mapping[str, Any]) -> list[Table]:
    """The tables of a document in the usual spelling."""
    found = []
    for name in (name for name in writing.ORDER if name in document):
        for values in [document[name]] if name in writing.SINGLE else document[name]:
            table = Table(name, heading=writing.heading(name))
            table.update(values)
            found.append(table)
    return found


def _says(text: str, values: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == values
    except tomllib.TOMLDecodeError:
        return False


def _whole(document: Mapping[str, Any], found: Lines) -> bool:
    """Whether each table of the document has a heading of its own."""
    for name, content in document.items():
        if name == "schema":
            continue
        many = name not in writing.SINGLE
        if name not in writing.ORDER or many != isinstance(content, list):
            return False
        if len(found.tables.get(name, ())) != (len(content) if many else 1):
            return False
    return True


def _table(name: str, above: str, lines: list[str], at: Mapping[str, int]) -> tuple[Table, str]:
    """A table from its lines, its keys' values not yet read, and the comments that belong to what follows it."""
    table = Table(name, above, lines[0])
    starts = sorted((number, key) for key, number in at.items())
    ends = [*(number for number, _key in starts), len(lines)]
    first, above = _split(lines[1 : ends[0]])
    table.heading += first
    for (number, key), end in zip(starts, ends[1:], strict=True):
        text, above_next = _split(lines[number:end])
        table.keys.append(Key(key, None, above, text))
        above = above_next
    return table, above


def _split(lines: list[str]) -> tuple[str, str]:
    """Lines, and the comments and blank lines at their end."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#")):
        end -= 1
    return "".join(lines[:end]), "".join(lines[end:])
