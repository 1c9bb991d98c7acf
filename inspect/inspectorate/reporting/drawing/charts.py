"""Bars and columns with their figures written on them."""

from collections.abc import Sequence
from typing import NamedTuple

from .shapes import SIZE, WIDTH, Box, Drawing, Fill, Line, Shape, Words, shortened, width_of

ROW = 26
_BAR = 16
_LONGEST_LABEL = 150
_GAP = 6
_PANEL = 118
_PLOT = 58
_SMALL = 9


class Bar(NamedTuple):
    """One bar: its name, its length, the figure as it is written, where it leads."""

    label: str
    value: float
    figure: str
    href: str | None = None
    fill: Fill = Fill.SOLID


def bars(title: str, description: str, lines: Sequence[Bar]) -> Drawing:
    """Horizontal bars, one below the other, in the order given; the longest fills the width."""
    names = min(_LONGEST_LABEL, max((width_of(line.label) for line in lines), default=0))
    figures = max((width_of(line.figure) for line in lines), default=0)
    room = WIDTH - names - figures - 2 * _GAP
    longest = max((line.value for line in lines), default=0)
    shapes: list[Shape] = []
    for number, line in enumerate(lines):
        top = number * ROW + (ROW - _BAR) / 2
        length = room * line.value / longest if longest > 0 else 0
        baseline = top + _BAR - 4
        shapes.append(Words(names, baseline, shortened(line.label, names), "end"))
        shapes.append(Box(names + _GAP, top, length, _BAR, line.fill, line.href, f"{line.label}：{line.figure}"))
        shapes.append(Words(names + _GAP + length + 4, baseline, line.figure))
    height = len(lines) * ROW
    shapes.append(Line(names + _GAP, 0, names + _GAP, height))
    return Drawing(title, description, height, shapes)


class Series(NamedTuple):
    """One row of columns: what it counts, the words above it, and its figure in each step of time."""

    label: str
    heading: str
    values: Sequence[int]
    fill: Fill


def columns(title: str, description: str, steps: Sequence[str], series: Sequence[Series]) -> Drawing:
    """Columns over time, a panel with a scale of its own for each series; every figure stands on its column.

    Own scales, since a campaign has a hundred inspections for each case: on one scale cases would be flat.
    """
    shapes: list[Shape] = []
    for number, one in enumerate(series):
        shapes += _panel(number * _PANEL, steps, one)
    return Drawing(title, description, len(series) * _PANEL, shapes)


def _panel(top: float, steps: Sequence[str], series: Series) -> list[Shape]:
    floor = top + _PANEL - 22
    width = WIDTH / max(len(steps), 1)
    highest = max(series.values, default=0)
    longest = max((width_of(str(value), _SMALL) for value in series.values), default=0)
    turned = longest > width - 1
    shapes: list[Shape] = [Words(0, top + SIZE, series.heading)]
    for place, value in enumerate(series.values):
        height = _PLOT * value / highest if highest else 0
        left, middle = place * width, (place + 0.5) * width
        if value:
            told = f"{steps[place]}：{series.label}{value:,}"
            shapes.append(Box(left + width * 0.12, floor - height, width * 0.76, height, series.fill, None, told))
            shapes.append(_figure(middle, floor - height - 2, str(value), turned=turned))
    shapes.append(Line(0, floor, WIDTH, floor))
    return shapes + _dates(floor + 12, width, steps)


def _figure(x: float, y: float, text: str, *, turned: bool) -> Words:
    if turned:
        return Words(x + _SMALL * 0.36, y - 1, text, size=_SMALL, turned=True)
    return Words(x, y, text, "middle", _SMALL)


def _dates(y: float, width: float, steps: Sequence[str]) -> list[Shape]:
    """As many dates below the columns as have room."""
    if not steps:
        return []
    every = max(1, int((max(width_of(step, _SMALL) for step in steps) + 4) // width) + 1)
    shown = [(place * width, steps[place]) for place in range(0, len(steps), every)]
    return [Words(x + 1, y, step, size=_SMALL, soft=True) for x, step in shown if x + width_of(step, _SMALL) <= WIDTH]
