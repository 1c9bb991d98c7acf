"""What somebody with the database, the disk and time could do to it behind the application's back.

Each manipulation is done on a connection whose transaction is rolled back afterwards, or undoes itself on the disk, and
says what verification must name. The careful ones recompute hashes and take back rows, as an expert would.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Connection, Table, delete, func, insert, select, text, update

from inspectorate.audit.models import RecordEntry, RecordSeal
from inspectorate.audit.rules import entry_hash, entry_name, seal_hash
from inspectorate.audit.verification.faults import Fault
from inspectorate.audit.verification.rows import recorded_tables

ENTRIES: Table = RecordEntry.__table__  # type: ignore[assignment]
SEALS: Table = RecordSeal.__table__  # type: ignore[assignment]
CONTENT = ("subject_type", "subject_id", "seq", "at", "actor_id", "actor_name", "event", "changes", "reason")


class NotPossible(Exception):
    """There is nothing here to do this to; another manipulation is tried."""


@dataclass(frozen=True)
class Named:
    """What one of the faults must name: its kind, its place, and a word of what is said."""

    kind: str
    where: str
    what: str = ""

    def by(self, faults: list[Fault]) -> bool:
        """Whether a fault names it."""
        return any(one.kind == self.kind and self._is_at(one.where) and self.what in one.what for one in faults)

    def _is_at(self, where: str) -> bool:
        return self.where == where if self.kind in ("row", "file") else self.where in where


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Triggers, foreign keys and checks are off inside, and as before afterwards."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        yield
        return
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    triggers = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for name, _sql in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for _name, sql in triggers:
        connection.exec_driver_sql(sql)


def one_of(connection: Connection, table: Table, random: Random, *, number: int = 1) -> list[dict[str, Any]]:
    """Random rows of a table."""
    ids = sorted(connection.scalars(select(table.c.id)))
    if len(ids) < number:
        raise NotPossible
    chosen = random.sample(ids, number)
    rows = connection.execute(select(table).where(table.c.id.in_(chosen))).mappings()
    by_id = {row["id"]: dict(row) for row in rows}
    return [by_id[row_id] for row_id in chosen]


def another(column: Column[Any], value: Any, random: Random) -> Any:
    """A value of the column's kind that is not ``value``."""
    if value is not None and column.nullable and random.random() < 0.2:
        return None
    match value:
        case bool():
            return not value
        case int():
            return value + random.choice((-1, 1, 1000))
        case str():
            return value[:-1] if len(value) > 1 and random.random() < 0.5 else f"{value[:5]}改"
        case datetime():
            return value + timedelta(microseconds=random.choice((1, 10**6)))
        case date():
            return value + timedelta(days=random.choice((-1, 1, 365)))
        case list():
            return [*value, "改"] if not value or random.random() < 0.5 else value[:-1]
        case dict():
            return {**value, "改": 1}
    if isinstance(column.type, JSON):
        return {"改": 1}
    if isinstance(column.type, Boolean):
        return True
    kind = column.type.python_type
    return {int: 1, str: "改", date: date(2026, 1, 1)}.get(kind) or datetime(2026, 1, 1).astimezone()


def change(connection: Connection, table: Table, row: dict[str, Any], **values: Any) -> None:
    connection.execute(update(table).where(table.c.id == row["id"]).values(values))


def entry_of(row: dict[str, Any]) -> str:
    return f"{entry_name(row['subject_type'], row['subject_id'], row['seq'])} (entry {row['id']})"


# ---------------------------------------------------------------- rows


def _table(connection: Connection, random: Random) -> Table:
    filled = [one for one in recorded_tables() if connection.scalar(select(func.count()).select_from(one))]
    return random.choice(filled)


