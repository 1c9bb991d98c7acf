"""The blank of a return: the form's layout, open where figures are due, checked while it is typed."""

import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import xlsxwriter

from ... import limits
from ...campaigns.engine.definition import Part
from ...campaigns.engine.figures import Value, scale
from ...campaigns.engine.layout import Cell, Layout
from ...campaigns.engine.vocabulary import Kind
from ...campaigns.render.xlsx import MADE, OPTIONS, Formats, Sheet, sheet_name
from . import marker, notes
from .formulas import Formulas
from .plan import ENTRIES_TITLE, SIGNER, Place, SheetPlan

NOTE_SHEET = "填表说明"

_CLOSED = "#EDEDED"
_WRONG = {"bg_color": "#FFC7CE", "font_color": "#9C0006"}
_MOST_RULES = 2_000
"""Conditional formats of one sheet: a spreadsheet tries them all at every key."""


_NOTE_WIDTHS = (34, 58, 16, 22)
"""Columns of the note sheet, in characters of half width."""


class About(NamedTuple):
    """What the note sheet says besides the form."""

    region: str = ""
    agency: str = ""
    due: date | None = None
    supplies: str = ""


def blank(
    plan: SheetPlan,
    about: About | None = None,
    signers: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook of a plan, with the figures that the plan begins with."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": plan.form.title, "created": MADE})
        formats = Formats(book)
        name = sheet_name(plan.form.title, {NOTE_SHEET, marker.SHEET})
        _EntrySheet(book.add_worksheet(name), formats, plan, signers or {}).draw()
        _notes(book.add_worksheet(NOTE_SHEET), formats, plan, about or About())
        marker.write(book.add_worksheet(marker.SHEET), plan, name)
    return buffer.getvalue()


