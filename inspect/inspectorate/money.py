"""Money is an integer number of fen. Parsing and printing of yuan happen here and nowhere else."""

import re

MOST_FEN = 10**14
"""10^12 yuan: nothing that an office meets, and a slip of the keyboard soon reaches it."""

_YUAN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d{1,2})?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d{1,2})?")


def parse_yuan(text: str) -> int:
    """Fen from a decimal yuan amount such as ``36800``, ``36,800.00`` or ``¥0.05``.

    Raises ValueError for anything else: negative sums, more than two decimals, other characters, more than 10^12 yuan.
    """
    plain = text.strip().lstrip("¥￥").strip()
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "").replace("，", "")
    if not _YUAN.fullmatch(plain):
        raise ValueError(f"not an amount in yuan: {text!r}")
    whole, _, part = plain.partition(".")
    if len(whole) > len(str(MOST_FEN)) or (fen := int(whole) * 100 + int(part.ljust(2, "0"))) > MOST_FEN:
        raise ValueError(f"above 10^12 yuan, check the amount: {text[:40]!r}")
    return fen


def yuan(fen: int) -> str:
    """``18400000`` fen as ``184,000.00``."""
    sign = "-" if fen < 0 else ""
    whole, part = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{part:02d}"


def plain_yuan(fen: int) -> str:
    """``18400000`` fen as ``184000.00``, the form used in files and JSON."""
    return yuan(fen).replace(",", "")
