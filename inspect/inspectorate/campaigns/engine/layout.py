"""One grid for every renderer: where each label and figure stands, what it spans, what it is.

The grid is complete: every position is covered by exactly one cell. Screen, XLSX, DOCX, PDF and CSV only draw it.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from . import heads
from .definition import Node, Part
from .figures import Address, Empty, Filled, Value
from .printing import MARKS, foot_part, print_figure, print_rate, print_value
from .vocabulary import Kind

_BLANK = re.compile(r"\{(\w+)\}")
_UNDERLINE = re.compile(r"_{2,}")


_FIGURE_SIZES = ((10, "usual"), (12, "small"), (10_000, "smallest"))
_DENSITIES = {
    False: ((13, "roomy"), (17, "even"), (24, "close"), (34, "dense"), (10_000, "close")),
    True: ((21, "roomy"), (27, "even"), (38, "close"), (52, "dense"), (10_000, "close")),
}
"""Lines of a sheet, lying and upright, up to which it is printed so; beyond the last it goes on over further pages."""


class Role(StrEnum):
    CORNER = "corner"
    COLUMN_HEAD = "column_head"
    ROW_HEAD = "row_head"
    FIGURE = "figure"
    WORDS = "words"
    UNIT = "unit"
    NOTHING = "nothing"  # a position that the paper leaves empty


class Printed(NamedTuple):
    """One figure as printed, with its address, so that it can lead to the records behind it."""

    address: Address
    text: str
    value: Value | None
    part: Part | None
    empty: Empty | None


class Cell(NamedTuple):
    row: int
    col: int
    rowspan: int
    colspan: int
    role: Role
    text: str
    figures: tuple[Printed, ...] = ()
    sep: str = ""


class Segment(NamedTuple):
    """A stretch of a footer: words, or the count of that name."""

    text: str
    name: str | None = None


class Layout(NamedTuple):
    """The whole sheet. `head_rows` lines of column headings, `stub_cols` columns of row headings."""

    title: str
    annex: str | None
    head: str | None
    cells: tuple[Cell, ...]
    height: int
    width: int
    head_rows: int
    stub_cols: tuple[int, ...]  # which columns carry row headings
    foot: tuple[tuple[Segment, ...], ...]
    statements: tuple[tuple[str | None, tuple[str, ...]], ...] = ()
    signers: tuple[str, ...] = ()
    note: str | None = None  # what the figures are about; stands outside the sheet, at the foot of the page

    def stub_width(self, col: int) -> str:
        """How wide a column of row headings must be, by those that stand in it alone: narrow, middle or broad."""
        alone = [len(c.text) for c in self.cells if c.role is Role.ROW_HEAD and c.col == col and c.colspan == 1]
        longest = max(alone, default=0)
        return "narrow" if longest <= 6 else "middle" if longest <= 12 else "broad"

    @property
    def longest_figure(self) -> int:
        """Characters of the longest figure that stands in a single column: what the figures' size must allow for."""
        return max((len(c.text) for c in self.cells if c.role is Role.FIGURE and c.colspan == 1), default=1)

    @property
    def figure_size(self) -> str:
        """How small the figures must be printed for none to be broken into two lines."""
        return next(name for most, name in _FIGURE_SIZES if self.longest_figure <= most)

    @property
    def upright(self) -> bool:
        """Whether the sheet is printed on A4 upright: long and narrow ones are."""
        columns = self.width - len(self.stub_cols)
        return (self.height > 22 and self.width <= 12) or (self.height > 14 and columns <= 2)

    @property
    def one_page(self) -> bool:
        """Whether it fits one page; else the column headings are repeated on each."""
        return self.height <= _DENSITIES[self.upright][-2][0]

    @property
    def density(self) -> str:
        """How close the lines must stand for the sheet to stay on one page."""
        return next(name for most, name in _DENSITIES[self.upright] if self.height <= most)

    @property
    def foot_lines(self) -> list[str]:
        """Footers, fill-in sentences and the line of signers, as plain text."""
        lines = ["".join(segment.text for segment in foot) for foot in self.foot]
        for title, sentences in self.statements:
            lines += [title] if title else []
            lines += sentences
        return lines + ["    ".join(f"{signer}:________" for signer in self.signers)] * bool(self.signers)

    def lines(self) -> list[list[Cell]]:
        """The cells by the line on which they begin, from left to right."""
        lines: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in sorted(self.cells, key=lambda c: (c.row, c.col)):
            lines[cell.row].append(cell)
        return lines


