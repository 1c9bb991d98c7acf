"""Yuan as people type them, fen as the system keeps them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.money import MOST_FEN, parse_yuan, plain_yuan, yuan


@given(st.integers(0, MOST_FEN))
def test_what_is_printed_is_read_again(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == parse_yuan(plain_yuan(fen)) == fen


@pytest.mark.parametrize("text", ["1000000000000.01", "1,000,000,000,001", "9" * 5000])
def test_a_slip_of_the_keyboard_is_told_from_what_is_no_amount(text: str) -> None:
    with pytest.raises(ValueError, match=r"above 10\^12 yuan"):
        parse_yuan(text)


@pytest.mark.parametrize("text", ["", "-1", "1.234", "1e5", "abc", "1,00", "０"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount in yuan"):
        parse_yuan(text)
