"""What tests of campaigns share."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from inspectorate.campaigns.engine.definition import FormDefinition
from inspectorate.campaigns.engine.figures import Filled
from inspectorate.campaigns.engine.layout import Layout, lay_out
from inspectorate.campaigns.engine.parsing import parse

HEAD = '[form]\nid = "f"\ntitle = "表"\n'


@pytest.fixture
def form() -> Callable[[str], FormDefinition]:
    """A form from its columns, rows and checks."""
    return lambda text: parse(HEAD + text)


@pytest.fixture
def sheet(form: Callable[[str], FormDefinition]) -> Callable[..., list[list[str]]]:
    """The laid-out form as rows of texts; a merged cell's text stands first, "<" and "^" where it reaches."""

    def draw(text: str, records: Mapping[Any, Any] | None = None) -> list[list[str]]:
        return drawn(lay_out(Filled(form(text), records)))

    return draw


def drawn(layout: Layout) -> list[list[str]]:
    """The grid with every position accounted for: two cells at one position, or none, fail."""
    grid: list[list[str | None]] = [[None] * layout.width for _ in range(layout.height)]
    for cell in layout.cells:
        for row in range(cell.row, cell.row + cell.rowspan):
            for col in range(cell.col, cell.col + cell.colspan):
                assert grid[row][col] is None, (row, col, cell)
                grid[row][col] = cell.text if (row, col) == (cell.row, cell.col) else "^" if row > cell.row else "<"
    assert all(text is not None for line in grid for text in line), grid
    return [[str(text) for text in line] for line in grid]
