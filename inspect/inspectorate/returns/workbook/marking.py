"""The workbook that was refused, each wrong cell coloured and told why: to be corrected and sent again."""

import io
import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from ...campaigns.engine.figures import Address
from ..reading import CellProblem

AUTHOR = "审核"
COLOUR = "FFFFB3B3"

_NAME = re.compile(r"[A-Z]{1,3}[1-9]\d{0,6}")
_LONGEST = 2_000


def marked(content: bytes, sheet: str, problems: Iterable[CellProblem], names: Mapping[Address, str]) -> bytes:
    """A copy of a workbook that `reading.read_workbook` has opened, with the problems in its cells.

    What concerns the whole stands in the first cell.
    """
    import openpyxl
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
    page = book[sheet]
    _unmark(page)
    reasons: dict[str, list[str]] = {}
    for one in problems:
        name = one.at or names.get((one.row, one.col), "")
        own = name if _NAME.fullmatch(name) else "A1"
        reasons.setdefault(own, []).append(str(one.reason) if own == name else str(one))
    for name, texts in reasons.items():
        cell = _anchor(page, name)
        cell.fill = PatternFill("solid", fgColor=COLOUR)
        cell.comment = Comment("\n".join(texts)[:_LONGEST], AUTHOR, width=320, height=40 + 40 * min(len(texts), 8))
    book.active = book.worksheets.index(page)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _unmark(page: Any) -> None:
    """A copy that was marked before and is wrong again tells only what is wrong now."""
    from openpyxl.styles import PatternFill

    for cell in list(page._cells.values()):
        comment = getattr(cell, "comment", None)
        if comment is not None and comment.author == AUTHOR:
            cell.comment = None
            if cell.fill.fgColor.rgb == COLOUR:
                cell.fill = PatternFill()


def _anchor(page: Any, name: str) -> Any:
    """The cell of a name, or the one that a merged area shows for it."""
    for area in page.merged_cells.ranges:
        if name in area:
            return page.cell(area.min_row, area.min_col)
    return page[name]
