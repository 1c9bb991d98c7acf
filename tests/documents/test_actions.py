import threading
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from inspectorate.accounts.models import Agency
from inspectorate.audit.models import RecordEntry
from inspectorate.cases.models import Case
from inspectorate.documents import actions, queries
from inspectorate.documents.models import Document, NumberSeries
from inspectorate.documents.papers import paper_of
from inspectorate.documents.preparation import snapshot_hash
from inspectorate.documents.series import new_case_number
from inspectorate.documents.snapshots import agency_fields
from inspectorate.errors import Refusal, Refusals, refusals_in
from inspectorate.extensions import db, unit_of_work
from tests.documents.conftest import TODAY, Office
from tests.documents.samples import snapshot


def issue(office: Office, kind: str = "D34", **changes: Any) -> Document:
    options = {key: changes.pop(key) for key in ("on", "today", "subject", "agency", "category") if key in changes}
    return actions.issue_document(
        office.actor,
        options.get("subject", office.case),
        kind,
        snapshot(kind, **changes),
        agency=options.get("agency", office.agency),
        on=options.get("on", TODAY),
        today=options.get("today", TODAY),
        category=options.get("category", "医"),
        respondent=office.respondent,
    )


def refused(office: Office, kind: str, **changes: Any) -> dict[str | None, str]:
    with pytest.raises((Refusal, Refusals)) as error:
        issue(office, kind, **changes)
    return {reason.field: str(reason) for reason in refusals_in(error.value)}


def test_a_document_gets_the_next_number_of_its_authority_category_nature_and_year(office):
    numbers = [
        issue(office).number,
        issue(office).number,
        issue(office, "D27").number,
        issue(office, category="公").number,
    ]
    assert numbers == ["西卫医罚〔2025〕1号", "西卫医罚〔2025〕2号", "西卫医罚告〔2025〕1号", "西卫公罚〔2025〕1号"]
    assert issue(office, on=date(2024, 12, 31)).number == "西卫医罚〔2024〕1号"
    assert issue(office, "D01", subject=office.inspection).number == "2025—001"


def test_a_team_numbers_its_decisions_as_its_authority(office):
    team = db.session.merge(Agency(name="执法队", region_code="330106", sector="health", acts_for=office.agency))
    document = issue(office, agency=team)
    assert document.agency is office.agency
    assert document.number == "西卫医罚〔2025〕1号"


def test_a_number_goes_back_with_the_transaction(office):
    first = issue(office).number
    db.session.commit()
    issue(office)
    db.session.rollback()
    assert (first, issue(office).serial) == ("西卫医罚〔2025〕1号", 2)


