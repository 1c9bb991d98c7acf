"""From a layout and a snapshot of data to the blocks of a paper."""

from collections.abc import Iterator
from typing import Any

from .. import files
from .blocks import (
    Block,
    Cell,
    Fields,
    Grid,
    Paper,
    Paragraph,
    Passage,
    Run,
    SealPlace,
    Signature,
    Signatures,
    Text,
)
from .dates import printed_end
from .fields import Snapshot
from .layouts import BodyLine, HeadCell, Layout, Sign, holds
from .phrases import Phrase, Placeholder, fill
from .values import address_of, is_given, moment, printed
from .vocabulary import all_fields

ENDS = {"insp.to": "insp.from", "q.to": "q.from", "def.to": "def.from"}
"""The end of a period, printed after its start: only the time where it is the same day."""

BLANK_WIDTHS = {"date": 8, "datetime": 12, "person": 6, "longtext": 24, "dialogue": 24, "address": 16}
DATE_BLANK = "　　年　　月　　日"
CONFIRMATION = "已阅，与事实相符"


def compose(layout: Layout, data: Snapshot, *, number: str = "", verification: str = "", draft: bool = False) -> Paper:
    """The paper that a layout makes of the data. A field without a value becomes a blank to be filled in by hand."""
    known = derived(data)
    return Paper(
        kind=layout.kind,
        title=layout.title_on(data),
        look=layout.look,
        series=layout.series and data.get("agency.series", layout.series),
        number_label={"编号": "编号：", "parent": "附："}.get(layout.number_form, ""),
        number=number,
        page_numbers=layout.page_numbers,
        blocks=tuple(_blocks(layout, known)),
        every_page=tuple(_signatures(layout, known, every_page=True)),
        copies=layout.copies,
        verification=verification,
        draft=draft,
        issued_on=known.get("doc.date", ""),
    )


def derived(data: Snapshot) -> dict[str, Any]:
    """The data with what follows from them: how the party is addressed, and the sentence it confirms a record with."""
    given = {key: value for key, value in data.items() if is_given(value)}
    return {"you": address_of(data), "confirm": CONFIRMATION, **given}


def _blocks(layout: Layout, data: Snapshot) -> Iterator[Block]:
    if layout.addressee:
        yield from (Paragraph((*text, Run("：")), "addressee") for text in _fill(layout.addressee, data))
    if rows := tuple(_head_rows(layout, data)):
        yield Fields(rows)
    for line in layout.body:
        if holds(line.when, data):
            yield from _passage(line, data)
    if places := tuple(_signatures(layout, data, every_page=False)):
        yield Signatures(places)
    if layout.seal is not None:
        name, day = (_first(_fill(phrase, data)) for phrase in (layout.seal.name, layout.seal.date))
        yield SealPlace(name, day or DATE_BLANK, layout.seal.required)


def _head_rows(layout: Layout, data: Snapshot) -> Iterator[tuple[Cell, ...]]:
    for row in layout.head:
        cells = [cell for cell in row if holds(cell.when, data)]
        whole = sum(cell.share for cell in cells)
        if cells:
            yield tuple(Cell(cell.label, _cell_value(cell, data), cell.share / whole) for cell in cells)


def _cell_value(cell: HeadCell, data: Snapshot) -> tuple[Text, ...]:
    value = _printed(Placeholder(cell.field.key), data)
    if cell.ticks:
        options = "　".join(f"{'☑' if option == value else '□'}{option}" for option in cell.field.options)
        return ((Run(options),),)
    return tuple((Run(line),) for line in value.split("\n") if line)


def _passage(line: BodyLine, data: Snapshot) -> Iterator[Block]:
    """A passage; a table in it stands between the text before and the text after."""
    before, table, after = _around_table(line.phrase)
    texts = _fill(before, data)
    paragraphs = tuple(Paragraph(text, line.role) for text in texts)
    if line.role != "body":
        yield from paragraphs
    elif paragraphs or line.label:
        yield Passage(paragraphs, line.label, line.rows)
    if table is not None:
        yield _grid(data.get(table.key))
    if after and table is not None:
        yield Passage(tuple(Paragraph(text) for text in _fill(after, data)))


def _around_table(phrase: Phrase) -> tuple[Phrase, Placeholder | None, Phrase]:
    for position, part in enumerate(phrase):
        if isinstance(part, Placeholder) and all_fields()[part.key].type == "table":
            return phrase[:position], part, phrase[position + 1 :]
    return phrase, None, ()


def _grid(value: Any) -> Grid:
    if not is_given(value):
        return Grid(("序号", "名称", "规格", "数量", "备注"), ())
    return Grid(tuple(value["columns"]), tuple(tuple(row) for row in value["rows"]))


def _signatures(layout: Layout, data: Snapshot, *, every_page: bool) -> Iterator[Signature]:
    for sign in layout.sign:
        if sign.every_page == every_page and holds(sign.when, data):
            yield _signature(sign, data)


def _signature(sign: Sign, data: Snapshot) -> Signature:
    given = next((data.get(part.key) for part in sign.phrase if isinstance(part, Placeholder)), None)
    opinion = given if isinstance(given, dict) else {}
    text = tuple(_fill(sign.phrase, data)) if given is not None or _is_plain(sign.phrase) else ()
    return Signature(
        who=sign.who,
        side=sign.side,
        text=text,
        count=sign.count,
        dated=sign.dated,
        name=opinion.get("name") or "",
        on=printed("date", opinion.get("on")),
        drawing=files.get(opinion["drawing"]) if "drawing" in opinion else b"",
    )


def _is_plain(phrase: Phrase) -> bool:
    return all(isinstance(part, str) for part in phrase)


def _fill(phrase: Phrase, data: Snapshot) -> list[Text]:
    return fill(phrase, lambda placeholder: _printed(placeholder, data), _blank)


def _printed(placeholder: Placeholder, data: Snapshot) -> str:
    value = data.get(placeholder.key)
    start = ENDS.get(placeholder.key)
    if is_given(value) and start and is_given(data.get(start)):
        return printed_end(moment(data[start]), moment(str(value)))
    return printed(all_fields()[placeholder.key].type, value, placeholder.style)


def _blank(placeholder: Placeholder) -> Run:
    return Run(blank=True, width=BLANK_WIDTHS.get(all_fields()[placeholder.key].type, 10))


def _first(texts: list[Text]) -> str:
    return "".join(run.text for run in texts[0]) if texts else ""
