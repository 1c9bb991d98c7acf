"""What reaches a view of what was sent: forms that can be printed."""

from typing import Any

from flask import Request
from werkzeug.formparser import FormDataParser

from .characters import printable


class PrintableForms(FormDataParser):
    """Reads what a form sends, without characters that nobody typed and nobody can see."""

    def parse(self, *arguments: Any, **options: Any) -> Any:
        """The stream, the fields and the files of a request."""
        stream, fields, files = super().parse(*arguments, **options)
        return stream, self.cls((name, printable(value)) for name, value in fields.items(multi=True)), files


class PrintableRequest(Request):
    """A request whose form can be printed."""

    form_data_parser_class = PrintableForms
