"""The triggers by which the database itself refuses to change the record (migration 0002)."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from ..capture import RECORD_TABLES
from .faults import Fault

EXPECTED = {
    "sqlite": [f"{table}_no_{verb}" for table in RECORD_TABLES for verb in ("update", "delete")],
    "postgresql": [f"{table}_append_only" for table in RECORD_TABLES],
}

PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def trigger_faults(connection: Connection) -> Iterator[Fault]:
    """Triggers that somebody has taken off or switched off."""
    dialect = connection.dialect.name
    present = set(connection.scalars(text(PRESENT[dialect])))
    for name in EXPECTED[dialect]:
        if name not in present:
            yield Fault("trigger", name, "is gone or switched off: the database no longer refuses to change the record")
