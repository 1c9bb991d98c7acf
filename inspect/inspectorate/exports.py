"""Lists as files: CSV and XLSX that a spreadsheet opens without taking any text for a formula."""

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import xlsxwriter
from flask import Response

from . import clock

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("csv", "xlsx")

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Column:
    """A column of the file: its head, how a row gives its value, its width in XLSX in characters."""

    head: str
    value: Callable[[Any], Any]
    width: int = 16


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) or text.lstrip().startswith(_DANGEROUS) else text


def list_file(name: str, columns: Sequence[Column], rows: Iterable[Any], format: str) -> Response:
    """The rows as a download called ``name``. ``format`` is csv or xlsx."""
    content = as_csv(columns, rows) if format == "csv" else as_xlsx(name, columns, rows)
    response = Response(content, mimetype=None, content_type=CSV if format == "csv" else XLSX)
    filename = f"{name}-{clock.today():%Y%m%d}.{format}"
    response.headers["Content-Disposition"] = f"attachment; filename=list.{format}; filename*=UTF-8''{quote(filename)}"
    return response


def as_csv(columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """UTF-8 with the mark that spreadsheets look for; days as 2021-07-02, nothing for None."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([harmless(str(column.head)) for column in columns])
    writer.writerows([_plain(value) for value in values] for values in _values(columns, rows))
    return buffer.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, columns: Sequence[Column], rows: Iterable[Any]) -> bytes:
    """One sheet with a frozen head and a filter; days and numbers are real ones, codes stay text."""
    with tempfile.SpooledTemporaryFile(max_size=16_000_000) as file:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("".join(letter for letter in title if letter not in r"[]:*?/\'")[:31] or "1")
        bold = book.add_format({"bold": True, "bg_color": "#eef2f7", "border": 1})
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(0, number, str(column.head), bold)
        last = 0
        for last, values in enumerate(_values(columns, rows), 1):
            for number, value in enumerate(values):
                _write(sheet, last, number, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        book.close()
        file.seek(0)
        return file.read()


def _values(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        yield [column.value(row) for column in columns]


def _plain(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return clock.local(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | Decimal) and not isinstance(value, bool) else harmless(str(value))


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, str(_plain(value) if isinstance(value, datetime) else value))
