"""The papers of a report: what each says, and what none of them may say."""

import io
from datetime import date, timedelta

import pytest
from docx import Document as Word
from pypdf import PdfReader
from sqlalchemy import select

from inspectorate import clock
from inspectorate.documents.fields import problems_in
from inspectorate.documents.models import Document
from inspectorate.documents.papers import docx_of_paper, draft_paper, pdf_of_paper
from inspectorate.errors import Refusal
from inspectorate.inspections import actions, papers, snapshots, submission
from inspectorate.inspections.evidence import keep_signature
from inspectorate.inspections.targets import target_words
from inspectorate.inspections.uploads import sha256
from inspectorate.screens import day
from tests import factories
from tests.inspections.scene import CODE, FACTS, picture


def kinds(report):
    return [kind for kind, _data, _on in snapshots.papers_of(report, clock.today())]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ["D01", "D03", "D04"]),
        ({"order_correction": False}, ["D01", "D03"]),
        ({"order_correction": False, "findings": []}, ["D01", "D03"]),
        ({"order_correction": False, "findings": [], "opinion_text": None}, ["D01"]),
    ],
)
def test_a_report_brings_the_papers_that_it_needs(scene, changed, expected):
    assert kinds(scene.whole(**changed)) == expected


def test_every_paper_has_all_it_must_say(scene):
    report = scene.whole(correction_due_on=clock.today() + timedelta(days=15))
    for draft in papers.drafts(report, clock.today()):
        assert draft.lacks == [] and list(problems_in(draft.kind, draft.data)) == []


def test_the_field_record_names_no_finding_article_or_order(scene):
    data = snapshots.field_record(scene.whole())
    text = str(data)
    assert FACTS not in text and "停止开展手术" not in text and "第九十九条" not in text
    assert data["insp.record"].startswith("1. 一层为接待区")
    assert data["officers.names"] == ["李明", "陈洁"] and data["insp.recusal"] == "清楚，不申请回避"
    assert data["confirm"] == {"text": "已阅，与事实相符"}


def test_a_refused_signature_is_written_with_reason_and_witness(scene):
    report = scene.whole()
    report.signature, report.refusal_reason, report.witness = "refused", "对时间有异议。", "赵强"
    assert snapshots.field_record(report)["sign.refusal"] == "对时间有异议，见证人赵强在场"
    report.refusal_reason = None
    assert snapshots.field_record(report)["sign.refusal"] == "当事人拒绝签名，见证人赵强在场"


def test_a_place_without_anybody_says_so(scene):
    report = scene.whole()
    report.escort, report.signature, report.refusal_reason = None, "absent", "大门敞开，呼叫无人应答"
    data = snapshots.field_record(report)
    assert data["insp.no_escort"] == "大门敞开，呼叫无人应答"


def test_opinion_and_order_cite_by_full_title_and_name_what_to_do(scene):
    due = clock.today() + timedelta(days=15)
    report = scene.whole(correction_due_on=due)
    opinion, order = snapshots.opinion(report, clock.today()), snapshots.order(report, clock.today())
    assert opinion["case.violated"][0].startswith("《中华人民共和国基本医疗卫生与健康促进法》第三十八条")
    assert opinion["opinion.text"] == FACTS + "。" and opinion["correct.what"] == ["按照核准的诊疗科目执业"]
    assert order["correct.by"] == due.isoformat() and order["correct.what"] == ["停止开展手术"]
    assert order["case.basis"] == ["《中华人民共和国行政处罚法》第二十八条第一款"]
    assert order["config.remedies"] is True


def test_several_findings_are_numbered_and_each_law_named_once(scene):
    report = scene.whole(findings=[(CODE, FACTS), ("MC-003", "出借许可证")])
    opinion = snapshots.opinion(report, clock.today())
    assert opinion["opinion.text"] == f"1. {FACTS}。\n2. 出借许可证。"
    assert len(opinion["case.violated"]) == len({text.partition("》")[0] for text in opinion["case.violated"]})


