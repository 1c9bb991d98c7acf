"""Reading interchange files: JSON Lines or XLSX, one record at a time, each with the place it came from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from .records import RECORDS, Field, Fields

MAX_LINE = 1_000_000
MAX_CELLS_PER_ROW = 400


class Unreadable(ValueError):
    """The file as a whole cannot be read."""


@dataclass(frozen=True)
class Entry:
    """A raw record, where it stands (``line 7``, ``sheet case, row 3``), and what kept it from being read."""

    where: str
    raw: Any
    fault: str | None = None


def read(path: Path) -> Iterator[Entry]:
    """All entries of a file. Raises Unreadable."""
    try:
        if path.suffix.lower() == ".xlsx":
            yield from _read_xlsx(path)
        else:
            yield from _read_lines(path)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error


def _read_lines(path: Path) -> Iterator[Entry]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(MAX_LINE + 1):
            number += 1
            if len(line) > MAX_LINE:
                raise Unreadable(f"{path}: line {number} is longer than {MAX_LINE} bytes")
            content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if content.strip():
                yield _parsed(f"line {number}", content)


def _parsed(where: str, line: bytes) -> Entry:
    try:
        raw = _json(line.decode("utf-8"))
    except UnicodeDecodeError:
        return Entry(where, None, "is not UTF-8")
    except (ValueError, RecursionError) as error:
        return Entry(where, None, f"is not JSON: {error}")
    return Entry(where, raw)


def _json(text: str) -> Any:
    return json.loads(
        text, parse_float=Decimal, parse_constant=_refuse_constant, object_pairs_hook=_refuse_double_names
    )


def _refuse_double_names(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that says two things of one field says nothing."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for place, name in enumerate(names) if name in names[:place])
        raise ValueError(f"the field {double!r} is there twice")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _read_xlsx(path: Path) -> Iterator[Entry]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise Unreadable(f"{path}: not an XLSX workbook ({error})") from error
    for sheet in book.worksheets:
        if sheet.title not in RECORDS:
            raise Unreadable(f"{path}: the sheet {sheet.title!r} is none of {', '.join(RECORDS)}")
        yield from _read_sheet(sheet, RECORDS[sheet.title])


def _read_sheet(sheet: Any, fields: Fields) -> Iterator[Entry]:
    rows = sheet.iter_rows(values_only=True, max_col=MAX_CELLS_PER_ROW)
    heads = [str(head).strip() if head is not None else "" for head in next(rows, ())]
    for number, cells in enumerate(rows, 2):
        filled = {head: _cell(cell) for head, cell in zip(heads, cells, strict=False) if head and cell is not None}
        if filled:
            raw: dict[str, Any] = {"type": sheet.title}
            for head, value in filled.items():
                _put(raw, head.split("."), value, fields)
            yield Entry(f"sheet {sheet.title}, row {number}", raw)


def _cell(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float):
        return int(value) if value.is_integer() else Decimal(repr(value))
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return _json(value)
        except (ValueError, RecursionError):
            return value
    return value


def _put(record: dict[str, Any], path: list[str], value: Any, fields: Fields) -> None:
    """Set ``findings.2.violation`` and the like; without a number the first of a list is meant."""
    field = next((field for field in fields if field.name == path[0]), Field(path[0]))
    if field.many:
        _put_in_list(record.setdefault(field.name, []), path[1:], value, field)
    elif field.one and len(path) > 1:
        _put(record.setdefault(field.name, {}), path[1:], value, field.one)
    elif len(path) > 1:
        inner = record.setdefault(field.name, {})
        if isinstance(inner, dict):
            inner[".".join(path[1:])] = value
    else:
        record[field.name] = value


def _put_in_list(items: list[Any], path: list[str], value: Any, field: Field) -> None:
    position = 0
    if path and path[0].isdecimal():
        position, path = min(max(int(path[0]), 1), MAX_CELLS_PER_ROW) - 1, path[1:]
    if not path and isinstance(value, list):
        items.extend(value)
        return
    if callable(field.many):
        items.extend(part.strip() for part in str(value).replace("、", ",").replace("，", ",").split(","))
        return
    while len(items) <= position:
        items.append({})
    _put(items[position], path or [""], value, field.many or ())
