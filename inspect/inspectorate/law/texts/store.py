"""The texts that are loaded: one file per version in a folder, read when asked for.

Several processes share the folder: each notices by the time and size of a file that another has renewed it.
"""

import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from .model import Text
from .reading import Unreadable, read_file

FOLDER = "law-texts"
"""Its name in DATA_DIR."""

_log = logging.getLogger(__name__)
_folder: Path | None = None


def use(folder: Path | None) -> None:
    """Take the texts from that folder, which need not be there yet; from nowhere with None."""
    global _folder
    _folder = folder


def folder() -> Path | None:
    """The folder in use."""
    return _folder


def text_of(law_id: str, version_name: str) -> Text | None:
    """The loaded text of that version; None where none is loaded.

    A file that was altered so that it can no longer be read counts as none; ``flask law check`` tells of it.
    """
    if _folder is None:
        return None
    path = _folder / f"{law_id}@{version_name}.md"
    try:
        status = path.stat()
        return _parsed(path, status.st_mtime_ns, status.st_size)
    except OSError:
        return None
    except Unreadable as error:
        _log.warning("%s", error)
        return None


def loaded(law_id: str) -> tuple[str, ...]:
    """The names of the versions of a law of which a text is loaded, in order."""
    return all_loaded().get(law_id, ())


def all_loaded() -> Mapping[str, tuple[str, ...]]:
    """The same of every law of which some text is loaded."""
    if _folder is None or not _folder.is_dir():
        return {}
    found: dict[str, list[str]] = {}
    for path in _folder.glob("*@*.md"):
        law, _, version = path.stem.partition("@")
        found.setdefault(law, []).append(version)
    return {law: tuple(sorted(versions)) for law, versions in found.items()}


@lru_cache(maxsize=24)
def _parsed(path: Path, _mtime_ns: int, _size: int) -> Text:
    return read_file(path)
