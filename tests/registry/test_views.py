"""Screens of the registry: what is typed, what is refused, who sees what."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from inspectorate.accounts.permissions import Role
from inspectorate.codes import KINDS
from inspectorate.registry.models import Connection, Establishment, Licence, Person
from tests import factories
from tests.registry.test_rules import CODE, IDENTITY

CLINIC = "/registry/establishments/new?kind=medical_institution"
TYPED = {
    "key": "device-1", "name": "美芮医疗美容门诊部", "subkind": "cosmetic_clinic",
    "uscc": f" {CODE[:6]} {CODE[6:].lower()}",
    "region_code": "330106", "address": "文三路1号", "opened_on": "20200501",
    "licences-0-kind": "medical_practice", "licences-0-number": "PDY1", "licences-0-expires_on": "20270101",
    "attribute_departments": ["医疗美容科", "美容外科"], "attribute_departments_more": "美容咨询、睡眠科",
    "attribute_procedures-0-name": "吸脂术", "attribute_procedures-0-level": "2",
    "attribute_beds": "1,200", "attribute_radiation": "no",
}  # fmt: skip


def text(response: Any) -> str:
    return str(response.get_data(as_text=True))


def count(session: Any, model: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(model)))


def test_what_is_typed_becomes_an_establishment(session: Any, sign_in: Any) -> None:
    answer = sign_in(factories.user(Role.INSPECTOR)).post(CLINIC, data=TYPED)
    place = session.scalar(select(Establishment))
    assert answer.status_code == 302 and answer.location == f"/registry/{place.id}"
    assert (place.uscc, place.opened_on, place.subkind) == (CODE, date(2020, 5, 1), "cosmetic_clinic")
    assert place.attributes == {
        "departments": ["医疗美容科", "美容外科", "美容咨询", "睡眠科"],
        "procedures": [{"name": "吸脂术", "level": 2}],
        "beds": 1200,
        "radiation": False,
    }
    assert [(one.kind, one.expires_on) for one in place.licences] == [("medical_practice", date(2027, 1, 1))]


def test_sending_the_form_twice_makes_one(session: Any, sign_in: Any) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    assert browser.post(CLINIC, data=TYPED).location == browser.post(CLINIC, data=TYPED).location
    assert count(session, Establishment) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"uscc": CODE[:17] + ("1" if CODE[17] != "1" else "2")}, "校验码不符"),
        ({"uscc": "9133"}, "统一社会信用代码为18位，现有4位"),
        ({"name": " "}, "请填写名称"),
        ({"name": "名" * 201}, "200"),
        ({"region_code": "330105"}, "选"),
        ({"address": "上海市浦东新区世纪大道1号"}, "上海市浦东新区"),
        ({"opened_on": "20261301"}, "不是"),
        ({"attribute_beds": "-3"}, "床位数"),
        ({"attribute_beds": "many"}, "数字"),
        ({"attribute_beds": "2.5"}, "床位数"),
        ({"licences-0-expires_on": "2019年2月30日"}, "不是"),
        ({"licences-0-issued_on": "20280101"}, "发证日期晚于今天"),
        ({"licences-0-kind": ""}, "请选择证照种类"),
        ({"licences-0-kind": "x" * 80}, "60"),
        ({"attribute_locality": "moon"}, "选择"),
        ({"phone": "12"}, "电话号码格式不对"),
        ({"uscc": "", "address": ""}, "请填写地址"),
    ],
)
def test_bad_input_is_refused_with_everything_typed_kept(
    session: Any, sign_in: Any, changes: dict[str, str], says: str
) -> None:
    typed = {**TYPED, **changes}
    answer = sign_in(factories.user(Role.INSPECTOR)).post(CLINIC, data=typed)
    page = text(answer)
    assert answer.status_code == 200 and "error-summary" in page and says in page
    assert count(session, Establishment) == 0
    kept = [value for name, value in typed.items() if isinstance(value, str) and name in ("address", "phone")]
    assert all(value in page for value in kept) and "睡眠科" in page and "吸脂术" in page


def test_an_error_in_the_second_licence_leads_to_its_field(session: Any, sign_in: Any) -> None:
    twice = {**TYPED, "licences-4-kind": "medical_practice", "licences-4-number": "PDY1"}
    page = text(sign_in(factories.user(Role.INSPECTOR)).post(CLINIC, data=twice))
    assert 'href="#licences-1-number"' in page


def test_rows_are_added_and_removed_without_scripts(session: Any, sign_in: Any) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    more = text(browser.post(CLINIC, data={**TYPED, "add_row": "licences"}))
    assert 'name="licences-1-number"' in more and "PDY1" in more
    fewer = text(browser.post(CLINIC, data={**TYPED, "remove_row": "licences-0"}))
    assert "PDY1" not in fewer
    assert count(session, Establishment) == 0


def test_a_likely_duplicate_is_shown_and_can_be_confirmed(session: Any, sign_in: Any) -> None:
    known = factories.establishment(name="无名工作室", uscc=None, address="文一路88号")
    browser = sign_in(factories.user(Role.INSPECTOR))
    typed = {"name": "另一个名字", "region_code": "330106", "address": "文一路88号", "key": "k"}
    page = text(browser.post(CLINIC, data=typed))
    assert f"/registry/{known.id}" in page and "已有非常相近的记录" in page
    assert browser.post(CLINIC, data={**typed, "confirmed": "y"}).status_code == 302


def test_a_code_that_is_registered_leads_to_the_record_that_bears_it(session: Any, sign_in: Any) -> None:
    known = factories.establishment(name="老诊所", uscc=CODE)
    page = text(sign_in(factories.user(Role.INSPECTOR)).post(CLINIC, data=TYPED))
    assert f'href="/registry/{known.id}"' in page and "已登记在“老诊所”名下" in page


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_form_in_both_languages(session: Any, sign_in: Any, kind: str) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    address = f"/registry/establishments/new?kind={kind}"
    assert browser.get(address).status_code == 200
    browser.post("/language", data={"language": "en"})
    assert "Locality" in text(browser.get(address))


def test_what_was_saved_is_shown_again_for_change(session: Any, sign_in: Any) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    browser.post(CLINIC, data=TYPED)
    place = session.scalar(select(Establishment))
    page = text(browser.get(f"/registry/{place.id}/change"))
    for shown in ("睡眠科", "吸脂术", 'value="1200"', "PDY1", 'value="2020-05-01"'):
        assert shown in page
    changed = {**TYPED, "version": str(place.version), "name": "新名字"}
    assert browser.post(f"/registry/{place.id}/change", data=changed).status_code == 302
    history = text(browser.get(f"/registry/{place.id}"))
    assert "修改了单位信息" in history and "新名字" in history


@pytest.mark.parametrize("version", ["0", "", "x", "99999999999999999999"])
def test_a_late_save_shows_who_changed_what_and_keeps_what_was_typed(session: Any, sign_in: Any, version: str) -> None:
    place = factories.establishment()
    browser = sign_in(factories.user(Role.INSPECTOR, display_name="周敏"))
    in_time = {**TYPED, "version": str(place.version)}
    browser.post(f"/registry/{place.id}/change", data=in_time)
    answer = browser.post(f"/registry/{place.id}/change", data={**in_time, "version": version, "name": "晚到的名字"})
    page = text(answer)
    assert answer.status_code == 409 and "晚到的名字" in page and "周敏" in page
    session.expire_all()
    kept = session.get(Establishment, place.id)
    assert kept.name == TYPED["name"] and f'value="{kept.version}"' in page


def test_an_unlicensed_place_is_recognised_by_the_persons_met_there(session: Any, sign_in: Any) -> None:
    place = factories.establishment(name="黑诊所", uscc=None)
    browser = sign_in(factories.user(Role.INSPECTOR))
    typed = {"name": "李某", "region_code": "330106", "id_number": IDENTITY, "relation": "met_there", "key": "p"}
    address = f"/registry/persons/new?establishment={place.id}"
    assert browser.post(address, data=typed).status_code == 302
    page = text(browser.get(f"/registry/{place.id}"))
    assert "李某" in page and "现场人员" in page and IDENTITY not in page
    known = session.scalar(select(Person))
    sought = text(browser.get(f"/registry/{place.id}/people?q=李某"))
    assert f'value="{known.id}"' in sought and IDENTITY not in sought
    again = browser.post(f"/registry/{place.id}/people?q=李某", data={"person_id": known.id, "relation": "operator"})
    assert again.status_code == 302
    last = session.scalar(select(func.max(Connection.id)))
    for _ in range(2):
        assert browser.post(f"/registry/{place.id}/people/{last}/remove").status_code == 302
    session.expire_all()
    assert count(session, Connection) == 1


def test_identity_numbers_and_telephones_are_masked_on_every_page(session: Any, sign_in: Any) -> None:
    known = factories.person(name="李某", id_number=IDENTITY, phone="13812345678")
    readers = [factories.user(role) for role in Role if role is not Role.ADMINISTRATOR]
    for reader in readers:
        page = text(sign_in(reader).get(f"/registry/{known.id}"))
        assert IDENTITY not in page and "13812345678" not in page and IDENTITY[:6] in page
    browser = sign_in(factories.user(Role.INSPECTOR))
    assert IDENTITY not in text(browser.get(f"/registry/{known.id}"))
    for listed in ("/registry/persons", "/registry/persons?q=李某", "/registry/persons/list.csv"):
        assert IDENTITY not in text(browser.get(listed)) and "李某" in text(browser.get(listed))


def test_the_whole_history_stands_on_the_page_as_far_as_one_may_see_it(session: Any, sign_in: Any) -> None:
    from inspectorate.cases.models import Case, Decision, Penalty, Respondent
    from inspectorate.complaints.models import Complaint
    from inspectorate.inspections.models import Inspection

    place, office = factories.establishment(), factories.agency()
    common: dict[str, Any] = {"agency": office, "region_code": "330106", "sector": "health"}
    drawn: dict[str, Any] = {**common, "subject": place, "inspected_on": date(2026, 3, 1), "reason": "routine"}
    factories.add(Inspection(number="笔录1", state="submitted", order_correction=True, **drawn))
    factories.add(Inspection(number="草稿2", state="draft", **drawn))
    factories.add(Inspection(number="外系统3", state="submitted", **{**drawn, "sector": "market"}))
    reporter = {"reporter_name": "赵女士", "received_on": date(2026, 2, 1), "subject": place}
    factories.add(Complaint(number="2026—0001", **common, **reporter))
    case = factories.add(
        Case(name="涉案", state="closed", origin="complaint", number="案1", filed_on=date(2026, 4, 1), **common)
    )
    decision = Decision(number="杭西卫医罚〔2026〕1号", decided_on=date(2026, 5, 1))
    decision.penalties.append(Penalty(position=1, kind="fine", amount_fen=18_400_000))
    factories.add(Respondent(case=case, subject=place, position=1, decision=decision))
    page = text(sign_in(factories.user(Role.INSPECTOR)).get(f"/registry/{place.id}"))
    for shown in ("笔录1", "责令改正", "2026—0001", "涉案", "杭西卫医罚〔2026〕1号", "罚款 184,000.00 元"):
        assert shown in page
    for hidden in ("草稿2", "外系统3", "赵女士"):
        assert hidden not in page
    figures_only = text(sign_in(factories.user(Role.CAMPAIGN_OFFICE)).get(f"/registry/{place.id}"))
    assert "杭西卫医罚〔2026〕1号" in figures_only and "笔录1" not in figures_only


READERS = [Role.INSPECTOR, Role.LEGAL_REVIEWER, Role.SUPERVISOR, Role.CAMPAIGN_OFFICE, Role.AUDITOR]


@pytest.mark.parametrize("role", Role)
def test_who_reads_and_who_writes_the_registry(session: Any, sign_in: Any, role: Role) -> None:
    place = factories.establishment()
    browser = sign_in(factories.user(role))
    reads = 200 if role in READERS else 403
    writes = 200 if role in (Role.INSPECTOR, Role.SUPERVISOR) else 403
    for address in ("/registry", "/registry/persons", f"/registry/{place.id}", "/registry/list.csv"):
        assert browser.get(address).status_code == reads
    for address in (CLINIC, "/registry/persons/new", f"/registry/{place.id}/change", f"/registry/{place.id}/people"):
        assert browser.get(address).status_code == writes


def test_a_neighbour_finds_nothing(session: Any, sign_in: Any) -> None:
    there, somebody = factories.establishment(factories.OTHER_COUNTY), factories.person(factories.OTHER_COUNTY)
    browser = sign_in(factories.user(Role.INSPECTOR))
    for known in (there.id, somebody.id, 999_999, 2**40, 2**70):
        for page in ("", "/change", "/people"):
            assert browser.get(f"/registry/{known}{page}").status_code == 404
    assert browser.post(f"/registry/{there.id}/people/1/remove").status_code == 404
    assert browser.get(f"/registry/persons/new?establishment={2**70}").status_code == 404
    for listed in ("/registry", "/registry/list.csv", f"/registry?region={factories.OTHER_COUNTY}"):
        assert there.name not in text(browser.get(listed))


@pytest.mark.parametrize(
    "query", ["kind=x&subkind=y&licence=z&region=abc", "sort=evil", "after=%00x", "after=bad&before=bad", "q=%25"]
)
def test_no_address_breaks_the_lists(session: Any, sign_in: Any, query: str) -> None:
    factories.establishment()
    browser = sign_in(factories.user(Role.INSPECTOR))
    for listed in ("/registry", "/registry/persons", "/registry/list.csv", "/registry/persons/list.xlsx"):
        assert browser.get(f"{listed}?{query}").status_code in (200, 400)


def test_the_list_is_exported_without_running_formulas(session: Any, sign_in: Any) -> None:
    licence = Licence(kind="medical_practice", number="PDY1", expires_on=date(2027, 1, 1))
    factories.establishment(name='=HYPERLINK("http://evil")', uscc=CODE, licences=[licence], opened_on=date(2020, 5, 1))
    browser = sign_in(factories.user(Role.INSPECTOR))
    csv = browser.get("/registry/list.csv")
    assert csv.data.startswith("\ufeff单位名称".encode()) and "'=HYPERLINK" in text(csv) and "2020-05-01" in text(csv)
    book = openpyxl.load_workbook(io.BytesIO(browser.get("/registry/list.xlsx").data))
    row = [cell for cell in next(book.active.iter_rows(min_row=2))]
    assert row[0].data_type == "s" and row[3].value == CODE and row[11].value.date() == date(2020, 5, 1)
    assert "医疗机构执业许可证 PDY1 2027-01-01" in [cell.value for cell in row]


def test_the_page_that_sent_here_is_told_what_was_registered(session: Any, sign_in: Any) -> None:
    browser = sign_in(factories.user(Role.INSPECTOR))
    answer = browser.post(f"{CLINIC}&next=/inspections/new%3Fa%3D1", data=TYPED)
    place = session.scalar(select(Establishment))
    assert answer.location == f"/inspections/new?a=1&subject_id={place.id}"
    person = {"name": "李某", "region_code": "330106"}
    elsewhere = browser.post("/registry/persons/new?next=//evil.example/", data=person)
    assert elsewhere.location.startswith("/registry/")
