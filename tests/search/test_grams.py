"""Cutting text up: what is typed, however it is typed, shares its grams with every text it is part of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.search.grams import area, areas, folded, grams, sought, words_in

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("王医疗美容罚号〔〕()２０26 15AbＣ"), max_size=40)


@given(TEXTS, st.integers(0, 40), st.integers(1, 40))
def test_every_part_of_a_text_shares_all_its_grams_with_it(text: str, start: int, length: int) -> None:
    whole = folded(text)
    part = whole[start : start + length]
    if part:
        assert sought(part) <= grams([whole])


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(TEXTS)
def test_no_word_is_empty_and_none_has_spaces_or_signs(text: str) -> None:
    assert all(word and word == folded(word) and not word.isspace() for word in words_in(text))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("杭西卫医罚（2026）15号", "杭西卫医罚〔２０２６〕15号"),
        ("ma2b", "91330106MA2B000013"),
        ("PDY 12345", "pdy-12345"),
        ("阿卜杜热西提", "阿卜杜·热西提"),
        ("𬭎", "𬭎美诊所"),
    ],
)
def test_signs_width_and_capitals_make_no_difference(typed: str, stored: str) -> None:
    assert all(word in folded(stored) for word in words_in(typed))


def test_nothing_reaches_from_one_field_into_the_next() -> None:
    assert "甲乙" not in grams(["甲", "乙"])


def test_a_number_is_sought_by_its_fours_and_their_borders() -> None:
    assert sought("罚202615号") == {"罚2", "2026", "0261", "2615", "5号"}
    assert sought("15") == {"15"}
    assert sought("王") == {"王"}


def test_a_row_is_tagged_with_every_area_it_lies_in_and_with_none_beside() -> None:
    assert areas("330106", "health") == ["areahealth", "area33health", "area3301health", "area330106health"]
    assert areas("330110", "tcm")[-1] == area("330110", "tcm")
    assert areas("330000", "radio_tv") == ["arearadiotv", "area33radiotv"]
    assert areas("000000", "org") == ["areaorg"]


@given(TEXTS)
def test_no_gram_can_be_taken_for_a_tag(text: str) -> None:
    assert all(len(gram) <= 4 for gram in grams([folded(text)]))
