"""Ranks, words and blocks of letters: pure rules by table and property."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.reporting.letter import Heading, Passage, blocks_of
from inspectorate.reporting.ranks import ranked
from inspectorate.reporting.words import per_cent, wan_yuan, whole_word

VALUES = st.lists(st.one_of(st.none(), st.fractions(0, 1, max_denominator=5)), max_size=12)


@given(VALUES, st.booleans())
def test_a_rank_is_one_more_than_the_number_of_better_ones(values: list[Fraction | None], highest_first: bool) -> None:
    lines = ranked([(f"{n:02}", f"地区{n}", value) for n, value in enumerate(values)], highest_first=highest_first)
    known = [value for value in values if value is not None]
    for line in lines:
        if line.value is None:
            assert line.rank is None
        else:
            better = [value for value in known if (value > line.value if highest_first else value < line.value)]
            assert line.rank == 1 + len(better)
    assert sorted(line.code for line in lines) == [f"{n:02}" for n in range(len(values))]
    assert [line.rank is None for line in lines] == sorted(line.rank is None for line in lines)


def test_equal_values_share_a_rank_and_the_next_is_skipped() -> None:
    lines = ranked(
        [("3", "丙", Fraction(1, 2)), ("1", "甲", Fraction(1, 2)), ("2", "乙", Fraction(1, 3)), ("4", "丁", None)]
    )
    assert [(line.name, line.rank) for line in lines] == [("甲", 1), ("丙", 1), ("乙", 3), ("丁", None)]


@pytest.mark.parametrize(
    ("code", "name", "word"),
    [("000000", "全国", "全国"), ("330000", "浙江省", "全省"), ("450000", "广西壮族自治区", "全区"),
     ("330100", "杭州市", "全市"), ("330106", "西湖区", "全区"), ("330122", "桐庐县", "全县"),
     ("422800", "恩施土家族苗族自治州", "全州"), ("419001", "某农场", "全辖区")],
)  # fmt: skip
def test_a_letter_calls_the_whole_of_its_region_as_offices_do(code: str, name: str, word: str) -> None:
    assert whole_word(code, name) == word


@pytest.mark.parametrize(
    ("fen", "text"), [(0, "0.00"), (18_400_000, "18.40"), (4_999, "0.00"), (5_000, "0.01"), (670_216_300, "670.22")]
)
def test_fen_are_written_in_ten_thousand_yuan_and_rounded_once(fen: int, text: str) -> None:
    assert wan_yuan(fen) == text


def test_a_share_has_two_decimals_and_nothing_divided_is_a_dash() -> None:
    assert (per_cent(Fraction(20, 21)), per_cent(Fraction(1)), per_cent(None)) == ("95.24%", "100.00%", "—")


@pytest.mark.parametrize(
    ("line", "kind"),
    [("（一）加强协作", Heading), ("（十二）宣传", Heading), ("（一）查处，宣传。", Passage),
     ("（请补充：困难）", Passage), ("一、总体情况", Passage), ("（一）" + "长" * 31, Passage), ("（1）协作", Passage),
     ("（", Passage), ("（）", Passage)],
)  # fmt: skip
def test_a_short_line_behind_a_number_in_brackets_is_a_heading(line: str, kind: type) -> None:
    assert [type(block) for block in blocks_of(f"\n{line}\n\n")] == [kind]
