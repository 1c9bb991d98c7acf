"""Names as typical cases show them."""

import pytest

from inspectorate.typical.initials import initial_of
from inspectorate.typical.masking import (
    Named,
    Style,
    likely_names,
    mask_text,
    masked_establishment,
    masked_person,
    party_of,
    shown_names,
)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("杭州美芮医疗美容门诊部有限公司", "某医疗美容门诊部"),
        ("西湖区丽人医疗美容诊所", "某医疗美容诊所"),
        ("杭州丽人美容院", "某美容院"),
        ("小燕美容工作室（个体工商户）", "某美容工作室"),
        ("杭州维多利亚文化传媒有限公司", "某文化传媒公司"),
        ("浙江康达医疗器械股份有限公司", "某医疗器械公司"),
        ("老王面馆", "某面馆"),
        ("天涯阁", "某单位"),
        ("杭州洁净消毒服务有限公司", "某消毒服务公司"),
    ],
)
def test_an_establishment_keeps_only_what_it_is(name: str, shown: str) -> None:
    assert masked_establishment(name) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("陈小华", "陈某某"), ("陈华", "陈某"), ("欧阳小华", "欧阳某某"), ("欧阳", "欧某"), ("陈", "陈某")],
)
def test_a_person_keeps_the_surname(name: str, shown: str) -> None:
    assert masked_person(name) == shown


def test_a_text_loses_every_name_and_number_that_identifies() -> None:
    names = shown_names([("杭州美芮医疗美容门诊部有限公司", "org"), ("陈小华", "person")])
    text = "陈小华（330106199001011234，13812345678）在杭州美芮医疗美容门诊部（91330106MA2B00000X）行医，"
    text += "杭州美芮医疗美容门诊部有限公司知情"
    shown = mask_text(text, names)
    assert shown == "陈某某（……，……）在某医疗美容门诊部（……）行医，某医疗美容门诊部知情"


def test_the_company_and_the_sign_within_a_name_are_masked_when_they_stand_alone() -> None:
    names = shown_names([("锦禧医美平台（杭州天诺网络科技有限公司）", "org"), ("“杜姐纹绣”工作室（未登记）", "org")])
    text = "杭州天诺网络科技有限公司经营的锦禧医美平台为“杜姐纹绣”工作室引流，“杜姐纹绣”另付佣金"
    assert mask_text(text, names) == "某网络科技公司经营的某医美平台为某工作室引流，某工作室另付佣金"


@pytest.mark.parametrize(
    ("text", "likely"),
    [
        ("医师夏浩然在某诊所坐诊", ["夏浩然"]),
        ("顾客：欧阳小敏陈述，邻居钱芳反映", ["欧阳小敏", "钱芳"]),
        ("检查时，孟帅在场", ["孟帅"]),
        ("药品购自杭州康健大药房，受丽人美容院委托出售", ["杭州康健大药房", "丽人美容院"]),
        ("经营者陈某某、店员孙某在某美容院为顾客施行祛眼袋", []),
        ("主要执业机构为外县医院，未取得许可证或办理诊所备案，属生活美容机构，该诊所停业；2021年2月20日出厂", []),
        ("", []),
    ],
)
def test_what_still_looks_like_a_name_is_pointed_out_and_what_is_masked_or_general_is_not(
    text: str, likely: list[str]
) -> None:
    assert likely_names(text) == likely


@pytest.mark.parametrize(
    ("name", "party"), [("夏浩然", "person"), ("欧阳小敏", "person"), ("老王面馆", "org"), ("锦禧医美商城", "org")]
)
def test_a_name_that_the_office_adds_is_masked_as_what_it_looks_like(name: str, party: str) -> None:
    assert party_of(name) == party


@pytest.mark.parametrize(
    ("style", "clinic", "doctor", "bystander"),
    [
        (Style(), "某医疗美容门诊部", "陈某某", "任某"),
        (Style("initial", "place"), "杭州西湖某医疗美容门诊部", "C某某", "R某"),
        (Style("full", "full"), "杭州西湖美芮医疗美容门诊部", "陈小华", "任某"),
    ],
)
def test_names_are_shown_as_chosen_and_in_full_only_those_that_a_public_decision_names(
    style: Style, clinic: str, doctor: str, bystander: str
) -> None:
    stems = ("浙江", "杭州", "西湖")
    names = shown_names(
        [
            Named("杭州西湖美芮医疗美容门诊部", "org", True, stems),
            Named("陈小华", "person", True),
            Named("任波", "person"),
        ],
        style,
    )
    text = mask_text("陈小华在杭州西湖美芮医疗美容门诊部坐诊，任波在场", names)
    assert text == f"{doctor}在{clinic}坐诊，{bystander}在场"
    meant = [name for name, shown in names.items() if name == shown]
    assert likely_names(f"医师{doctor}在{clinic}坐诊", meant) == []


def test_a_name_that_a_party_shares_with_a_bystander_is_masked() -> None:
    names = shown_names([Named("陈小华", "person", True), Named("陈小华", "person")], Style("full", "full"))
    assert names == {"陈小华": "陈某某"}


@pytest.mark.parametrize(
    ("surname", "letter"),
    [("陈", "C"), ("欧阳", "O"), ("单", "S"), ("仇", "Q"), ("闫", "Y"), ("Smith", "S"), ("", "X"), ("𠀀", "X")],
)
def test_a_surname_has_the_letter_of_its_reading(surname: str, letter: str) -> None:
    assert initial_of(surname) == letter
