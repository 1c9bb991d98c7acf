import pytest

from inspectorate.documents.values import has_shape, penalty_text, printed, total_charged

PENALTIES = [
    {"kind": "warning"},
    {"kind": "confiscate_income", "amount_fen": 3_680_000},
    {"kind": "fine", "amount_fen": 18_400_000},
]


@pytest.mark.parametrize(
    ("type_", "value", "text"),
    [
        ("date", "2025-06-03", "2025年6月3日"),
        ("datetime", "2025-06-03T09:05", "2025年6月3日9时05分"),
        ("period", {"from": "2025-06-03T09:05", "to": "2025-06-03T10:20"}, "2025年6月3日9时05分至10时20分"),
        ("money", 300_000, "人民币叁仟元整（¥3,000.00）"),
        ("list:person", ["沈昇", "陆旻"], "沈昇、陆旻"),
        ("list:citation", ["《甲》第一条", "《乙》第二条"], "《甲》第一条、《乙》第二条"),
        ("list:item", ["甲", "乙"], "1. 甲；\n2. 乙。"),
        ("list:item", ["甲。"], "甲。"),
        ("opinion", {"text": "同意。", "name": "周彧"}, "同意。"),
        ("checklist", [{"label": "程序", "ok": True}, {"label": "文书", "ok": None}], "☑ 程序\n□ 文书"),
        ("dialogue", [{"q": "谁？", "a": "我。"}], "问：谁？\n答：我。"),
        ("int", 0, "0"),
        ("text", "", ""),
    ],
)
def test_a_value_is_printed_by_its_type(type_, value, text):
    assert has_shape(type_, value) or value == ""
    assert printed(type_, value) == text


def test_penalties_are_numbered_and_end_with_a_full_stop():
    assert printed("list:penalty", PENALTIES).split("\n") == [
        "1. 警告；",
        "2. 没收违法所得人民币叁万陆仟捌佰元整（¥36,800.00）；",
        "3. 罚款人民币壹拾捌万肆仟元整（¥184,000.00）。",
    ]


def test_a_single_penalty_has_no_number():
    assert printed("list:penalty", PENALTIES[:1]) == "警告。"


@pytest.mark.parametrize(
    ("penalty", "text"),
    [
        ({"kind": "revoke_licence", "detail": "《医疗机构执业许可证》"}, "吊销《医疗机构执业许可证》"),
        (
            {"kind": "confiscate_goods", "detail": "药品3盒", "amount_fen": 60_000},
            "没收药品3盒，价值人民币陆佰元整（¥600.00）",
        ),
        ({"kind": "confiscate_goods"}, "没收非法财物"),
        (
            {"kind": "fine", "amount_fen": 300_000, "act": "未索证索票"},
            "对未索证索票的行为，罚款人民币叁仟元整（¥3,000.00）",
        ),
        ({"kind": "suspend_business", "detail": "3个月"}, "责令停产停业（3个月）"),
        ("罚款，数额另定", "罚款，数额另定"),
    ],
)
def test_a_penalty_says_what_it_takes(penalty, text):
    assert penalty_text(penalty) == text


def test_only_fines_and_confiscated_income_are_to_be_paid():
    assert total_charged([*PENALTIES, {"kind": "confiscate_goods", "amount_fen": 99}]) == 22_080_000


def test_evidence_names_what_it_proves_each_on_its_line():
    items = [
        {"name": "现场笔录", "copies": 1, "on": "2025-06-03", "proves": "手术正在进行。"},
        {"name": "照片", "copies": 12, "unit": "张"},
        "证人证言",
    ]
    assert printed("list:evidence", items).split("\n") == [
        "1. 现场笔录1份（2025年6月3日），证明手术正在进行；",
        "2. 照片12张；",
        "3. 证人证言。",
    ]
    assert printed("list:evidence", items, "names") == "现场笔录、照片、证人证言"


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("date", "2025-6-3"),
        ("date", 20250603),
        ("datetime", "2025-06-03"),
        ("datetime", "2025-06-03T09:05+08:00"),
        ("money", 12.5),
        ("money", -1),
        ("money", True),
        ("flag", "yes"),
        ("list:person", "沈昇"),
        ("list:person", [1]),
        ("list:penalty", [{"kind": "execution"}]),
        ("list:penalty", [{"kind": "fine", "amount_fen": "1"}]),
        ("list:evidence", [{"copies": 1}]),
        ("period", {"from": "2025-06-03T09:05", "to": "2025-06-03T08:20"}),
        ("table", {"columns": ["a"], "rows": [["1", "2"]]}),
        ("table", {}),
        ("checklist", [{"ok": True}]),
        ("text", 7),
    ],
)
def test_a_value_of_another_shape_is_noticed(type_, value):
    assert not has_shape(type_, value)


def test_a_choice_is_one_of_its_options():
    assert has_shape("choice", "移送", ("移送", "其他"))
    assert not has_shape("choice", "猜测", ("移送", "其他"))
