"""Seals: every transaction ends with one, and one kept elsewhere tells what even the key's owner has changed."""

import json
import os
import stat
import threading
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update

from inspectorate import files
from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.models import Agency, User
from inspectorate.audit import keys, witness
from inspectorate.audit.actions import record, record_all
from inspectorate.audit.capture import Unrecorded, is_recorded
from inspectorate.audit.models import RecordEntry, RecordSeal
from inspectorate.audit.rules import seal_hash, stamp
from inspectorate.audit.seals import MOST
from inspectorate.audit.verification import remarks, verify
from inspectorate.audit.verification.files import NAMING
from inspectorate.extensions import Base, db, unit_of_work
from tests import factories
from tests.harness import manipulations


def add(*names: str) -> None:
    """An agency by each name, in a transaction of its own."""
    for name in names:
        with unit_of_work():
            agency = Agency(name=name, region_code="330106", sector="health", key=name)
            db.session.add(agency)
            db.session.flush()
            record(agency, "accounts:agency:add", SYSTEM)


def run(app: Flask, *arguments: Any) -> Any:
    return app.test_cli_runner().invoke(args=["audit", *map(str, arguments)])


@pytest.fixture
def sealed(app: Flask, session: Any, tmp_path: Path) -> Path:
    """A seal kept elsewhere, of a record of four entries."""
    add("甲", "乙", "丙", "丁")
    path = tmp_path / "seal.json"
    assert run(app, "seal", "-o", path).exit_code == 0
    return path


def behind_the_back(*statements: Any) -> None:
    with db.engine.connect() as connection, connection.begin(), manipulations.unguarded(connection):
        for statement in statements:
            connection.execute(text(statement) if isinstance(statement, str) else statement)


def test_every_transaction_ends_with_a_seal_that_follows_the_one_before(session: Any) -> None:
    add("甲", "乙")
    first, second = session.scalars(select(RecordSeal).order_by(RecordSeal.number))
    assert (first.number, second.number) == (1, 2) and second.previous_hash == first.hash
    assert [name for _id, name, _hash in second.covers] == ["agency:2 #1"]
    assert first.installation == second.installation and first.stamp == stamp(keys.record_key(), first.hash)


def test_a_long_transaction_ends_with_several_seals(session: Any) -> None:
    with unit_of_work():
        rows = [Agency(name=str(n), region_code="330106", sector="health") for n in range(MOST + 1)]
        db.session.add_all(rows)
        db.session.flush()
        record_all(((row, [row]) for row in rows), "accounts:agency:add", SYSTEM)
    assert [len(seal.covers) for seal in session.scalars(select(RecordSeal).order_by(RecordSeal.number))] == [MOST, 1]
    assert verify() == []


def test_what_is_rolled_back_leaves_no_seal(session: Any) -> None:
    add("甲")
    with pytest.raises(RuntimeError), unit_of_work():
        record(session.get(Agency, 1), "accounts:agency:change", SYSTEM)
        raise RuntimeError
    add("乙")
    assert session.query(RecordSeal).count() == 2 and verify() == []


def test_a_kept_seal_still_holds_when_the_record_has_grown(app: Flask, sealed: Path) -> None:
    add("戊")
    checked = run(app, "check-seal", sealed)
    assert (checked.exit_code, checked.stderr) == (0, "") and "4 entries" in checked.stdout


def test_a_kept_seal_names_an_altered_entry(app: Flask, sealed: Path) -> None:
    behind_the_back("UPDATE record_entry SET actor_name = '别人' WHERE id = 3")
    checked = run(app, "check-seal", sealed, "--json")
    document = json.loads(checked.stdout)
    assert checked.exit_code == 1 and "entry 3" in document["first"]["where"]


def test_a_kept_seal_names_a_missing_entry(app: Flask, sealed: Path) -> None:
    behind_the_back("DELETE FROM record_entry WHERE id = 2")
    checked = run(app, "check-seal", sealed)
    assert checked.exit_code == 1 and "agency:2 #1 (entry 2): is under seal 2" in checked.stderr


def test_a_kept_seal_tells_what_nothing_inside_can_the_record_cut_off_with_its_rows(app: Flask, sealed: Path) -> None:
    with db.engine.connect() as connection, connection.begin(), manipulations.unguarded(connection):
        named = manipulations.truncate_everything(connection, Random(1))
    assert named.by(verify())
    witness.path().unlink()
    assert verify() == []
    checked = run(app, "check-seal", sealed)
    assert checked.exit_code == 1 and "cut off" in checked.stderr and "of 4 sealed entries are gone" in checked.stderr


