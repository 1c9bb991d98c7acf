"""Names as typical cases show them."""

import pytest

from inspectorate.campaigns.masking import mask_text, masked_establishment, masked_person, shown_names


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
