"""The sheet as comma-separated values: headings repeated over what they span, each figure once."""

import csv
import io

from ...exports import harmless
from ..engine.layout import Layout, Role

BYTE_ORDER_MARK = "\ufeff"


def render_csv(layout: Layout) -> str:
    """The whole sheet with title, heading, grid and footers; begins with a byte order mark, as Excel wants it."""
    grid = [[""] * layout.width for _ in range(layout.height)]
    for cell in layout.cells:
        spread = cell.role in (Role.COLUMN_HEAD, Role.ROW_HEAD, Role.CORNER)
        for row in range(cell.row, cell.row + (cell.rowspan if spread else 1)):
            for col in range(cell.col, cell.col + (cell.colspan if spread else 1)):
                grid[row][col] = cell.text
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(layout.title)])
    if layout.head:
        writer.writerow([harmless(layout.head)])
    writer.writerows([_safe_figure(text) for text in line] for line in grid)
    writer.writerows([harmless(line)] for line in layout.foot_lines)
    return BYTE_ORDER_MARK + out.getvalue()


def _safe_figure(text: str) -> str:
    """A negative number stays a number."""
    return text if text[:1] == "-" and text[1:].replace(".", "", 1).isdigit() else harmless(text)
