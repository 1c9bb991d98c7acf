"""A paper as one HTML page, ready for `pdf.render_pdf` with the stylesheet `paper.css`."""

import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from .blocks import Paper

OPTION = re.compile(r"([☑☒□][ ]?[^☑☒□\s]{0,12})")
TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
MARKS = {"☑": "√", "☒": "×", "□": "&nbsp;"}
"""Tick boxes are drawn: not every face has the characters."""


def paper_html(paper: Paper) -> str:
    """The whole page; everything in it is escaped, nothing in it points outside."""
    return _environment().get_template("documents/paper.html").render(paper=paper)


def single_sheet(paper: Paper) -> tuple[str, ...]:
    """The extra style of a paper that carries page numbers only when it is longer than one sheet."""
    return ("single.css",) if paper.page_numbers == "when_longer" else ()


def with_boxes(text: str) -> Markup:
    """Text with its tick boxes drawn; a box stays with the word after it."""
    return Markup("").join(
        Markup('<span class="option"><span class="tick">{}</span>{}</span>').format(Markup(MARKS[part[0]]), part[1:])
        if part[:1] in MARKS
        else escape(part)
        for part in OPTION.split(text)
        if part
    )


def png_address(picture: bytes) -> str:
    """A PNG as an address that holds it."""
    return f"data:image/png;base64,{b64encode(picture).decode()}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["boxes"] = with_boxes
    environment.filters["png"] = png_address
    return environment
