"""Characters that no paper can hold: neither XML, and so Word and Excel, nor a printed page, nor a database."""

import re

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
REVERSING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that are not seen and turn what follows round: a fine of 5000 reads 0005, and gpj.exe ends like a picture."""

_BREAK = re.compile("\r?[\x0b\x0c]")


def printable(text: str) -> str:
    """The text without them and without ``REVERSING``; breaks that word processors paste become line ends."""
    return REVERSING.sub("", UNPRINTABLE.sub("", _BREAK.sub("\n", text)))
