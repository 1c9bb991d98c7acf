"""Where labels and figures stand: heads, merges, blocks, expanded lines; every position covered exactly once."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.campaigns.engine.expansion import expand, region_members
from inspectorate.campaigns.engine.figures import Filled
from inspectorate.campaigns.engine.layout import lay_out
from inspectorate.campaigns.engine.parsing import parse
from inspectorate.campaigns.forms_known import shipped_form, shipped_ids
from tests.campaigns.conftest import HEAD, drawn

Sheet = Callable[..., list[list[str]]]


def test_heads_of_uneven_depth_reach_down_to_the_figures(sheet: Sheet) -> None:
    assert sheet(
        """
        corner = "项目"
        [[col]]
        id = "a"
        label = "甲"
        [[col]]
        id = "a1"
        up = "a"
        label = "甲一"
        [[col]]
        id = "a11"
        up = "a1"
        label = "甲一一"
        [[col]]
        id = "a111"
        up = "a11"
        label = "最深"
        [[col]]
        id = "a2"
        up = "a"
        label = "甲二"
        [[col]]
        id = "b"
        label = "乙"
        [[row]]
        id = "r"
        label = "件数"
        m = "visits"
        """,
        {("r", "a111"): 1, ("r", "a2"): 2, ("r", "b"): 3},
    ) == [
        ["项目", "甲", "<", "乙"],
        ["^", "甲一", "甲二", "^"],
        ["^", "甲一一", "^", "^"],
        ["^", "最深", "^", "^"],
        ["件数", "1", "2", "3"],
    ]


def test_a_merged_cell_spans_the_lines_under_its_heading_and_the_rest_is_not_applicable(sheet: Sheet) -> None:
    assert sheet(
        """
        [[col]]
        id = "a"
        label = "甲"
        [[col]]
        id = "x"
        up = "a"
        label = "机构"
        [[col]]
        id = "y"
        up = "a"
        label = "人员"
        [[col]]
        id = "b"
        label = "乙"
        [[row]]
        id = "r"
        label = "对象"
        m = "visits"
        cells = ["a"]
        [[row]]
        id = "s"
        label = "件"
        m = "visits"
        na = ["a"]
        """,
        {("r", "a"): 7},
    )[2:] == [["对象", "7", "<", "—"], ["件", "—", "—", "0"]]


def test_a_column_may_be_merged_over_rows(sheet: Sheet) -> None:
    assert sheet(
        """
        [[col]]
        id = "n"
        label = "件"
        m = "visits"
        [[col]]
        id = "t"
        label = "户"
        m = "units_inspected"
        cells = ["g"]
        [[row]]
        id = "g"
        label = "组"
        [[row]]
        id = "g1"
        up = "g"
        label = "一"
        [[row]]
        id = "g2"
        up = "g"
        label = "二"
        """,
        {("g1", "n"): 1, ("g2", "n"): 2, ("g", "t"): 3},
    )[1:] == [["组", "一", "1", "3"], ["^", "二", "2", "^"]]


def test_leaf_labels_stand_in_the_first_line_of_the_row_that_shows_them(sheet: Sheet) -> None:
    assert sheet(
        """
        [[col]]
        id = "a"
        label = "甲"
        [[col]]
        id = "x"
        up = "a"
        label = "机构"
        [[col]]
        id = "y"
        up = "a"
        label = "人员"
        [[col]]
        id = "b"
        label = "乙"
        [[row]]
        id = "r"
        label = "案件"
        m = "cases_filed"
        show_leaf_labels = true
        """,
        {("r", "x"): 1, ("r", "y"): 2, ("r", "b"): 3},
    ) == [["", "甲", "<", "乙"], ["案件", "机构", "人员", ""], ["^", "1", "2", "3"]]


def test_column_heads_may_stand_inside_a_row_below_merged_ones(sheet: Sheet) -> None:
    assert sheet(
        """
        [[col]]
        id = "n"
        label = "数量"
        [[col]]
        id = "all"
        up = "n"
        label = "合计"
        total = ["k"]
        [[col]]
        id = "among"
        up = "n"
        label = "其中"
        [[col]]
        id = "k"
        up = "among"
        label = "餐馆"
        [[row]]
        id = "o"
        label = "人次"
        m = "inspector_turns"
        cells = ["n"]
        [[row]]
        id = "v"
        label = "户次"
        m = "visits"
        headers_here = true
        """,
        {("o", "n"): 9, ("v", "k"): 4},
    ) == [
        ["", "数量", "<"],
        ["人次", "9", "<"],
        ["户次", "合计", "其中"],
        ["^", "^", "餐馆"],
        ["^", "4", "4"],
    ]


def test_blocks_stand_side_by_side_and_the_shorter_is_filled_up(sheet: Sheet) -> None:
    assert sheet(
        """
        [[col]]
        id = "ca"
        block = "a"
        label = "数"
        [[col]]
        id = "cb"
        block = "b"
        label = "额"
        [[row]]
        id = "a1"
        block = "a"
        label = "场所"
        m = "visits"
        [[row]]
        id = "a2"
        block = "a"
        label = "人"
        m = "visits"
        [[row]]
        id = "b1"
        block = "b"
        label = "罚款"
        m = "fine_sum"
        unit = "万元"
        """,
        {("b1", "cb"): 15_000_000},
    ) == [["", "数", "", "额"], ["场所", "0", "罚款", "15"], ["人", "0", "", "<"]]


def test_a_part_stands_under_its_whole(sheet: Sheet) -> None:
    assert sheet(
        """
        [[row]]
        id = "u"
        label = "单位"
        m = "units_inspected"
        [[row]]
        id = "p"
        label = "有机构"
        m = "visits"
        subset = true
        [[row]]
        id = "w"
        label = "劳动者"
        m = "visits"
        [[row]]
        id = "w1"
        up = "w"
        label = "接触"
        subset = true
        """,
        {},
    )[1:] == [["单位", "<", "0"], ["其中", "有机构", "0"], ["劳动者", "<", "0"], ["其中", "接触", "0"]]


def test_a_pair_prints_two_figures_in_one_cell(sheet: Sheet) -> None:
    lines = sheet(
        """
        [[col]]
        id = "fine"
        label = "户次/总额"
        pair = ["fine_count", "fine_sum + confiscate_sum"]
        unit = ["户次", "万元"]
        [[row]]
        id = "r"
        label = "合计"
        """,
        {("r", "fine.1"): 3, ("r", "fine.2"): 22_080_000},
    )
    assert lines[1] == ["合计", "3/22.08"]


def test_units_may_be_printed_as_a_column(sheet: Sheet) -> None:
    lines = sheet(
        """
        [[col]]
        id = "u"
        label = "计量单位"
        type = "unit"
        [[col]]
        id = "n"
        label = "数量"
        [[row]]
        id = "r"
        label = "罚款"
        m = "fine_sum"
        unit = "万元"
        [[rate]]
        id = "share"
        label = "占比"
        expr = "r / r"
        """,
        {("r", "n"): 0},
    )
    assert lines == [["", "计量单位", "数量"], ["罚款", "万元", "0"], ["占比", "%", "—"]]


EXPANDED = """
[[col]]
id = "v"
label = "户次"
m = "visits"
[[row]]
id = "direct"
label = "直管"
where = { handled_by = "self" }
[[row]]
id = "below"
label = "下辖区"
expand = "child_regions"
[[row]]
id = "sum"
label = "总计"
total = ["direct", "below"]
"""


def test_a_line_for_each_child_region_hangs_under_the_expanded_row() -> None:
    form = expand(
        parse(HEAD + EXPANDED), {"child_regions": region_members([("330102", "上城区"), ("330106", "西湖区")])}
    )
    filled = Filled(form, {("direct", "v"): 1, ("below.330102", "v"): 2, ("below.330106", "v"): 3})
    assert drawn(lay_out(filled))[1:] == [
        ["直管", "<", "1"],
        ["下辖区", "上城区", "2"],
        ["^", "西湖区", "3"],
        ["总计", "<", "6"],
    ]


def test_where_there_are_no_child_regions_the_line_stays_and_nothing_applies_there() -> None:
    filled = Filled(expand(parse(HEAD + EXPANDED), {"child_regions": []}), {("direct", "v"): 1})
    assert drawn(lay_out(filled))[1:] == [["直管", "1"], ["下辖区", "—"], ["总计", "1"]]


def test_a_template_is_repeated_under_a_node_and_totals_itself() -> None:
    form = parse(
        HEAD
        + """
        [[template]]
        id = "t"
        nodes = [
          { id = "a", label = "新办", where = { category = "a" } },
          { id = "b", label = "变更", where = { category = "b" } },
          { id = "s", label = "小计", total = ["a", "b"] },
        ]
        [[row]]
        id = "x"
        label = "许可"
        m = "visits"
        repeat = "t"
        [[row]]
        id = "y"
        label = "备案"
        m = "visits"
        repeat = "t"
        [[row]]
        id = "all"
        label = "合计"
        total = ["x.s", "y.s"]
        """
    )
    filled = Filled(form, {("x.a", "n"): 1, ("x.b", "n"): 2, ("y.a", "n"): 4, ("y.b", "n"): 8})
    assert drawn(lay_out(filled))[1:] == [
        ["许可", "新办", "1"],
        ["^", "变更", "2"],
        ["^", "小计", "3"],
        ["备案", "新办", "4"],
        ["^", "变更", "8"],
        ["^", "小计", "12"],
        ["合计", "<", "15"],
    ]


@pytest.mark.parametrize("form_id", shipped_ids())
def test_every_shipped_form_fills_its_grid_without_gap_or_overlap(form_id: str) -> None:
    form = expand(
        shipped_form(form_id), {"child_regions": region_members([("330106", "西湖区"), ("330102", "上城区")])}
    )
    drawn(lay_out(Filled(form, {})))
    drawn(lay_out(Filled(form, None)))


@st.composite
def trees(draw: Any, prefix: str) -> str:
    """A random axis: parents come before their children, at most three levels, some with parts."""
    text, levels = "", {}
    for number in range(draw(st.integers(1, 7))):
        node = f"{prefix}{number}"
        up = draw(st.sampled_from([None, *[n for n, level in levels.items() if level < 3]]))
        levels[node] = levels[up] + 1 if up else 1
        text += f'[[{"col" if prefix == "c" else "row"}]]\nid = "{node}"\nlabel = "{node}"\n'
        text += f'up = "{up}"\n' if up else ""
        text += 'm = "visits"\n' if prefix == "r" else ""
        text += "subset = true\n" if draw(st.integers(0, 5)) == 0 else ""
        text += "show_leaf_labels = true\n" if prefix == "r" and draw(st.integers(0, 8)) == 0 else ""
        text += "headers_here = true\n" if prefix == "r" and draw(st.integers(0, 8)) == 0 else ""
    return text


@given(trees("c"), trees("r"))
def test_any_two_trees_make_a_grid_without_gap_or_overlap(cols: str, rows: str) -> None:
    form = parse(HEAD + cols + rows)
    filled = Filled(form, {})
    layout = lay_out(filled)
    drawn(layout)
    printed = [figure.address for cell in layout.cells for figure in cell.figures]
    assert sorted(printed) == sorted(filled.slots)
