"""Identity numbers and telephones as they are shown to whoever has not asked for them in full with a reason. Pure.

The masked form says enough to recognise a number that one holds (个人信息保护法51: 去标识化), never enough to use it.
"""

import re

from .objections import N_

MARK = "*"
IN_FULL = N_("Stars stand for figures that are not shown. Leave the number as it stood, or write all of the new one.")

_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
)
_TELEPHONE = re.compile(r"(?<![0-9A-Za-z-])(?:\+?86[- ]?)?(?:1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?![0-9A-Za-z])")

_PLAIN = str.maketrans("０１２３４５６７８９＋－Ｘｘ", "0123456789+-Xx")
"""Full width, as Chinese keyboards type it and searches read it."""


def masked_identity(number: str | None) -> str:
    """``330106********1234``: region and last four characters."""
    if not number:
        return ""
    return f"{number[:6]}{MARK * 8}{number[-4:]}" if len(number) == 18 else MARK * len(number)


def masked_phone(number: str | None) -> str:
    """``138****5678``; short numbers keep their last two figures."""
    if not number:
        return ""
    if len(number) >= 9:
        return f"{number[:3]}{MARK * 4}{number[-4:]}"
    return MARK * (len(number) - 2) + number[-2:] if len(number) >= 5 else MARK * len(number)


def masked_numbers(text: str) -> str:
    """A text in which every identity number and telephone is masked: search words and addresses in the record."""
    plain = text.translate(_PLAIN)
    masked = _IDENTITY.sub(lambda found: masked_identity(found[0]), plain)
    masked = _TELEPHONE.sub(lambda found: masked_phone(found[0]), masked)
    return text if masked == plain else masked


def without_numbers(text: str) -> list[str]:
    """The pieces of a text between its identity numbers and telephones: what may be searched through."""
    return [piece for part in _IDENTITY.split(text.translate(_PLAIN)) for piece in _TELEPHONE.split(part)]


MASKS = {"id_number": masked_identity, "phone": masked_phone, "reporter_phone": masked_phone}
"""How a column is shown, by its name; the telephones of offices are public and are not shown through this."""


def kept(column: str, typed: str | None, stored: str | None) -> str | None:
    """What to store: the number that stands there when its masked form came back untouched, else what was typed."""
    return stored if stored and typed == MASKS[column](stored) else typed
