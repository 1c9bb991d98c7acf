"""Kinds of values in interchange records: each turns what was sent into one canonical form, or says why it cannot."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from ..accounts.regions import region
from ..characters import UNPRINTABLE
from ..law.violations import UnknownViolation, violation
from ..law.words import BASES, COUNTED
from ..masking import masked_identity
from ..money import parse_yuan, plain_yuan

Value = Callable[[Any], Any]
"""Takes the raw value (never None), returns the canonical one, raises ValueError with the reason."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
UNKNOWN = "unknown"
LARGEST = 10**15
"""Beyond it a number inside an attribute would lose its last figures on the way."""
DEEPEST = 8
"""Levels of lists and objects inside an attribute."""


def text(longest: int = 4000) -> Value:
    """Text without control characters, neither empty nor longer than so many characters."""

    def read(value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise ValueError(f"expected text, got {_kind(value)}")
        if not value.strip():
            raise ValueError("is empty; leave the field out or send null")
        if len(value) > longest:
            raise ValueError(f"has {len(value)} characters, at most {longest} are kept")
        if UNPRINTABLE.search(value):
            raise ValueError("contains control characters")
        return value

    return read


def one_of(*allowed: str) -> Value:
    """One of some codes."""

    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError(f"{value!r} is not one of {', '.join(allowed)}")
        return str(value)

    return read


def day(value: Any) -> str:
    """A date as ``2021-07-02``."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
    raise ValueError(f"{value!r} is not a date; write it as 2021-07-02")


def flag(value: Any) -> bool:
    """true or false."""
    if isinstance(value, bool):
        return value
    raise ValueError(f"expected true or false, got {value!r}")


def act_number(value: Any) -> int:
    """The number that the violations of one act share, from 1 on."""
    if isinstance(value, str) and value.isdecimal() and len(value) < 4:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1000:
        raise ValueError(f"{value!r} is no number of an act; number the acts from 1")
    return value


def amount(value: Any) -> str:
    """A decimal yuan amount, not negative, to the fen: ``"36800.00"``."""
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise ValueError(f'expected a decimal yuan amount such as "36800.00", got {_kind(value)}')
    if str(value).strip().startswith("-"):
        raise ValueError(f"{value} is negative; amounts are zero or more")
    try:
        return plain_yuan(parse_yuan(str(value)))
    except ValueError:
        raise ValueError(f"{str(value)!r} is not a decimal yuan amount with at most two decimals") from None


def amount_above_zero(value: Any) -> str:
    """A decimal yuan amount that is something."""
    found = amount(value)
    if not parse_yuan(found):
        raise ValueError("is nothing; leave out what was not imposed")
    return found


def amount_or_unknown(value: Any) -> str:
    """An amount, or ``unknown`` where it cannot be calculated."""
    return UNKNOWN if value == UNKNOWN else amount(value)


def further_bases(value: Any) -> dict[str, str]:
    """Further bases of fines by their names in the catalogue: amounts, whole numbers of heads or months, or unknown."""
    if not isinstance(value, dict):
        raise ValueError(f"expected an object, got {_kind(value)}")
    own_fields = ("illegal_income", "goods_value")
    return {
        _further(name, own_fields): _counted(inner) if name in COUNTED else amount_or_unknown(inner)
        for name, inner in sorted(value.items())
    }


def _further(name: str, own_fields: tuple[str, ...]) -> str:
    if name in own_fields:
        raise ValueError(f"{name} has a field of its own")
    if name not in BASES:
        raise ValueError(f"{name!r} is not one of {', '.join(base for base in BASES if base not in own_fields)}")
    return name


def _counted(value: Any) -> str:
    text_of = str(value).strip()
    if value == UNKNOWN:
        return UNKNOWN
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,9}", text_of):
        raise ValueError(f"{value!r} is not a whole number, zero or more")
    return str(int(text_of))


def region_code(value: Any) -> str:
    """A code of GB/T 2260 that is or was in use."""
    if not isinstance(value, str) or region(value) is None:
        raise ValueError(f"{value!r} is not a region of GB/T 2260")
    return value


def credit_code(value: Any) -> str:
    """A unified social credit code with a right check digit (GB 32100)."""
    try:
        return str(uscc.validate(str(value)))
    except ValidationError as error:
        raise ValueError(f"{value!r} is not a unified social credit code: {error}") from None


def identity_number(value: Any) -> str:
    """A resident identity number with a right check digit, the code of a province and a day of birth (GB 11643).

    The county is not looked up: people bear numbers with codes that came into use only after they were born.
    """
    number = str(value).replace(" ", "").upper()
    shown = masked_identity(number)  # reports of imports are passed on
    if not _IDENTITY.fullmatch(number):
        raise ValueError(f"{shown!r} is not a resident identity number: it has 17 figures and then a figure or X")
    if ric.calc_check_digit(number) != number[17]:
        raise ValueError(f"{shown!r} is not a resident identity number: the check digit does not fit")
    if region(f"{number[:2]}0000") is None:
        raise ValueError(f"{shown!r} is not a resident identity number: it begins with no province's code")
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise ValueError(f"{shown!r} is not a resident identity number: it holds no day of birth") from None
    return number


def violation_code(value: Any) -> str:
    """A code of the catalogue of violations."""
    try:
        return violation(str(value)).code
    except UnknownViolation:
        raise ValueError(f"{value!r} is not a violation of the catalogue") from None


def reference(value: Any) -> Any:
    """A key of another record: of the same source, or ``{"source": …, "key": …}`` of another."""
    if isinstance(value, dict) and set(value) == {"source", "key"}:
        return {name: text(120)(value[name]) for name in ("source", "key")}
    return text(120)(value)


def attributes(value: Any) -> dict[str, Any]:
    """A JSON object of attributes by kind."""
    if not isinstance(value, dict):
        raise ValueError(f"expected an object, got {_kind(value)}")
    return ordered({text(60)(name): _plain(inner, DEEPEST) for name, inner in value.items()})


def ordered(value: Any) -> Any:
    """The value with the names in all its objects in order: databases keep them in orders of their own."""
    if isinstance(value, dict):
        return {name: ordered(value[name]) for name in sorted(value)}
    return [ordered(inner) for inner in value] if isinstance(value, list) else value


def _plain(value: Any, deepest: int) -> Any:
    if isinstance(value, Decimal | float):
        if not isfinite(value) or abs(float(value)) > LARGEST:
            raise ValueError(f"{value} is not a number that can be kept")
        return int(value) if value == int(value) else float(value)
    if isinstance(value, int) and abs(value) > LARGEST:
        raise ValueError("holds a number that is too large to be kept")
    if not deepest:
        raise ValueError(f"is nested too deeply; {DEEPEST} levels are kept")
    if isinstance(value, dict):
        return {text(60)(name): _plain(inner, deepest - 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner, deepest - 1) for inner in value]
    return text()(value) if isinstance(value, str) and value else value


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", type(None): "null", str: "text"}
    return names.get(type(value), "a number")
