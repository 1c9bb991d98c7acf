"""Evidence that is drawn: simple pictures of rooms and papers with a caption, photographs of nothing."""

import io
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from .chance import Chance

SIZE = (720, 480)
WALLS = ((224, 230, 233), (233, 228, 218), (222, 232, 222), (232, 224, 230))
THINGS = ((150, 168, 182), (176, 142, 110), (128, 152, 132), (186, 176, 150), (140, 140, 160))


def photograph(chance: Chance, caption: Sequence[str]) -> bytes:
    """A PNG of a room with some furniture, its caption on a strip below, as photographs of a site are kept."""
    picture = Image.new("RGB", SIZE, chance.pick(WALLS))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 300, *SIZE), fill=(196, 190, 180))
    for _ in range(chance.count(3, 5)):
        left, width, height = chance.count(20, 560), chance.count(70, 150), chance.count(60, 190)
        box = (left, 330 - height, left + width, 330)
        draw.rectangle(box, fill=chance.pick(THINGS), outline=(90, 96, 102), width=2)
        for shelf in range(box[1] + 26, 330, 34):
            draw.line((box[0], shelf, box[2], shelf), fill=(110, 116, 122), width=2)
    draw.rectangle((0, 390, *SIZE), fill=(250, 250, 247))
    for row, line in enumerate(caption[:2]):
        draw.text((16, 400 + row * 36), line[:34], font=_font(), fill=(40, 44, 48))
    return _encoded(picture, "PNG", compress_level=3)


def paper(caption: Sequence[str]) -> bytes:
    """A PDF of one page that stands for a copied paper: its heading and ruled lines."""
    page = Image.new("RGB", (620, 877), (253, 253, 250))
    draw = ImageDraw.Draw(page)
    for row, line in enumerate(caption[:4]):
        draw.text((60, 70 + row * 40), line[:24], font=_font(), fill=(40, 44, 48))
    for y in range(260, 800, 36):
        draw.line((60, y, 560, y), fill=(200, 204, 208))
    return _encoded(page, "PDF", resolution=75)


def _encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    kept = io.BytesIO()
    image.save(kept, kind, **options)
    return kept.getvalue()


@cache
def _font() -> Any:
    return ImageFont.truetype(str(files("pylopdf_fonts_zh_cn").joinpath("NotoSansSC-Regular.otf")), 22)
