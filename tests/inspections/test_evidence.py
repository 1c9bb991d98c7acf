"""证据: every file known by its SHA-256, never changed, seen only by those who may see its report or case."""

import hashlib
from datetime import date

import pytest
from sqlalchemy import func, select

from inspectorate import limits
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.audit.models import RecordEntry
from inspectorate.cases.models import Case
from inspectorate.errors import Forbidden, NotFound, Refusal, Refusals, Stale
from inspectorate.inspections import evidence, submission
from inspectorate.inspections.models import Evidence
from inspectorate.inspections.uploads import Upload
from tests import factories
from tests.client import form_of
from tests.inspections.scene import PDF, Scene, picture

PHOTO = Upload("现场.jpg", picture())


def add(scene: Scene, owner, *uploads, key="k", **more):
    return evidence.add_evidence(scene.actor, owner, uploads, **{"kind": "audiovisual", "key": key, **more})


def case_of(scene: Scene) -> Case:
    return factories.add(
        Case(
            name="案",
            agency_id=scene.agency.id,
            region_code=scene.agency.region_code,
            sector="health",
            origin="inspection",
            state="draft",
        )
    )


def test_a_photograph_is_kept_under_its_hash_and_served_back_unchanged(session, sign_in, scene):
    report = scene.draft()
    (row,) = add(scene, report, PHOTO, title="手术室", proves="正在使用")
    assert row.sha256 == hashlib.sha256(PHOTO.content).hexdigest() and row.size == len(PHOTO.content)
    answer = sign_in(scene.inspector).get(f"/evidence/{row.id}")
    assert answer.data == PHOTO.content and answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert sign_in(scene.inspector).get(f"/evidence/{row.id}/thumbnail").mimetype == "image/jpeg"
    event = session.scalars(select(RecordEntry).order_by(RecordEntry.id.desc())).first()
    assert event.event == "inspections:evidence:add" and event.subject_id == report.id
    assert any(change["set"].get("sha256") == [None, row.sha256] for change in event.changes)


def test_what_is_no_picture_or_recording_is_downloaded_under_its_own_name(sign_in, scene):
    (row,) = add(scene, scene.draft(), Upload("许可证 副本.pdf", PDF), kind="documentary")
    answer = sign_in(scene.inspector).get(f"/evidence/{row.id}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert sign_in(scene.inspector).get(f"/evidence/{row.id}/thumbnail").status_code == 404


def test_a_file_that_was_altered_in_the_store_is_not_served(app, sign_in, scene):
    (row,) = add(scene, scene.draft(), PHOTO)
    folder = app.config["DATA_DIR"] / "files" / row.sha256[:2]
    (folder / row.sha256).write_bytes(b"other")
    answer = sign_in(scene.inspector).get(f"/evidence/{row.id}")
    assert answer.status_code == 409 and "SHA-256" in answer.text


def test_sent_twice_it_is_added_once(session, scene):
    report = scene.draft()
    assert add(scene, report, PHOTO, PHOTO_2) == add(scene, report, PHOTO, PHOTO_2)
    assert session.scalar(select(func.count()).select_from(Evidence)) == 2


PHOTO_2 = Upload("走廊.jpg", picture(colour="white"))


def test_several_files_under_one_name_are_numbered(scene):
    rows = add(scene, scene.draft(), PHOTO, PHOTO_2, title="手术室")
    assert [row.title for row in rows] == ["手术室（1）", "手术室（2）"]
    assert [row.title for row in add(scene, scene.draft(), PHOTO, key="other")] == ["现场"]


def test_the_same_file_is_not_added_to_a_report_twice(scene):
    report = scene.draft()
    add(scene, report, PHOTO)
    with pytest.raises(Refusals, match="已经上传"):
        add(scene, report, PHOTO, key="again")
    with pytest.raises(Refusals, match="已经上传"):
        add(scene, report, PHOTO_2, Upload("又一次.jpg", PHOTO_2.content), key="third")


def test_a_seized_object_is_evidence_without_a_file(sign_in, scene):
    report = scene.draft()
    (row,) = add(scene, report, kind="physical", title="缝合线2包")
    assert row.sha256 is None
    assert "缝合线2包" in sign_in(scene.inspector).get(f"/inspections/{report.id}").text
    assert sign_in(scene.inspector).get(f"/evidence/{row.id}").status_code == 404


@pytest.mark.parametrize(
    ("uploads", "more", "field"),
    [
        ((), {}, "files"),
        ((PHOTO,), {"kind": "gossip"}, "kind"),
        ((PHOTO,) * (limits.FILES + 1), {}, "files"),
    ],
)
def test_what_cannot_be_evidence_is_refused(session, scene, uploads, more, field):
    with pytest.raises(Refusal) as refused:
        add(scene, scene.draft(), *uploads, **more)
    assert refused.value.field == field
    assert session.scalar(select(func.count()).select_from(Evidence)) == 0


def test_evidence_is_withdrawn_with_a_reason_and_stays(session, sign_in, scene):
    report = scene.draft()
    (row,) = add(scene, report, PHOTO, title="手术室")
    client = sign_in(scene.inspector)
    where = f"/inspections/{report.id}/evidence/{row.id}/withdraw"
    assert "error-summary" in client.post(where, data={"reason": ""}).text
    assert client.post(where, data=form_of(client.get(where).text) | {"reason": "拍错房间"}).status_code == 302
    session.refresh(row)
    assert row.withdrawn_reason == "拍错房间"
    assert "拍错房间" in client.get(f"/inspections/{report.id}").text
    assert client.get(f"/evidence/{row.id}").status_code == 200
    assert add(scene, report, PHOTO, key="again")[0].id != row.id


def test_a_report_that_loses_evidence_meanwhile_is_not_submitted_with_it(session, scene):
    report = scene.draft()
    (row,) = add(scene, report, PHOTO)
    read = report.version
    submission.withdraw_exhibit(scene.actor, report.id, row.id, version=read, reason="拍错房间")
    with pytest.raises(Stale):
        submission.submit_report(scene.actor, report.id, date(2026, 7, 15), version=read)


def test_evidence_of_a_case_is_seen_by_who_may_read_the_case(scene):
    case = case_of(scene)
    (row,) = add(scene, case, PHOTO)
    assert evidence.readable(actor_of(factories.user(Role.LEGAL_REVIEWER, agency=scene.agency)), row.id) is row
    with pytest.raises(Forbidden):
        evidence.readable(actor_of(factories.user(Role.CAMPAIGN_OFFICE, agency=scene.agency)), row.id)
    with pytest.raises(Forbidden):
        evidence.readable(actor_of(factories.user(Role.ADMINISTRATOR, agency=scene.agency)), row.id)
    neighbour = factories.user(Role.LEGAL_REVIEWER, agency=factories.agency(factories.OTHER_COUNTY))
    with pytest.raises(NotFound):
        evidence.readable(actor_of(neighbour), row.id)
    with pytest.raises(NotFound):
        evidence.withdraw_evidence(scene.actor, case_of(scene), row.id, reason="x")


def test_evidence_of_another_report_cannot_be_withdrawn_through_this_one(sign_in, scene):
    mine, other = scene.draft(), scene.draft()
    (row,) = add(scene, other, PHOTO)
    answer = sign_in(scene.inspector).post(f"/inspections/{mine.id}/evidence/{row.id}/withdraw", data={"reason": "x"})
    assert answer.status_code == 404


def test_nobody_without_sign_in_sees_a_file(client, scene):
    (row,) = add(scene, scene.draft(), PHOTO)
    assert client.get(f"/evidence/{row.id}").status_code == 302
