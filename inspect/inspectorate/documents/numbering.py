"""Numbers of documents: 文号 and 编号 (令87 art. 4), printed strictly and read leniently.

文号 = 地区简称 + 卫 + 执法类别 + 执法性质 +〔年份〕+ 序号 + 号;  编号 = 年份 — 序号.
A number that somebody else gave is kept exactly as given; `read_number` only finds its parts. The head of a number is
not taken apart without knowing the authority: in 卫市监处罚〔2024〕 the 卫 is the city of 中卫, not health.
"""

import re
import unicodedata
from string import Formatter
from typing import NamedTuple

OPENING, CLOSING = "〔[【(（［{", "〕]】)）］}"
_BRACKETED = re.compile(
    rf"^(?P<head>.*?)字?[{re.escape(OPENING)}](?P<year>\d{{4}})?[{re.escape(CLOSING)}]"
    r"第?(?P<serial>\d+)?[×xX*]*(?:[-—](?P<suffix>\w+))?号?$"
)
_DASHED = re.compile(r"^(?P<year>(?:19|20)\d{2})[—–-]+(?P<head>\D*?)(?P<serial>\d+)$")


class DocumentNumber(NamedTuple):
    """The parts of a number as they could be read; `given` is the number as it was written, and what is stored."""

    given: str
    head: str
    year: int | None
    serial: int | None
    suffix: str | None = None
    bracketed: bool = True

    def printed(self) -> str:
        """The number as we would print it: 〔〕 around the year, no 第, no leading zeros, 号 at the end.

        A number whose year or serial is not known is printed as it was given.
        """
        if self.year is None or self.serial is None:
            return self.given
        if not self.bracketed:
            return f"{self.year}—{self.head}{self.serial:03d}"
        suffix = f"-{self.suffix}" if self.suffix else ""
        return f"{self.head}〔{self.year}〕{self.serial}{suffix}号"


def format_number(pattern: str, **parts: str | int) -> str:
    """A new number after the pattern of a layout: `{short}卫{category}罚〔{year}〕{serial}号`, `{year}—{serial:3}`.

    A width (`:3`) pads a figure with zeros. Raises ValueError naming a part that the pattern needs and nobody gave.
    """
    printed = []
    for text, name, width, _ in Formatter().parse(pattern):
        printed.append(text)
        if name is None:
            continue
        if name not in parts:
            raise ValueError(f"the number {pattern} needs {name}")
        printed.append(str(parts[name]).zfill(int(width or 0)))
    return "".join(printed)


def nature_of(pattern: str) -> str:
    """执法性质 in the pattern of a 文号: 罚告 in {short}卫{category}罚告〔{year}〕{serial}号."""
    return pattern.partition("{category}")[2].partition("〔")[0] or pattern.partition("{short}")[2].partition("〔")[0]


def read_number(given: str) -> DocumentNumber | None:
    """Finds the parts of a number in any of the spellings met on paper; None if it is of a kind of its own.

    Understood: every kind of bracket, 字, 第, full-width figures, spaces, a missing 号, a suffix (11-10), blanks for
    year and serial.
    """
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", given))
    if match := _BRACKETED.match(plain):
        return DocumentNumber(
            given=given,
            head=match["head"],
            year=int(match["year"]) if match["year"] else None,
            serial=int(match["serial"]) if match["serial"] else None,
            suffix=match["suffix"],
        )
    if match := _DASHED.match(plain):
        return DocumentNumber(given, match["head"], int(match["year"]), int(match["serial"]), bracketed=False)
    return None


def split_head(head: str, prefix: str, categories: frozenset[str], natures: frozenset[str]) -> tuple[str, str] | None:
    """Category and nature in the head of an authority's own number: (会卫放罚告, 会卫) → (放, 罚告).

    `prefix` is the authority's 地区简称 with 卫. None where the head is not this authority's or its codes are not in
    the tables.
    """
    if not head.startswith(prefix):
        return None
    rest = head[len(prefix) :]
    for length in range(len(rest) + 1):
        category, nature = rest[:length], rest[length:]
        if (category in categories or not category) and nature in natures:
            return category, nature
    return None
