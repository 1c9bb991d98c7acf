"""A picture as SVG: in the page's colours on screen (`static/css/reporting.css`), black on white elsewhere."""

from collections.abc import Sequence
from html import escape

from .shapes import Area, Box, Drawing, Fill, Line, Shape, Words

_PATTERNS = {
    Fill.DOTS: '<circle cx="2" cy="2" r=".9"/>',
    Fill.DIAGONAL: '<path d="M-1 1l2-2M0 6l6-6M5 7l2-2" fill="none" stroke="#000" stroke-width="1.2"/>',
    Fill.CROSSED: '<path d="M0 0l6 6M0 6l6-6" fill="none" stroke="#000" stroke-width="1.2"/>',
}
"""What a tile of 6 by 6 units has on it."""


def as_svg(drawing: Drawing, key: str) -> str:
    """The element with title and description. ``key`` is a word by which the page tells its pictures apart.

    A picture with links is a group, whose parts can be reached; one without is an image with a name.
    """
    role = "group" if drawing.leads_on else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="{role}" '
        f'aria-labelledby="{key}-title" aria-describedby="{key}-told" '
        f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}">'
        f'<title id="{key}-title">{escape(drawing.title)}</title>'
        f'<desc id="{key}-told">{escape(drawing.description)}</desc>'
        f"{_definitions(drawing, key)}{''.join(_shape(shape, key) for shape in drawing.shapes)}</svg>"
    )


def _definitions(drawing: Drawing, key: str) -> str:
    used = sorted({shape.fill for shape in drawing.shapes if isinstance(shape, Box | Area)} & set(_PATTERNS))
    tiles = "".join(
        f'<pattern id="{key}-{fill.name.lower()}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f"{_PATTERNS[fill]}</pattern>"
        for fill in used
    )
    return f"<defs>{tiles}</defs>" if tiles else ""


def _shape(shape: Shape, key: str) -> str:
    match shape:
        case Words():
            return _words(shape)
        case Line():
            ends = f'x1="{_n(shape.x1)}" y1="{_n(shape.y1)}" x2="{_n(shape.x2)}" y2="{_n(shape.y2)}"'
            return f'<line class="chart-rule" {ends} stroke="#000" stroke-width=".8"/>'
        case Box():
            place = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
            return _linked(shape, f"<rect {place} {_filled(shape.fill, key)}>{_told(shape)}</rect>")
        case Area():
            d = "".join(_ring(ring) for ring in shape.rings)
            return _linked(shape, f'<path d="{d}" fill-rule="evenodd" {_filled(shape.fill, key)}>{_told(shape)}</path>')


def _ring(ring: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in ring) + "Z"


def _words(words: Words) -> str:
    turn = f' transform="rotate(-90 {_n(words.x)} {_n(words.y)})"' if words.turned else ""
    soft = " chart-soft" if words.soft else ""
    return (
        f'<text class="chart-words{soft}" x="{_n(words.x)}" y="{_n(words.y)}" font-size="{_n(words.size)}" '
        f'text-anchor="{words.anchor}"{turn}>{escape(words.text)}</text>'
    )


def _filled(fill: Fill, key: str) -> str:
    paint = {Fill.SOLID: "#333", Fill.EMPTY: "#fff"}.get(fill) or f"url(#{key}-{fill.name.lower()})"
    return f'class="chart-{fill.name.lower()}" fill="{paint}" stroke="#333" stroke-width=".8"'


def _told(shape: Box | Area) -> str:
    return f"<title>{escape(shape.told)}</title>" if shape.told else ""


def _linked(shape: Box | Area, drawn: str) -> str:
    if not shape.href:
        return drawn
    return f'<a href="{escape(shape.href)}" aria-label="{escape(shape.told)}">{drawn}</a>'


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
