"""Characters that no paper can hold: neither XML, and so Word and Excel, nor a printed page, nor a database."""

import re
from typing import Any

from flask import Request
from werkzeug.formparser import FormDataParser

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile("\r?[\x0b\x0c]")


def printable(text: str) -> str:
    """The text without them; the line and page breaks that word processors paste become line ends."""
    return UNPRINTABLE.sub("", _BREAK.sub("\n", text))


class PrintableForms(FormDataParser):
    """Reads what a form sends, without characters that nobody typed and nobody can see."""

    def parse(self, *arguments: Any, **options: Any) -> Any:
        """The stream, the fields and the files of a request."""
        stream, fields, files = super().parse(*arguments, **options)
        return stream, self.cls((name, printable(value)) for name, value in fields.items(multi=True)), files


class PrintableRequest(Request):
    """A request whose form can be printed."""

    form_data_parser_class = PrintableForms
