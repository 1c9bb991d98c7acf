"""Forms of the kinds that circulate beside those that ship, each filled and held against the sheet as it must look."""

import io
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from inspectorate.campaigns.engine.checks import evaluate
from inspectorate.campaigns.engine.definition import FormDefinition
from inspectorate.campaigns.engine.expansion import Member, expand, region_members
from inspectorate.campaigns.engine.figures import Address, Empty, Filled, Value
from inspectorate.campaigns.engine.layout import Layout, lay_out
from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.engine.problems import DefinitionError
from inspectorate.campaigns.engine.vocabulary import Kind
from inspectorate.campaigns.forms_known import FORMS
from inspectorate.campaigns.measures.compile import build
from inspectorate.campaigns.measures.wishes import statements, wishes
from inspectorate.campaigns.render.csv import render_csv
from inspectorate.campaigns.render.docx import render_docx
from inspectorate.campaigns.render.xlsx import render_xlsx
from tests.campaigns.conftest import drawn
from tests.harness.scale import count

HERE = Path(__file__).with_name("forms")
OTHERS = sorted(path.stem for path in HERE.glob("*.toml"))
MEMBERS = {
    "child_regions": region_members([("330105", "拱墅区"), ("330106", "西湖区")]),
    "agencies": [Member("A-1", "市卫生局"), Member("A2", "市卫生监督所")],
}


def filled(form: FormDefinition) -> Filled:
    """Figures that tell each place from every other: records count up from 1, two of three returns from 1,001."""
    local = expand(form, MEMBERS)
    blank = Filled(local, {})
    records: dict[Address, Value] = {}
    returns: dict[Address, Value] = {}
    places = [slot for slot in blank.slots.values() if slot.part.kind is not Kind.TEXT]
    for number, slot in enumerate(places, start=1):
        money = slot.part.kind is Kind.MONEY
        if blank.countable(slot):
            records[slot.address] = number * 1_234_567 if money else number
        elif slot.applicable and not slot.is_total and number % 3:
            returns[slot.address] = number * 100_000 if money else 1_000 + number
    return Filled(local, records, returns, dict.fromkeys(local.foot_counts, 7))