class _EntrySheet(Sheet):
    """Draws a form whose places are open for typing; everything else is protected."""

    def __init__(self, sheet: Any, formats: Formats, plan: SheetPlan, signers: Mapping[str, str]) -> None:
        super().__init__(sheet, formats, plan.layout)
        self.plan, self.signers, self.write = plan, signers, Formulas(plan)
        self.places = {(place.row, place.col): place for place in plan.places}
        self.rates = {cell: address for address, cell in plan.rate_cells.items()}

    def draw(self) -> None:
        """The sheet, the lines below it, what may be typed where."""
        super().draw()
        self._entries()
        self._rules()
        self._warnings()
        self.sheet.protect("", {"format_columns": True, "format_rows": True})

    def across(self, row: int, text: str, style: Any) -> None:
        """The heading line is open: its blanks are filled in by hand."""
        if row == 1 and self.layout.head:
            style = self.formats.get(align="left", font_size=11, locked=False)
        super().across(row, text, style)

    def cell(self, cell: Cell) -> None:
        """A place for figures in its own way; labels as ever."""
        row, col = self.top + cell.row, cell.col
        place = self.places.get((row, col))
        if place is None and (row, col) not in self.rates:
            super().cell(cell)
            return
        style = self._style(place)
        if cell.rowspan > 1 or cell.colspan > 1:
            self.sheet.merge_range(row, col, row + cell.rowspan - 1, col + cell.colspan - 1, "", style)
        formula = self.write.rate(self.rates[row, col]) if place is None else self._formula(place)
        is_shown = place is not None and (formula is not None or self._is_own(place))
        written = _written(place, cell) if place is not None and is_shown else None
        if formula is not None:
            self.sheet.write_formula(row, col, formula, style, cell.text if written is None else written)
        elif isinstance(written, str):
            self.sheet.write_string(row, col, written, style)
        elif written is not None:
            self.sheet.write_number(row, col, written, style)
        else:
            self.sheet.write_blank(row, col, None, style)

    def _is_own(self, place: Place) -> bool:
        """Whether its figure was given; a total that no formula can tell is left to the system."""
        return not place.is_total or any(address in self.plan.given for address, _ in place.parts)

    def _formula(self, place: Place) -> str | None:
        return None if self._is_own(place) else self.write.total(place)

    def _style(self, place: Place | None) -> Any:
        look: dict[str, Any] = {"border": 1, "align": "center", "text_wrap": False, "shrink": True}
        if place is None or not place.is_open:
            return self.formats.get(**look, bg_color=_CLOSED)
        kind = place.parts[0][1].kind
        if place.is_pair:
            look["num_format"] = "@"
        elif kind is Kind.TEXT:
            look |= {"align": "left", "text_wrap": True, "shrink": False, "num_format": "@"}
        return self.formats.get(**look, locked=False)

    def foot_line(self, number: int, row: int, line: str) -> None:
        """The footer's sentences and the line of signers write themselves from what is typed below."""
        super().foot_line(number, row, line)
        signers = self.layout.signers
        is_last = number == len(self.layout.foot_lines) - 1
        formula = self.write.signers(signers) if signers and is_last else self.write.foot_line(number)
        if formula is not None:
            self.sheet.write_formula(row, 0, formula, self.formats.line(), line)

    def _entries(self) -> None:
        entries = self.plan.entries
        if not entries:
            return
        title = self.formats.get(align="left", bold=True, font_color="#1F4E79")
        self.across(entries[0].row - 1, ENTRIES_TITLE, title)
        counts: dict[str, Any] = dict(_foot_counts(self.layout))
        label, value = (
            self.formats.get(border=1, align="right"),
            self.formats.get(border=1, align="center", locked=False),
        )
        for entry in entries:
            if entry.col > 1:
                self.sheet.merge_range(entry.row, 0, entry.row, entry.col - 1, "", label)
            self.sheet.write_string(entry.row, 0, entry.label, label)
            row, name = entry.address
            self.sheet.write(entry.row, entry.col, (self.signers if row == SIGNER else counts).get(name, ""), value)
            self.sheet.set_row(entry.row, 20)

    def _rules(self) -> None:
        """What may be typed, and the unit beside the cell; the same rule once for all its cells."""
        groups: dict[tuple[Any, ...], list[Place]] = {}
        for place in self.plan.places:
            if place.is_open:
                groups.setdefault(_kind_of(place), []).append(place)
        for places in groups.values():
            first, *others = places
            rule = _rule_of(first)
            spans = [_span(place) for place in others]
            self.sheet.data_validation(*_span(first), rule | {"other_cells": spans} if spans else rule)
        for entry in self.plan.entries:
            if entry.address[0] != SIGNER:
                self.sheet.data_validation(entry.row, entry.col, entry.row, entry.col, _whole("", entry.label))

    def _warnings(self) -> None:
        wrong = self.formats.book.add_format(_WRONG)
        for number, failing in enumerate(self.write.failing()):
            if number >= _MOST_RULES:
                break
            cells = list(dict.fromkeys(failing.cells))
            options = {"type": "formula", "criteria": failing.formula, "format": wrong}
            if len(cells) > 1:
                options["multi_range"] = " ".join(cells)
            self.sheet.conditional_format(cells[0], options)


def _foot_counts(layout: Layout) -> list[tuple[str, Any]]:
    return [(s.name, int(s.text)) for line in layout.foot for s in line if s.name and s.text.isdigit()]


def _span(place: Place) -> list[int]:
    return [place.row, place.col, place.row + place.rowspan - 1, place.col + place.colspan - 1]


def _kind_of(place: Place) -> tuple[Any, ...]:
    return tuple((part.kind, part.unit) for _, part in place.parts), _is_yes_or_no(place), place.sep


def _is_yes_or_no(place: Place) -> bool:
    return place.slot is not None and "yesno" in (place.slot.row.type, place.slot.col.type)


def _rule_of(place: Place) -> dict[str, Any]:
    part = place.parts[0][1]
    if place.is_pair:
        return _pair(place)
    if part.kind is Kind.TEXT:
        message = f"文字，最多{limits.RETURN_WORDS}字"
        return {"validate": "length", "criteria": "<=", "value": limits.RETURN_WORDS, "error_message": message}
    if _is_yes_or_no(place):
        return {"validate": "any", "input_title": "是/否", "input_message": "填“是”或“否”；汇总时填“是”的个数。"}
    return _whole(part.unit or "", "") if part.kind is Kind.COUNT else _decimal(part)


def _whole(unit: str, label: str) -> dict[str, Any]:
    asked = f"单位：{unit}。" if unit else f"{label}。" if label else ""
    return {
        "validate": "integer", "criteria": "between", "minimum": 0, "maximum": limits.RETURN_COUNT,
        "input_title": "整数", "input_message": f"{asked}填不小于0的整数；没有填0，不报留空。"[:255],
        "error_title": "要填整数", "error_message": "这里要填不小于0的整数，不带单位和其他文字。",
    }  # fmt: skip


