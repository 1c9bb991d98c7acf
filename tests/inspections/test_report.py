"""The field report on the screen: from an approved visit to a submitted report with its papers."""

import io
from base64 import b64encode
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from inspectorate import clock
from inspectorate.audit.models import RecordEntry
from inspectorate.documents.models import Document
from inspectorate.inspections import actions, submission
from inspectorate.inspections.models import Evidence, Inspection
from tests import factories
from tests.inspections.filling import findings_form, key_in, statement_form, subject_form, version_in, visit_form
from tests.inspections.scene import CODE, FACTS, PDF, picture


def test_a_report_is_written_step_by_step_and_submitted_with_its_papers(session, sign_in, scene):
    approval = scene.approval()
    client = sign_in(scene.inspector)
    assert scene.clinic.name in client.get("/inspections/today").text
    page = client.get(f"/inspections/new?entry={approval.id}")
    assert page.status_code == 200 and scene.clinic.name in page.text
    answer = client.post("/inspections/new", data=subject_form(scene, page.text, entry=str(approval.id)))
    assert answer.status_code == 302, answer.text
    address = answer.location.removesuffix("/visit")
    page = client.get(answer.location)
    answer = client.post(answer.location, data=visit_form(scene, version_in(page.text)))
    assert answer.location == f"{address}/findings", answer.text
    page = client.get(answer.location)
    answer = client.post(answer.location, data=findings_form(version_in(page.text)))
    assert answer.location == f"{address}/evidence", answer.text
    page = client.get(answer.location)
    upload = {
        "key": key_in(page.text),
        "kind": "audiovisual",
        "photos": [(io.BytesIO(picture()), "现场.jpg")],
        "add": "1",
    }
    answer = client.post(answer.location, data=upload, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    assert "现场" in client.get(f"{address}/evidence").text
    assert client.post(f"{address}/evidence", data={}).location == f"{address}/statement"
    page = client.get(f"{address}/statement")
    assert (
        client.post(f"{address}/statement", data=statement_form(version_in(page.text))).location == f"{address}/check"
    )
    page = client.get(f"{address}/check")
    assert FACTS in page.text and "error-summary" not in page.text
    answer = client.post(f"{address}/check", data={"version": version_in(page.text)})
    assert answer.location == address, answer.text
    report = session.scalars(select(Inspection)).one()
    assert report.state == "submitted" and report.number
    kinds = session.scalars(select(Document.kind).order_by(Document.kind)).all()
    assert kinds == ["D01", "D03", "D04"]
    page = client.get(address).text
    assert report.number in page and "现场笔录" in page and "责令改正通知书" in page
    events = set(session.scalars(select(RecordEntry.event)))
    assert {"inspections:report:start", "inspections:report:visit", "inspections:report:submit"} <= events


def test_every_page_opens_for_whom_it_is_meant(session, sign_in, scene):
    report, submitted = scene.draft(), scene.submitted()
    waiting = scene.approval(state="requested", urgent=True, urgent_reason="群众举报正在手术")
    pages = ["", "/today", "/choose", f"/choose?q={scene.clinic.name}", "/approvals", f"/approvals/{waiting.id}"]
    pages += [f"/approvals/new?subject_id={scene.clinic.id}", f"/{submitted.id}", f"/{submitted.id}/supplement"]
    pages += [
        f"/{report.id}{step}" for step in ("", "/subject", "/visit", "/findings", "/evidence", "/statement", "/check")
    ]
    pages += [f"/{report.id}/withdraw", f"/new?subject_id={scene.clinic.id}", "/violations?q=超范围"]
    client = sign_in(scene.inspector)
    for page in pages:
        assert client.get(f"/inspections{page}").status_code == 200, page
    client = sign_in(scene.head)
    for page in ("", "/approvals", f"/approvals/{waiting.id}", f"/{submitted.id}"):
        assert client.get(f"/inspections{page}").status_code == 200, page
    assert client.get(f"/inspections/{report.id}/visit").status_code == 403


def test_sent_twice_a_report_is_begun_once(session, sign_in, scene):
    client = sign_in(scene.inspector)
    form = subject_form(scene, client.get(f"/inspections/new?subject_id={scene.clinic.id}").text)
    first = client.post("/inspections/new", data=form)
    second = client.post("/inspections/new", data=form)
    assert first.location == second.location
    assert session.scalar(select(func.count()).select_from(Inspection)) == 1


def test_evaluation_is_pointed_out_but_not_refused(session, sign_in, scene):
    report = scene.draft()
    client = sign_in(scene.inspector)
    form = findings_form(report.version, **{"seen-0-text": "操作台较差，可能未清洁"})
    assert client.post(f"/inspections/{report.id}/findings", data=form).status_code == 302
    page = client.get(f"/inspections/{report.id}/check").text
    assert "“较差”" in page and "“可能”" in page


def test_a_violation_is_searched_and_taken_over_without_losing_what_was_typed(session, sign_in, scene):
    report = scene.draft()
    client = sign_in(scene.inspector)
    where = f"/inspections/{report.id}/findings"
    form = {"version": report.version, "seen-0-text": "一层为接待区。", "order": "none", "words": "未取得 许可"}
    page = client.post(where, data=form).text
    assert "一层为接待区。" in page and 'name="add"' in page
    answer = client.post(where, data={**form, "add": CODE})
    assert answer.status_code == 302 and answer.location.endswith("#findings-0-facts")
    session.refresh(report)
    assert report.seen == ["一层为接待区。"] and [one.violation for one in report.findings] == [CODE]
    page = client.get(where).text
    assert "《基本医疗卫生与健康促进法》第九十九条" in page


def test_saving_for_later_keeps_what_is_there_so_far(session, sign_in, scene):
    report = scene.draft()
    form = visit_form(scene, report.version, **{"entered": "", "officers-1-officer_id": "", "save": "1"})
    answer = sign_in(scene.inspector).post(f"/inspections/{report.id}/visit", data=form)
    assert answer.location == f"/inspections/{report.id}"
    session.refresh(report)
    assert report.escort == "王敏" and report.entered_at is None and len(report.officers) == 1


def test_rows_are_added_and_removed_without_scripts(session, sign_in, scene):
    report = scene.draft()
    client = sign_in(scene.inspector)
    form = findings_form(report.version)
    page = client.post(f"/inspections/{report.id}/findings", data={**form, "add_row": "seen"}).text
    assert 'name="seen-2-text"' in page
    page = client.post(f"/inspections/{report.id}/findings", data={**form, "remove_row": "seen-0"}).text
    assert "一层为接待区。" not in page and "二层北侧" in page


def test_a_late_save_shows_who_changed_what_and_keeps_the_typed_text(session, sign_in, scene):
    report = scene.draft()
    client = sign_in(scene.inspector)
    old = report.version
    scene.save_visit(report)
    form = visit_form(scene, old, escort="赵护士")
    answer = client.post(f"/inspections/{report.id}/visit", data=form)
    assert answer.status_code == 409 and "赵护士" in answer.text and scene.inspector.display_name in answer.text
    session.refresh(report)
    assert report.escort == "王敏"
    form["version"] = version_in(answer.text)
    assert client.post(f"/inspections/{report.id}/visit", data=form).status_code == 302
    session.refresh(report)
    assert report.escort == "赵护士"


def test_a_report_with_gaps_is_not_submitted_and_every_gap_leads_to_its_step(session, sign_in, scene):
    report = scene.draft()
    client = sign_in(scene.inspector)
    where = f"/inspections/{report.id}"
    answer = client.post(f"{where}/check", data={"version": report.version})
    assert answer.status_code == 200
    for step, field in (("visit", "entered"), ("visit", "officers"), ("findings", "seen"), ("statement", "signature")):
        assert f'href="{where}/{step}#{field}"' in answer.text
    session.refresh(report)
    assert report.state == "draft" and report.number is None
    assert session.scalar(select(func.count()).select_from(Document)) == 0


def test_a_submitted_report_is_corrected_only_by_a_supplement(session, sign_in, scene):
    report = scene.submitted()
    client = sign_in(scene.inspector)
    where = f"/inspections/{report.id}"
    for step in ("subject", "visit", "findings", "evidence", "statement", "check", "withdraw"):
        assert client.get(f"{where}/{step}").status_code == 409, step
        assert client.post(f"{where}/{step}", data={"version": report.version}).status_code == 409, step
    page = client.get(f"{where}/supplement").text
    form = {"version": version_in(page), "text": "陪同人员应为王敏霞。", "reason": "姓名写错"}
    assert client.post(f"{where}/supplement", data={**form, "reason": ""}).status_code == 200
    assert client.post(f"{where}/supplement", data=form).status_code == 302
    page = client.get(where).text
    assert "陪同人员应为王敏霞。" in page and "姓名写错" in page
    assert client.post(f"{where}/supplement", data=form).status_code == 409
    session.refresh(report)
    assert report.escort == "王敏" and len(report.supplements) == 1


def test_a_draft_is_withdrawn_with_a_reason_and_frees_its_approval(session, sign_in, scene):
    report = scene.draft()
    client = sign_in(scene.inspector)
    where = f"/inspections/{report.id}/withdraw"
    assert "error-summary" in client.post(where, data={"version": report.version, "reason": " "}).text
    assert client.post(where, data={"version": report.version, "reason": "选错了单位"}).status_code == 302
    session.refresh(report)
    assert report.state == "withdrawn"
    again = actions.SubjectStep(scene.clinic.id, clock.today(), "routine", entry_id=report.entry_approval_id)
    assert actions.start_report(scene.actor, again, clock.today(), key="again").entry_approval_id


def test_colleagues_read_but_only_those_who_took_part_write(session, sign_in, scene):
    report = scene.draft()
    colleague = factories.user(factories.Role.INSPECTOR, agency=scene.agency)
    client = sign_in(colleague)
    assert client.get(f"/inspections/{report.id}").status_code == 200
    assert client.get(f"/inspections/{report.id}/visit").status_code == 403
    scene.save_visit(report, officer_ids=[scene.inspector.officer_id, colleague.officer_id])
    assert client.get(f"/inspections/{report.id}/visit").status_code == 200


def test_a_neighbour_sees_nothing(session, sign_in, scene):
    report, approval = scene.submitted(), scene.approval()
    row = factories.add(Evidence(inspection_id=report.id, kind="physical", title="缝合线", captured_at=clock.now()))
    neighbour = factories.user(factories.Role.INSPECTOR, agency=factories.agency(factories.OTHER_COUNTY))
    client = sign_in(neighbour)
    for page in (f"/inspections/{report.id}", f"/inspections/approvals/{approval.id}", f"/evidence/{row.id}"):
        assert client.get(page).status_code == 404, page
    assert client.get(f"/inspections/new?subject_id={scene.clinic.id}").status_code == 404
    other_sector = factories.user(factories.Role.INSPECTOR, agency=factories.agency(sector="market"))
    assert sign_in(other_sector).get(f"/inspections/{report.id}").status_code == 404


def test_mangled_addresses_and_fields_never_end_in_an_error(session, sign_in, scene):
    report = scene.draft()
    client = sign_in(scene.inspector)
    for page in (
        "/inspections/new?subject_id=abc",
        "/inspections/new?entry=abc",
        "/inspections?agency=x&since=y&after=z",
    ):
        assert client.get(page).status_code in (200, 302), page
    assert client.get("/inspections/new?subject_id=999999999").status_code == 404
    assert client.get("/inspections?sort=evil&before=%00").status_code in (200, 400)
    assert client.post(f"/inspections/{report.id}/visit", data={"version": "abc"}).status_code == 409
    assert client.post(f"/inspections/{report.id}/findings", data={"add": "<script>"}).status_code == 409
    assert client.post("/inspections/approvals", data={"approval": ["x"]}).status_code in (200, 302)
    assert client.get(f"/inspections/{report.id}/papers/D99.pdf").status_code == 404


def test_a_pdf_renamed_jpg_is_refused_with_words_and_the_good_photograph_is_kept(session, sign_in, scene):
    report = scene.draft()
    client = sign_in(scene.inspector)
    where = f"/inspections/{report.id}/evidence"
    key = key_in(client.get(where).text)
    files = [(io.BytesIO(picture()), "现场.jpg"), (io.BytesIO(PDF), "照片.jpg")]
    form = {"key": key, "kind": "audiovisual", "title": "手术室", "files": files, "add": "1"}
    answer = client.post(where, data=form, content_type="multipart/form-data")
    assert answer.status_code == 200 and "照片.jpg" in answer.text and "PDF" in answer.text
    assert 'value="手术室"' in answer.text
    assert session.scalars(select(Evidence.filename)).all() == ["现场.jpg"]
    again = {**form, "key": key_in(answer.text), "files": [(io.BytesIO(picture("PNG")), "照片.png")]}
    assert client.post(where, data=again, content_type="multipart/form-data").status_code == 302
    assert session.scalars(select(Evidence.filename).order_by(Evidence.id)).all() == ["现场.jpg", "照片.png"]


def drawn(content: bytes) -> str:
    return "data:image/png;base64," + b64encode(content).decode()


def test_a_signature_drawn_on_the_screen_is_kept_as_evidence_and_signed_again_replaces_it(session, sign_in, scene):
    report = scene.draft()
    client = sign_in(scene.inspector)
    where = f"/inspections/{report.id}/statement"
    for colour in ("black", "black", "blue"):
        form = statement_form(version_in(client.get(where).text), drawn=drawn(picture("PNG", colour)))
        assert client.post(where, data=form).status_code == 302
    rows = session.scalars(select(Evidence).order_by(Evidence.id)).all()
    assert [row.withdrawn_reason for row in rows] == ["重新签名", None]
    assert {row.media_type for row in rows} == {"image/png"}


@pytest.mark.parametrize("mangled", ["data:image/png;base64,%%%", "javascript:alert(1)", "data:text/html;base64,PGI+"])
def test_a_mangled_drawing_is_no_signature_and_no_error(session, sign_in, scene, mangled):
    report = scene.draft()
    form = statement_form(report.version, drawn=mangled)
    assert sign_in(scene.inspector).post(f"/inspections/{report.id}/statement", data=form).status_code == 302
    assert session.scalar(select(func.count()).select_from(Evidence)) == 0


def test_a_drawing_that_is_no_picture_is_refused(session, sign_in, scene):
    report = scene.draft()
    form = statement_form(report.version, drawn=drawn(PDF))
    answer = sign_in(scene.inspector).post(f"/inspections/{report.id}/statement", data=form)
    assert answer.status_code == 200 and "PNG" in answer.text
    session.refresh(report)
    assert report.signature is None


def test_an_order_to_correct_leads_to_its_recheck_which_shows_what_was_ordered(session, sign_in, scene):
    ordered = scene.submitted()
    ordered.inspected_on -= timedelta(days=1)
    session.flush()
    client = sign_in(scene.inspector)
    link = f"/inspections/new?subject_id={scene.clinic.id}&amp;reason=recheck"
    assert link in client.get(f"/inspections/{ordered.id}").text
    approval = scene.approval()
    assert '<option selected value="recheck"' in client.get(link.replace("&amp;", "&")).text
    recheck = scene.draft(reason="recheck", entry_id=approval.id)
    page = client.get(f"/inspections/{recheck.id}/findings").text
    assert "复查依据" in page and "停止开展手术" in page
    for save in (scene.save_visit, scene.save_findings, scene.save_statement):
        save(recheck)
    submission.submit_report(scene.actor, recheck.id, clock.today(), version=None)
    assert link not in client.get(f"/inspections/{ordered.id}").text


def test_a_visit_without_approval_leads_to_asking_for_one_under_the_same_reason(session, sign_in, scene):
    client = sign_in(scene.inspector)
    page = client.get(f"/inspections/new?subject_id={scene.clinic.id}&reason=recheck").text
    link = f"/inspections/approvals/new?subject_id={scene.clinic.id}&amp;reason=recheck"
    assert link in page
    assert '<option selected value="recheck"' in client.get(link.replace("&amp;", "&")).text
    assert '<option selected value="routine"' in client.get(link.replace("&amp;", "&").replace("recheck", "odd")).text


def test_a_place_that_is_not_found_is_entered_under_the_name_that_was_looked_for(session, sign_in, scene):
    page = sign_in(scene.inspector).get("/inspections/choose?q=无名美容室").text
    assert "/registry/establishments/new?next=/inspections/new&amp;name=" in page