def form_of(name: str) -> FormDefinition:
    return parse((HERE / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


@pytest.mark.parametrize("name", OTHERS)
def test_the_sheet_looks_as_it_must(name: str) -> None:
    layout = lay_out(filled(form_of(name)))
    drawn(layout)  # every position covered once
    assert render_csv(layout).replace("\r\n", "\n") == (HERE / f"{name}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OTHERS)
def test_workbook_and_word_file_merge_what_the_sheet_merges(name: str) -> None:
    layout = lay_out(filled(form_of(name)))
    sheet: Any = load_workbook(io.BytesIO(render_xlsx([("表", layout)]))).active
    top = 2 + bool(layout.head)
    merged = {str(found) for found in sheet.merged_cells.ranges}
    for cell in _spanning(layout):
        first, last = sheet.cell(top + cell.row, 1 + cell.col), (cell.row + cell.rowspan, cell.col + cell.colspan)
        assert f"{first.coordinate}:{sheet.cell(top - 1 + last[0], last[1]).coordinate}" in merged
    (table,) = Document(io.BytesIO(render_docx([layout]))).tables
    for cell in _spanning(layout):
        corner = table.cell(cell.row, cell.col)
        assert corner._tc is table.cell(cell.row + cell.rowspan - 1, cell.col + cell.colspan - 1)._tc
        assert corner.text == cell.text


def _spanning(layout: Layout) -> Iterator[Any]:
    yield from (cell for cell in layout.cells if cell.rowspan > 1 or cell.colspan > 1)


def test_what_hangs_under_an_expanded_node_is_named_for_all_its_lines() -> None:
    sheet = filled(form_of("canteen_expand_2012"))
    parts = [("own.visits", "canteen"), ("area.330105.visits", "canteen"), ("area.330106.visits", "canteen")]
    assert sheet.value(("sum_visits", "canteen")) == sum(sheet.value(part) for part in parts)  # type: ignore[misc]
    (check, *_) = evaluate(sheet)
    assert check.rule == "area.orders <= area.visits"
    assert [failure.label.split("·")[0] for failure in check.failures[:1]] == ["拱墅区"]


def test_a_county_without_regions_below_has_nothing_to_report_for_them() -> None:
    form = expand(form_of("canteen_expand_2012"), {"child_regions": []})
    sheet = Filled(form, {("own.visits", "canteen"): 4})
    assert sheet.figure(("area.visits", "canteen")).empty is Empty.NOT_APPLICABLE
    assert sheet.value(("sum_visits", "canteen")) == 4


def test_a_total_of_pairs_is_a_pair_in_their_units() -> None:
    total = form_of("two_blocks_2012").rows["c_sum"]
    assert [(part.id, part.kind, part.unit) for part in total.parts] == [
        ("c_sum.1", Kind.COUNT, None),
        ("c_sum.2", Kind.MONEY, "万元"),
    ]


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ('total = ["c_fine", "c_conf"]', 'total = ["c_fine", "c_stop"]', "adds pairs and single figures"),
        ('total = ["a_big", "a_small"]', 'total = ["a_big", "a_none"]', "not on this axis"),
    ],
)
def test_a_total_that_makes_no_sum_is_refused(good: str, bad: str, reason: str) -> None:
    text = (HERE / "two_blocks_2012.toml").read_text(encoding="utf-8")
    line = text[: text.index(good)].count("\n") + 1
    with pytest.raises(DefinitionError) as refused:
        parse(text.replace(good, bad), "f.toml")
    assert any(told.startswith(f"f.toml:{line}:") and reason in told for told in refused.value.lines())


def test_amounts_and_counts_are_never_added() -> None:
    text = (HERE / "food_penalties_2006.toml").read_text(encoding="utf-8")
    mixed = '[[col]]\nid = "mixed"\nlabel = "合计"\ntotal = ["org_fine_n", "org_fine"]\n[[row]]\nid = "production"'
    with pytest.raises(DefinitionError, match="adds amounts and counts"):
        parse(text.replace('[[row]]\nid = "production"', mixed, 1))


def test_a_template_may_repeat_another_but_not_itself() -> None:
    text = """
    [form]
    id = "f"
    title = "表"
    [[template]]
    id = "in"
    nodes = [{ id = "x", label = "甲" }, { id = "y", label = "乙" }, { id = "s", label = "计", total = ["x", "y"] }]
    [[template]]
    id = "out"
    nodes = [{ id = "new", label = "新", repeat = "in" }, { id = "old", label = "旧", repeat = "in" }]
    [[row]]
    id = "r"
    label = "件"
    m = "visits"
    repeat = "out"
    """
    assert [node.id for node in parse(text).rows.lines()] == [
        "r.new.x", "r.new.y", "r.new.s", "r.old.x", "r.old.y", "r.old.s"
    ]  # fmt: skip
    with pytest.raises(DefinitionError, match="repeats itself"):
        parse(text.replace('label = "甲" }', 'label = "甲", repeat = "out" }'))


VALUES = [
    '"x"',
    "1",
    "-1",
    "true",
    "[]",
    '["a"]',
    "{}",
    "1.5",
    "2021-01-01",
    '""',
    "[1]",
    "{ a = 1 }",
    '[["a"]]',
    "nan",
]
KEYS = ["up", "total", "cells", "na", "expand", "repeat", "pair", "m", "unit", "type", "where", "id", "block", "list",
        "places", "rule", "expr", "supplies", "choices", "nodes", "kind", "from"]  # fmt: skip


def spoilt(text: str, chance: random.Random) -> str:
    """A definition as a slip of the hand leaves it: a line dropped, doubled, renamed, retyped or naming another."""
    lines, known = text.split("\n"), re.findall(r'^id = "([^"]+)"', text, re.M)
    at = chance.randrange(len(lines))
    key, equals, value = lines[at].partition("=")
    named = re.findall(r'"([^"]*)"', lines[at])
    more = [f'{one} = ["{chance.choice(known)}"]' for one in ("total", "cells", "na")]
    more += [f'up = "{chance.choice(known)}"', "subset = true", "memo = true", 'expand = "agencies"', 'type = "unit"']
    more += ["headers_here = true", "show_leaf_labels = true", 'block = "z"', 'pair = ["visits", "fine_sum"]']
    lines[at] = chance.choice(
        [
            "",
            f"{lines[at]}\n{chance.choice(lines)}",
            f"{key}= {chance.choice(VALUES)}" if equals else lines[at][:-1],
            f"{chance.choice(KEYS)} ={value}" if equals else "[[row]]",
            lines[at].replace(chance.choice(named), chance.choice(known), 1) if named else lines[at] + '"',
            f"{lines[at]}\n{chance.choice(more)}",
        ]
    )
    return "\n".join(lines)


def test_a_spoilt_definition_is_refused_by_line_or_makes_a_whole_sheet() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((*FORMS.glob("*.toml"), *HERE.glob("*.toml")))]
    accepted = 0
    for seed in range(count(250, 20_000)):
        chance = random.Random(seed)
        text = spoilt(chance.choice(texts), chance)
        try:
            form = parse(text, "f.toml")
        except DefinitionError as error:
            assert all(one.line and one.line <= text.count("\n") + 1 for one in error.problems), (seed, error)
            continue
        accepted += 1
        sheet = filled(form)
        drawn(lay_out(sheet))
        drawn(lay_out(Filled(form, None)))
        evaluate(sheet)
        for statement in statements(wishes(sheet.form)):
            build(statement, of_one_campaign=True, annulled=False)
    assert accepted
