"""A picture as PNG, black on white: what Word files take. Pillow is loaded with the first of them."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from .shapes import Area, Box, Drawing, Fill, Line, Words

SCALE = 4
"""Points for one unit: 1,600 across the text of an A4 page, about 250 an inch."""

_GREY = {Fill.SOLID: 60, Fill.EMPTY: 255}
_INK, _SOFT = 0, 70


def as_png(drawing: Drawing) -> bytes:
    """The file; the same picture gives the same bytes."""
    from PIL import Image

    picture = Image.new("L", (_n(drawing.width), _n(drawing.height + 4)), 255)
    for shape in drawing.shapes:
        match shape:
            case Words():
                _write(picture, shape)
            case Line():
                _canvas(picture).line([_n(shape.x1), _n(shape.y1), _n(shape.x2), _n(shape.y2)], _INK, SCALE)
            case Box() if shape.width > 0:
                right, below = shape.x + shape.width, shape.y + shape.height
                _fill(picture, [[(shape.x, shape.y), (right, shape.y), (right, below), (shape.x, below)]], shape.fill)
            case Area():
                _fill(picture, shape.rings, shape.fill)
    written = BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _canvas(picture: Any) -> Any:
    from PIL import ImageDraw

    return ImageDraw.Draw(picture)


def _fill(picture: Any, rings: Sequence[Sequence[tuple[float, float]]], fill: Fill) -> None:
    """The rings filled, what lies inside two of them left out, and their edges drawn."""
    from PIL import Image, ImageChops

    outlines = [[(_n(x), _n(y)) for x, y in ring] for ring in rings]
    left, top = (min(point[side] for outline in outlines for point in outline) for side in (0, 1))
    right, below = (max(point[side] for outline in outlines for point in outline) for side in (0, 1))
    size = (right - left + 1, below - top + 1)
    mask = Image.new("1", size)
    for outline in outlines:
        single = Image.new("1", size)
        _canvas(single).polygon([(x - left, y - top) for x, y in outline], fill=1)
        mask = ImageChops.logical_xor(mask, single)
    picture.paste(_pattern(fill, size), (left, top), mask)
    for outline in outlines:
        _canvas(picture).line([*outline, outline[0]], _INK, SCALE - 1)


@cache
def _tile(fill: Fill) -> Any:
    from PIL import Image

    side = _n(6)
    tile = Image.new("L", (side, side), 255)
    draw, ink = _canvas(tile), max(2, SCALE)
    if fill is Fill.DOTS:
        draw.ellipse([side // 3 - ink, side // 3 - ink, side // 3 + ink, side // 3 + ink], _SOFT)
    for start in (-side, 0, side):
        if fill in (Fill.DIAGONAL, Fill.CROSSED):
            draw.line([start, side, start + side, 0], _SOFT, ink)
        if fill is Fill.CROSSED:
            draw.line([start, 0, start + side, side], _SOFT, ink)
    return tile


def _pattern(fill: Fill, size: tuple[int, int]) -> Any:
    from PIL import Image

    if fill in _GREY:
        return Image.new("L", size, _GREY[fill])
    tile, pattern = _tile(fill), Image.new("L", size, 255)
    for left in range(0, size[0], tile.width):
        for top in range(0, size[1], tile.height):
            pattern.paste(tile, (left, top))
    return pattern


def _write(picture: Any, words: Words) -> None:
    face, ink = _face(_n(words.size)), _SOFT if words.soft else _INK
    anchor = {"start": "ls", "end": "rs", "middle": "ms"}[words.anchor]
    if not words.turned:
        _canvas(picture).text((_n(words.x), _n(words.y)), words.text, fill=ink, font=face, anchor=anchor)
        return
    from PIL import Image

    width, height = int(face.getlength(words.text)) + SCALE, _n(words.size)
    line = Image.new("L", (width, height), 255)
    _canvas(line).text((0, int(height * 0.85)), words.text, fill=ink, font=face, anchor="ls")
    turned = line.transpose(Image.Transpose.ROTATE_90)
    picture.paste(turned, (_n(words.x) - int(height * 0.85), _n(words.y) - turned.height))


@cache
def _face(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf")), size)


def _n(number: float) -> int:
    return round(number * SCALE)