def test_two_at_once_get_two_numbers_without_a_gap(app, office):
    case_id, actor = office.case.id, office.actor
    db.session.commit()
    start = threading.Barrier(4)
    problems: list[BaseException] = []

    def issue_some() -> None:
        with app.app_context():
            start.wait()
            try:
                for _ in range(3):
                    with unit_of_work():
                        case = db.session.get_one(Case, case_id)
                        data = snapshot("D34")
                        actions.issue_document(
                            actor, case, "D34", data, agency=case.agency, on=TODAY, today=TODAY, category="医"
                        )
            except BaseException as error:
                problems.append(error)

    threads = [threading.Thread(target=issue_some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert sorted(db.session.scalars(select(Document.serial))) == list(range(1, 13))
    assert db.session.scalar(select(NumberSeries.last_serial)) == 12


def test_the_data_are_frozen_with_what_the_paper_prints_and_nothing_else(office):
    document = issue(office, insp__record="不属于决定书的内容", dec__total=None, dec__fine=None)
    assert "insp.record" not in document.snapshot
    assert document.snapshot["doc.date"] == "2025-07-18"
    assert document.snapshot["doc.number"] == document.number
    assert document.snapshot["dec.total"] == 22_080_000
    assert document.snapshot["dec.fine"] == 18_400_000
    assert document.template_version == "D34/1"
    db.session.commit()
    db.session.expire_all()
    assert document.snapshot_sha256 == snapshot_hash("D34/1", document.snapshot)


def test_every_missing_field_is_named_with_the_way_out(office):
    reasons = refused(office, "D34", agency__court=None, dec__penalties=None)
    assert set(reasons) == {"agency.court", "dec.penalties"}
    assert "机关信息" in reasons["agency.court"]
    assert "行政处罚" in reasons["dec.penalties"]


def test_a_field_record_with_a_judgement_is_not_issued(office):
    reasons = refused(office, "D01", subject=office.inspection, insp__record="该诊所违反规定开展手术。")
    assert "违反" in reasons["insp.record"]


def test_a_document_is_not_dated_in_the_future(office):
    assert set(refused(office, "D34", on=TODAY + timedelta(days=1))) == {"issued_on"}


def test_an_authority_without_a_short_name_gives_no_number(office):
    office.agency.number_prefix = None
    assert set(refused(office, "D34")) == {"number_prefix"}


def test_issuing_is_recorded_on_the_case(office):
    document = issue(office)
    entry = db.session.scalars(select(RecordEntry).order_by(RecordEntry.id.desc())).first()
    assert (entry.subject_type, entry.subject_id, entry.event) == ("case", office.case.id, "documents:document:issue")
    assert entry.reason == f"行政处罚决定书 {document.number}"


def test_a_correction_keeps_the_number_and_the_old_version(office):
    document = issue(office)
    old = dict(document.snapshot)
    data = snapshot("D34", party__address="杭州市西湖区文三路 400 号")
    newer = actions.issue_revision(office.actor, document, data, reason="地址有误", on=TODAY, today=TODAY)
    assert (newer.number, newer.revision) == (document.number, 2)
    assert document.snapshot == old
    assert [version.id for version in queries.versions_of(document)] == [newer.id, document.id]
    assert queries.current_document(office.case, "D34") is newer
    assert issue(office).serial == 2


def test_a_correction_needs_a_reason_and_a_document_that_stands(office):
    document = issue(office)
    with pytest.raises(Refusal):
        actions.issue_revision(office.actor, document, snapshot("D34"), reason=" ", on=TODAY, today=TODAY)
    actions.void_document(office.actor, document, reason="当事人错误")
    with pytest.raises(Refusal):
        actions.issue_revision(office.actor, document, snapshot("D34"), reason="地址", on=TODAY, today=TODAY)


def test_a_void_number_is_kept_and_never_used_again(office):
    document = issue(office)
    actions.void_document(office.actor, document, reason="当事人错误")
    assert queries.current_document(office.case, "D34") is None
    assert issue(office).number == "西卫医罚〔2025〕2号"
    assert document.number == "西卫医罚〔2025〕1号"
    with pytest.raises(Refusal):
        actions.void_document(office.actor, document, reason="")


def serve(office: Office, document: Document, **changes: Any) -> Any:
    given = {
        "way": "direct",
        "served_on": TODAY,
        "servers": ["沈昇", "陆旻"],
        "receiver": "旻珺堃",
        "place": "文三路1号",
        "today": TODAY,
    }
    return actions.record_service(office.actor, document, **{**given, **changes})


def test_a_service_makes_its_proof(office):
    document = issue(office)
    service = serve(office, document)
    proof = queries.current_document(office.case, "D37")
    assert document.services == [service]
    assert (proof.parent_id, proof.number) == (document.id, None)
    assert proof.snapshot["srv.way"] == "直接送达"
    assert proof.snapshot["srv.docs"]["rows"] == [
        ["行政处罚决定书", document.number, "文三路1号", "2025年7月18日", "", ""]
    ]


def test_a_refused_service_says_why_and_who_saw_it(office):
    document = issue(office)
    serve(office, document, way="left", receiver=None, refusal_reason="负责人拒绝签收", witness="社区工作人员王某")
    proof = queries.current_document(office.case, "D37")
    assert proof.snapshot["srv.refusal"] == "负责人拒绝签收"


def test_a_service_that_proves_nothing_is_refused(office):
    document = issue(office)
    with pytest.raises(Refusals) as error:
        serve(office, document, servers=["沈昇"], served_on=TODAY - timedelta(days=1))
    assert [reason.field for reason in error.value.refusals] == ["served_on", "servers"]


def test_a_void_document_is_not_served(office):
    document = issue(office)
    actions.void_document(office.actor, document, reason="当事人错误")
    with pytest.raises(Refusal):
        serve(office, document)


def test_a_case_has_a_number_of_its_own_series(office):
    assert new_case_number(office.agency, "医", 2025) == "西卫医立〔2025〕1号"
    assert new_case_number(office.agency, "医", 2025) == "西卫医立〔2025〕2号"


def test_an_issued_paper_of_a_market_authority_keeps_that_it_is_none_of_health(office):
    office.agency.sector = "market"
    decision = issue(office, **agency_fields(office.agency))
    actions.record_service(
        office.actor, decision, way="direct", served_on=TODAY, servers=["沈昇", "陆旻"], receiver="旻珺堃", today=TODAY
    )
    receipt = db.session.scalars(select(Document).where(Document.kind == "D37")).one()
    assert [paper_of(one).series for one in (decision, receipt)] == ["行政执法文书", "行政执法文书"]
    assert (paper_of(receipt).title, queries.document_title(receipt)) == ("送达回证", "送达回证")


def test_a_receipt_names_the_case_though_the_paper_served_does_not(office):
    decision = issue(office)
    actions.record_service(
        office.actor, decision, way="direct", served_on=TODAY, servers=["沈昇", "陆旻"], receiver="旻珺堃", today=TODAY
    )
    receipt = db.session.scalars(select(Document).where(Document.kind == "D37")).one()
    assert receipt.snapshot["case.name"].endswith(office.case.name)
