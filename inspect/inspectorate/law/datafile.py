"""Reading of the data files beside this module: TOML (decimals kept exact) and tables; errors name file and line."""

import csv
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


class MalformedData(ValueError):
    """A data file that cannot be understood; the message names the file and the place."""


def read(name: str) -> dict[str, Any]:
    """The content of ``data/<name>``. Raises MalformedData."""
    path = DATA / name
    try:
        with path.open("rb") as file:
            return tomllib.load(file, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        place = re.fullmatch(r"(.*) \(at (?:line (\d+), column \d+|end of document)\)", str(error), re.DOTALL)
        said, line = (place[1], place[2]) if place else (str(error), None)
        raise MalformedData(f"{name}:{line or 'end'}: {said}") from error
    except UnicodeDecodeError as error:
        raise MalformedData(f"{name}: not UTF-8: {error}") from error


def in_words(error: Exception) -> str:
    """What is wrong with a record, in words of the data, not of Python."""
    if type(error) is KeyError:
        return f"{error.args[0]} is missing"
    if isinstance(error, TypeError) and (names := re.findall(r"'(\w+)'", str(error))):
        missing = "missing" in str(error)
        return f"{' and '.join(names)} is missing" if missing else f"there is no field {names[-1]!r}"
    return str(error)


def line_of(name: str, key: str, value: str, header: str = "", number: int = 0, problem: str = "") -> int:
    """The line of ``data/<name>`` on which something is wrong with the record that has ``key = "value"``; 1 where there
    is no such record. TOML itself tells lines of what it cannot parse only.

    With ``header`` it is looked for below the ``number``-th (from 0) such heading of the record. It is the line of the
    first field that ``problem`` names, else that of the heading, else that of the key. Of several records of one key
    the last is meant.
    """
    path = DATA / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    named = f'{key} = "{value}"'
    at = next((place for place in reversed(range(len(lines))) if lines[place].strip() == named), None)
    if at is None:
        return 1
    # From heading to heading: the record itself may name fields above its key.
    first = next((place for place in range(at, -1, -1) if lines[place].startswith("[[")), at)
    table = lines[first].strip()
    end = next((place for place in range(at, len(lines)) if lines[place].strip() == table), len(lines))
    headings = [place for place in range(at, end) if header and lines[place].strip() == f"[[{header}]]"]
    start = headings[number] if number < len(headings) else first
    stop = next((place for place in range(start + 1, end) if lines[place].startswith("[[")), end)
    default = start if start != first else at
    return _field(lines[start:stop], problem, default - start) + start + 1


def line_naming(name: str, problem: str) -> int:
    """The line of ``data/<name>`` that holds what a problem puts in quotation marks; 1 where none does."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    for quoted in re.findall(r"'([^']+)'", problem):
        for number, line in enumerate(lines, 1):
            if re.search(rf"(^|\W){re.escape(quoted)}(\W|$)", line):
                return number
    return 1


def _field(lines: list[str], problem: str, default: int) -> int:
    """The line that holds the first field named in the words of a problem."""
    for word in re.findall(r"[a-z_]+", problem):
        for place, line in enumerate(lines):
            if re.search(rf"(^|[{{,\s]){word}\s*=", line):
                return place
    return default


def read_table(name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of ``data/<name>``, a CSV with a heading, each with its place ``<name>:<line>``.

    Raises MalformedData. A mark at the beginning, as spreadsheet programs put one, is passed over.
    """
    with (DATA / name).open(
        encoding="utf-8-sig", newline=""
    ) as file:  # a spreadsheet program may have put a mark there
        rows = csv.DictReader(file, strict=True)
        try:
            for row in rows:
                where = f"{name}:{rows.line_num}"
                if None in row or None in row.values():
                    raise MalformedData(f"{where}: a row has as many cells as the heading, {rows.fieldnames}")
                yield where, row
        except (csv.Error, UnicodeDecodeError) as error:
            raise MalformedData(f"{name}:{rows.line_num + 1}: {error}") from error


def names(folder: str) -> list[str]:
    """The TOML files in a folder of the data, in alphabetical order."""
    return _files(folder, "toml")


def tables(folder: str) -> list[str]:
    """The CSV files in a folder of the data, in alphabetical order."""
    return _files(folder, "csv")


def _files(folder: str, kind: str) -> list[str]:
    return sorted(f"{folder}/{path.name}" for path in (DATA / folder).glob(f"*.{kind}"))
