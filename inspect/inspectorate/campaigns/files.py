"""Filled tables as files of the asked format."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from .render.csv import BYTE_ORDER_MARK, render_csv
from .summary import Summary


class FileKind(NamedTuple):
    """A format: its media type, whether it is binary, how it is made."""

    media_type: str
    binary: bool
    make: Callable[[Any], bytes]


def _json(summary: Summary) -> bytes:
    from .render.json import as_json

    return (json.dumps(as_json(summary), ensure_ascii=False, indent=1) + "\n").encode()


def _csv(summary: Summary) -> bytes:
    sheets = [render_csv(layout).removeprefix(BYTE_ORDER_MARK) for _, layout in summary.layouts()]
    return (BYTE_ORDER_MARK + "\r\n".join(sheets)).encode()


def _xlsx(summary: Summary) -> bytes:
    from .render.xlsx import render_xlsx

    return render_xlsx(summary.layouts())


def _docx(summary: Summary) -> bytes:
    from .render.docx import render_docx

    return render_docx([layout for _, layout in summary.layouts()])


def _pdf(summary: Summary) -> bytes:
    from .render.html import render_sheet_pdf

    return render_sheet_pdf([layout for _, layout in summary.layouts()])


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

TABLE_FILES: dict[str, FileKind] = {
    "json": FileKind("application/json", False, _json),
    "csv": FileKind("text/csv; charset=utf-8", False, _csv),
    "xlsx": FileKind(_XLSX, True, _xlsx),
    "docx": FileKind(DOCX, True, _docx),
    "pdf": FileKind("application/pdf", True, _pdf),
}