def test_a_kept_seal_tells_where_the_owner_of_the_key_wrote_the_record_anew(app: Flask, sealed: Path) -> None:
    with db.engine.connect() as connection, connection.begin(), manipulations.unguarded(connection):
        _write_anew(connection, "乙", "假")
    witness.path().unlink()
    assert verify() == []
    checked = run(app, "check-seal", sealed)
    assert checked.exit_code == 1 and checked.stderr.startswith("seal seal 2: the record up to")


def _write_anew(connection: Any, before: str, after: str) -> None:
    """Another name for an agency, with every hash and stamp that follows from it."""
    entries, seals = manipulations.ENTRIES, manipulations.SEALS
    connection.execute(update(Agency.__table__).where(Agency.name == before).values(name=after, key=after))
    previous = "0" * 64
    for seal in connection.execute(select(seals).order_by(seals.c.number)).mappings().all():
        covers = []
        for number, name, hash_ in seal["covers"]:
            entry = connection.execute(select(entries).where(entries.c.id == number)).mappings().one()
            changes = json.loads(json.dumps(entry["changes"]).replace(json.dumps(before), json.dumps(after)))
            content = {key: entry[key] for key in (*manipulations.CONTENT, "previous_hash")} | {"changes": changes}
            new = manipulations.entry_hash(**content)
            connection.execute(update(entries).where(entries.c.id == number).values(changes=changes, hash=new))
            covers.append([number, name, new or hash_])
        content = {"number": seal["number"], "installation": seal["installation"], "at": seal["at"], "covers": covers}
        hashed = seal_hash(**content, previous_hash=previous)
        values = {
            "covers": covers,
            "previous_hash": previous,
            "hash": hashed,
            "stamp": stamp(keys.record_key(), hashed),
        }
        connection.execute(update(seals).where(seals.c.id == seal["id"]).values(values))
        previous = hashed


def test_a_seal_of_another_record_is_told_as_such(app: Flask, sealed: Path) -> None:
    content = json.loads(sealed.read_text())
    sealed.write_text(json.dumps(content | {"installation": "0" * 32}))
    checked = run(app, "check-seal", sealed)
    assert checked.exit_code == 1 and "of another record" in checked.stderr


@pytest.mark.parametrize("content", ["", "{}", "[]", "no JSON", '{"format": "other"}', '{"points": [{}]}'])
def test_what_is_no_seal_is_refused_in_one_line(app: Flask, session: Any, tmp_path: Path, content: str) -> None:
    (tmp_path / "seal.json").write_text(content)
    checked = run(app, "check-seal", tmp_path / "seal.json")
    assert checked.exit_code == 1 and checked.stderr.count("\n") == 1 and "not a seal" in checked.stderr


def test_an_empty_record_cannot_be_sealed(app: Flask, session: Any) -> None:
    result = run(app, "seal")
    assert result.exit_code == 1 and result.stdout == "" and result.stderr.count("\n") == 1


def test_another_key_is_told_in_one_line(app: Flask, sealed: Path) -> None:
    keys.path().write_text("another")
    assert [fault.where for fault in verify()] == ["seals 1 to 4"]


def test_the_key_is_readable_by_its_owner_alone(app: Flask, sealed: Path) -> None:
    assert stat.S_IMODE(os.stat(keys.path()).st_mode) == 0o600


def test_the_witness_keeps_the_latest_of_one_record_and_begins_anew_with_another(app: Flask, session: Any) -> None:
    witness.remember(witness.Head("a", 5, "x"))
    witness.remember(witness.Head("a", 4, "y" * 64))
    assert witness.remembered() == witness.Head("a", 5, "x")
    witness.remember(witness.Head("b", 1, "z"))
    assert witness.remembered() == witness.Head("b", 1, "z")
    witness.path().write_text("{torn")
    assert witness.remembered() is None


def test_a_statement_that_would_change_rows_unseen_is_refused(session: Any) -> None:
    add("甲")
    for statement in (
        update(Agency).values(name="x"),
        delete(Agency),
        insert(Agency).values(name="x"),
        update(Agency.__table__).values(name="x"),
    ):
        with pytest.raises(Unrecorded, match="agency"), unit_of_work():
            db.session.execute(statement)
    with pytest.raises(Unrecorded, match="agency"), unit_of_work():
        db.session.query(Agency).filter_by(id=1).update({"name": "x"})
    assert verify() == []