def change_a_value(connection: Connection, random: Random) -> Named:
    table = _table(connection, random)
    (row,) = one_of(connection, table, random)
    column = random.choice(list(table.columns))
    change(connection, table, row, **{column.name: another(column, row[column.name], random)})
    if column.name == "id":
        return Named("row", f"{table.name}:{row['id']}", "deleted unseen")
    return Named("row", f"{table.name}:{row['id']}", f"{column.name} is ")


def delete_a_row(connection: Connection, random: Random) -> Named:
    table = _table(connection, random)
    (row,) = one_of(connection, table, random)
    connection.execute(delete(table).where(table.c.id == row["id"]))
    return Named("row", f"{table.name}:{row['id']}", "deleted unseen")


def insert_a_row(connection: Connection, random: Random) -> Named:
    table = _table(connection, random)
    (row,) = one_of(connection, table, random)
    row["id"] = (connection.scalar(select(func.max(table.c.id))) or 0) + random.choice((1, 1000))
    singular = [c.name for c in table.columns if c.name in ("key", "code", "name", "number", "position", "user_id")]
    row |= {name: another(table.c[name], row[name], random) for name in singular}
    connection.execute(insert(table).values(row))
    return Named("row", f"{table.name}:{row['id']}", "inserted unseen")


def swap_values(connection: Connection, random: Random) -> Named:
    table = _table(connection, random)
    first, second = one_of(connection, table, random, number=2)
    differing = [c for c in table.columns if first[c.name] != second[c.name] and not (c.unique or c.primary_key)]
    if not differing:
        raise NotPossible
    name = random.choice(differing).name
    change(connection, table, first, **{name: second[name]})
    change(connection, table, second, **{name: first[name]})
    return Named("row", f"{table.name}:{first['id']}", f"{name} is ")


def swap_rows(connection: Connection, random: Random) -> Named:
    table = _table(connection, random)
    first, second = one_of(connection, table, random, number=2)
    if {**first, "id": 0} == {**second, "id": 0}:
        raise NotPossible
    _swap(connection, table, first, second, "id")
    return Named("row", f"{table.name}:{first['id']}", " is ")


def _swap(connection: Connection, table: Table, first: dict[str, Any], second: dict[str, Any], name: str) -> None:
    aside = -(connection.scalar(select(func.max(table.c[name]))) or 0) - 1
    place = table.c.id if name == "id" else table.c[name]
    if name == "id":
        for before, after in ((first["id"], aside), (second["id"], first["id"]), (aside, second["id"])):
            connection.execute(update(table).where(place == before).values(id=after))
        return
    for row, value in ((first, aside), (second, first[name]), (first, second[name])):
        change(connection, table, row, **{name: value})


# ---------------------------------------------------------------- entries


def change_an_entry(connection: Connection, random: Random) -> Named:
    (row,) = one_of(connection, ENTRIES, random)
    column = random.choice(list(ENTRIES.columns))
    value = another(column, row[column.name], random)
    change(connection, ENTRIES, row, **{column.name: value})
    place = entry_of({**row, column.name: value} if column.name in ("subject_type", "subject_id", "seq", "id") else row)
    return Named("entry", place)


def rewrite_an_entry(connection: Connection, random: Random) -> Named:
    """With its hash, and the hashes of all that follow in its chain: the chain alone looks whole."""
    (row,) = one_of(connection, ENTRIES, random)
    name = random.choice(("actor_name", "reason", "event"))
    row[name] = another(ENTRIES.c[name], row[name], random)
    chain = (ENTRIES.c.subject_type == row["subject_type"]) & (ENTRIES.c.subject_id == row["subject_id"])
    later = select(ENTRIES).where(chain, ENTRIES.c.seq > row["seq"]).order_by(ENTRIES.c.seq)
    previous = row["previous_hash"]
    for one in (row, *map(dict, connection.execute(later).mappings().all())):
        content = {key: one[key] for key in CONTENT} | {"previous_hash": previous}
        previous = entry_hash(**content)
        change(connection, ENTRIES, one, **content, hash=previous)
    return Named("entry", entry_of(row), "written anew")


