"""What a document consists of, whatever it is printed as.

PDF (through HTML) and DOCX are both made from these blocks.
"""

from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """A stretch of text; a blank is a ruled gap of about `width` characters to be filled in by hand."""

    text: str = ""
    blank: bool = False
    width: int = 0


Text = tuple[Run, ...]


class Cell(NamedTuple):
    """A field of the head: its label, its value, its share of the line (0 to 1)."""

    label: str
    value: tuple[Text, ...]
    share: float


class Fields(NamedTuple):
    """The head of a form, row by row."""

    rows: tuple[tuple[Cell, ...], ...]


class Paragraph(NamedTuple):
    """A paragraph of the text. `role`: body, addressee, blank_below."""

    text: Text
    role: str = "body"


class Passage(NamedTuple):
    """Paragraphs that belong together, under a label or without one, at least `rows` lines high."""

    paragraphs: tuple[Paragraph, ...]
    label: str = ""
    rows: int = 0


class Grid(NamedTuple):
    """A table whose head is repeated on every page; the row after the last says that nothing follows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Signature:
    """A place to sign. `text` stands before it (已阅，与事实相符), `name` and `on` are printed where they are known.

    `drawing` is the PNG of what was signed on a screen.
    """

    who: str
    side: str = "left"
    text: tuple[Text, ...] = ()
    count: int = 1
    dated: bool = True
    name: str = ""
    on: str = ""
    drawing: bytes = b""


class Signatures(NamedTuple):
    """The places to sign at the end of the text, left and right."""

    places: tuple[Signature, ...]


class SealPlace(NamedTuple):
    """Where the seal goes: over name and date (骑年盖月). It stays empty; a picture never stands for a seal."""

    name: str
    date: str
    required: bool


Block = Fields | Passage | Paragraph | Grid | Signatures | SealPlace


class Paper(NamedTuple):
    """A complete document. `number` is empty while it is a draft; `every_page` are the signatures each page carries."""

    kind: str
    title: str
    look: str
    series: str
    number_label: str
    number: str
    page_numbers: str
    blocks: tuple[Block, ...]
    every_page: tuple[Signature, ...] = ()
    copies: str = ""
    verification: str = ""
    draft: bool = False
    issued_on: str = ""
