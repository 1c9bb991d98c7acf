"""A backup made while people work brings everything back, on either database, or nothing at all."""

import contextvars
import hashlib
import json
import re
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from inspectorate import clock, create_app, files
from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.models import Agency
from inspectorate.audit import seals, witness
from inspectorate.audit.actions import record
from inspectorate.audit.models import RecordEntry, RecordSeal
from inspectorate.audit.verification import verify
from inspectorate.audit.witness import Head
from inspectorate.documents.models import Document
from inspectorate.extensions import db, unit_of_work
from inspectorate.inspections.models import Evidence
from tests.databases import KINDS, Database, dispose, owner_of
from tests.harness.scale import FULL, count
from tests.harness.world import World, build


@pytest.fixture
def world(session: Any, monkeypatch: pytest.MonkeyPatch) -> World:
    return build(monkeypatch)


@pytest.fixture
def run(app: Flask) -> Callable[..., Any]:
    """A command of the application under test."""
    return partial(on, app)


@pytest.fixture(params=["other", "same"] if FULL else ["other"])
def elsewhere(
    request: pytest.FixtureRequest, database: Database, run_folder: Path, tmp_path: Path, worker_name: str
) -> Iterator[Flask]:
    """A fresh installation on another machine, with the other kind of database; in the full run with the same too."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    here = type(database)
    kind = next(one for one in KINDS.values() if (one is here) == (request.param == "same"))
    database = kind(run_folder, folder, f"{worker_name}_elsewhere", owner_of(request.config))
    application = create_app(database.config() | {"SECRET_KEY": None})
    database.reset(application)
    yield application
    with application.app_context():
        db.session.remove()
    dispose(application)


def on(application: Flask, *arguments: Any) -> Any:
    """A command of one of the applications, in a context of its own."""
    runner = application.test_cli_runner()
    return contextvars.Context().run(runner.invoke, args=[str(one) for one in arguments])


def exported(application: Flask, path: Path) -> bytes:
    assert on(application, "export", "--drafts", "-o", path).exit_code == 0
    return path.read_bytes()


def test_everything_comes_back_byte_for_byte_and_verified(
    app: Flask, elsewhere: Flask, world: World, tmp_path: Path
) -> None:
    db.session.remove()
    before = exported(app, tmp_path / "before.jsonl")
    made = on(app, "backup", tmp_path / "backup.zip")
    assert made.exit_code == 0, made.output
    back = on(elsewhere, "restore", tmp_path / "backup.zip")
    assert back.exit_code == 0, back.output
    assert "verified" in back.stdout and back.stderr == ""
    assert exported(elsewhere, tmp_path / "after.jsonl") == before
    with elsewhere.app_context():
        assert verify() == []
        kept = db.session.scalars(select(Evidence.sha256).where(Evidence.sha256.is_not(None))).all()
        assert kept and all(files.get(sha256) for sha256 in kept)
    assert oct((tmp_path / "backup.zip").stat().st_mode)[-3:] == "600"
    assert (elsewhere.config["DATA_DIR"] / "secret").read_text() == app.secret_key
    work_goes_on(elsewhere, tmp_path)


def test_a_restore_stands_in_the_record_that_it_brought_back(
    app: Flask, elsewhere: Flask, world: World, tmp_path: Path
) -> None:
    head = seals.newest(db.session.connection())
    db.session.remove()
    assert head and on(app, "backup", tmp_path / "backup.zip").exit_code == 0
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        digest = hashlib.sha256(archive.read("manifest.json")).hexdigest()
    assert on(elsewhere, "restore", tmp_path / "backup.zip").exit_code == 0
    with elsewhere.app_context():
        last = db.session.scalars(select(RecordEntry).order_by(RecordEntry.id.desc()).limit(1)).one()
        assert (last.event, last.subject_type, last.actor_id) == ("backup:archive:restore", "installation", None)
        told = last.reason or ""
        assert f"第{head.number}号" in told and head.hash in told and digest in told and "校验通过" in told
        assert witness.remembered() == seals.newest(db.session.connection())
        assert witness.remembered() == Head(head.installation, head.number + 1, newest_hash())
        assert verify() == []


def newest_hash() -> str:
    return db.session.scalars(select(RecordSeal.hash).order_by(RecordSeal.number.desc()).limit(1)).one()


def work_goes_on(elsewhere: Flask, tmp_path: Path) -> None:
    with elsewhere.app_context():
        with unit_of_work():
            agency = Agency(name="新机关", region_code="330106", sector="health")
            db.session.add(agency)
            db.session.flush()
            record(agency, "accounts:agency:add", SYSTEM)
        assert verify() == []
        again = on(elsewhere, "backup", tmp_path / "again.zip")
        assert again.exit_code == 0, again.output


def rename(agency_id: int, number: int) -> None:
    with unit_of_work():
        agency = db.session.get_one(Agency, agency_id)
        agency.phone = f"0571-{number}"
        photo = Evidence(case_id=1, kind="audiovisual", title=f"{number}", captured_at=clock.now())
        photo.sha256 = files.put(f"photo {number}".encode())
        db.session.add(photo)
        record(agency, "accounts:agency:change", SYSTEM)


def test_a_backup_made_while_others_write_is_of_one_moment(
    app: Flask, elsewhere: Flask, world: World, tmp_path: Path, record_property: Callable[[str, str], None]
) -> None:
    """Several backups in a row; each holds a file exactly for every row that names one, and verifies."""
    agency_id = world.ids["agency_id"]
    db.session.remove()
    done, stop = [0], threading.Event()

    def write() -> None:
        with app.app_context():
            while not stop.is_set():
                rename(agency_id, done[0])
                done[0] += 1
            db.session.remove()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        moments = []
        for number in range(count(2, 20)):
            made = on(app, "backup", tmp_path / f"{number}.zip")
            assert made.exit_code == 0, made.output
            moments.append(made.stdout)
    finally:
        stop.set()
        writer.join()
    for number in range(len(moments)):
        back = on(elsewhere, "restore", "--replace", tmp_path / f"{number}.zip")
        assert back.exit_code == 0, back.output
        with elsewhere.app_context():
            named = set(db.session.scalars(select(Evidence.sha256).where(Evidence.sha256.is_not(None))))
            db.session.remove()
        with zipfile.ZipFile(tmp_path / f"{number}.zip") as archive:
            assert {name[6:] for name in archive.namelist() if name.startswith("files/")} == named | papers(elsewhere)
    assert done[0] >= len(moments)
    record_property("found", f"{len(moments)} backups while {done[0]} changes were written: each restored and verified")


def papers(application: Flask) -> set[str]:
    with application.app_context():
        found = set(db.session.scalars(select(Document.pdf_sha256).where(Document.pdf_sha256.is_not(None))))
        db.session.remove()
    return {one for one in found if one}


def counted(application: Flask) -> tuple[int, bool]:
    with application.app_context():
        number = db.session.scalar(select(func.count()).select_from(RecordEntry)) or 0
        db.session.remove()
    return number, (application.config["DATA_DIR"] / "record-head").exists()


def test_restore_never_overwrites_unless_told(app: Flask, world: World, run: Any, tmp_path: Path) -> None:
    db.session.remove()
    run("backup", tmp_path / "backup.zip")
    rename(world.ids["agency_id"], 1)
    before = counted(app)
    refused = run("restore", tmp_path / "backup.zip")
    assert refused.exit_code == 1 and "--replace" in refused.stderr and refused.stderr.count("\n") == 1
    assert counted(app) == before
    told = run("restore", tmp_path / "backup.zip", "--replace")
    assert told.exit_code == 0, told.output
    assert counted(app) == (before[0], True)  # one entry is gone, that of the restore has come
    assert verify() == []


def rewritten(source: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The archive with other members, and a manifest that says so: what a careful forger makes."""
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(members)
    manifest["parts"] = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in members.items()
    }
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in (*members.items(), ("manifest.json", json.dumps(manifest).encode())):
            archive.writestr(name, content)
    return target


