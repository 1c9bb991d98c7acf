"""Columns and rows as outlines: what is moved, copied, renamed or taken out takes along what names it."""

import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspectorate.campaigns.catalogue import categories_of
from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.forms_known import FORMS
from inspectorate.formdesk import guessing, outline, quick
from inspectorate.formdesk.source import Source
from tests.harness.scale import count

FORM = """schema = 1
[form]
id = "f"
title = "表"
[[dept]]
id = "d"
supplies = ["b", "a"]
[[col]]
id = "c"
label = "列"
[[col]]
id = "c1"
up = "c"
[[col]]
id = "c2"
up = "c"
[[row]]
id = "a"
m = "visits"
cells = ["c"]
[[row]]
id = "b"
m = "cases_filed"
[[row]]
id = "b1"
up = "b"
[[row]]
id = "t"
total = ["a", "b"]
[[rate]]
id = "r"
expr = "a / (b + t)"
[[check]]
rule = "b <= a and b.1 >= 0"
level = "error"
"""


def drawn(source: Source, name: str = "row") -> str:
    return " ".join("." * line.level + line.id for line in outline.lines(source, name))


@pytest.mark.parametrize(
    ("act", "after"),
    [
        (lambda s: outline.move(s, "row", "b", -1), "b .b1 a t"),
        (lambda s: outline.move(s, "row", "a", 1), "b .b1 a t"),
        (lambda s: outline.move(s, "row", "a", -1), "a b .b1 t"),
        (lambda s: outline.move(s, "row", "t", 1), "a b .b1 t"),
        (lambda s: outline.indent(s, "row", "b"), "a .b ..b1 t"),
        (lambda s: outline.indent(s, "row", "a"), "a b .b1 t"),
        (lambda s: outline.indent(s, "row", "t"), "a b .b1 .t"),
        (lambda s: outline.outdent(s, "row", "b1"), "a b b1 t"),
        (lambda s: outline.outdent(s, "row", "a"), "a b .b1 t"),
        (lambda s: outline.copy(s, "row", "b"), "a b .b1 b_2 .b1_2 t"),
        (lambda s: outline.remove(s, "row", "b"), "a t"),
        (lambda s: outline.hang(s, "row", "t", "b1"), "a b .b1 ..t"),
        (lambda s: outline.hang(s, "row", "b", "b1"), "a b .b1 t"),
        (lambda s: outline.add(s, "row", {"id": "n", "up": "b"}), "a b .b1 .n t"),
        (lambda s: outline.add(s, "row", {"id": "n"}, after="b"), "a b .b1 n t"),
    ],
)
def test_an_act_on_a_line_takes_its_branch_along(act: Callable[[Source], object], after: str) -> None:
    source = Source(FORM)
    act(source)
    assert drawn(source) == after
    assert drawn(Source(source.text)) == after
    assert [line.id for line in outline.lines(source, "row")] == [t.get("id") for t in source.many("row")]


def test_an_id_is_renamed_wherever_it_is_named() -> None:
    source = Source(FORM)
    outline.rename(source, "row", "b", "cases")
    outline.rename(source, "col", "c", "all")
    assert source.text == (
        FORM.replace('"b"', '"cases"')
        .replace("(b + t)", "(cases + t)")
        .replace("b <= a and b.1", "cases <= a and cases.1")
        .replace('"c"', '"all"')
    )


def test_what_is_taken_out_leaves_the_lists_that_named_it() -> None:
    source = Source(FORM)
    outline.remove(source, "row", "a")
    outline.remove(source, "col", "c")
    document = source.document
    assert document["dept"][0]["supplies"] == ["b"] and document["row"][-1]["total"] == ["b"]
    assert "col" not in document and "cells" not in document["row"][0]


acts = st.tuples(
    st.sampled_from(["up", "down", "indent", "outdent", "copy", "rename"]),
    st.sampled_from(["row", "col"]),
    st.integers(0, 30),
)


@settings(max_examples=count(15, 300), deadline=None)
@given(st.lists(acts, max_size=8))
def test_whatever_is_done_no_line_is_lost_and_the_file_is_read_back(done: list[tuple[str, str, int]]) -> None:
    source = Source((FORMS / "school_canteen_check.toml").read_text(encoding="utf-8"))
    for act, name, number in done:
        tables = source.many(name)
        before, node_id = len(tables), str(tables[number % len(tables)].get("id"))
        copied = len(outline.branch(source, name, node_id)) if act == "copy" else 0
        {
            "up": lambda name=name, node_id=node_id: outline.move(source, name, node_id, -1),
            "down": lambda name=name, node_id=node_id: outline.move(source, name, node_id, 1),
            "indent": lambda name=name, node_id=node_id: outline.indent(source, name, node_id),
            "outdent": lambda name=name, node_id=node_id: outline.outdent(source, name, node_id),
            "copy": lambda name=name, node_id=node_id: outline.copy(source, name, node_id),
            "rename": lambda name=name, node_id=node_id: outline.rename(source, name, node_id, f"{node_id}_x"),
        }[act]()
        ids = [table.get("id") for table in source.many(name)]
        assert len(ids) == before + copied == len(set(ids)) == len(outline.lines(source, name))
        assert tomllib.loads(source.text)[name] == [table.values for table in source.many(name)]


