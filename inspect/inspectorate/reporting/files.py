"""Letters as files of the asked format."""

from collections.abc import Callable
from typing import NamedTuple

from .letter import Letter


class FileKind(NamedTuple):
    """A format: its media type, and how it is made."""

    media_type: str
    make: Callable[[Letter], bytes]


def _docx(letter: Letter) -> bytes:
    from .render.docx import letter_docx

    return letter_docx(letter)


def _pdf(letter: Letter) -> bytes:
    from .render.html import letter_pdf

    return letter_pdf(letter)


LETTER_FILES = {
    "docx": FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "pdf": FileKind("application/pdf", _pdf),
}
