"""A figure as a person or a program wrote it, in the printed unit → as it is kept. Exact; nothing is guessed.

What can mean one thing only is taken, and told: full-width digits, thousands separators, spaces, the place's own unit.
"""

import re
from decimal import Decimal
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from .. import limits
from ..campaigns.engine.definition import Part
from ..campaigns.engine.figures import Value, scale
from ..campaigns.engine.vocabulary import MONEY_UNITS, Kind
from ..money import MOST_FEN

MILLION = 1_000_000
"""Quantities are kept in millionths."""

_WIDE = str.maketrans("０１２３４５６７８９．，－＋−\u3000\u00a0\u2009", "0123456789.,-+-   ")
_PLAIN = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?")
_PARTED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d{1,30})?")
_YES = {"是": 1, "否": 0, "有": 1, "无": 0, "√": 1, "×": 0}
_DECIMALS = 6


class Misread(ValueError):
    """Why what was written is no figure of its place; ``reason`` is lazy, names the way out."""

    def __init__(self, reason: Any) -> None:
        super().__init__(reason)
        self.reason = reason


class Understood(NamedTuple):
    """A figure as it is kept; ``remark`` says how it was understood where it was not written plainly."""

    value: Value | None
    remark: Any = None


def understood(written: Any, part: Part, *, yes_or_no: bool = False) -> Understood:
    """What was written at a place of this part; nothing written is None.

    Raises:
        Misread: with the reason and the way out.
    """
    if written is None or (isinstance(written, str) and not written.translate(_WIDE).strip()):
        return Understood(None)
    if part.kind is Kind.TEXT:
        return Understood(_words(written))
    if yes_or_no and isinstance(written, str) and written.strip() in _YES:
        return Understood(_YES[written.strip()])
    number, remark = _number(written, part)
    return Understood(kept(number, part), remark)


def _words(written: Any) -> str:
    if isinstance(written, bool) or not isinstance(written, str | int | float | Decimal):
        raise Misread(_l("Words are due here. Write them as text."))
    text = str(written).strip()
    if len(text) > limits.RETURN_WORDS:
        raise Misread(
            _l("This text has %(long)s characters, at most %(most)s are kept. Shorten it.",
               long=len(text), most=limits.RETURN_WORDS)
        )  # fmt: skip
    return text


def _number(written: Any, part: Part) -> tuple[Decimal, Any]:
    if isinstance(written, bool):
        raise Misread(_l("TRUE or FALSE is no figure. Write the number."))
    if isinstance(written, int):
        return Decimal(written), None
    if isinstance(written, float | Decimal):
        number = Decimal(f"{written:.15g}") if isinstance(written, float) else written
        if not number.is_finite():
            raise Misread(_l("This is no number. Write it in digits, for example 12."))
        return number, None
    if not isinstance(written, str):
        raise Misread(_l("A number is due here, not a list or a group of values."))
    return _typed(written, part)


def _typed(written: str, part: Part) -> tuple[Decimal, Any]:
    text = written.translate(_WIDE).strip()
    if part.unit and text.endswith(part.unit):
        text = text.removesuffix(part.unit).strip()
    text = text.lstrip("¥￥").strip() if part.kind is Kind.MONEY else text
    if _PARTED.fullmatch(text):
        text = text.replace(",", "")
    if not _PLAIN.fullmatch(text):
        raise Misread(_reason(written[: limits.REFUSAL_WORDS], text, part))
    number = Decimal(text)
    remark = _l("“%(written)s” was read as %(number)s.", written=written, number=text) if text != written else None
    return number, remark


def _reason(written: str, text: str, part: Part) -> Any:
    other = next((unit for unit in MONEY_UNITS if text.endswith(unit)), None)
    if part.kind is Kind.MONEY and other is not None:
        return _l("“%(written)s” is written in %(other)s; amounts are due in %(unit)s here. Convert it.",
                  written=written, other=other, unit=part.unit or "元")  # fmt: skip
    if text in ("-", "—", "——", "/", "无", "未报", "N/A"):
        return _l("“%(written)s” is no number. Write 0 where there was nothing, or leave it empty.",
                  written=written)  # fmt: skip
    if "," in text:
        return _l("“%(written)s” is unclear: the comma does not part thousands. Write the digits without it.",
                  written=written)  # fmt: skip
    return _l("“%(written)s” is text, not a number. Write it in digits, for example 12.", written=written)


def kept(number: Decimal, part: Part) -> Value:
    """A number in the printed unit as it is kept: whole numbers, fen, exact decimals.

    Raises:
        Misread: negative, too large, or finer than what is kept.
    """
    if number < 0:
        raise Misread(_l("A figure is not below zero. Correct the period in which it was wrong instead."))
    if part.kind is Kind.MONEY:
        return _fen(number, part)
    if number > limits.RETURN_COUNT:
        raise Misread(
            _l("A figure is at most %(most)s. Check how many digits you wrote.", most=f"{limits.RETURN_COUNT:,}")
        )
    if part.kind is Kind.COUNT:
        if number != number.to_integral_value():
            raise Misread(_l("Only whole numbers are due here; %(number)s has a fraction. Write the count itself.",
                             number=f"{number:f}"))  # fmt: skip
        return int(number)
    if number != round(number, _DECIMALS):
        raise Misread(_l("At most %(most)s decimals are kept; %(number)s has more. Round it.",
                         most=_DECIMALS, number=f"{number:f}"))  # fmt: skip
    return number


def _fen(number: Decimal, part: Part) -> int:
    unit = part.unit or "元"
    fen = number * scale(part)
    if fen > MOST_FEN:
        raise Misread(_l("An amount is at most 1,000,000,000,000 yuan. Check the unit (%(unit)s) and the digits.",
                         unit=unit))  # fmt: skip
    if fen != fen.to_integral_value():
        raise Misread(_l("%(number)s %(unit)s is no whole number of fen. Write at most %(most)s decimals.",
                         number=f"{number:f}", unit=unit, most=MONEY_UNITS.get(unit, 0) + 2))  # fmt: skip
    return int(fen)


_RATE = Part("rate", None, Kind.QUANTITY, "%", None)


def rate_of(written: Any) -> Decimal:
    """A rate as it is printed, with or without %. Raises Misread."""
    return _number(written, _RATE)[0]


def as_row(value: Value, part: Part) -> tuple[int | None, str | None]:
    """(number, words) as a row of figures keeps a value: fen, whole numbers, millionths of a quantity."""
    if isinstance(value, str):
        return None, value
    return int(value * MILLION if part.kind is Kind.QUANTITY else value), None


def from_row(number: int | None, words: str | None, part: Part) -> Value | None:
    """The exact value that a row of figures keeps."""
    if number is None:
        return words
    return Decimal(number) / MILLION if part.kind is Kind.QUANTITY else number
