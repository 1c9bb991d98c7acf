from datetime import date

import pytest

from inspectorate.documents.rules import objections_to_record, objections_to_service
from tests.documents.samples import RECORD

TODAY = date(2025, 7, 21)


def test_a_record_of_what_was_seen_is_accepted():
    assert list(objections_to_record(RECORD.split("\n"))) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("该场所未取得许可，违反《医疗机构管理条例》。", "违反"),
        ("依据第二十四条，该诊所无证行医。", "第二十四条"),
        ("该行为涉嫌超范围执业。", "涉嫌"),
        ("现场责令停止手术。", "责令"),
        ("要求其限期整改。", "限期整改"),
        ("拟对该单位处以罚款。", "拟对该单位处以罚款"),
        ("据群众举报，该店长期开展手术。", "据群众举报"),
        ("大厅环境脏乱，卫生状况较差。", "环境脏乱"),
        ("消毒记录不符合要求。", "不符合"),
    ],
)
def test_a_judgement_in_a_record_is_refused_with_its_words_and_place(line, words):
    objections = list(objections_to_record(["1. 大厅内有接待台1张。", line]))
    assert objections
    assert {objection.values["line"] for objection in objections} == {2}
    assert words in {objection.values["words"] for objection in objections}
    assert all(objection.field == "insp.record" for objection in objections)


@pytest.mark.parametrize(
    "line",
    [
        "墙面张贴《医疗废物管理条例》节选及“严禁违规操作”字样的标牌。",
        "台面放置封面标示“行政处罚决定书”的文件1份，文中可见“责令改正”字样。",
        "药品外包装标示“不合格品”红色标签。",
    ],
)
def test_what_was_read_on_the_spot_is_quoted_and_not_judged(line):
    assert list(objections_to_record([line])) == []


GOOD = {
    "way": "direct",
    "issued_on": date(2025, 7, 18),
    "served_on": date(2025, 7, 21),
    "today": TODAY,
    "receiver": "旻珺堃",
    "servers": ["沈昇", "陆旻"],
    "refusal_reason": None,
    "witness": None,
    "note": None,
}
LEFT = {"way": "left", "receiver": None, "refusal_reason": "负责人拒绝签收", "witness": "社区工作人员王某"}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        LEFT,
        {**LEFT, "witness": None, "note": "拍照、录像"},
        {"way": "post", "receiver": None, "servers": ["沈昇"], "note": "EMS 1234567890"},
        {"way": "announcement", "receiver": None, "servers": ["沈昇"], "note": "机关网站，2025年7月21日"},
        {"way": "electronic", "servers": ["沈昇"]},
        {"served_on": date(2025, 7, 18)},
    ],
)
def test_a_complete_proof_of_service_is_accepted(changes):
    assert list(objections_to_service(**{**GOOD, **changes})) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"way": "pigeon"}, "way"),
        ({"served_on": date(2025, 7, 17)}, "served_on"),
        ({"served_on": date(2025, 7, 22)}, "served_on"),
        ({"servers": ["沈昇"]}, "servers"),
        ({"servers": ["沈昇", "沈昇"]}, "servers"),
        ({"way": "electronic", "servers": []}, "servers"),
        ({"receiver": None}, "receiver"),
        ({**LEFT, "refusal_reason": None}, "refusal_reason"),
        ({**LEFT, "witness": None}, "witness"),
        ({"way": "post", "servers": ["沈昇"]}, "note"),
        ({"way": "announcement", "servers": ["沈昇"]}, "note"),
    ],
)
def test_a_proof_that_would_not_hold_is_refused_at_its_field(changes, field):
    assert [objection.field for objection in objections_to_service(**{**GOOD, **changes})] == [field]
