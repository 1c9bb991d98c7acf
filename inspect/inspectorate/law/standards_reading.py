"""Reading a local discretion standard from its file (TOML), naming the line of whatever is malformed.

name = "…卫生健康行政处罚裁量基准"
number = "…卫规〔2025〕1号"
issued_by = "…卫生健康委员会"
region = "420000"
sector = "health"
from = 2025-01-01

[[rule]]
violation = "MC-001"

[[rule.tier]]
name = "较轻"
criteria = "违法所得不足五万元"
times = [5, 10]
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from ..characters import REVERSING, UNPRINTABLE
from ..money import MOST_FEN
from .standards import LocalRule, LocalTier, Standard

_ENDLESS = re.compile(r"[\d_]{30}|\d[eE]\+?\d{4}")
MOST_DOTS = 100
"""Full stops in a line: a key of thousands of parts would take minutes to read."""

_HEAD = {"name": str, "number": str, "issued_by": str, "region": str, "sector": str, "from": date, "to": date}
_NEEDED = ("name", "number", "issued_by", "region", "sector", "from", "rule")
_RULE = {"violation": str, "tier": list, "statutory_tier": str, "subject": str}
_TIER = {"name": str, "criteria": str, "share": list, "times": list, "sum": list}
_KINDS = {
    str: ("文字", "text"),
    list: ("方括号中的列表", "a list in brackets"),
    date: ("日期，如 2025-01-01", "a day such as 2025-01-01"),
}


class UnreadableStandard(ValueError):
    """A file that is no standard: which, in which line, and why, in both languages."""

    def __init__(self, name: str, line: int, zh: str, en: str) -> None:
        super().__init__(f"{name}:{line}: {en}")
        self.name, self.line, self.zh, self.en = name, line, zh, en


class _Wrong(ValueError):
    def __init__(self, zh: str, en: str, field: str = "") -> None:
        super().__init__(en)
        self.zh, self.en, self.field = zh, en, field


def read_standard(text: str, name: str) -> Standard:
    """The standard that ``text`` is; ``name`` (of its file) stands in refusals. Raises UnreadableStandard.

    What can be read may still be wrong: see ``standards.faults``.
    """
    record, lines = _document(text, name), _Lines(text)
    try:
        _checked(record, {**_HEAD, "rule": list}, _NEEDED)
    except _Wrong as wrong:
        raise UnreadableStandard(name, lines.of_field(0, wrong.field), wrong.zh, wrong.en) from wrong
    rules = tuple(_rule(one, number, lines, name) for number, one in enumerate(record["rule"]))
    return Standard(
        name=record["name"],
        number=record["number"],
        issued_by=record["issued_by"],
        region=record["region"],
        sector=record["sector"],
        since=record["from"],
        until=record.get("to"),
        rules=rules,
    )


def _document(text: str, name: str) -> dict[str, Any]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > MOST_DOTS:
            raise UnreadableStandard(name, number, "这一行的点号过多", "this line has too many full stops")
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except RecursionError:
        raise UnreadableStandard(name, 1, "括号嵌套过深", "brackets are nested too deeply") from None
    except tomllib.TOMLDecodeError as error:
        place = _line_in(str(error))
        raise UnreadableStandard(name, place, f"不是有效的 TOML：{error}", f"not TOML: {error}") from error
    except (ValueError, ArithmeticError):
        numbered = enumerate(text.splitlines(), 1)
        place = next((number for number, line in numbered if _ENDLESS.search(line)), 1)
        raise UnreadableStandard(name, place, "数字过大", "a number is too great") from None


class _Lines:
    """Where the tables of a file begin: TOML itself tells lines only of what it cannot parse."""

    def __init__(self, text: str) -> None:
        self.lines = [line.strip() for line in text.splitlines()]
        self.rules: list[int] = []
        self.tiers: list[list[int]] = []
        for number, line in enumerate(self.lines, 1):
            if line.startswith("[[rule]]"):
                self.rules.append(number)
                self.tiers.append([])
            elif line.startswith("[[rule.tier]]") and self.tiers:
                self.tiers[-1].append(number)

    def rule(self, number: int) -> int:
        """The line of a rule's heading; 1 where the file writes it in another way."""
        return self.rules[number] if number < len(self.rules) else 1

    def tier(self, rule: int, number: int) -> int:
        """The line of a tier's heading, or of its rule."""
        named = self.tiers[rule] if rule < len(self.tiers) else []
        return named[number] if number < len(named) else self.rule(rule)

    def of_field(self, start: int, field: str) -> int:
        """The line of a field below a heading; the heading's where it is not there."""
        for number, line in enumerate(self.lines[start:], start + 1):
            if line.startswith("[["):
                break
            if line.split("=")[0].strip() == field:
                return number
        return start or 1


