"""The statutes' texts in a backup: each read again on its way out and on its way in."""

from flask import current_app

from ..audit.verification.faults import Fault
from ..law.texts.reading import Unreadable, read_content
from ..law.texts.store import FOLDER
from .archive import TEXTS, Manifest, Reader, Writer


def write_texts(writer: Writer, manifest: Manifest) -> list[Fault]:
    """Put every text that is loaded into the archive; what can no longer be read is left out and named."""
    faults = []
    folder = current_app.config["DATA_DIR"] / FOLDER
    for path in sorted(folder.glob("[a-z]*.md")):
        content = path.read_bytes()
        if fault := _fault(path.name, content):
            faults.append(fault)
            manifest.missing.append(path.name)
        else:
            writer.add(TEXTS + path.name, [content])
    return faults


def read_texts(reader: Reader) -> tuple[dict[str, bytes], list[Fault]]:
    """The texts of an archive by the names of their files, and what is wrong where this program cannot read them."""
    texts = {name: reader.whole(TEXTS + name) for name in reader.manifest.texts}
    return texts, [fault for name, content in texts.items() if (fault := _fault(name, content))]


def _fault(name: str, content: bytes) -> Fault | None:
    try:
        read_content(content, name)
    except Unreadable as error:
        place = f"{name}:{error.line}" if error.line else name
        return Fault("law text", place, error.reason)
    return None