def test_the_number_of_the_report_is_that_of_its_field_record(session, scene):
    first, second = scene.submitted(), scene.submitted()
    assert (first.number, second.number) == ("2026—001", "2026—002")
    record = session.scalars(select(Document).where(Document.inspection_id == first.id, Document.kind == "D01")).one()
    assert record.number == first.number and record.issued_on == first.inspected_on


def test_a_record_submitted_later_bears_the_day_of_the_visit_orders_the_day_of_issue(session, scene, monkeypatch):
    report = scene.whole()
    later = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    submission.submit_report(scene.actor, report.id, clock.today(), version=None)
    days = dict(session.execute(select(Document.kind, Document.issued_on)).all())
    assert days == {"D01": date(2026, 3, 4), "D03": date(2026, 3, 5), "D04": date(2026, 3, 5)}


def test_an_order_of_an_authority_without_short_name_is_refused_and_nothing_is_submitted(session, sign_in, scene):
    report = scene.whole()
    scene.agency.number_prefix = None
    answer = sign_in(scene.inspector).post(f"/inspections/{report.id}/check", data={"version": report.version})
    assert answer.status_code == 200 and "地区简称" in answer.text
    session.expire_all()
    assert report.state == "draft" and session.scalars(select(Document)).all() == []


def test_papers_are_tried_before_they_are_issued(sign_in, scene):
    report = scene.whole()
    answer = sign_in(scene.inspector).get(f"/inspections/{report.id}/papers/D01.pdf")
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


def test_an_unlicensed_place_gets_its_papers_too(scene):
    place = factories.establishment(name="文三路1号无名美容工作室", uscc=None, address=None)
    step = actions.SubjectStep(place.id, clock.today(), "complaint")
    report = actions.start_report(scene.actor, step, clock.today(), key="free")
    scene.save_visit(report)
    scene.save_findings(report)
    scene.save_statement(report)
    assert submission.submit_report(scene.actor, report.id, clock.today(), version=None).number


def test_an_imported_report_keeps_its_conflicts_as_remarks(scene):
    report = scene.draft()
    scene.save_findings(report)
    report.sector = "market"
    remarks = submission.conflicts(report)
    assert any("不得少于两人" in remark for remark in remarks)
    assert any(CODE in remark for remark in remarks)


def test_a_campaign_is_chosen_only_where_it_runs_and_with_a_target_of_its_own(scene):
    step = actions.SubjectStep(scene.clinic.id, clock.today(), "campaign", campaign="nowhere", category="x")
    with pytest.raises(Refusal) as refused:
        actions.start_report(scene.actor, step, clock.today(), key="c")
    assert refused.value.field == "target"
    assert target_words("nowhere", "x") == "x"


def test_what_the_party_signed_on_the_screen_stands_on_every_page_of_the_record(session, scene):
    report = scene.whole()
    drawing = picture("PNG", "black")
    keep_signature(scene.actor, report, drawing)
    record = draft_paper("D01", snapshots.field_record(report), clock.today())
    party, officers = record.every_page
    assert (party.drawing, party.on) == (drawing, day(report.left_at)) and not officers.drawing
    for page in PdfReader(io.BytesIO(pdf_of_paper(record, in_process=True))).pages:
        assert len(page.images) == 1
    footer = Word(io.BytesIO(docx_of_paper(record))).sections[0].footer
    assert [part.blob for part in footer.part.related_parts.values() if part.content_type == "image/png"] == [drawing]


def test_a_signature_that_was_drawn_again_or_is_asked_for_on_paper_is_not_printed(session, scene):
    report = scene.whole()
    keep_signature(scene.actor, report, picture("PNG", "black"))
    keep_signature(scene.actor, report, picture("PNG", "blue"))
    assert snapshots.field_record(report)["confirm"]["drawing"] == sha256(picture("PNG", "blue"))
    report.signature = "refused"
    assert "confirm" not in snapshots.field_record(report)