def delete_an_entry(connection: Connection, random: Random) -> Named:
    (row,) = one_of(connection, ENTRIES, random)
    connection.execute(delete(ENTRIES).where(ENTRIES.c.id == row["id"]))
    return Named("entry", entry_of(row), "deleted")


def insert_an_entry(connection: Connection, random: Random) -> Named:
    """At the end of a chain, with the right hash."""
    (row,) = one_of(connection, ENTRIES, random)
    chain = (ENTRIES.c.subject_type == row["subject_type"]) & (ENTRIES.c.subject_id == row["subject_id"])
    last = connection.execute(select(ENTRIES).where(chain).order_by(ENTRIES.c.seq.desc()).limit(1)).mappings().one()
    content = {key: row[key] for key in CONTENT} | {
        "seq": last["seq"] + 1,
        "previous_hash": last["hash"],
        "changes": [],
    }
    forged = {"id": (connection.scalar(select(func.max(ENTRIES.c.id))) or 0) + 1, **content}
    closing = {"hash": entry_hash(**content), "seal_id": row["seal_id"]}
    connection.execute(insert(ENTRIES).values(forged | closing))
    return Named("entry", entry_of(forged), "inserted unseen")


def reorder_entries(connection: Connection, random: Random) -> Named:
    """Two entries change places, in their chain or in the order of writing, or seals."""
    first, second = one_of(connection, ENTRIES, random, number=2)
    name = random.choice(("id", "seq", "seal_id"))
    if first[name] == second[name]:
        raise NotPossible
    _swap(connection, ENTRIES, first, second, name)
    return Named("entry", entry_name(first["subject_type"], first["subject_id"], first["seq"]))


def swap_entries(connection: Connection, random: Random) -> Named:
    """What two entries say, each under the other's name."""
    first, second = one_of(connection, ENTRIES, random, number=2)
    said = ("actor_name", "event", "changes", "reason", "at", "hash")
    if all(first[name] == second[name] for name in said):
        raise NotPossible
    change(connection, ENTRIES, first, **{name: second[name] for name in said})
    change(connection, ENTRIES, second, **{name: first[name] for name in said})
    return Named("entry", entry_of(first))


def truncate_a_chain(connection: Connection, random: Random) -> Named:
    (row,) = one_of(connection, ENTRIES, random)
    chain = (ENTRIES.c.subject_type == row["subject_type"]) & (ENTRIES.c.subject_id == row["subject_id"])
    connection.execute(delete(ENTRIES).where(chain, ENTRIES.c.seq >= row["seq"]))
    return Named("entry", entry_of(row), "deleted")


# ---------------------------------------------------------------- seals


def change_a_seal(connection: Connection, random: Random) -> Named:
    (row,) = one_of(connection, SEALS, random)
    column = random.choice(list(SEALS.columns))
    value = another(column, row[column.name], random)
    change(connection, SEALS, row, **{column.name: value})
    if column.name == "id":
        return Named("entry", "", "is under no seal")
    return Named("seal", f"seal {value if column.name == 'number' else row['number']}")


def rewrite_a_seal(connection: Connection, random: Random) -> Named:
    """One entry less under it, with its hash, and those of all later seals: only the stamps tell."""
    (row,) = one_of(connection, SEALS, random)
    entries = [number for number, _name, _hash in row["covers"]]
    connection.execute(delete(ENTRIES).where(ENTRIES.c.id == entries[-1]))
    row["covers"] = row["covers"][:-1]
    later = select(SEALS).where(SEALS.c.number > row["number"]).order_by(SEALS.c.number)
    previous = row["previous_hash"]
    for one in (row, *map(dict, connection.execute(later).mappings().all())):
        content = {key: one[key] for key in ("number", "installation", "at", "covers")} | {"previous_hash": previous}
        previous = seal_hash(**content)
        change(connection, SEALS, one, **content, hash=previous)
    return Named("seal", f"{row['number']}", "not stamped with the record key")