def _rule(record: Any, number: int, lines: _Lines, name: str) -> LocalRule:
    start = lines.rule(number)
    try:
        _checked(record, _RULE, ("violation", "tier"))
    except _Wrong as wrong:
        raise UnreadableStandard(name, lines.of_field(start, wrong.field), wrong.zh, wrong.en) from wrong
    tiers = []
    for place, one in enumerate(record["tier"]):
        begins = lines.tier(number, place)
        try:
            tiers.append(_tier(one, begins))
        except _Wrong as wrong:
            raise UnreadableStandard(name, lines.of_field(begins, wrong.field), wrong.zh, wrong.en) from wrong
    return LocalRule(record["violation"], tuple(tiers), record.get("statutory_tier"), record.get("subject"), start)


def _tier(record: Any, line: int) -> LocalTier:
    _checked(record, _TIER, ("name", "criteria"))
    share, times, yuan = (_pair(record.get(field), field) for field in ("share", "times", "sum"))
    return LocalTier(record["name"], record["criteria"], share, times, _fen(yuan), line)


def _checked(record: Any, kinds: Mapping[str, type], needed: tuple[str, ...]) -> None:
    if not isinstance(record, dict):
        raise _Wrong("这里应当是一张表", "a table is expected here")
    for field, value in record.items():
        if field not in kinds:
            known = "、".join(kinds)
            raise _Wrong(f"没有 {field} 这一栏，可用：{known}", f"there is no field {field}; there are {known}", field)
        if type(value) is not kinds[field]:
            zh, en = _KINDS[kinds[field]]
            raise _Wrong(f"{field} 应当是{zh}", f"{field} is {en}", field)
        if isinstance(value, str) and (UNPRINTABLE.search(value) or REVERSING.search(value)):
            raise _Wrong(f"{field} 含有不可见的控制字符", f"{field} holds a control character", field)
    for field in needed:
        if not record.get(field) or (isinstance(record[field], str) and not record[field].strip()):
            raise _Wrong(f"缺少 {field}", f"{field} is missing", field)


def _pair(value: list[Any] | None, field: str) -> tuple[Decimal, Decimal] | None:
    if value is None:
        return None
    if len(value) != 2 or not all(type(end) in (int, Decimal) and Decimal(end).is_finite() for end in value):
        raise _Wrong(f"{field} 是两个数：[下限, 上限]", f"{field} is two numbers, [from, to]", field)
    low, high = Decimal(value[0]), Decimal(value[1])
    if low < 0 or high < 0:
        raise _Wrong(f"{field} 不能为负", f"{field} is not negative", field)
    if low > MOST_FEN // 100 or high > MOST_FEN // 100:
        raise _Wrong(f"{field} 超过一万亿", f"{field} is above 10^12", field)
    return low, high


def _fen(yuan: tuple[Decimal, Decimal] | None) -> tuple[int, int] | None:
    if yuan is None:
        return None
    low, high = yuan[0] * 100, yuan[1] * 100
    if low != int(low) or high != int(high):
        raise _Wrong("sum 以元为单位，最多两位小数", "sum is in yuan with at most two decimals", "sum")
    return int(low), int(high)


def _line_in(message: str) -> int:
    after = message.partition("line ")[2]
    digits = after[: len(after) - len(after.lstrip("0123456789"))]
    return int(digits) if digits else 1
