"""Recomputing the record: every chain, every seal, every row and every file, as they were at one moment.

Memory does not grow with the record: everything is read in order, a few hundred rows at a time.
"""

from collections.abc import Iterator
from contextlib import nullcontext

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from ..models import RecordEntry
from .chains import Outside, entry_faults, seal_faults
from .faults import Fault
from .files import file_faults, unknown_files
from .reading import snapshot
from .rows import Sums, row_faults
from .triggers import trigger_faults


def verify(connection: Connection | None = None, outside: Outside | None = None) -> list[Fault]:
    """All faults, those of the record itself first; an empty list means that nothing was altered, lost or reordered.

    Reads one snapshot of the database while others go on writing, or within the transaction of ``connection``.
    ``outside`` is what is known from elsewhere; by default what this machine keeps.
    """
    with nullcontext(connection) if connection else snapshot() as chosen:
        return list(_faults(chosen, outside or Outside.of_this_machine()))


def _faults(connection: Connection, outside: Outside) -> Iterator[Fault]:
    sums = Sums()
    connection.execute(select(RecordEntry.id).limit(1))  # a database that is not set up is no fault of the record
    try:
        yield from entry_faults(connection, sums)
        yield from seal_faults(connection, outside)
        yield from row_faults(connection, sums)
        yield from file_faults(connection)
        yield from trigger_faults(connection)
    except DBAPIError as error:
        # SQLite holds bytes that are no text, or a damaged page: what comes after cannot be read.
        yield Fault("database", str(error.statement).partition("FROM ")[2].partition("\n")[0], str(error.orig))


def remarks(connection: Connection | None = None) -> list[Fault]:
    """What is no fault but worth a look."""
    with nullcontext(connection) if connection else snapshot() as chosen:
        return list(unknown_files(chosen))
