"""What python-docx lacks: Chinese faces, fields, rules, uneven tables, equal bytes for equal papers."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

SONG, FANG_SONG = "宋体", "仿宋"
LATIN = "Times New Roman"
EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip file knows."""

SIDES = {"t": "top", "b": "bottom", "l": "left", "r": "right"}


class Box(NamedTuple):
    """A cell of an uneven table: its width, the sides that are ruled (of tblr), and what writes into it."""

    width: int
    edges: str
    write: Callable[[Any], None]


def set_face(thing: Any, face: str, size: float) -> None:
    """Chinese face and size of a run or a style; Latin letters and figures in Times."""
    thing.font.name = LATIN
    thing.font.size = Pt(size)
    properties = thing._element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), face)


def add_field(paragraph: Any, instruction: str) -> list[Any]:
    """A field such as PAGE, which Word fills in; returns its runs."""
    runs = [paragraph.add_run() for _ in range(3)]
    for run, kind in zip(runs, ("begin", "", "end"), strict=True):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = instruction
        run._r.append(element)
    return runs


def add_rule(paragraph: Any) -> None:
    """A rule across the text, above the paragraph."""
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "4"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def set_cell_borders(cell: Any, edges: str) -> None:
    """Rules on the named sides of a cell (of tblr), none on the others."""
    borders = OxmlElement("w:tcBorders")
    for letter, side in sorted(SIDES.items(), key=lambda item: "tlbr".index(item[0])):
        element = OxmlElement(f"w:{side}")
        element.set(qn("w:val"), "single" if letter in edges else "nil")
        element.set(qn("w:sz"), "6")
        element.set(qn("w:color"), "000000")
        borders.append(element)
    cell._tc.get_or_add_tcPr().append(borders)


def table_of(
    document: Any, width: int, rows: Sequence[Sequence[Box]], height: int | None = None, *, whole: bool = False
) -> None:
    """A table whose rows are divided each in its own way.

    `height` is the least height of a row; `whole` keeps a row on one page.
    """
    divided = [_edges(row, width) for row in rows]
    grid = sorted({edge for edges in divided for edge in edges})
    table = document.add_table(rows=len(rows), cols=len(grid) - 1)
    table.autofit = False
    for column, (left, right) in zip(table.columns, pairwise(grid), strict=True):
        column.width = right - left
    for row, boxes, edges in zip(table.rows, rows, divided, strict=True):
        if height:
            row.height = height
        if whole:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        cells = row.cells
        for box, left, right in zip(boxes, edges, edges[1:], strict=False):
            cell = cells[grid.index(left)]
            last = cells[grid.index(right) - 1]
            cell = cell if cell is last else cell.merge(last)
            cell.width = right - left
            set_cell_borders(cell, box.edges)
            box.write(cell)


def _edges(row: Sequence[Box], width: int) -> list[int]:
    """Where the cells of a row begin and end; the last one ends with the text."""
    edges = [0]
    for box in row:
        edges.append(edges[-1] + int(box.width))
    edges[-1] = int(width)
    return edges


def as_bytes(document: Any, day: str) -> bytes:
    """The file; with the day of the document instead of the moment of writing, so that equal papers are equal files."""
    made = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else datetime(*EARLIEST, tzinfo=UTC)
    document.core_properties.created = document.core_properties.modified = made
    written, normal = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(normal, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, EARLIEST), source.read(name), zipfile.ZIP_DEFLATED)
    return normal.getvalue()
