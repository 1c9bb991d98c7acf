"""Pictures as shapes: what is drawn, and how it is written as SVG and PNG."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from inspectorate.reporting.drawing.charts import Bar, Series, bars, columns
from inspectorate.reporting.drawing.png import SCALE, as_png
from inspectorate.reporting.drawing.regions import Place, fill_of, regions
from inspectorate.reporting.drawing.shapes import WIDTH, Area, Box, Drawing, Fill, Words, shortened, width_of
from inspectorate.reporting.drawing.svg import as_svg

SVG = {"s": "http://www.w3.org/2000/svg"}
SQUARE = [(0.0, 0.0), (40.0, 0.0), (40.0, 40.0), (0.0, 40.0)]


def boxes(drawing: Drawing) -> list[Box]:
    return [shape for shape in drawing.shapes if isinstance(shape, Box)]


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_bars_are_as_long_as_their_figures_and_stay_in_the_picture(values: list[int]) -> None:
    drawing = bars("图", "", [Bar(f"地区{n}", value, f"{value:,}") for n, value in enumerate(values)])
    drawn = boxes(drawing)
    for box, value in zip(drawn, values, strict=True):
        assert box.width == pytest.approx(max(one.width for one in drawn) * value / max(values) if max(values) else 0)
    ends = [w.x + width_of(w.text, w.size) for w in drawing.shapes if isinstance(w, Words) and w.anchor == "start"]
    assert max(ends) <= WIDTH


def test_every_figure_stands_on_its_column_and_a_week_without_any_is_empty() -> None:
    drawing = columns("图", "", ["6.7", "6.14", "6.21"], [Series("立案", "立案（合计5）", [2, 0, 3], Fill.DIAGONAL)])
    texts = [shape.text for shape in drawing.shapes if isinstance(shape, Words)]
    assert [box.height for box in boxes(drawing)] == [pytest.approx(58 * 2 / 3), pytest.approx(58)]
    assert texts[:3] == ["立案（合计5）", "2", "3"]


def test_figures_that_are_wider_than_their_column_are_turned() -> None:
    many = columns("图", "", [str(n) for n in range(52)], [Series("检查", "检查", [12_345] * 52, Fill.SOLID)])
    assert all(shape.turned for shape in many.shapes if isinstance(shape, Words) and shape.text == "12345")


@given(st.text(max_size=40), st.floats(12, 400))
def test_a_shortened_name_fits_and_is_cut_only_where_it_must(text: str, width: float) -> None:
    kept = shortened(text, width)
    assert kept == text or (kept.endswith("…") and width_of(kept) <= max(width, width_of("…")))
    assert (kept == text) == (width_of(text) <= width)


@pytest.mark.parametrize(
    ("value", "highest", "fill"),
    [(0, 0, Fill.EMPTY), (0, 9, Fill.EMPTY), (1, 100, Fill.DOTS), (25, 100, Fill.DOTS), (26, 100, Fill.DIAGONAL),
     (50, 100, Fill.DIAGONAL),
     (75, 100, Fill.CROSSED), (1, 3, Fill.DIAGONAL), (99, 100, Fill.SOLID), (100, 100, Fill.SOLID)],
)  # fmt: skip
def test_a_region_is_the_darker_the_more(value: int, highest: int, fill: Fill) -> None:
    assert fill_of(value, highest) is fill


def test_svg_says_what_it_shows_and_escapes_what_it_is_given() -> None:
    drawing = bars("<各地>", 'a & "b"', [Bar("<script>", 3, "3", "/x?a=1&b=2")])
    root = etree.fromstring(as_svg(drawing, "p").encode())
    assert root.findtext("s:title", namespaces=SVG) == "<各地>"
    assert root.findtext("s:desc", namespaces=SVG) == 'a & "b"'
    assert root.get("aria-labelledby") == "p-title"
    link = root.find(".//s:a", SVG)
    assert link is not None and link.get("href") == "/x?a=1&b=2" and link.get("aria-label") == "<script>：3"
    assert root.get("role") == "group", "parts of an image cannot be reached"


def test_a_picture_without_links_is_an_image_and_its_patterns_bear_its_own_names() -> None:
    text = as_svg(bars("图", "", [Bar("甲", 1, "1", fill=Fill.DOTS)]), "weeks")
    root = etree.fromstring(text.encode())
    assert root.get("role") == "img"
    assert root.xpath("//s:pattern/@id", namespaces=SVG) == ["weeks-dots"]
    assert 'fill="url(#weeks-dots)"' in text


def test_a_map_draws_each_region_with_its_legend() -> None:
    places = [Place([SQUARE], 4, "甲：4"), Place([SQUARE], 0, "乙：0")]
    drawing = regions("图", "", 40, places, [[(0, 0), (5, 5), (9, 9)]], {Fill.EMPTY: "0", Fill.SOLID: "不超过4"})
    assert [shape.fill for shape in drawing.shapes if isinstance(shape, Area)] == [Fill.SOLID, Fill.EMPTY]
    assert drawing.height > 40 and "不超过4" in as_svg(drawing, "map")


@pytest.mark.parametrize("fill", list(Fill))
def test_png_is_filled_inside_and_white_outside_and_in_holes(fill: Fill) -> None:
    hole = [(10.0, 10.0), (30.0, 10.0), (30.0, 30.0), (10.0, 30.0)]
    picture = Image.open(BytesIO(as_png(Drawing("图", "", 60, [Area([SQUARE, hole], fill)]))))
    assert picture.size == (WIDTH * SCALE, 64 * SCALE)
    ring = picture.crop((2 * SCALE, 2 * SCALE, 8 * SCALE, 38 * SCALE)).tobytes()
    assert (min(ring) < 255) == (fill is not Fill.EMPTY)
    for place in ((20, 20), (50, 50)):
        assert picture.getpixel((place[0] * SCALE, place[1] * SCALE)) == 255


def test_the_same_picture_is_the_same_file() -> None:
    drawing = columns("图", "", ["1.1"], [Series("检查", "检查", [123], Fill.SOLID)])
    assert as_png(drawing) == as_png(drawing)
