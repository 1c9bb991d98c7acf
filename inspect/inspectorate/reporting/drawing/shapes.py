"""The shapes of a picture. Distances are in units of which 400 make the width of a picture; y grows downwards."""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

WIDTH = 400
SIZE = 12
"""Height of ordinary words."""

_NARROW = 0.58
"""Width of a digit or Latin letter as a share of its height; a Chinese character is as wide as it is high."""


class Fill(IntEnum):
    """How a shape is filled: told apart without any colour, each darker than the one before."""

    EMPTY = 0
    DOTS = 1
    DIAGONAL = 2
    CROSSED = 3
    SOLID = 4


class Box(NamedTuple):
    """A rectangle. ``told``: what a pointer resting on it, or a screen reader, is told; ``href``: where it leads."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill = Fill.SOLID
    href: str | None = None
    told: str = ""


class Words(NamedTuple):
    """A line of words whose baseline begins (``start``), ends (``end``) or has its middle at the point.

    ``turned``: they run upwards.
    """

    x: float
    y: float
    text: str
    anchor: str = "start"
    size: float = SIZE
    soft: bool = False
    turned: bool = False


class Line(NamedTuple):
    """A thin rule."""

    x1: float
    y1: float
    x2: float
    y2: float


class Area(NamedTuple):
    """Rings of points: what lies inside an odd number of them is filled."""

    rings: Sequence[Sequence[tuple[float, float]]]
    fill: Fill
    href: str | None = None
    told: str = ""


Shape = Box | Words | Line | Area


class Drawing(NamedTuple):
    """A picture with its name, and what it shows in a sentence."""

    title: str
    description: str
    height: float
    shapes: Sequence[Shape]
    width: float = WIDTH

    @property
    def leads_on(self) -> bool:
        """Whether parts of it are links."""
        return any(getattr(shape, "href", None) for shape in self.shapes)


def width_of(text: str, size: float = SIZE) -> float:
    """How wide a line of words is, about."""
    return sum(size if ord(sign) > 0x2E7F else size * _NARROW for sign in text)


def shortened(text: str, width: float, size: float = SIZE) -> str:
    """As much of a text as fits, with … behind what was cut."""
    if width_of(text, size) <= width:
        return text
    kept = text
    while kept and width_of(f"{kept}…", size) > width:
        kept = kept[:-1]
    return f"{kept}…"