def lay_out(filled: Filled) -> Layout:
    """Place every label and figure; the blanks of the heading stay blank."""
    form = filled.form
    blocks = [_Block(filled, block, number) for number, block in enumerate(form.blocks)]
    head_rows = max(block.top for block in blocks)
    height = max(head_rows + block.body_height for block in blocks)
    cells: list[Cell] = []
    stub_cols: list[int] = []
    left = 0
    for block in blocks:
        stub_cols += range(left, left + block.rows.depth)
        cells += (c._replace(col=c.col + left) for c in block.cells(head_rows, height))
        left += block.width
    return Layout(
        title=form.title,
        annex=form.annex,
        head=_UNDERLINE.sub("______", form.head) if form.head else None,
        cells=tuple(cells),
        height=height,
        width=left,
        head_rows=head_rows,
        stub_cols=tuple(stub_cols),
        foot=tuple(_footer(filled, index) for index in range(len(form.feet))),
        statements=tuple((s.title, s.lines) for s in form.statements),
        signers=form.report.signers,
    )


def _footer(filled: Filled, index: int) -> tuple[Segment, ...]:
    foot = filled.form.feet[index]
    segments, position = [], 0
    for match in _BLANK.finditer(foot.text) if foot.kind == "counts" else ():
        name = match.group(1)
        segments.append(Segment(foot.text[position : match.start()]))
        count = print_value(filled.foot[name], foot_part(filled.form, name)) if name in filled.foot else "__"
        segments.append(Segment(count, name))
        position = match.end()
    return (*segments, Segment(foot.text[position:]))


