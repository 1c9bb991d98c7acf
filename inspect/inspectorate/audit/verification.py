"""Recomputing the record: every chain, every seal, and every row of the database against what the record says of it."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select

from ..extensions import Base, db
from . import capture
from .actions import heads_until
from .models import RecordEntry, RecordSeal
from .rules import GENESIS, entry_hash, seal_hash

FIELDS = ("subject_type", "subject_id", "seq", "at", "actor_id", "actor_name", "event", "changes", "reason")


@dataclass(frozen=True)
class Fault:
    """One thing that is not as the record says: which entry, seal, row or file, and how."""

    kind: str
    where: str
    what: str

    def as_json(self) -> dict[str, str]:
        """For ``--json``."""
        return asdict(self)


def verify() -> list[Fault]:
    """All faults, those of the chains first; an empty list means that nothing was altered, lost or reordered."""
    rows: dict[str, dict[str, Any]] = {}
    return [*_chain_faults(rows), *_seal_faults(), *_row_faults(rows)]


def _chain_faults(rows: dict[str, dict[str, Any]]) -> Iterator[Fault]:
    """Walk all entries in the order they were written; fold their changes into ``rows``."""
    heads: dict[tuple[str, int], tuple[int, str]] = {}
    entries = db.session.scalars(select(RecordEntry).order_by(RecordEntry.id).execution_options(yield_per=500))
    for entry in entries:
        where = f"{entry.subject_type}:{entry.subject_id} #{entry.seq} (entry {entry.id})"
        seq, previous = heads.get((entry.subject_type, entry.subject_id), (0, GENESIS))
        if entry.seq != seq + 1:
            yield Fault("entry", where, f"expected #{seq + 1} here: an entry is missing or out of order")
        if entry.previous_hash != previous:
            yield Fault("entry", where, "does not follow the entry before it")
        content = {name: getattr(entry, name) for name in FIELDS}
        if entry_hash(**content, previous_hash=entry.previous_hash) != entry.hash:
            yield Fault("entry", where, "its content was altered")
        heads[entry.subject_type, entry.subject_id] = (entry.seq, entry.hash)
        _fold(rows, entry.changes)
        db.session.expunge(entry)


def _fold(rows: dict[str, dict[str, Any]], changes: list[dict[str, Any]]) -> None:
    for change in changes:
        if change["op"] == "delete":
            rows.pop(change["row"], None)
        else:
            after = {column: pair[1] for column, pair in change["set"].items()}
            rows.setdefault(change["row"], {}).update(after)


def _seal_faults() -> Iterator[Fault]:
    for seal in db.session.scalars(select(RecordSeal).order_by(RecordSeal.id)):
        heads = heads_until(seal.last_entry_id)
        if len(heads) != seal.chains or seal_hash(heads) != seal.hash:
            yield Fault("seal", f"seal {seal.id}", f"the entries up to {seal.last_entry_id} are not those sealed")


def _row_faults(rows: dict[str, dict[str, Any]]) -> Iterator[Fault]:
    """Compare every recorded table with what its rows should be."""
    for mapper in sorted(Base.registry.mappers, key=lambda mapper: mapper.class_.__name__):
        if mapper.class_.__tablename__ in capture.UNRECORDED_TABLES or mapper.inherits is not None:
            continue
        for row in db.session.scalars(select(mapper.class_).execution_options(yield_per=500)):
            name = capture.row_name(row)
            yield from _compare(name, row, rows.pop(name, None))
            db.session.expunge(row)
    for name in sorted(rows):
        yield Fault("row", name, "is in the record but not in the database: it was deleted unseen")


def _compare(name: str, row: Any, recorded: dict[str, Any] | None) -> Iterator[Fault]:
    if recorded is None:
        yield Fault("row", name, "is in the database but not in the record: it was inserted unseen")
        return
    for key, column in capture.recorded_columns(db.inspect(row).mapper):
        if column in capture.SECRET_COLUMNS:
            continue
        stored = capture.json_value(getattr(row, key))
        if stored != recorded.get(column):
            yield Fault("row", name, f"{column} is {stored!r}, but the record says {recorded.get(column)!r}")
