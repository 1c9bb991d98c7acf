"""Characters that no paper can hold: neither XML, and so Word and Excel, nor a printed page, nor a database."""

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("\r?[\x0b\x0c]")


def printable(text: str) -> str:
    """The text without them; the line and page breaks that word processors paste become line ends."""
    return UNPRINTABLE.sub("", _BREAK.sub("\n", text))
