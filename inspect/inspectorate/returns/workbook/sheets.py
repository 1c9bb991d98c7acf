"""A workbook as it was opened: cells by place, what is hidden, what is merged; and the sheet that holds the return."""

import io
import re
import unicodedata
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from ...errors import Refusal
from . import marker
from .plan import cell_name
from .safe import DAMAGED

_SPACE = re.compile(r"\s+")


def plain(text: Any) -> str:
    """Words without blanks and without the difference of full and half width: what a typist does not see."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", "" if text is None else str(text)))


class Found(NamedTuple):
    """One cell that holds something; rows and columns count from 0."""

    row: int
    col: int
    value: Any
    kind: str
    """``n`` number, ``s`` text, ``b`` boolean, ``d`` day or time, ``e`` error, ``f`` formula."""
    number_format: str
    cached: Any = None
    """What a formula last gave."""

    @property
    def name(self) -> str:
        return cell_name(self.row, self.col)


class Opened:
    """A checked workbook; each sheet as formulas and as last values."""

    def __init__(self, content: bytes) -> None:
        self.book = _load(content, values=False)
        self._values = _load(content, values=True)
        if not self.titles or self.titles != [sheet.title for sheet in self._values.worksheets]:
            raise Refusal(DAMAGED)

    @property
    def titles(self) -> list[str]:
        return [sheet.title for sheet in self.book.worksheets]

    def sheet(self, title: str) -> "OpenSheet":
        return OpenSheet(self.book[title], self._values[title])

    @cached_property
    def marker(self) -> marker.Marker | None:
        """Whose return this says it is."""
        if marker.SHEET not in self.titles:
            return None
        lines: dict[int, list[Any]] = {}
        for (row, col), found in sorted(self.sheet(marker.SHEET).cells.items()):
            words = lines.setdefault(row, [])
            words += [None] * (col - len(words)) + [found.value] if col < marker.WIDTH else []
        return marker.read(lines.values())


def _load(content: bytes, *, values: bool) -> Any:
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about extensions that it does not keep
            return openpyxl.load_workbook(io.BytesIO(content), data_only=values, keep_links=False)
    except Exception as error:  # the library lets whatever a broken part makes go wrong come through
        raise Refusal(DAMAGED) from error


class OpenSheet:
    """One sheet."""

    def __init__(self, sheet: Any, values: Any) -> None:
        self.sheet, self._values = sheet, values

    @property
    def title(self) -> str:
        return str(self.sheet.title)

    @property
    def is_hidden(self) -> bool:
        return bool(self.sheet.sheet_state != "visible")

    @cached_property
    def cells(self) -> dict[tuple[int, int], Found]:
        """Every cell that holds something, by row and column."""
        return {(one.row, one.col): one for one in self._found()}

    def _found(self) -> Iterator[Found]:
        for cell in list(self.sheet._cells.values()):
            value = cell.value
            if value is None or (isinstance(value, str) and not value.strip()):
                continue
            row, col, kind = cell.row - 1, cell.column - 1, cell.data_type
            if kind == "f":
                yield Found(row, col, _formula(value), "f", "", self._values.cell(cell.row, cell.column).value)
            else:
                is_day = isinstance(value, date | datetime | time | timedelta)
                kind = "d" if is_day else "s" if kind in ("s", "inlineStr", "str") else kind
                yield Found(row, col, value, kind, cell.number_format or "")

    @cached_property
    def merged(self) -> set[str]:
        """C7:D7 …"""
        return {str(area) for area in self.sheet.merged_cells.ranges}

    @cached_property
    def hidden_rows(self) -> frozenset[int]:
        return frozenset(
            number - 1 for number, row in self.sheet.row_dimensions.items() if row.hidden or row.height == 0
        )

    @cached_property
    def hidden_cols(self) -> tuple[range, ...]:
        dims = self.sheet.column_dimensions.values()
        return tuple(
            range((one.min or 1) - 1, one.max or one.min or 1)
            for one in dims
            if one.hidden or (one.width == 0 and one.customWidth)
        )

    def hides(self, row: int, col: int) -> bool:
        """Whether nobody who looks at the sheet sees the cell."""
        return row in self.hidden_rows or any(col in cols for cols in self.hidden_cols)

    def text(self, row: int, col: int) -> str:
        """The words of a cell, without blanks and widths."""
        found = self.cells.get((row, col))
        return "" if found is None else plain(found.cached if found.kind == "f" else found.value)


def _formula(value: Any) -> str:
    return str(getattr(value, "text", None) or getattr(value, "ref", None) or value)
