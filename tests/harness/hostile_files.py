"""Files that are small on the disk and large in memory, and files that lie about themselves."""

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

ZEROS = 1_000_000


def png_claiming(width: int, height: int) -> bytes:
    """A whole PNG of one colour in a few octets: every row of it is there, compressed to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    rows = [packer.compress(b"\0" * (width // 8 + 2)) for _ in range(min(height, 30_000))]
    body = b"".join(rows) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def workbook(rows: list[list[object]], title: str = "case") -> bytes:
    """An honest XLSX file."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet(title)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def with_parts(book: bytes, parts: dict[str, bytes]) -> bytes:
    """The XLSX file with some of its parts put in the place of its own, or added."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as before, ZipFile(buffer, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in parts:
                after.writestr(name, before.read(name))
        for name, content in parts.items():
            after.writestr(name, content)
    return buffer.getvalue()


def with_long_part(book: bytes, name: str, head: bytes, filling: bytes, times: int, tail: bytes) -> bytes:
    """The XLSX file with a part that is written piece by piece and may be as long as one likes."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as before, ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=1) as after:
        for part in before.namelist():
            if part != name:
                after.writestr(part, before.read(part))
        with after.open(name, "w", force_zip64=True) as file:
            file.write(head)
            for _ in range(times):
                file.write(filling)
            file.write(tail)
    return buffer.getvalue()