class _Block:
    """One of the independent lists printed side by side; an ordinary form is one block."""

    def __init__(self, filled: Filled, block: str | None, number: int) -> None:
        self.filled, self.form, self.number = filled, filled.form, number
        of_block = (rate for rate in self.form.rates if self.filled.block_of(rate) == block)
        rates = tuple(Node(rate.id, rate.label, unit="%" if rate.per_cent else None) for rate in of_block)
        on_rows = self.form.rates_on == "rows"
        self.cols = heads.axis(self.form.cols, block, () if on_rows else rates)
        self.rows = heads.axis(self.form.rows, block, rates if on_rows else ())
        self.inner = self._levels_inside()
        self.top = self.cols.depth - max((n for n in self.inner.values() if not self._repeats), default=0)
        self.width = self.rows.depth + len(self.cols.lines)
        self.starts = self._starts()
        self.body_height = sum(self._height(node) for node in self.rows.lines)

    def _levels_inside(self) -> dict[str, int]:
        """How many levels of column headings each row carries inside itself."""
        self._repeats = False
        found: dict[str, int] = {}
        for index, node in enumerate(self.rows.lines):
            if node.show_leaf_labels:
                found[node.id] = 1 if self.cols.depth > 1 else 0
            elif node.headers_here:
                found[node.id] = self._levels_below_merges(self.rows.lines[:index])
        return {node_id: levels for node_id, levels in found.items() if levels}

    def _levels_below_merges(self, before: tuple[Node, ...]) -> int:
        """Rows printed above their column headings are merged; what they are merged at stays above them."""
        tree = self.form.cols
        if any(not node.cells for node in before):
            self._repeats = True
            return self.cols.depth
        used = max((tree.level(c) for node in before for c in node.cells if c in tree), default=0)
        return self.cols.depth - used

    def _height(self, node: Node) -> int:
        return 1 + self.inner.get(node.id, 0)

    def _starts(self) -> list[int]:
        starts, position = [], 0
        for node in self.rows.lines:
            starts.append(position)
            position += self._height(node)
        return [*starts, position]

    def cells(self, head_rows: int, height: int) -> Iterator[Cell]:
        """All cells of the block; `head_rows` and `height` are those of the tallest block."""
        if head_rows:
            corner = self.form.corner if self.number == 0 else ""
            yield Cell(0, 0, head_rows, self.rows.depth, Role.CORNER, corner)
        yield from self._column_heads(0, 0, self.top, head_rows)
        for head in heads.merge_marks(self.rows.heads):
            first, last = self.starts[head.line], self.starts[head.line + head.lines]
            yield Cell(head_rows + first, head.level, last - first, head.levels, Role.ROW_HEAD, head.label)
        for index, node in enumerate(self.rows.lines):
            yield from self._line(index, node, head_rows)
        missing = height - head_rows - self.body_height
        if missing:
            yield Cell(head_rows + self.body_height, 0, missing, self.width, Role.NOTHING, "")

    def _column_heads(self, row: int, start: int, end: int, height: int) -> Iterator[Cell]:
        """Headings of the levels `start` to `end`, drawn from `row` on; lowest ones reach down to `height` lines."""
        if end <= start:
            return
        for head in heads.merge_marks(self.cols.heads):
            left, bottom = self.rows.depth + head.line, min(head.level + head.levels, end)
            top = max(head.level, start)
            if head.level >= end or bottom <= start:
                continue
            rows = (height if bottom == end else bottom - start) - (top - start)
            shown = head.level >= start
            role = Role.COLUMN_HEAD if shown else Role.NOTHING
            yield Cell(row + top - start, left, rows, head.lines, role, head.label if shown else "")

    def _line(self, index: int, node: Node, head_rows: int) -> Iterator[Cell]:
        row = head_rows + self.starts[index]
        inner = self.inner.get(node.id, 0)
        if inner:
            covered = self._covered_from_above(index)
            for head in self._column_heads(row, self.cols.depth - inner, self.cols.depth, inner):
                if head.col not in covered:
                    yield head
        position = 0
        while position < len(self.cols.lines):
            col = self.cols.lines[position]
            merged = next((c for c in node.cells if self._covers(self.cols, c, position)), None)
            lines = self.cols.span(merged)[1] if merged else 1
            yield from self._figure_cell(index, node, row + inner, position, merged, lines, col)
            position += lines

    def _covered_from_above(self, index: int) -> set[int]:
        """The columns whose cell at a row is merged with one that begins further up."""
        found = set()
        for position, col in enumerate(self.cols.lines):
            tall = next((r for r in col.cells if self._covers(self.rows, r, index)), None)
            if tall is not None and self.rows.span(tall)[0] != index:
                found.add(self.rows.depth + position)
        return found

    @staticmethod
    def _covers(axis: heads.Axis, node_id: str, position: int) -> bool:
        if node_id not in axis.tree:
            return False
        first, lines = axis.span(node_id)
        return first <= position < first + lines

    def _figure_cell(self, index: int, row: Node, top: int, position: int, merged: str | None, lines: int, col: Node
                     ) -> Iterator[Cell]:  # fmt: skip
        col_node = self.form.cols[merged] if merged else col
        row_node, height = row, 1
        tall = next((r for r in col_node.cells if self._covers(self.rows, r, index)), None)
        if tall is not None:
            first, count = self.rows.span(tall)
            if first != index:
                return  # covered by the cell that begins further up
            row_node = self.form.rows[tall]
            height = self.starts[first + count] - self.starts[first] - self.inner.get(self.rows.lines[first].id, 0)
        yield self._cell(row_node, col_node, top, self.rows.depth + position, height, lines)

    def _cell(self, row: Node, col: Node, top: int, left: int, height: int, width: int) -> Cell:
        if "unit" in (row.type, col.type):
            unit = (row if col.type == "unit" else col).unit or ""
            return Cell(top, left, height, width, Role.UNIT, unit)
        figures, sep = tuple(self._printed(row, col)), self._separator(row, col)
        words = figures and all(f.part is not None and f.part.kind is Kind.TEXT for f in figures)
        role = Role.WORDS if words else Role.FIGURE if figures else Role.NOTHING
        texts = [f.text for f in figures]
        alike = figures and figures[0].empty and len({f.empty for f in figures}) == 1
        text = texts[0] if alike else sep.join(texts) if any(texts) else ""
        return Cell(top, left, height, width, role, text, figures, sep)

    def _separator(self, row: Node, col: Node) -> str:
        return (row if self.form.measures_on == "rows" else col).sep

    def _printed(self, row: Node, col: Node) -> Iterator[Printed]:
        rate_address = (row.id, col.id)
        if rate := self.filled.rate_slots.get(rate_address):
            figure = self.filled.figure(rate_address)
            text = MARKS[figure.empty] if figure.empty else print_rate(figure.value, rate.places)  # type: ignore[arg-type]
            yield Printed(rate_address, text, figure.value, None, figure.empty)
            return
        for slot in self.filled.crossings.get((row.id, col.id), ()):
            figure = self.filled.figure(slot.address)
            yield Printed(slot.address, print_figure(figure, slot.part), figure.value, slot.part, figure.empty)
