"""The record: every change is in it, it cannot be changed, and whatever is tampered with is named."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from inspectorate.accounts.actor import SYSTEM
from inspectorate.accounts.models import Agency
from inspectorate.audit.actions import record
from inspectorate.audit.capture import Unrecorded
from inspectorate.audit.models import RecordEntry
from inspectorate.audit.verification import verify
from inspectorate.extensions import db, unit_of_work
from inspectorate.registry.models import Licence, Subject
from tests import factories


def an_agency(name="杭州市西湖区卫生健康局"):
    with unit_of_work():
        agency = Agency(name=name, region_code="330106", sector="health", key=name)
        db.session.add(agency)
        db.session.flush()
        record(agency, "accounts:agency:add", SYSTEM)
        return agency.id


def rename(agency_id, name):
    with unit_of_work():
        agency = db.session.get(Agency, agency_id)
        agency.name = name
        record(agency, "accounts:agency:change", SYSTEM, reason="机构改革")


def tamper(statement, *triggers):
    """Change the database behind the application's back, as somebody with its password could."""
    with unit_of_work():
        if db.engine.dialect.name == "sqlite":
            for table in ("record_entry", "record_seal"):
                for verb in ("update", "delete"):
                    db.session.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
        else:
            db.session.execute(text("ALTER TABLE record_entry DISABLE TRIGGER USER"))
            db.session.execute(text("ALTER TABLE record_seal DISABLE TRIGGER USER"))
        db.session.execute(text(statement))


def test_an_action_leaves_who_what_and_why_with_the_value_before_and_after(session):
    agency_id = an_agency()
    rename(agency_id, "西湖区卫生健康局")
    entry = session.query(RecordEntry).order_by(RecordEntry.id.desc()).first()
    assert (entry.event, entry.actor_name, entry.reason, entry.seq) == (
        "accounts:agency:change",
        "system",
        "机构改革",
        2,
    )
    assert entry.changes == [
        {
            "row": f"agency:{agency_id}",
            "op": "update",
            "set": {"name": ["杭州市西湖区卫生健康局", "西湖区卫生健康局"], "version": [1, 2]},
        }
    ]


def test_a_change_without_an_entry_is_not_committed(session):
    agency_id = an_agency()
    with pytest.raises(Unrecorded, match="agency"), unit_of_work():
        db.session.get(Agency, agency_id).name = "悄悄改名"
    assert session.get(Agency, agency_id).name == "杭州市西湖区卫生健康局"


def test_a_row_that_its_parent_lets_go_is_deleted_with_an_entry(session):
    place = factories.establishment(licences=[Licence(kind="medical_institution"), Licence(kind="other")])
    record(place, "registry:establishment:add", SYSTEM)
    session.commit()
    gone = place.licences[0].id
    with pytest.raises(Unrecorded, match="licence"), unit_of_work():
        session.get(Subject, place.id).licences.pop(0)
    with unit_of_work():
        session.get(Subject, place.id).licences.pop(0)
        record(place, "registry:establishment:change", SYSTEM)
    changes = session.query(RecordEntry).order_by(RecordEntry.id.desc()).first().changes
    assert [(change["row"], change["op"]) for change in changes] == [(f"licence:{gone}", "delete")]
    assert verify() == []


def test_a_change_that_was_rolled_back_does_not_haunt_the_next_transaction(session):
    agency_id = an_agency()
    with pytest.raises(RuntimeError), unit_of_work():
        db.session.get(Agency, agency_id).name = "x"
        db.session.flush()
        raise RuntimeError
    rename(agency_id, "改名")
    assert verify() == []


def test_what_was_changed_before_a_savepoint_is_recorded_though_the_savepoint_is_rolled_back(session):
    agency_id = an_agency()
    with unit_of_work():
        agency = db.session.get(Agency, agency_id)
        agency.phone = "1"
        record(agency, "accounts:agency:change", SYSTEM, reason="先")
        agency.name = "改名"
        with db.session.begin_nested() as savepoint:
            agency.phone = "2"
            record(agency, "accounts:agency:change", SYSTEM, reason="中")
            agency.phone = "3"
            savepoint.rollback()
        record(agency, "accounts:agency:change", SYSTEM, reason="后")
    told = session.query(RecordEntry).order_by(RecordEntry.id.desc()).limit(2).all()
    assert [entry.reason for entry in told] == ["后", "先"]
    assert {column for change in told[0].changes for column in change["set"]} == {"name", "version"}
    assert session.get(Agency, agency_id).phone == "1"
    assert verify() == []


def test_a_savepoint_hides_no_change_from_the_record(session):
    agency_id = an_agency()
    with pytest.raises(Unrecorded, match="agency"), unit_of_work():
        db.session.get(Agency, agency_id).name = "悄悄改名"
        with db.session.begin_nested() as savepoint:
            savepoint.rollback()
    with pytest.raises(Unrecorded, match="agency"), unit_of_work(), db.session.begin_nested():
        db.session.get(Agency, agency_id).name = "悄悄改名"
    with unit_of_work():
        agency = db.session.get(Agency, agency_id)
        with db.session.begin_nested():
            agency.name = "改名"
        record(agency, "accounts:agency:change", SYSTEM)
    assert verify() == []


@pytest.mark.parametrize("statement", ["UPDATE record_entry SET reason = 'x'", "DELETE FROM record_entry"])
def test_the_database_itself_refuses_to_change_the_record(session, statement):
    an_agency()
    with pytest.raises(DBAPIError, match="append-only"), unit_of_work():
        db.session.execute(text(statement))


def test_an_untouched_record_is_intact(session):
    rename(an_agency(), "改名")
    an_agency("另一机关")
    assert verify() == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE record_entry SET reason = 'x' WHERE id = 2", "entry 2"),
        ("UPDATE record_entry SET actor_name = '别人' WHERE id = 1", "entry 1"),
        ("DELETE FROM record_entry WHERE id = 1", "entry 2"),
        ("DELETE FROM record_entry WHERE id = 3", "entry 3"),
        ("UPDATE record_entry SET seq = 7 WHERE id = 2", "entry 2"),
        ("UPDATE record_seal SET number = 9 WHERE number = 3", "seal 9"),
        ("UPDATE record_seal SET stamp = hash WHERE number = 2", "seal 2"),
        ("DELETE FROM record_seal WHERE number = 3", "seals 3 to 3"),
        ("UPDATE agency SET name = '偷改'", "agency:"),
        ("DELETE FROM agency", "agency:"),
        (
            "INSERT INTO agency (id, name, region_code, sector, source, key, version) "
            "VALUES (99, '假机关', '330106', 'health', 'local', 'x', 1)",
            "agency:99",
        ),
    ],
)
def test_whatever_is_tampered_with_is_named(session, statement, named):
    agency_id = an_agency()
    rename(agency_id, "改名")
    rename(agency_id, "又改名")
    tamper(statement)
    faults = verify()
    assert faults and any(named in fault.where for fault in faults)


def test_the_command_says_so_and_exits_with_1(app):
    with app.app_context():
        an_agency()
        intact = app.test_cli_runner().invoke(args=["audit", "verify"])
        tamper("UPDATE agency SET name = '偷改'")
        broken = app.test_cli_runner().invoke(args=["audit", "verify", "--json"])
    assert (intact.exit_code, intact.stdout.strip()) == (0, "the record is intact")
    assert broken.exit_code == 1 and '"kind": "row"' in broken.stdout