def delete_a_seal(connection: Connection, random: Random) -> Named:
    (row,) = one_of(connection, SEALS, random)
    connection.execute(delete(SEALS).where(SEALS.c.id == row["id"]))
    return Named("entry", row["covers"][0][1], "is under no seal")


def swap_seals(connection: Connection, random: Random) -> Named:
    first, second = one_of(connection, SEALS, random, number=2)
    _swap(connection, SEALS, first, second, "number")
    return Named("seal", f"seal {first['number']}")


def truncate_everything(connection: Connection, random: Random) -> Named:
    """The last transactions, with their seals, and every row as it was before: an earlier state of the same record."""
    last = connection.scalar(select(func.max(SEALS.c.number))) or 0
    keep = last - random.randint(1, 3)
    for seal in connection.execute(select(SEALS).where(SEALS.c.number > keep).order_by(SEALS.c.number.desc())).all():
        entries = select(ENTRIES).where(ENTRIES.c.seal_id == seal.id).order_by(ENTRIES.c.id.desc())
        for entry in connection.execute(entries).all():
            for one in reversed(entry.changes):
                _take_back(connection, one)
        connection.execute(delete(ENTRIES).where(ENTRIES.c.seal_id == seal.id))
        connection.execute(delete(SEALS).where(SEALS.c.id == seal.id))
    return Named("seal", f"seals {keep + 1} to {last}", "cut off")


def _take_back(connection: Connection, one: dict[str, Any]) -> None:
    name, _colon, row_id = one["row"].partition(":")
    table = ENTRIES.metadata.tables[name]
    before = {column: _typed(table.c[column], pair[0]) for column, pair in one["set"].items()}
    if one["op"] == "insert":
        connection.execute(delete(table).where(table.c.id == int(row_id)))
    elif one["op"] == "update":
        change(connection, table, {"id": int(row_id)}, **before)
    else:
        connection.execute(insert(table).values(before))


def _typed(column: Column[Any], value: Any) -> Any:
    if isinstance(value, str) and not isinstance(column.type, JSON):
        kind = column.type.python_type
        return kind.fromisoformat(value) if kind in (date, datetime) else value
    return value


# ---------------------------------------------------------------- files


def manipulate_a_file(paths: list[Path], random: Random) -> tuple[str, Named, Callable[[], None]]:
    """Returns what was done, what must be named, and how it is undone."""
    first, second = random.sample(paths, 2)
    before = {path: path.read_bytes() for path in (first, second)}
    content = before[first]
    done = random.choice(("flip a bit", "truncate", "delete", "swap", "replace", "append"))
    match done:
        case "flip a bit":
            place = random.randrange(len(content))
            first.write_bytes(
                content[:place] + bytes([content[place] ^ (1 << random.randrange(8))]) + content[place + 1 :]
            )
        case "truncate":
            first.write_bytes(content[: random.randrange(len(content))])
        case "delete":
            first.unlink()
        case "swap":
            first.write_bytes(before[second])
            second.write_bytes(content)
        case "replace":
            first.write_bytes(random.randbytes(len(content)))
        case "append":
            first.write_bytes(content + b"\0")

    def undo() -> None:
        for path, whole in before.items():
            path.write_bytes(whole)

    return f"{done} (file)", Named("file", first.name, "missing" if done == "delete" else "altered"), undo


IN_THE_DATABASE: tuple[Callable[[Connection, Random], Named], ...] = (
    change_a_value,
    change_a_value,
    change_a_value,
    delete_a_row,
    insert_a_row,
    swap_values,
    swap_rows,
    change_an_entry,
    change_an_entry,
    rewrite_an_entry,
    delete_an_entry,
    insert_an_entry,
    reorder_entries,
    swap_entries,
    truncate_a_chain,
    change_a_seal,
    rewrite_a_seal,
    delete_a_seal,
    swap_seals,
    truncate_everything,
)
