"""What reaches a view of what was sent: forms that can be printed, and no more of anything than ``limits`` allows.

A file that is too large is received and thrown away: the form then says which one it was, and keeps everything else.
"""

from contextlib import suppress
from io import BytesIO, RawIOBase
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from urllib.parse import parse_qsl

from flask import Request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, ClientDisconnected, HTTPException, RequestEntityTooLarge, RequestURITooLarge
from werkzeug.formparser import FormDataParser

from . import limits
from .characters import printable

IN_MEMORY = 500_000
"""Octets of a file until which it is kept in memory while it arrives."""

PIECE = 65_536


class CutOff(BadRequest):
    """The form did not arrive whole, or was never one."""

    told = _l(
        "What was sent did not arrive whole, or is no form. Nothing was changed. If it happens again, the connection "
        "is cut on its way: tell the administrator."
    )


class TooMuchText(RequestEntityTooLarge):
    """The fields of a form are more than a form may have."""

    told = _l(
        "The text of the form is longer than %(mb)d MB, or it has more than %(fields)d fields. Nothing was changed. "
        "Put long material into a file.",
        mb=limits.FORM // limits.MB,
        fields=limits.FIELDS,
    )


class TooMuch(RequestEntityTooLarge):
    """The request as a whole is larger than is read."""

    told = _l(
        "All that was sent together is larger than %(all)d MB; a single file may have %(file)d MB. Nothing was "
        "changed.",
        all=limits.REQUEST // limits.MB,
        file=limits.FILE // limits.MB,
    )


class TooLongAddress(RequestURITooLarge):
    """The address has more to say than any page reads."""

    told = _l(
        "The address is longer than %(n)d characters. Search for fewer words, or choose fewer filters.", n=limits.QUERY
    )


class Budget:
    """How much of a request's files is still kept."""

    def __init__(self) -> None:
        self.left = limits.FILES_TOGETHER
        self.received = 0
        """Octets of files, thrown away or not."""


class ReceivedFile(RawIOBase):
    """A file on its way; ``excess`` says which limit it broke (``file`` or ``together``), and then it is empty."""

    def __init__(self, budget: Budget) -> None:
        self.excess: str | None = None
        self._kept = cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY, mode="w+b"))  # noqa: SIM115
        self._budget, self._size = budget, 0

    def write(self, data: Any) -> int:
        """Keep what fits."""
        self._budget.received += len(data)
        if self.excess is None:
            self._size += len(data)
            self._budget.left -= len(data)
            if self._size > limits.FILE or self._budget.left < 0:
                self._throw_away("file" if self._size > limits.FILE else "together")
            else:
                self._kept.write(data)
        return len(data)

    def _throw_away(self, excess: str) -> None:
        self.excess = excess
        self._budget.left += self._size
        self._kept.seek(0)
        self._kept.truncate()

    def read(self, size: int = -1) -> bytes:
        """What was kept."""
        return self._kept.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place of what was kept."""
        return self._kept.seek(offset, whence)

    def tell(self) -> int:
        """The place where reading goes on."""
        return self._kept.tell()

    def seekable(self) -> bool:
        """It is."""
        return True

    def close(self) -> None:
        """Give back what it took."""
        self._kept.close()
        super().close()


class Watched(RawIOBase):
    """The body of a form with files: its text is counted apart from them."""

    def __init__(self, stream: Any, budget: Budget) -> None:
        self._stream, self._budget, self.read_so_far = stream, budget, 0

    def read(self, size: int = -1) -> bytes:
        """The next piece. Raises TooMuchText, CutOff.

        A server raises whatever it likes where the octets are no HTTP; all of it means the same.
        """
        try:
            piece: bytes = self._stream.read(size)
        except HTTPException:
            raise
        except Exception as error:
            raise CutOff from error
        self.read_so_far += len(piece)
        if self.read_so_far - self._budget.received > limits.FORM:
            raise TooMuchText
        return piece


class PrintableForms(FormDataParser):
    """Reads what a form sends, without characters that nobody typed and nobody can see."""

    def parse(self, *arguments: Any, **options: Any) -> Any:
        """The stream, the fields and the files of a request. Raises CutOff, TooMuchText."""
        try:
            stream, fields, files = super().parse(*arguments, **options)
        except ValueError:
            raise CutOff from None
        if any(name is None or len(name) > limits.FIELD_NAME for name in (*fields, *files)):
            raise CutOff
        return stream, self.cls((name, printable(value)) for name, value in fields.items(multi=True)), files

    def _parse_urlencoded(self, stream: Any, *_: Any) -> Any:
        body = b"".join(iter(lambda: stream.read(PIECE), b""))
        if body.count(b"&") >= limits.FIELDS:
            raise TooMuchText
        fields = parse_qsl(body.decode(), keep_blank_values=True, errors="werkzeug.url_quote")
        return stream, self.cls(fields), self.cls()


class PrintableRequest(Request):
    """A request whose form can be printed, and which is no larger than it may be."""

    form_data_parser_class = PrintableForms

    def make_form_data_parser(self) -> FormDataParser:
        """One that tells when a form did not arrive whole."""
        parser = super().make_form_data_parser()
        parser.silent = False
        return parser

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        self._budget = Budget()
        self._body: Watched | None = None
        try:
            super()._load_form_data()
        except HTTPException as error:
            # The page that says so looks at the form again.
            self.__dict__.update(form=MultiDict(), files=MultiDict(), stream=BytesIO())
            if error.code == 413:
                self._let_it_end()
            if isinstance(error, ClientDisconnected):
                raise CutOff from None
            if error.code == 413 and not hasattr(error, "told"):
                raise TooMuch from None
            raise

    def _let_it_end(self) -> None:
        """Receive the rest: a browser that is still sending when the connection ends never shows the answer."""
        read = self._body.read_so_far if self._body else 0
        left = min(self.content_length or 0, 2 * limits.REQUEST) - read
        with suppress(Exception):
            while left > 0 and (piece := self.environ["wsgi.input"].read(min(left, PIECE))):
                left -= len(piece)

    def _get_stream_for_parsing(self) -> Any:
        self._body = Watched(super()._get_stream_for_parsing(), self._budget)
        return self._body

    def _get_file_stream(self, *_: Any, **__: Any) -> Any:
        return ReceivedFile(self._budget)


def refuse_long_address(query: bytes) -> None:
    """Raises TooLongAddress."""
    if len(query) > limits.QUERY:
        raise TooLongAddress
