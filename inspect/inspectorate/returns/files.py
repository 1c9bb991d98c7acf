"""A snapshot as a file: the sheet as it was reported, or the document itself with its hash."""

from typing import Any

from ..campaigns.files import TABLE_FILES, FileKind
from . import canonical
from .models import ReturnSnapshot
from .snapshots import drawn


def _of(format: str) -> FileKind:
    kind = TABLE_FILES[format]

    def make(snapshot: ReturnSnapshot) -> bytes:
        sheet: Any = drawn(snapshot)
        return kind.make(sheet)

    return FileKind(kind.media_type, kind.binary, make)


def _json(snapshot: ReturnSnapshot) -> bytes:
    """The content in canonical form: whoever has it recomputes the hash with any tool."""
    return canonical.canonical(snapshot.content).encode()


SNAPSHOT_FILES: dict[str, FileKind] = {
    **{format: _of(format) for format in ("xlsx", "docx", "pdf", "csv")},
    "json": FileKind("application/json", False, _json),
}