def test_a_line_that_hangs_nowhere_or_round_in_a_circle_is_shown_outermost() -> None:
    source = Source('[[row]]\nid = "a"\nup = "b"\n[[row]]\nid = "b"\nup = "a"\n[[row]]\nid = "c"\nup = "gone"\n')
    assert sorted(line.id for line in outline.lines(source, "row")) == ["a", "b", "c"]


ANNEX = """非法医疗美容
  无证行医
    机构
    人员
违法医疗美容广告"""


def test_an_outline_from_the_paper_becomes_columns_with_their_filters() -> None:
    source = Source('[form]\nid = "f"\ntitle = "表"\n')
    known = guessing.known_categories(
        [("unlicensed_practice", "非法医疗美容·无证行医"), ("illegal_ad", "违法医疗美容广告")]
    )
    quick.add_lines(source, "col", ANNEX, None, known)
    assert [(t.get("label"), t.get("up"), t.get("where")) for t in source.many("col")] == [
        ("非法医疗美容", None, None),
        ("无证行医", "c1", {"category": "unlicensed_practice"}),
        ("机构", "unlicensed_practice", {"party": "org"}),
        ("人员", "unlicensed_practice", {"party": "person"}),
        ("违法医疗美容广告", None, {"category": "illegal_ad"}),
    ]


def test_an_outline_from_the_paper_becomes_rows_that_count_and_print() -> None:
    source = Source('[form]\nid = "f"\ntitle = "表"\n')
    quick.add_lines(source, "row", "检查对象数 | | 个 | inspected\n警告数(个)\n其他 | entered\n合计", None, {})
    form = parse(source.text)
    rows = {row.id: row for row in form.rows}
    assert rows["inspected"].unit == "个" and rows["inspected"].parts[0].measure
    assert rows["warning"].unit == "个"
    assert rows["total"].total == ("inspected", "warning", "r3")


@pytest.mark.parametrize(
    ("label", "unit", "measure"),
    [
        ("罚款金额(万元)", "万元", "fine_sum"),
        ("罚款户(人)次", None, "fine_count"),
        ("检查餐饮服务单位(户次)", "户次", "visits"),
        ("移送司法机关案件数(件)", "件", "transfer_judicial"),
        ("责令停业整顿户数", None, "suspend"),
        ("罚没金额（万元）", "万元", "fine_sum + confiscate_sum"),
        ("从业人员数", None, None),
    ],
)
def test_what_a_heading_means_is_proposed(label: str, unit: str | None, measure: str | None) -> None:
    assert (guessing.unit_of(label), guessing.measure_of(label)) == (unit, measure)


COLUMNS = """非法医疗美容 | | | illegal_mc
  无证行医 | | | unlicensed
    机构
    人员
  医疗机构 | | | institution
    机构
    人员
非法制售使用药品、医疗器械 | | | drug_device
  药品 | | | drug
    机构
    人员
  医疗器械 | | | device
    机构
    人员
违法医疗美容广告 | | | ad
违规互联网信息 | | | internet
违规开展寄递业务信息 | | | mail"""
ROWS = """检查对象数 | | 个 | inspected
案件数 | | 件 | cases
责令改正数 | | 个
警告数 | | 个
责令停业整顿户数 | | 户
罚款户(人)次 | | 户(人)次
罚款金额(万元)
没收违法所得(万元) | | | confiscated
吊销行政许可资质 | | 个
移送司法机关 | | 件 | transfer"""


def test_the_annex_of_2021_is_built_from_its_printed_headings() -> None:
    source = Source('[form]\nid = "f"\ntitle = "表"\n')
    annex = parse((FORMS / "medical_cosmetology_2021.toml").read_text(encoding="utf-8"))
    known = guessing.known_categories(categories_of(annex).items())
    quick.add_lines(source, "col", COLUMNS, None, known)
    quick.add_lines(source, "row", ROWS, None, {})
    source.many("row")[0].put("cells", ["unlicensed", "institution", "drug", "device", "ad", "internet", "mail"])
    source.many("row")[1].put("show_leaf_labels", True)
    built = parse(source.text)
    for mine, theirs in ((built.cols, annex.cols), (built.rows, annex.rows)):
        assert [node._replace(line=None) for node in mine] == [node._replace(line=None) for node in theirs]
