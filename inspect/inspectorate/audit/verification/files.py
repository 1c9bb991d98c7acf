"""The files that rows name: each is in the store, with its content."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from ... import files
from ...documents.models import Document
from ...inspections.models import Evidence
from ...joint.models import FollowUp
from .faults import Fault
from .reading import table_of

NAMING = ((Evidence, "sha256"), (Document, "pdf_sha256"), (FollowUp, "sha256"))
"""The columns whose value is the name of a file in the store."""

AT_ONCE = 500


def named_files(connection: Connection) -> Iterator[tuple[str, str]]:
    """Every file that a row names, once, with the first row that does."""
    last = None
    for model, name in NAMING:
        table = table_of(model)
        column = table.c[name]
        query = select(column, table.c.id).where(column.is_not(None)).order_by(column, table.c.id)
        for sha256, number in connection.execute(query.execution_options(yield_per=AT_ONCE)):
            if sha256 != last:
                yield str(sha256), f"{table.name}:{number}"
            last = sha256


def file_faults(connection: Connection) -> Iterator[Fault]:
    """Files that are missing or altered."""
    for sha256, row in named_files(connection):
        try:
            files.check(sha256)
        except files.Corrupt as error:
            yield Fault("file", sha256, f"{error}; {row} names it")
        except OSError as error:
            yield Fault("file", sha256, f"cannot be read: {error.strerror or error}; {row} names it")


def unknown_files(connection: Connection) -> Iterator[Fault]:
    """Files that no row names: what a crash left between file and row, or an upload that is going on. No fault."""
    for names in _batches(files.stored()):
        known: set[Any] = set()
        for model, name in NAMING:
            table = table_of(model)
            known |= set(connection.scalars(select(table.c[name]).where(table.c[name].in_(names))))
        for name in sorted(set(names) - known):
            yield Fault("file", name, "no row names it: left by a crash, or its upload is going on")


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(names)
    while batch := list(islice(waiting, AT_ONCE)):
        yield batch