def forge_a_row(members: dict[str, bytes]) -> None:
    members["tables/agency.jsonl"] = members["tables/agency.jsonl"].replace(b"330106", b"330105", 1)


def drop_a_row(members: dict[str, bytes]) -> None:
    members["tables/agency.jsonl"] = members["tables/agency.jsonl"].partition(b"\n")[2]


def drop_a_file(members: dict[str, bytes]) -> None:
    del members[next(name for name in members if name.startswith("files/"))]


def swap_a_file(members: dict[str, bytes]) -> None:
    members[next(name for name in members if name.startswith("files/"))] = b"another"


def drop_the_key(members: dict[str, bytes]) -> None:
    del members["keys/record-key"]


def another_key(members: dict[str, bytes]) -> None:
    members["keys/record-key"] = b"another"


def break_a_line(members: dict[str, bytes]) -> None:
    members["tables/officer.jsonl"] = b"[1,2]\n" + members["tables/officer.jsonl"]


def break_a_day(members: dict[str, bytes]) -> None:
    members["tables/inspection.jsonl"] = members["tables/inspection.jsonl"].replace(b'"2026-', b'"20x6-')


def drop_a_table(members: dict[str, bytes]) -> None:
    del members["tables/payment.jsonl"]


def unknown_parent(members: dict[str, bytes]) -> None:
    members["tables/agency.jsonl"] = b""