def test_a_trigger_that_was_taken_off_is_named(session: Any) -> None:
    add("甲")
    with unit_of_work():
        if db.engine.dialect.name == "sqlite":
            db.session.execute(text("DROP TRIGGER record_seal_no_update"))
        else:
            db.session.execute(text("ALTER TABLE record_seal DISABLE TRIGGER USER"))
    assert [(fault.kind, fault.where[:11]) for fault in verify()] == [("trigger", "record_seal")]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE officer SET certificate_from = 'tomorrow'", "certificate_from is 'tomorrow'"),
        ("UPDATE officer SET certificate_from = x'00ff'", "certificate_from is \"unreadable b'"),
        ("UPDATE officer SET legal_qualification = 7", "legal_qualification is 'unreadable 7'"),
        ("UPDATE app_user SET roles = '{'", "roles is \"unreadable '{'\""),
        ("UPDATE app_user SET roles = 4.5", "roles is"),
        ("UPDATE record_entry SET changes = 'x' WHERE id = 1", "its content was altered"),
        ("UPDATE record_entry SET changes = '[7]' WHERE id = 1", "its content was altered"),
        ("UPDATE record_entry SET at = 'x' WHERE id = 1", "its content was altered"),
        ("UPDATE record_seal SET covers = '7' WHERE id = 1", "its content was altered"),
    ],
)
def test_what_is_no_value_of_its_column_is_named_and_nothing_stumbles(
    app: Flask, session: Any, statement: str, named: str
) -> None:
    if db.engine.dialect.name != "sqlite":
        statement = "UPDATE officer SET certificate_from = 'infinity'"  # the only such value that PostgreSQL takes
        named = "certificate_from is 'infinity'"
    agency = factories.agency()
    officer, user = factories.officer(agency=agency), factories.user(agency=agency)
    record(officer, "accounts:officer:add", SYSTEM)
    record(user, "accounts:user:add", SYSTEM)
    session.commit()
    behind_the_back(statement)
    assert any(named in fault.what for fault in verify()), verify()


def test_a_password_put_in_the_place_of_another_is_noticed_although_the_record_does_not_hold_it(session: Any) -> None:
    user = factories.user()
    record(user, "accounts:user:add", SYSTEM)
    session.commit()
    kept = session.scalars(select(RecordEntry.changes)).all()
    assert user.password_hash not in json.dumps(kept)
    behind_the_back(update(User.__table__).values(password_hash="$argon2id$put in its place"))
    (fault,) = verify()
    assert (fault.where, fault.what[:13]) == (f"app_user:{user.id}", "password_hash")
    assert "argon2" not in fault.what


def test_a_file_that_no_row_names_is_a_remark_and_no_fault(app: Flask, session: Any) -> None:
    name = files.put(b"left by a crash")
    assert verify() == [] and [one.where for one in remarks()] == [name]
    result = run(app, "verify")
    assert result.exit_code == 0 and f"remark: file {name}" in result.stdout


NO_NAMES = {
    "document": {"snapshot_sha256"}, "campaign_bulletin": {"sha256"}, "form_text": {"sha256"},
    "return_link": {"code_sha256"}, "return_snapshot": {"form_sha256", "sha256"},
}  # fmt: skip
"""Columns with a SHA-256 that is not the name of a file."""


def test_every_column_that_names_a_file_is_looked_after() -> None:
    known = {(model.__tablename__, column) for model, column in NAMING}
    found = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("sha256") and column.name not in NO_NAMES.get(table.name, ())
    }
    assert found == known


def test_every_recorded_table_has_an_id_by_which_the_record_names_its_rows() -> None:
    assert not [table.name for table in Base.metadata.tables.values() if is_recorded(table) and "id" not in table.c]


def test_the_record_is_verified_as_of_one_moment_while_others_write(app: Flask, session: Any) -> None:
    add("甲")
    stop = threading.Event()

    def write() -> None:
        with app.app_context():
            number = 0
            while not stop.is_set():
                add(f"{number}")
                number += 1
            db.session.remove()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = [verify() for _ in range(10)]
    finally:
        stop.set()
        writer.join()
    assert found == [[]] * 10


def test_bytes_that_are_no_text_are_named_with_their_column(session: Any) -> None:
    if db.engine.dialect.name != "sqlite":
        return  # PostgreSQL takes only text
    add("甲")
    behind_the_back("UPDATE agency SET name = CAST(x'ff00' AS TEXT)")
    (fault,) = verify()
    assert fault.kind == "database" and "agency" in fault.where and "'name'" in fault.what
