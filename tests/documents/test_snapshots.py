from dataclasses import dataclass
from datetime import UTC, date, datetime

from inspectorate.accounts.models import Agency, Officer
from inspectorate.documents.fields import problems_in
from inspectorate.documents.snapshots import (
    age_on,
    agency_fields,
    enforcement_category,
    evidence_fields,
    inspection_fields,
    local_minutes,
    officer_fields,
    opinion_fields,
    party_fields,
    penalty_fields,
)
from inspectorate.inspections.models import Evidence, Inspection, InspectionOfficer
from inspectorate.registry.models import Establishment, Licence, Person

DAY = date(2025, 6, 3)


def test_a_paper_bears_the_authority_and_not_its_team():
    authority = Agency(name="杭州市西湖区卫生健康局", sector="health", phone="0571-1", court="杭州铁路运输法院")
    fields = agency_fields(Agency(name="西湖区卫生监督所", acts_for=authority), contact="沈昇")
    assert fields["agency.name"] == "杭州市西湖区卫生健康局"
    assert fields["agency.contact_phone"] == "0571-1"
    assert fields["agency.contact"] == "沈昇"
    assert "agency.bank" not in fields


def test_a_unit_shows_the_licence_that_is_valid_that_day():
    old = Licence(kind="医疗机构执业许可证", number="A", expires_on=date(2025, 6, 2))
    new = Licence(kind="医疗机构执业许可证", number="B", expires_on=DAY)
    unit = Establishment(name="某门诊部", licences=[old, new], legal_representative="旻珺堃")
    fields = party_fields(unit, DAY)
    assert fields["party.kind"] == "org"
    assert fields["party.licence"] == "医疗机构执业许可证 B"
    assert "party.uscc" not in fields


def test_an_expired_licence_is_still_named_where_there_is_no_other():
    unit = Establishment(name="某门诊部", licences=[Licence(kind="卫生许可证", expires_on=date(2020, 1, 1))])
    assert party_fields(unit, DAY)["party.licence"] == "卫生许可证"


def test_a_person_has_sex_age_and_identity_card():
    person = Person(name="翀彧璟", sex="F", born_on=date(1991, 6, 4), id_number="330106199106040021")
    fields = party_fields(person, DAY)
    assert (fields["party.kind"], fields["party.sex"], fields["party.age"]) == ("person", "女", 33)
    assert fields["party.id_type"] == "居民身份证"


def test_age_is_counted_in_full_years():
    assert age_on(date(1991, 6, 3), DAY) == 34
    assert age_on(date(1992, 2, 29), date(2025, 2, 28)) == 32
    assert age_on(None, DAY) is None


def test_the_category_of_a_number_follows_the_kind_of_place():
    assert enforcement_category(Establishment(kind="medical_institution"), []) == "医"
    assert enforcement_category(Establishment(kind="workplace"), []) == "职"
    assert enforcement_category(Person(), []) == "医"


def test_illegal_practice_in_a_beauty_salon_is_a_medical_matter_and_its_towels_are_not():
    salon = Establishment(kind="beauty_salon")
    assert enforcement_category(salon, ["MC-001"]) == "医"
    assert enforcement_category(salon, ["MD-284"]) == "公"
    assert enforcement_category(Person(), ["WP-003"]) == "职"


def inspection(**columns: object) -> Inspection:
    officers = [
        InspectionOfficer(officer=Officer(name=name, certificate="新证"), certificate=certificate)
        for name, certificate in (("沈昇", "证1"), ("陆旻", "证2"))
    ]
    return Inspection(
        subject=Establishment(name="某门诊部", address="文三路1号"),
        officers=officers,
        entered_at=datetime(2025, 6, 3, 1, 5, tzinfo=UTC),
        left_at=datetime(2025, 6, 3, 3, 20, tzinfo=UTC),
        **{"seen": ["一楼大厅有接待台1张。", "二楼有手术室1间。"], "evidence": [], **columns},
    )


def test_an_inspection_gives_the_record_local_times_certificates_shown_and_numbered_lines():
    fields = inspection_fields(inspection(recusal_answer="none", escort="旻珺堃", signature="signed"))
    assert (fields["insp.from"], fields["insp.to"]) == ("2025-06-03T09:05", "2025-06-03T11:20")
    assert fields["officers.certs"] == ["证1", "证2"]
    assert fields["insp.record"] == "1. 一楼大厅有接待台1张。\n2. 二楼有手术室1间。"
    assert fields["insp.recusal"] == "清楚，不申请回避"
    assert fields["insp.place"] == "文三路1号"
    assert "sign.refusal" not in fields


def test_a_refusal_to_sign_and_withdrawn_evidence_are_told_apart():
    taken = [
        Evidence(title="现场照片", captured_at=datetime(2025, 6, 3, 17, 0, tzinfo=UTC), proves="手术室布局"),
        Evidence(title="拍错的照片", captured_at=datetime(2025, 6, 3, tzinfo=UTC), withdrawn_reason="拍错"),
    ]
    fields = inspection_fields(inspection(signature="refused", refusal_reason="拒绝签名", evidence=taken))
    assert fields["sign.refusal"] == "拒绝签名"
    assert fields["insp.media"] == "现场照片"
    assert evidence_fields(taken) == [{"name": "现场照片", "copies": 1, "on": "2025-06-04", "proves": "手术室布局"}]


@dataclass
class Row:
    kind: str
    amount_fen: int | None = None
    detail: str | None = None


def test_shared_parts_have_the_shapes_that_documents_ask_for():
    officers = [Officer(name="沈昇", certificate="证1"), Officer(name="陆旻", certificate="证2")]
    data = {
        **officer_fields(officers, prefix="handlers"),
        "case.proposal": penalty_fields([Row("warning"), Row("fine", 100_000)]),
        "op.legal": opinion_fields("同意", "何璟", DAY),
    }
    assert not [problem for problem in problems_in("D25", data) if not problem.missing]


def test_no_instant_gives_no_time():
    assert local_minutes(None) is None
