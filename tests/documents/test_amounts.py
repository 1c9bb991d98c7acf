import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.documents.amounts import DIGITS, LARGEST_FEN, capitals, figures, words_and_figures

VECTORS = [
    ("0", "零元整", "¥0.00"),
    ("0.05", "伍分", "¥0.05"),
    ("0.50", "伍角整", "¥0.50"),
    ("1", "壹元整", "¥1.00"),
    ("10", "壹拾元整", "¥10.00"),
    ("15", "壹拾伍元整", "¥15.00"),
    ("101", "壹佰零壹元整", "¥101.00"),
    ("110", "壹佰壹拾元整", "¥110.00"),
    ("1010", "壹仟零壹拾元整", "¥1,010.00"),
    ("1409.50", "壹仟肆佰零玖元伍角整", "¥1,409.50"),
    ("6007.14", "陆仟零柒元壹角肆分", "¥6,007.14"),
    ("325.04", "叁佰贰拾伍元零肆分", "¥325.04"),
    ("16409.02", "壹万陆仟肆佰零玖元零贰分", "¥16,409.02"),
    ("1680.32", "壹仟陆佰捌拾元叁角贰分", "¥1,680.32"),
    ("107000.53", "壹拾万柒仟元伍角叁分", "¥107,000.53"),
    ("10001", "壹万零壹元整", "¥10,001.00"),
    ("10010", "壹万零壹拾元整", "¥10,010.00"),
    ("10100", "壹万零壹佰元整", "¥10,100.00"),
    ("100000", "壹拾万元整", "¥100,000.00"),
    ("100000.10", "壹拾万元壹角整", "¥100,000.10"),
    ("300000.01", "叁拾万元零壹分", "¥300,000.01"),
    ("1001000", "壹佰万壹仟元整", "¥1,001,000.00"),
    ("1010000", "壹佰零壹万元整", "¥1,010,000.00"),
    ("10010000", "壹仟零壹万元整", "¥10,010,000.00"),
    ("100000001", "壹亿零壹元整", "¥100,000,001.00"),
    ("100010000", "壹亿零壹万元整", "¥100,010,000.00"),
    ("1000000000", "壹拾亿元整", "¥1,000,000,000.00"),
    ("5003020.50", "伍佰万叁仟零贰拾元伍角整", "¥5,003,020.50"),
    ("3000", "叁仟元整", "¥3,000.00"),
    ("104620", "壹拾万肆仟陆佰贰拾元整", "¥104,620.00"),
    ("13988", "壹万叁仟玖佰捌拾捌元整", "¥13,988.00"),
    ("6030", "陆仟零叁拾元整", "¥6,030.00"),
    ("184000", "壹拾捌万肆仟元整", "¥184,000.00"),
    ("121958.97", "壹拾贰万壹仟玖佰伍拾捌元玖角柒分", "¥121,958.97"),
]


def fen(yuan: str) -> int:
    whole, _, cents = yuan.partition(".")
    return int(whole) * 100 + int(cents or 0)


@pytest.mark.parametrize(("yuan", "words", "digits"), VECTORS)
def test_an_amount_is_printed_in_capitals_and_figures(yuan, words, digits):
    assert capitals(fen(yuan)) == words
    assert figures(fen(yuan)) == digits


def test_words_stand_before_figures_without_a_gap_after_renminbi():
    assert words_and_figures(18_400_000) == "人民币壹拾捌万肆仟元整（¥184,000.00）"


@pytest.mark.parametrize("amount", [-1, LARGEST_FEN + 1])
def test_an_amount_that_no_document_has_is_refused(amount):
    with pytest.raises(ValueError, match="amount"):
        capitals(amount)


def test_a_negative_amount_has_no_figures():
    with pytest.raises(ValueError, match="not negative"):
        figures(-1)


def read_capitals(words: str) -> int:
    """Reads capitals back to fen: an independent reading, by value and not by the writer's groups."""
    total = section = digit = 0
    weights = {"拾": 10, "佰": 100, "仟": 1000}
    whole, _, rest = words.partition("元")
    if not _:
        whole, rest = "", words
    for sign in whole:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in weights:
            section, digit = section + digit * weights[sign], 0
        elif sign == "万":
            total, section, digit = total + (section + digit) * 10_000, 0, 0
        elif sign == "亿":
            total, section, digit = (total + section + digit) * 100_000_000, 0, 0
    cents = 0
    for sign in rest:
        if sign in DIGITS:
            digit_after = DIGITS.index(sign)
        elif sign in "角分":
            cents += digit_after * (10 if sign == "角" else 1)
    return (total + section + (digit if whole else 0)) * 100 + cents


@given(st.integers(0, 10**14 - 1))
def test_capitals_read_back_give_the_amount(amount):
    assert read_capitals(capitals(amount)) == amount


@given(st.integers(0, LARGEST_FEN))
def test_no_amount_has_two_zeros_in_a_row_or_ends_without_its_mark(amount):
    words = capitals(amount)
    assert "零零" not in words
    assert words.endswith(("整", "分"))
