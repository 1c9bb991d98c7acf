"""Text cut into what an index can hold: single characters, pairs, and fours of letters and digits. Pure.

No dictionary of words stands behind it: whatever part of a name or number somebody types is found. The pairs of Chinese
characters tell enough; letters and digits have few pairs, so that a number is looked for by its fours.
"""

import unicodedata
from collections.abc import Iterable

from ..accounts.regions import significant


def folded(text: str) -> str:
    """Letters and digits alone: signs, spaces, capitals and full width make no difference (〔２０２６〕, (2026))."""
    while text != (plain := "".join(filter(_counts, unicodedata.normalize("NFKC", text).casefold()))):
        text = plain
    return text


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Co", "Cn", "Mn", "Mc")


def words_in(asked: str) -> list[str]:
    """The words of a search, folded, each once; all of them are to be found."""
    return list(dict.fromkeys(filter(None, map(folded, asked.split()))))


def grams(fields: Iterable[str]) -> set[str]:
    """Everything by which folded fields are found; nothing reaches from one field into the next."""
    found: set[str] = set()
    for field in fields:
        last = len(field) - 1
        found.update(field)
        found.update(field[at : at + 2] for at in range(last))
        found.update(field[at : at + 4] for at in range(last - 2) if field[at : at + 4].isascii())
    return found


def sought(word: str) -> set[str]:
    """The fewest grams that everything containing the folded word has; what has them all need not contain the word."""
    if len(word) == 1:
        return {word}
    fours = {at for at in range(len(word) - 3) if word[at : at + 4].isascii()}
    pairs = (at for at in range(len(word) - 1) if not fours & {at, at - 1, at - 2})
    return {word[at : at + 4] for at in fours} | {word[at : at + 2] for at in pairs}


def areas(region_code: str, department: str) -> list[str]:
    """Tags of a row: the nation, province, city and county it lies in, each with its sector (or party)."""
    digits = significant(region_code)
    return [area(digits[:length], department) for length in (0, 2, 4, 6) if length <= len(digits)]


def area(digits: str, department: str) -> str:
    """The tag of one area (significant digits of its region); no gram is as long."""
    return f"area{digits}{folded(department)}"
