"""Reading interchange files: JSON Lines or XLSX, one record at a time, each with the place it came from."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from defusedxml import DefusedXmlException

from .. import limits
from . import workbooks
from .faults import Unreadable
from .records import RECORDS, Field, Fields

MAX_CELLS_PER_ROW = 400


class Entry(NamedTuple):
    """A raw record, where it stands (``line 7``, ``sheet case, row 3``), and what kept it from being read."""

    where: str
    raw: Any
    fault: str | None = None


def read(path: Path) -> Iterator[Entry]:
    """All entries of a file. Raises Unreadable."""
    try:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            yield from _read_xlsx(path)
        else:
            yield from _read_lines(path)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error


def _read_lines(path: Path) -> Iterator[Entry]:
    with path.open("rb") as file:
        number = 0
        while line := file.readline(limits.IMPORT_LINE + 1):
            number += 1
            if number == 1:
                _refuse_other_kinds(path, line)
            if len(line) > limits.IMPORT_LINE:
                raise Unreadable(f"{path}: line {number} is longer than {limits.IMPORT_LINE} bytes; one record a line")
            content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if content.strip():
                yield _parsed(f"line {number}", content)


OTHER_KINDS = {
    b"PK\x03\x04": "is an XLSX or ZIP file; an XLSX file's name ends in .xlsx",
    b"\xd0\xcf\x11\xe0": "is an old Excel file, or one with a password; save it as .xlsx without a password",
    b"\xff\xfe": "is not UTF-8 but UTF-16; save it as UTF-8",
    b"\xfe\xff": "is not UTF-8 but UTF-16; save it as UTF-8",
    b"\x1f\x8b": "is compressed; unpack it first",
}


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    for mark, what in OTHER_KINDS.items():
        if head.startswith(mark):
            raise Unreadable(f"{path}: {what}")


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
    """The sheets in their order.

    The library that reads them raises whatever a broken file makes it raise; all of it means the same.
    """
    workbooks.check(path)
    try:
        book = workbooks.opened(path)
        titles = [sheet.title for sheet in book.worksheets]
    except Exception as error:
        raise Unreadable(f"{path}: not an XLSX workbook ({_brief(error)})") from error
    if not titles:
        raise Unreadable(f"{path}: not an XLSX workbook (it has no sheet)")
    for title in titles:
        if title not in RECORDS:
            raise Unreadable(f"{path}: the sheet {title!r} is none of {', '.join(RECORDS)}")
        if titles.count(title) > 1:
            raise Unreadable(f"{path}: there are two sheets {title!r}")
    for sheet in book.worksheets:
        rows = _read_sheet(sheet, RECORDS[sheet.title])
        while (entry := _next(path, sheet.title, rows)) is not None:
            yield entry


def _next(path: Path, title: str, rows: Iterator[Entry]) -> Entry | None:
    try:
        return next(rows, None)
    except Exception as error:
        raise Unreadable(f"{path}: the sheet {title!r} cannot be read to its end ({_brief(error)})") from error


def _brief(error: Exception) -> str:
    if isinstance(error, DefusedXmlException) or isinstance(error.__context__, DefusedXmlException):
        return "it defines entities of XML, which no office program does"
    return str(error).partition("\n")[0][:200] or type(error).__name__


def _read_sheet(sheet: Any, fields: Fields) -> Iterator[Entry]:
    rows = sheet.iter_rows(values_only=True, max_col=MAX_CELLS_PER_ROW, max_row=limits.SHEET_ROWS)
    heads = [str(head).strip() if head is not None else "" for head in next(rows, ())]
    while heads and not heads[-1]:
        heads.pop()
    blank: Any = None
    for number, cells in enumerate(rows, 2):
        # A file may claim a million rows that are not there: the library gives the same empty one for each.
        if cells is blank:
            continue
        blank = cells if cells.count(None) == len(cells) else None
        filled = {head: _cell(cell) for head, cell in zip(heads, cells, strict=False) if head and cell is not None}
        if filled:
            raw: dict[str, Any] = {"type": sheet.title}
            for head, value in filled.items():
                _put(raw, head.split("."), value, fields)
            yield Entry(f"sheet {sheet.title}, row {number}", raw)


def _cell(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, (time, timedelta)):
        return str(value)
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
