"""XLSX files from strangers: looked at as a ZIP file before anything in them is unpacked into memory.

A few kilobytes may hold gigabytes of zeros, texts that repeat each other a billion times, or a row without end.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from .. import limits
from .faults import Unreadable

SHEET = re.compile(r"xl/(?:work|chart|dialog|macro)sheets/[^/]+\.(?:xml|bin)")
TEXTS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
END_OF_ROW = b"</row>"
PIECE = 1 << 20
ENCRYPTED = 0x1
OLE = b"\xd0\xcf\x11\xe0"


def check(path: Path) -> None:
    """Raises Unreadable with the limit that the file breaks, OSError."""
    with path.open("rb") as file:
        head = file.read(4)
    if head == OLE:
        raise Unreadable(f"{path}: is an old Excel file, or one with a password; save it as .xlsx without a password")
    if path.stat().st_size > limits.WORKBOOK:
        raise Unreadable(f"{path}: is larger than {limits.WORKBOOK // limits.MB} MB; divide it")
    try:
        with ZipFile(path) as book:
            _check_parts(path, book.infolist())
            for part in book.infolist():
                if part.file_size > limits.SHEET_ROW and SHEET.fullmatch(part.filename):
                    with book.open(part) as sheet:
                        _check_rows(path, part.filename, sheet)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"{path}: not an XLSX workbook ({error})") from error


def _check_parts(path: Path, parts: list[ZipInfo]) -> None:
    if len(parts) > limits.WORKBOOK_PARTS:
        raise Unreadable(f"{path}: holds {len(parts)} files, at most {limits.WORKBOOK_PARTS} are read")
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise Unreadable(f"{path}: has a password; save it without one")
    if len({part.filename for part in parts}) < len(parts):
        raise Unreadable(f"{path}: not an XLSX workbook (a part is there twice)")
    if sum(part.file_size for part in parts) > limits.WORKBOOK_UNPACKED:
        most = limits.WORKBOOK_UNPACKED // limits.MB
        raise Unreadable(f"{path}: is larger than {most} MB when unpacked; divide it")
    for part in parts:
        most = limits.WORKBOOK_TEXTS if TEXTS.fullmatch(part.filename) else limits.WORKBOOK_PART
        if part.file_size > most and not SHEET.fullmatch(part.filename):
            raise Unreadable(f"{path}: {part.filename} is larger than {most // limits.MB} MB when unpacked; divide it")


def _check_rows(path: Path, name: str, sheet: Any) -> None:
    """Rows are read one by one, so none may be longer than memory holds; nor may there be more than Excel knows."""
    since, rows = 0, 0
    for piece in _pieces(sheet):
        ends = piece.count(END_OF_ROW)
        rows += ends
        since = len(piece) - piece.rfind(END_OF_ROW) if ends else since + len(piece)
        if since > limits.SHEET_ROW + PIECE:
            raise Unreadable(f"{path}: {name} has a row of more than {limits.SHEET_ROW // limits.MB} MB")
        if rows > limits.SHEET_ROWS:
            raise Unreadable(f"{path}: {name} has more than {limits.SHEET_ROWS} rows")


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """Pieces that end where a tag does, so that no end of a row is cut in two."""
    rest = b""
    while piece := file.read(PIECE):
        whole, sign, rest = (rest + piece).rpartition(b">")
        yield whole + sign
        if len(rest) > limits.SHEET_ROW:
            yield rest
            rest = b""
    yield rest


def opened(path: Path) -> Any:
    """The workbook: values, not formulas; no links to elsewhere; a sheet's rows as they are asked for."""
    import openpyxl

    return openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
