"""Taking a folder of statute texts into the store: all of them, or none."""

import os
import shutil
import tempfile
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from .model import Text
from .reading import Unreadable, read_file


class Outcome(StrEnum):
    """What loading a text did."""

    NEW = "new"
    REPLACED = "replaced"
    SAME = "same"


class LoadedText(NamedTuple):
    """A text that is in the store now, and what loading it did."""

    text: Text
    outcome: Outcome


class NotLoaded(Exception):
    """Nothing was loaded; ``problems`` has a line for each text that cannot be taken."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def load_folder(source: Path, into: Path) -> tuple[LoadedText, ...]:
    """Take every ``*.md`` of a folder; a text that is there already is left as it is, another one of the same version
    takes its place. Raises NotLoaded, and OSError."""
    texts, problems = read_folder(source)
    if problems:
        raise NotLoaded([str(problem) for problem in problems])
    if not texts:
        raise NotLoaded([f"{source}: there is no text <law id>@<day of adoption>.md in this folder"])
    into.mkdir(mode=0o755, parents=True, exist_ok=True)
    outcomes = {path: _outcome(path, into / path.name) for path in texts}
    _put([path for path, outcome in outcomes.items() if outcome is not Outcome.SAME], into)
    return tuple(LoadedText(text, outcomes[path]) for path, text in texts.items())


def read_folder(source: Path) -> tuple[dict[Path, Text], list[Unreadable]]:
    """Every text of a folder, in alphabetical order, and what is wrong with those that cannot be read."""
    texts, problems = {}, []
    for path in sorted(source.glob("*.md")):
        if path.name.startswith("."):
            continue
        try:
            if not path.is_file():  # a pipe would never end
                raise Unreadable(path.name, 0, "is no file")
            texts[path] = read_file(path)
        except Unreadable as problem:
            problems.append(problem)
        except OSError as error:
            problems.append(Unreadable(path.name, 0, f"cannot be read: {error.strerror}"))
    return texts, problems


def put_texts(contents: dict[str, bytes], into: Path) -> None:
    """Write texts under their names, of which the reader has made sure: all of them, or none. Raises OSError."""
    into.mkdir(mode=0o755, parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=".loading-", dir=into))
    try:
        for name, content in contents.items():
            with (staged / name).open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        for name in contents:
            os.replace(staged / name, into / name)
    finally:
        with suppress(OSError):
            shutil.rmtree(staged)


def _outcome(path: Path, target: Path) -> Outcome:
    try:
        return Outcome.SAME if target.read_bytes() == path.read_bytes() else Outcome.REPLACED
    except FileNotFoundError:
        return Outcome.NEW


def _put(paths: list[Path], into: Path) -> None:
    if paths:
        put_texts({path.name: path.read_bytes() for path in paths}, into)
