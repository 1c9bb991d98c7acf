"""Lists as files: CSV and XLSX that a spreadsheet opens without taking any text for a formula."""

import csv
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import quote

import xlsxwriter
from flask import Response
from flask_babel import gettext as _
from sqlalchemy import Select

from . import clock
from .errors import Refusal
from .extensions import db
from .limits import EXPORT_ROWS
from .paging import count_of

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = ("csv", "xlsx")

FETCHED = 1_000
"""Rows read from the database at a time."""

SPOOLED, SENT = 4_000_000, 64_000
"""Octets of a file that are kept in memory, and those that are sent at a time."""

_DANGEROUS = re.compile("[\\t\\r\\n]|[\\s\\ufeff\\u200b-\\u200f\\u202a-\\u202e\\u2060]*[=+\\-@＝＋－＠]")
"""What a spreadsheet takes for a formula: signs of both widths, also behind what it drops or does not show."""


class Column(NamedTuple):
    """A column of the file: its head, how a row gives its value, its width in XLSX in characters."""

    head: str
    value: Callable[[Any], Any]
    width: int = 16


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def rows_of(query: Select[Any]) -> Iterator[Any]:
    """The rows of a list for a file, as they come from the database: never all at once in memory.

    Raises Refusal for more than ``EXPORT_ROWS``, before anything is read.
    """
    if count_of(query, EXPORT_ROWS) > EXPORT_ROWS:
        message = _(
            "The file would have more than %(most)s rows. Narrow the list by its filters, by region or by days."
        )
        raise Refusal(message % {"most": f"{EXPORT_ROWS:,}"})
    # Rows refer to each other in circles; dropped part by part, they do not wait for the collector.
    for part in db.session.scalars(query.execution_options(yield_per=FETCHED)).partitions():
        yield from part
        for row in part:
            db.session.expunge(row)


def list_file(name: str, columns: Sequence[Column], rows: Iterable[Any], format: str) -> Response:
    """The rows as a download called ``name``. ``format`` is csv or xlsx.

    The file is made whole, in a temporary file when it is large, before any of it is sent: what fails half-way is an
    error and no half of a list, and no slow reader holds the database.
    """
    file = tempfile.SpooledTemporaryFile(max_size=SPOOLED)  # noqa: SIM115 - closed with the response
    try:
        write_csv(file, columns, rows) if format == "csv" else write_xlsx(file, name, columns, rows)
    except BaseException:
        file.close()
        raise
    response = Response(_parts(file), content_type=CSV if format == "csv" else XLSX)
    response.content_length = file.tell()
    response.call_on_close(file.close)
    file.seek(0)
    filename = f"{name}-{clock.today():%Y%m%d}.{format}"
    response.headers["Content-Disposition"] = f"attachment; filename=list.{format}; filename*=UTF-8''{quote(filename)}"
    return response


def download(content: bytes, media_type: str, name: str) -> Response:
    """One file for the browser to keep; the name may be Chinese."""
    response = Response(content, content_type=media_type)
    ending = name.rpartition(".")[2]
    response.headers["Content-Disposition"] = f"attachment; filename=file.{ending}; filename*=UTF-8''{quote(name)}"
    return response


def _parts(file: Any) -> Iterator[bytes]:
    with file:
        while part := file.read(SENT):
            yield part


def write_csv(file: Any, columns: Sequence[Column], rows: Iterable[Any]) -> None:
    """UTF-8 with the mark that spreadsheets look for; days as 2021-07-02, nothing for None."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow([harmless(str(column.head)) for column in columns])
    writer.writerows([_plain(value) for value in values] for values in _values(columns, rows))
    text.detach()


def write_xlsx(file: Any, title: str, columns: Sequence[Column], rows: Iterable[Any]) -> None:
    """One sheet with a frozen head and a filter; days and numbers are real ones, codes stay text."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, {**options, "strings_to_numbers": False, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("".join(letter for letter in title if letter not in r"[]:*?/\'")[:31] or "1")
    bold = book.add_format({"bold": True, "bg_color": "#eef2f7", "border": 1})
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, str(column.head), bold)
    sheet.freeze_panes(1, 0)
    last = 0
    for last, values in enumerate(_values(columns, rows), 1):
        for number, value in enumerate(values):
            _write(sheet, last, number, value)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()


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
