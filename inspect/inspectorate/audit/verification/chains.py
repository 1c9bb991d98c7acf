"""Every entry in its chain and every seal in the chain of seals, and each entry under its seal."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ..keys import record_key
from ..models import RecordEntry, RecordSeal
from ..rules import GENESIS, entry_hash, entry_name, seal_hash, stamp
from ..witness import Head, remembered
from .faults import Fault
from .reading import rows, some_columns, table_of
from .rows import Sums

CONTENT = ("subject_type", "subject_id", "seq", "at", "actor_id", "actor_name", "event", "changes", "reason")
SEALED = ("number", "installation", "at", "covers", "previous_hash")

ENTRIES = table_of(RecordEntry)
SEALS = table_of(RecordSeal)


def entry_faults(connection: Connection, sums: Sums | None = None) -> Iterator[Fault]:
    """Walk chain after chain; ``sums`` takes in what the entries say of rows."""
    place = ENTRIES.c.subject_type, ENTRIES.c.subject_id, ENTRIES.c.seq
    chain, seq, previous = None, 0, GENESIS
    for entry in rows(connection, ENTRIES, lambda query: query.order_by(*place)):
        if chain != (chain := (entry["subject_type"], entry["subject_id"])):
            seq, previous = 0, GENESIS
        where = _where(entry)
        if entry["seq"] != seq + 1:
            yield Fault("entry", where, f"expected #{seq + 1} here: an entry is missing or out of order")
        if entry["previous_hash"] != previous:
            yield Fault("entry", where, "does not follow the entry before it")
        if entry_hash(**{name: entry[name] for name in (*CONTENT, "previous_hash")}) != entry["hash"]:
            yield Fault("entry", where, "its content was altered")
        seq, previous = entry["seq"], entry["hash"]
        if sums is not None:
            sums.add(entry["changes"])


def named(entry: dict[str, Any]) -> str:
    """The name of an entry."""
    return entry_name(entry["subject_type"], entry["subject_id"], entry["seq"])


class Outside(NamedTuple):
    """What verification knows that is not in the database: the record key, and the last seal that was seen."""

    key: bytes
    seen: Head | None

    @classmethod
    def of_this_machine(cls) -> "Outside":
        """The key of this installation, and what this machine saw committed."""
        return cls(record_key(), remembered())


def seal_faults(connection: Connection, outside: Outside) -> Iterator[Fault]:
    """Walk the seals in their order, then each with the entries under it."""
    yield from _chain_of_seals(connection, outside)
    yield from _coverage(connection)


def seal_named(seal: dict[str, Any]) -> str:
    """The name of a seal."""
    return f"seal {seal['number']}"


def _chain_of_seals(connection: Connection, outside: Outside) -> Iterator[Fault]:
    seen, foreign = outside.seen, []
    number, previous, installation = 0, GENESIS, None
    for seal in rows(connection, SEALS, lambda query: query.order_by(SEALS.c.number)):
        where = seal_named(seal)
        if seal["number"] != number + 1:
            yield Fault("seal", where, f"expected seal {number + 1} here: a seal is missing or out of order")
        if seal["previous_hash"] != previous or seal["installation"] != (installation or seal["installation"]):
            yield Fault("seal", where, "does not follow the seal before it")
        if seal_hash(**{name: seal[name] for name in SEALED}) != seal["hash"]:
            yield Fault("seal", where, "its content was altered")
        if stamp(outside.key, seal["hash"]) != seal["stamp"]:
            foreign.append(seal["number"])
        number, previous, installation = seal["number"], seal["hash"], seal["installation"]
        if seen and (seen.installation, seen.number) == (installation, number) and seen.hash != previous:
            yield Fault("seal", where, "is not the one that this machine saw: the record was written anew")
    for first, last in _runs(foreign):
        which = f"seal {first}" if first == last else f"seals {first} to {last}"
        yield Fault("seal", which, "not stamped with the record key of this installation (RECORD_KEY, DATA_DIR)")
    if seen and seen.number > number and seen.installation == (installation or seen.installation):
        which = f"seals {number + 1} to {seen.number}"
        yield Fault("seal", which, "are missing at the end, but this machine has seen them: the record was cut off")


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, as pairs of the first and the last."""
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def _coverage(connection: Connection) -> Iterator[Fault]:
    """Entries and seals, both in the order of seals."""
    columns = [ENTRIES.c[name] for name in ("id", "seal_id", "subject_type", "subject_id", "seq", "hash")]
    entries = some_columns(connection, columns, lambda query: query.order_by(ENTRIES.c.seal_id, ENTRIES.c.id))
    seals = rows(connection, SEALS, lambda query: query.order_by(SEALS.c.id))
    seal = next(seals, None)
    for seal_id, group in groupby(entries, key=lambda entry: entry["seal_id"]):
        while seal and seal["id"] < seal_id:
            yield from _under(seal, iter(()))
            seal = next(seals, None)
        if seal and seal["id"] == seal_id:
            yield from _under(seal, group)
            seal = next(seals, None)
        else:
            for entry in group:
                yield Fault("entry", _where(entry), "is under no seal: it was inserted unseen, or its seal is gone")
    while seal:
        yield from _under(seal, iter(()))
        seal = next(seals, None)


def _where(entry: dict[str, Any]) -> str:
    return f"{named(entry)} (entry {entry['id']})"


def _under(seal: dict[str, Any], entries: Iterator[dict[str, Any]]) -> Iterator[Fault]:
    """The entries that bear a seal's id against those that it covers."""
    try:
        covered = {(number, name): hash_ for number, name, hash_ in seal["covers"]}
    except (TypeError, ValueError):
        return  # named already: the content of the seal was altered
    for entry in entries:
        hash_ = covered.pop((entry["id"], named(entry)), None)
        if hash_ is None:
            yield Fault("entry", _where(entry), f"is not among those under {seal_named(seal)}: it was inserted unseen")
        elif hash_ != entry["hash"]:
            yield Fault("entry", _where(entry), f"is not as {seal_named(seal)} covers it: it was written anew")
    for number, name in covered:
        what = f"is under {seal_named(seal)} of {seal['at']}, but not in the database: it was deleted"
        yield Fault("entry", f"{name} (entry {number})", what)


def record_faults(connection: Connection) -> list[Fault]:
    """Faults of the entries and seals alone."""
    return [*entry_faults(connection), *seal_faults(connection, Outside.of_this_machine())]
