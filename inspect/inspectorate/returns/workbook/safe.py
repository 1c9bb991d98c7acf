"""A workbook from a stranger, looked at as octets and as a ZIP file before a spreadsheet library opens it.

Afterwards reading it takes bounded time and memory: so many parts, octets, tags, cells and merged areas, no entities.
"""

import io
import re
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from flask_babel import lazy_gettext as _l

from ... import limits
from ...errors import Refusal

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED = 0x1

_CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']{1,40})[\"']")
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

_ACTIVE = re.compile(
    r"vbaProject|xl/macrosheets/|xl/activeX/|xl/embeddings/|xl/ctrlProps/|customUI/|xl/connections\.xml|xl/queryTables/",
    re.IGNORECASE,
)
_EXTERNAL = re.compile(r"xl/externalLinks/", re.IGNORECASE)

DAMAGED = _l("The file is damaged and cannot be read. Save it again as .xlsx.")
_SAVE_AS = _l("Save it as an Excel workbook (.xlsx) without a password, or take the blank of this return.")


def check(content: bytes, cells: int) -> None:
    """Refuse what is no XLSX return. ``cells``: as many as the form's sheet has.

    Raises:
        Refusal: with what the file is, or the limit that it breaks, and the way out.
    """
    if not content:
        raise Refusal(_l("The file is empty."))
    if len(content) > limits.RETURN_FILE:
        raise Refusal(_l("The file is larger than %(most)s MB. A return has some kilobytes: take the blank anew.",
                         most=limits.RETURN_FILE // limits.MB))  # fmt: skip
    if not content.startswith(b"PK"):
        raise _no_workbook(content)
    try:
        with ZipFile(io.BytesIO(content)) as book:
            _check_parts(book.infolist(), content)
            _check_contents(book, cells)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, ZlibError) as error:
        raise Refusal(DAMAGED) from error


def _no_workbook(content: bytes) -> Refusal:
    if content.startswith(_OLE):
        locked = _ENCRYPTED_PACKAGE in content
        what = _l("This file has a password.") if locked else _l("This is an old Office file (.xls or .doc).")
    elif content.startswith(b"%PDF"):
        what = _l("This is a PDF.")
    elif content.lstrip()[:1] in (b"{", b"["):
        what = _l("This is JSON, not a workbook.")
    elif content.lstrip()[:1] == b"<":
        what = _l("This is a web page or XML, not a workbook.")
    elif b"\0" not in content[:4096]:
        what = _l("This is a text or CSV file.")
    else:
        what = _l("This is no workbook.")
    return Refusal(_l("%(what)s %(way_out)s", what=what, way_out=_SAVE_AS))


def _check_parts(parts: list[ZipInfo], content: bytes) -> None:
    names = [part.filename for part in parts]
    if len(parts) > limits.WORKBOOK_PARTS or len(set(names)) < len(names):
        raise Refusal(_l("The file holds too many parts, or one twice. Save it again as .xlsx."))
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Refusal(_l("%(what)s %(way_out)s", what=_l("This file has a password."), way_out=_SAVE_AS))
    if sum(part.file_size for part in parts) > limits.RETURN_UNPACKED:
        raise Refusal(_l("The file is larger than %(most)s MB when unpacked. Take the blank anew.",
                         most=limits.RETURN_UNPACKED // limits.MB))  # fmt: skip
    if any(_ACTIVE.search(name) for name in names):
        raise Refusal(_l("The file holds macros, embedded objects or connections. Save it as .xlsx without them."))
    if any(_EXTERNAL.match(name) for name in names):
        raise Refusal(_l("The file refers to other files. Paste the figures as values and break the links."))
    if "xl/workbook.xml" not in names:
        raise Refusal(_l("%(what)s %(way_out)s", what=_other_office_file(names), way_out=_SAVE_AS))


def _other_office_file(names: list[str]) -> Any:
    if any(name.startswith("word/") for name in names):
        return _l("This is a Word file.")
    if "xl/workbook.bin" in names:
        return _l("This is a binary Excel workbook (.xlsb).")
    if "content.xml" in names:
        return _l("This is an OpenDocument file (.ods).")
    return _l("This is no workbook.")


def _check_contents(book: ZipFile, cells: int) -> None:
    most_cells = 2 * cells + limits.RETURN_SPARE_CELLS
    found = tags = merged = 0
    for part in book.infolist():
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            text = book.read(part).replace(b"\0", b"")  # UTF-16 hides nothing
            if _ENTITIES.search(text):
                raise Refusal(_l("The file declares entities, which no spreadsheet does. Take the blank anew."))
            if b"macroEnabled" in text[:100_000] and part.filename == "[Content_Types].xml":
                raise Refusal(
                    _l("The file holds macros, embedded objects or connections. Save it as .xlsx without them.")
                )
            tags += text.count(b"<")
            if _SHEET.fullmatch(part.filename):
                found += sum(1 for _ in _CELL.finditer(text))
                merged += sum(map(_area, _MERGED.findall(text)))
    if found > most_cells or merged > most_cells:
        raise Refusal(_l("The file has more than %(most)s cells, many times those of the form. Take the blank anew.",
                         most=most_cells))  # fmt: skip
    if tags > 20 * most_cells + 200_000:
        raise Refusal(_l("The file holds far more than a return of this form. Take the blank anew."))


def _area(ref: bytes) -> int:
    match = _AREA.fullmatch(ref.decode("ascii", "replace").upper())
    if match is None:
        raise ValueError("a merged area without an address")
    first_col, first_row, last_col, last_row = match.groups()
    if last_col is None:
        return 1
    return (_number(last_col) - _number(first_col) + 1) * (int(last_row) - int(first_row) + 1)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
