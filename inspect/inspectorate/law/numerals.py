"""Chinese numerals as statutes write them: 第一百二十四条, 第（十一）项."""

import re

DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_WRITTEN = re.compile(r"[零〇一二三四五六七八九十百千]+")


def chinese(number: int) -> str:
    """``124`` as 一百二十四, ``11`` as 十一, ``1008`` as 一千零八.

    Raises ValueError outside 1 to 9999: no statute has more articles.
    """
    if not 0 < number < 10_000:
        raise ValueError(f"no article has the number {number}")
    written, gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + word
        gap = digit == 0
    return written.removeprefix("一") if 10 <= number < 20 else written


def number_of(written: str) -> int:
    """``124`` from 一百二十四 or from the digits 124.

    Raises ValueError for anything that is not a number.
    """
    if written.isascii() and written.isdigit():
        return int(written)
    if not _WRITTEN.fullmatch(written):
        raise ValueError(f"not a number: {written!r}")
    total, digit = 0, 0
    for sign in written.replace("〇", "零"):
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = DIGITS.index(sign)
    return total + digit
