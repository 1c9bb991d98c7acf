"""The archive: a ZIP that any office can look into, and a manifest that leaves nothing in it unsaid.

``manifest.json``, the last member, names every other with its size and SHA-256:

* ``tables/<name>.jsonl``: a row a line, an array of values in the order of the manifest's ``columns``;
* ``files/<sha256>``: evidence and printed papers;
* ``law-texts/<law id>@<day of adoption>.md``: the statutes' texts that were loaded;
* ``keys/record-key`` and ``keys/secret``: what stamps the record, and what seals second factors and sessions.

Nothing is ever unpacked by the name that an archive gives it.
"""

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import IO, Any, Self

FORMAT = "inspectorate-backup-1"
MANIFEST = "manifest.json"
TEXTS = "law-texts/"
NAMES = re.compile(
    r"tables/[a-z_0-9]+\.jsonl|files/[0-9a-f]{64}|law-texts/[a-z][a-z_0-9]*@\d{4}-\d\d-\d\d\.md|keys/(?:secret|record-key)"
)

PART = 1024 * 1024
"""Bytes that are read at a time."""

LONGEST_MANIFEST = 512 * 1024 * 1024
LONGEST_LINE = 256 * 1024 * 1024
"""Bytes; no row comes near."""

UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError)


class BadArchive(Exception):
    """The archive is not what a backup writes, or was altered; the message is one line."""


@dataclass(frozen=True)
class Part:
    """A member of the archive as it was written."""

    bytes: int
    sha256: str


@dataclass
class Manifest:
    """What the archive holds, and of which moment."""

    made_at: str
    schema: str
    """Revision of the database's schema."""
    database: str
    installation: str | None
    seal: int
    """Number of the newest seal of the record; 0 for none."""
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Columns and number of rows of each table."""
    missing: list[str] = field(default_factory=list)
    """Files that rows name, and statutes' texts, that were missing or altered already."""
    parts: dict[str, Part] = field(default_factory=dict)
    format: str = FORMAT

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table["rows"] for table in self.tables.values())

    @property
    def files(self) -> int:
        """Files of the store."""
        return sum(name.startswith("files/") for name in self.parts)

    @property
    def texts(self) -> list[str]:
        """The names of the statutes' texts."""
        return [name.removeprefix(TEXTS) for name in self.parts if name.startswith(TEXTS)]


class Writer:
    """Writes members bit by bit, and the manifest at the end."""

    def __init__(self, target: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self.parts: dict[str, Part] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_trouble: Any) -> None:
        """Without a manifest, what is left is no backup."""
        self._zip.close()

    def add(self, name: str, content: Iterable[bytes], *, compress: bool = True) -> Part:
        """A member; what has been written of it when ``content`` raises makes the whole archive worthless."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        info.external_attr = (stat.S_IFREG | 0o600) << 16
        digest, size = hashlib.sha256(), 0
        with self._zip.open(info, "w", force_zip64=True) as member:
            for part in content:
                member.write(part)
                digest.update(part)
                size += len(part)
        self.parts[name] = Part(size, digest.hexdigest())
        return self.parts[name]

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest and the directory."""
        manifest.parts = self.parts
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        info = zipfile.ZipInfo(MANIFEST)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, (stat.S_IFREG | 0o600) << 16
        self._zip.writestr(info, text)


class Reader:
    """Reads an archive of which every member has been compared with the manifest."""

    def __init__(self, source: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
            members = _members(self._zip)
            self.manifest = _manifest(self._zip)
            self.sha256 = hashlib.sha256(self._zip.read(MANIFEST)).hexdigest()
            """Of the manifest, and so of all that the archive holds."""
        except UNREADABLE as error:
            raise BadArchive(f"this is no backup, or not all of one: {error}") from None
        if unsaid := sorted(members.symmetric_difference({MANIFEST, *self.manifest.parts})):
            raise BadArchive(f"{unsaid[0]} is in the archive or in its manifest, but not in both")
        for name, part in self.manifest.parts.items():
            self._compare(name, part)
            if name.startswith("files/") and name != f"files/{part.sha256}":
                raise BadArchive(f"{name} does not have the content that its name says")

    def _compare(self, name: str, part: Part) -> None:
        digest, size = hashlib.sha256(), 0
        for content in self.content(name):
            digest.update(content)
            size += len(content)
            if size > part.bytes:
                break
        if (size, digest.hexdigest()) != (part.bytes, part.sha256):
            raise BadArchive(f"{name} is not as the manifest says: the archive was altered or damaged")

    def content(self, name: str) -> Iterator[bytes]:
        """A member, bit by bit. Raises BadArchive."""
        try:
            with self._zip.open(name) as member:
                while part := member.read(PART):
                    yield part
        except KeyError:
            raise BadArchive(f"{name} is not in the archive") from None
        except UNREADABLE as error:
            raise BadArchive(f"{name} cannot be read: {error}") from None

    def whole(self, name: str) -> bytes:
        """A member at once."""
        return b"".join(self.content(name))

    def lines(self, name: str) -> Iterator[list[Any]]:
        """The rows of a table."""
        with self._zip.open(name) as member:
            while line := member.readline(LONGEST_LINE):
                row = json.loads(line)
                if not isinstance(row, list):
                    raise BadArchive(f"{name}: a line is no row")
                yield row


def _members(archive: zipfile.ZipFile) -> set[str]:
    """The names of all members, each of which is a plain file, there once, and of a kind that a backup writes."""
    seen: set[str] = set()
    for info in archive.infolist():
        name = info.filename
        if name != MANIFEST and not NAMES.fullmatch(name):
            raise BadArchive(f"a backup holds nothing of the name {name!r}")
        if name in seen:
            raise BadArchive(f"{name} is in the archive twice")
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG) or info.flag_bits & 1:
            raise BadArchive(f"{name} is a link or encrypted; a backup holds plain files")
        seen.add(name)
    if MANIFEST not in seen:
        raise BadArchive("this is no backup: it has no manifest.json")
    return seen


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
        raise BadArchive("manifest.json is longer than any backup's")
    try:
        document = json.loads(archive.read(MANIFEST))
        if document["format"] != FORMAT:
            raise BadArchive(f"the archive is of the format {document['format']!r}; this program reads {FORMAT!r}")
        datetime.fromisoformat(document["made_at"])
        parts = {name: Part(int(part["bytes"]), str(part["sha256"])) for name, part in document["parts"].items()}
        return Manifest(**{**document, "parts": parts})
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadArchive("manifest.json is not one that a backup writes") from None
