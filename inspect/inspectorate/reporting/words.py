"""Words of official letters: they are Chinese whatever the language of the screen."""

from datetime import date
from fractions import Fraction

from ..accounts.actor import NATION
from ..campaigns.engine.printing import rounded

NUMERALS = "一二三四五六七八九十"

_WHOLE = (("自治区", "全区"), ("省", "全省"), ("自治州", "全州"), ("地区", "全区"), ("盟", "全盟"), ("市", "全市"),
          ("县", "全县"), ("旗", "全旗"), ("区", "全区"))  # fmt: skip


def chinese_day(day: date) -> str:
    """2021年8月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def whole_word(code: str, name: str) -> str:
    """全省, 全市, 全县 …: how a region's own letter calls the whole of it."""
    if code == NATION:
        return "全国"
    return next((word for ending, word in _WHOLE if name.endswith(ending)), "全辖区")


def wan_yuan(fen: int) -> str:
    """Fen in 万元 with two decimals, rounded half up: 18400000 → 18.40."""
    return rounded(Fraction(fen, 1_000_000), 2)


def per_cent(value: Fraction | None) -> str:
    """A share as 95.24%; — where there is nothing to divide by."""
    return "—" if value is None else f"{rounded(value * 100, 2)}%"
