"""Codes, addresses, licences and days of the registry, by table and by property."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from inspectorate.registry import rules
from inspectorate.registry.addresses import foreign_region
from inspectorate.registry.rules import EstablishmentFacts, LicenceFacts, PersonFacts

TODAY = date(2026, 7, 1)
COUNTY = "330106"


def code(body: str) -> str:
    return body + uscc.calc_check_digit(body)


CODE = code("91330106MA2B00001")


def identity(body: str) -> str:
    return body + ric.calc_check_digit(body + "0")


IDENTITY = identity("33010619850412352")


def clinic(**changes: object) -> EstablishmentFacts:
    known: dict[str, object] = {
        "name": "美芮医疗美容门诊部", "kind": "medical_institution", "uscc": CODE, "region_code": COUNTY,
        "address": "文三路1号",
    }  # fmt: skip
    return EstablishmentFacts(**{**known, **changes})  # type: ignore[arg-type]


def person(**changes: object) -> PersonFacts:
    return PersonFacts(**{"name": "张三", "region_code": COUNTY, **changes})  # type: ignore[arg-type]


def fields(objections: list[rules.Objection]) -> list[str | None]:
    return [one.field for one in objections]


def test_a_sound_establishment_meets_no_objection() -> None:
    assert rules.check_establishment(clinic(), COUNTY, TODAY) == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (CODE[:17], "17"),
        (CODE + "1", "19"),
        (CODE[:9] + "O" + CODE[10:], "“O”"),
        (CODE[:9] + "IS" + CODE[11:], "“IS”"),
        (CODE[:3] + "A" + CODE[4:], "region"),
        (CODE[:17] + ("1" if CODE[17] != "1" else "2"), "check character"),
    ],
)
def test_a_wrong_social_credit_code_is_refused_with_the_reason(wrong: str, reason: str) -> None:
    [objection] = rules.check_uscc(wrong)
    assert objection.field == "uscc" and reason in str(objection)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(0, 16), st.data())
def test_any_one_wrong_character_of_a_social_credit_code_is_noticed(body: str, place: int, data: st.DataObject) -> None:
    right = code(f"91330106{body}")
    assert not list(rules.check_uscc(right))
    alphabet = "0123456789" if 2 <= place < 8 else rules.USCC_LETTERS
    other = data.draw(st.sampled_from([letter for letter in alphabet if letter != right[place]]))
    assert list(rules.check_uscc(right[:place] + other + right[place + 1 :]))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (IDENTITY[:15], "15"),
        ("X" + IDENTITY[1:], "17 figures"),
        (IDENTITY[:17] + ("1" if IDENTITY[17] != "1" else "2"), "check digit"),
        (identity("33010619851345352"), "day of birth"),
        (identity("33010620350412352"), "day of birth"),
        (identity("99010619850412352"), "province"),
    ],
)
def test_a_wrong_identity_number_is_refused_with_the_reason(wrong: str, reason: str) -> None:
    [objection] = rules.check_identity(wrong, TODAY)
    assert objection.field == "id_number" and reason in str(objection)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_birth_and_sex_are_those_in_the_identity_number(born: date, order: int) -> None:
    number = identity(f"330106{born:%Y%m%d}{order:03d}")
    assert not list(rules.check_identity(number, TODAY))
    assert rules.born_on(number) == born
    assert rules.sex_of(number) == ("M" if order % 2 else "F")


def test_a_birthday_or_sex_against_the_identity_number_is_refused() -> None:
    wrong = person(id_number=IDENTITY, born_on=date(1985, 4, 13), sex="M")
    assert rules.sex_of(IDENTITY) == "F"
    assert fields(rules.check_person(wrong, COUNTY, TODAY)) == ["born_on", "sex"]


@pytest.mark.parametrize(
    ("address", "region", "foreign"),
    [
        ("浙江省杭州市西湖区文三路1号", COUNTY, None),
        ("浙江杭州西湖区文三路1号", COUNTY, None),
        ("西湖区文三路1号", COUNTY, None),
        ("文三路1号", COUNTY, None),
        ("杭州市文三路1号", COUNTY, None),
        ("西湖区文三路1号", "330100", None),
        ("北京市朝阳区建国路1号", "110105", None),
        ("湖北省仙桃市沔阳大道", "429004", None),
        ("浙江省金华市义乌市稠州路", "330782", None),
        ("南京路3号", COUNTY, None),
        ("广州大道中1号", COUNTY, None),
        ("东区3号楼", COUNTY, None),
        ("拱墅区湖墅南路1号", COUNTY, "拱墅区"),
        ("杭州市拱墅区湖墅南路1号", COUNTY, "杭州市拱墅区"),
        ("南昌市西湖区八一桥", COUNTY, "南昌市西湖区"),
        ("上海市浦东新区世纪大道", COUNTY, "上海市浦东新区"),
        ("广东广州天河区体育西路", COUNTY, "广东广州天河区"),
        ("杭州市朝阳区", COUNTY, "杭州市朝阳区"),
        ("文三路1号（北京市朝阳区）", COUNTY, "北京市朝阳区"),
        ("江苏省", COUNTY, "江苏省"),
    ],
)
def test_an_address_that_names_another_region_is_noticed(address: str, region: str, foreign: str | None) -> None:
    assert foreign_region(address, region, 2026) == foreign


def test_the_refusal_of_a_foreign_address_names_both_regions() -> None:
    [objection] = rules.check_establishment(clinic(address="上海市浦东新区世纪大道1号"), COUNTY, TODAY)
    assert objection.field == "address"
    assert "上海市浦东新区" in str(objection) and "浙江省杭州市西湖区" in str(objection)


@given(st.text(max_size=60))
def test_no_address_breaks_the_reading_of_regions(address: str) -> None:
    found = foreign_region(address, COUNTY, 2026)
    assert found is None or (found and found in address)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"kind": "spaceport"}, "kind"),
        ({"subkind": "restaurant"}, "subkind"),
        ({"region_code": "330105"}, "region_code"),
        ({"region_code": "999999"}, "region_code"),
        ({"uscc": None, "address": None}, "address"),
        ({"phone": "call me"}, "phone"),
        ({"opened_on": TODAY + timedelta(days=1)}, "opened_on"),
        ({"closed_on": TODAY + timedelta(days=1)}, "closed_on"),
        ({"opened_on": TODAY, "closed_on": TODAY - timedelta(days=1)}, "closed_on"),
        ({"attributes": {"beds": -1}}, "attribute_beds"),
        ({"licences": [LicenceFacts(kind="")]}, "licences-0-kind"),
        ({"licences": [LicenceFacts(kind="x" * 61)]}, "licences-0-kind"),
        ({"licences": [LicenceFacts(kind="business", issued_on=TODAY + timedelta(days=1))]}, "licences-0-issued_on"),
        ({"licences": [LicenceFacts(kind="business", issued_on=TODAY, expires_on=date(2020, 1, 1))]},
         "licences-0-expires_on"),
        ({"licences": [LicenceFacts(kind="business", number="1"), LicenceFacts(kind="business", number="1")]},
         "licences-1-number"),
    ],
)  # fmt: skip
def test_each_wrong_entry_is_refused_at_its_field(changes: dict[str, object], field: str) -> None:
    assert fields(rules.check_establishment(clinic(**changes), COUNTY, TODAY)) == [field]


def test_everything_wrong_is_said_at_once() -> None:
    wrong = clinic(name="", uscc="1", phone="x", region_code="330105", address="文三路1号")
    assert fields(rules.check_establishment(wrong, COUNTY, TODAY)) == ["name", "uscc", "region_code", "phone"]


def test_one_licence_that_has_not_run_out_is_enough() -> None:
    old = LicenceFacts(kind="business", expires_on=TODAY - timedelta(days=1))
    endless = LicenceFacts(kind="business")
    last_day = LicenceFacts(kind="business", expires_on=TODAY)
    assert rules.licence_state([], TODAY) == "none"
    assert rules.licence_state([old], TODAY) == "expired"
    assert rules.licence_state([old, last_day], TODAY) == "valid"
    assert rules.licence_state([old, endless], TODAY) == "valid"
