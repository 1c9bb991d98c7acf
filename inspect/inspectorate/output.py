"""Files that commands write: there whole, or not at all."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click


@contextmanager
def writing_whole(path: Path | None, *, binary: bool = False, private: bool = False) -> Iterator[BinaryIO]:
    """A file that takes its name only when all of it has been written; standard output without a path.

    Binary content is refused on a terminal. A ``private`` file can be read by its owner alone.
    """
    if path is None:
        if binary and sys.stdout.isatty():
            raise click.UsageError("this format is binary; name a file with -o")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe is written to, never replaced: /dev/null must go on being one.
            if private:
                raise click.ClickException(f"{path}: is no file; name one in a folder")
            with path.open("wb") as file:
                yield file
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o600 if private else 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