def _decimal(part: Part) -> dict[str, Any]:
    unit = part.unit or ("元" if part.kind is Kind.MONEY else "")
    asked = f"单位：{unit}。" if unit else ""
    return {
        "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": limits.RETURN_COUNT,
        "input_title": f"数字（{unit}）" if unit else "数字",
        "input_message": f"{asked}填不小于0的数，可有小数；没有填0，不报留空。",
        "error_title": "要填数字", "error_message": f"这里要填不小于0的数（{unit or '数字'}），不带单位和其他文字。",
    }  # fmt: skip


def _pair(place: Place) -> dict[str, Any]:
    units = place.sep.join(part.unit or "数" for _, part in place.parts)
    return {
        "validate": "custom", "value": f'=ISNUMBER(FIND("{place.sep}",{place.name}))',
        "input_title": "一格两个数", "input_message": f"填两个数：{units}，如 3{place.sep}22.08。",
        "error_title": "要填两个数", "error_message": f"填两个数，中间用“{place.sep}”隔开，如 3{place.sep}22.08。",
    }  # fmt: skip


def _written(place: Place, cell: Cell) -> float | int | str | None:
    """What stands in a place to begin with: the figure in its printed unit, unrounded."""
    shown = [figure for figure in cell.figures if figure.value is not None]
    if not shown:
        return None
    if place.is_pair:
        return place.sep.join(plain(figure.value, figure.part) for figure in cell.figures)
    value, part = shown[0].value, shown[0].part
    assert value is not None and part is not None
    if isinstance(value, str):
        return value
    exact = Fraction(value) / scale(part)
    return exact.numerator if exact.denominator == 1 else float(exact)


def plain(value: Value | None, part: Part | None) -> str:
    """A figure in its printed unit with all its decimals; "" for none."""
    if isinstance(value, str):
        return value
    if value is None or part is None:
        return ""
    exact = Fraction(value) / scale(part)
    number = (Decimal(exact.numerator) / Decimal(exact.denominator)).normalize()
    return f"{number:f}"


def _notes(sheet: Any, formats: Formats, plan: SheetPlan, about: About) -> None:
    title, line = formats.get(bold=True, font_size=14, text_wrap=False), formats.get(align="left")
    head, cell = formats.get(bold=True, border=1, align="center"), formats.get(border=1, align="left")
    sheet.write_string(0, 0, f"{plan.form.title}　填表说明", title)
    row = 1
    for text in notes.intro(about.region, about.agency, plan.identity.days, about.due, about.supplies):
        sheet.merge_range(row, 0, row, 3, "", line)
        sheet.write_string(row, 0, text, line)
        row += 1
    explained = [tuple(one) for one in notes.figures(plan.form)]
    columns = 4 if any(one[3] for one in explained) else 3
    tables: list[tuple[tuple[str, ...], list[tuple[str, ...]]]] = [
        (("指标", "含义", "计量单位", "由谁填报")[:columns], [one[:columns] for one in explained]),
        (("部门", "填报内容"), list(notes.departments(plan.form))),
        (("审核关系", "怎样处理"), list(notes.checks(plan.form))),
    ]
    for heads, lines in tables:
        row = _table(sheet, row + 1, heads, lines, head, cell) if lines else row
    for col, width in enumerate(_NOTE_WIDTHS):
        sheet.set_column(col, col, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.protect("", {"format_columns": True, "format_rows": True})


def _table(sheet: Any, row: int, heads: tuple[str, ...], lines: list[tuple[str, ...]], head: Any, cell: Any) -> int:
    for col, word in enumerate(heads):
        sheet.write_string(row, col, word, head)
    for number, line in enumerate(lines, start=row + 1):
        sheet.set_row(number, 15 * max(_lines(word, _NOTE_WIDTHS[col]) for col, word in enumerate(line)))
        for col, word in enumerate(line):
            sheet.write_string(number, col, word, cell)
    return row + 1 + len(lines)


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column; Chinese characters are twice as wide."""
    return max(1, -(-sum(2 if ord(sign) > 0x2E7F else 1 for sign in text) // (width - 2)))