FORGERIES = [
    forge_a_row,
    swap_a_file,
    another_key,
    break_a_day,
    unknown_parent,
    drop_a_row,
    drop_the_key,
    break_a_line,
    drop_a_table,
]


def test_a_forged_archive_leaves_nothing_behind(app: Flask, world: World, run: Any, tmp_path: Path) -> None:
    db.session.remove()
    run("backup", tmp_path / "backup.zip")
    rename(world.ids["agency_id"], 1)
    before, store = counted(app), sorted(files.stored())
    for forgery in FORGERIES[: count(5, len(FORGERIES))]:
        path = rewritten(tmp_path / "backup.zip", tmp_path / "forged.zip", forgery)
        result = run("restore", "--replace", path)
        assert result.exit_code == 1 and result.stdout == "", forgery
        assert not result.exception or isinstance(result.exception, SystemExit), forgery
        assert "Traceback" not in result.stderr
        assert counted(app) == before and sorted(files.stored()) == store, forgery
        assert verify() == [], forgery


def test_an_archive_without_one_of_its_files_is_not_brought_back(
    app: Flask, elsewhere: Flask, world: World, tmp_path: Path
) -> None:
    db.session.remove()
    on(app, "backup", tmp_path / "backup.zip")
    path = rewritten(tmp_path / "backup.zip", tmp_path / "forged.zip", drop_a_file)
    result = on(elsewhere, "restore", path)
    assert result.exit_code == 1 and "missing from the store" in result.stderr
    assert counted(elsewhere) == (0, False)


def test_a_backup_of_another_schema_is_refused(app: Flask, world: World, run: Any, tmp_path: Path) -> None:
    db.session.remove()
    run("backup", tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["manifest.json"] = re.sub(rb'"schema": "\d+"', b'"schema": "9999"', members["manifest.json"])
    with zipfile.ZipFile(tmp_path / "later.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    result = run("restore", "--replace", tmp_path / "later.zip")
    assert result.exit_code == 1 and "9999" in result.stderr and result.stderr.count("\n") == 1


def test_a_lost_file_is_named_and_does_not_keep_the_rest_from_being_saved(
    app: Flask, world: World, run: Any, tmp_path: Path
) -> None:
    lost = next(files.stored())
    db.session.remove()
    files.remove(lost)
    refused = run("backup", tmp_path / "backup.zip")
    assert refused.exit_code == 1 and lost in refused.stderr and not (tmp_path / "backup.zip").exists()
    made = run("backup", "--despite-faults", tmp_path / "backup.zip")
    assert made.exit_code == 0 and lost in made.stderr
    assert run("restore", "--replace", tmp_path / "backup.zip").exit_code == 1
    told = run("restore", "--replace", "--despite-faults", tmp_path / "backup.zip")
    assert told.exit_code == 0 and lost in told.stderr


def test_a_tampered_database_is_told_when_it_is_brought_back(
    app: Flask, world: World, run: Any, tmp_path: Path
) -> None:
    with unit_of_work():
        db.session.execute(text("UPDATE agency SET name = '偷改' WHERE id = 1"))
    db.session.remove()
    run("backup", tmp_path / "backup.zip")
    result = run("restore", "--replace", tmp_path / "backup.zip")
    assert result.exit_code == 1 and "agency:1" in result.stderr and "name is" in result.stderr


def test_an_empty_database_without_tables_is_set_up_by_the_restore(
    app: Flask, world: World, run: Any, tmp_path: Path
) -> None:
    db.session.remove()
    run("backup", tmp_path / "backup.zip")
    (tmp_path / "bare").mkdir()
    bare = create_app(
        {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'bare' / 'x.db'}", "DATA_DIR": tmp_path / "bare",
         "FILES_URL": (tmp_path / "bare" / "files").as_uri(), "TESTING": True}
    )  # fmt: skip
    result = on(bare, "restore", tmp_path / "backup.zip")
    assert result.exit_code == 0, result.output
    assert on(bare, "audit", "verify").exit_code == 0
    dispose(bare)
