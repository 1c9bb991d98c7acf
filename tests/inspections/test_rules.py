"""What a field report must keep to, rule by rule."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspectorate.inspections import rules
from inspectorate.inspections.rules import Entry, Found, OfficerThere, Request, Statement, Visit

DAY = date(2026, 3, 4)
NOW = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)  # 15:30 in China

LI, CHEN = OfficerThere(1, "李明", True), OfficerThere(2, "陈洁", True)
VISIT = Visit(
    inspected_on=DAY,
    entered_at=NOW - timedelta(hours=2),
    left_at=NOW - timedelta(hours=1),
    officers=(LI, CHEN),
    place="文三路1号",
    escort="王敏",
    identity_shown=True,
    recusal_answer="none",
)
FOUND = Found(DAY, ("一层为接待区。",), (("MC-001", "手术3例"),), True, "停止手术", None)
SIGNED = Statement("signed", None, None, VISIT.left_at)
APPROVED = Entry("approved", False, DAY - timedelta(days=1), DAY + timedelta(days=6))
REQUEST = Request("k", 1, "routine", "依法执业情况", DAY, DAY + timedelta(days=3))


def fields(objections):
    return [objection.field for objection in objections]


def test_a_whole_report_meets_no_objection():
    assert fields(rules.report_objections(VISIT, FOUND, SIGNED, APPROVED, True, NOW)) == []


@pytest.mark.parametrize(
    ("party", "uscc", "licensed", "needed"),
    [
        ("org", "91330106MA27XW5N4L", True, True),
        ("org", "91330106MA27XW5N4L", False, True),
        ("org", None, True, True),
        ("org", None, False, False),
        ("person", None, False, False),
        ("person", None, True, False),
    ],
)
def test_an_entry_is_approved_for_enterprises_not_for_persons_and_unlicensed_places(party, uscc, licensed, needed):
    assert rules.entry_needed(party, uscc, licensed) is needed


@pytest.mark.parametrize(
    ("entry", "needed", "wrong"),
    [
        (None, True, ["entry"]),
        (None, False, []),
        (APPROVED, True, []),
        (APPROVED._replace(state="refused"), True, ["entry"]),
        (APPROVED._replace(state="refused"), False, ["entry"]),
        (APPROVED._replace(state="requested"), True, ["entry"]),
        (APPROVED._replace(state="requested", urgent=True), True, []),
        (APPROVED._replace(planned_to=DAY - timedelta(days=1)), True, ["inspected_on"]),
        (APPROVED._replace(planned_from=DAY + timedelta(days=1)), True, ["inspected_on"]),
        (APPROVED._replace(planned_from=DAY, planned_to=DAY), True, []),
    ],
)
def test_a_report_stands_on_an_approval_of_its_days(entry, needed, wrong):
    assert fields(rules.entry_objections(needed, entry, DAY)) == wrong


def test_an_urgent_entry_is_approved_by_the_end_of_the_next_day_in_china():
    late_evening = datetime(2026, 3, 4, 15, 59, tzinfo=UTC)  # 23:59 in China
    assert rules.approval_due_on(late_evening) == date(2026, 3, 5)
    assert rules.approval_due_on(late_evening + timedelta(minutes=1)) == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"reason": "mood"}, ["reason"]),
        ({"reason": "campaign"}, ["campaign"]),
        ({"items": "  "}, ["items"]),
        ({"planned_to": DAY - timedelta(days=1)}, ["planned_to"]),
        ({"planned_to": DAY + timedelta(days=93)}, ["planned_to"]),
        ({"planned_to": DAY + timedelta(days=92)}, []),
        ({"planned_from": DAY - timedelta(days=1)}, ["planned_from"]),
        ({"planned_from": DAY - timedelta(days=1), "urgent": True, "urgent_reason": "正在手术"}, []),
        ({"urgent": True}, ["urgent_reason"]),
    ],
)
def test_an_entry_is_asked_for_with_reason_items_and_days(changed, wrong):
    assert fields(rules.request_objections(REQUEST._replace(**changed), DAY)) == wrong


@pytest.mark.parametrize(
    ("officers", "wrong"),
    [
        ((LI, CHEN), []),
        ((), ["officers"]),
        ((LI,), ["officers"]),
        ((LI, LI), ["officers-1-officer_id", "officers"]),
        ((LI, CHEN, LI), ["officers-2-officer_id"]),
        ((LI, CHEN._replace(certified=False)), ["officers-1-officer_id"]),
        ((LI._replace(own=False), CHEN), ["officers-0-officer_id"]),
    ],
)
def test_two_certified_officers_of_the_authority_take_part_none_twice(officers, wrong):
    assert fields(rules.officer_objections(officers)) == wrong


def test_too_few_officers_are_refused_with_the_article():
    (objection,) = rules.officer_objections((LI,))
    assert objection.citation.zh() == "《行政处罚法》第四十二条第一款"


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"inspected_on": DAY + timedelta(days=1)}, ["inspected_on"]),
        ({"entered_at": NOW + timedelta(minutes=1), "left_at": None}, ["entered"]),
        ({"entered_at": NOW - timedelta(days=1)}, ["entered"]),
        ({"left_at": NOW - timedelta(hours=3)}, ["left"]),
        ({"left_at": NOW + timedelta(minutes=1)}, ["left"]),
        ({"left_at": VISIT.entered_at}, []),
        ({"entered_at": None, "left_at": None}, []),
    ],
)
def test_times_do_not_contradict_each_other_or_the_clock(changed, wrong):
    assert fields(rules.time_objections(VISIT._replace(**changed), NOW)) == wrong


def test_a_visit_may_end_after_midnight_but_lasts_a_day_at_most():
    visit = VISIT._replace(left_at=VISIT.entered_at + timedelta(hours=23))
    tomorrow = NOW + timedelta(days=2)
    assert fields(rules.time_objections(visit, tomorrow)) == []
    assert fields(rules.time_objections(visit._replace(left_at=visit.entered_at + timedelta(hours=25)), tomorrow)) == [
        "left"
    ]


@given(st.integers(-3000, 3000), st.integers(-3000, 3000))
def test_whatever_times_pass_are_in_order_and_past(entered, left):
    visit = VISIT._replace(entered_at=NOW + timedelta(minutes=entered), left_at=NOW + timedelta(minutes=left))
    if not list(rules.time_objections(visit, NOW)):
        assert visit.entered_at <= visit.left_at <= NOW
        assert visit.left_at - visit.entered_at <= rules.LONGEST_VISIT


@pytest.mark.parametrize("name", ["entered_at", "place", "identity_shown", "recusal_answer"])
def test_every_gap_of_the_visit_is_named(name):
    field = name.removesuffix("_at")
    assert fields(rules.visit_gaps(VISIT._replace(**{name: None}))) == [field]


REFUSED_WORDS = [
    "违反了《医师法》第五十九条",
    "第二十四条规定的许可证未见",
    "拟处以罚款",
    "责令立即停止手术",
    "限期整改",
    "涉嫌无证行医",
    "据群众反映这里每天手术",
    "环境卫生状况较差",
]
FACTUAL_LINES = [
    "墙面悬挂《医疗机构执业许可证》正本，登记号为123456。",
    "门口张贴告示，写有“违者罚款五十元”。",
    "墙上标语为“依照《传染病防治法》第三条”。",
    "手术台上有缝合线2包，批号20250301。",
    "操作间门上有“非请勿入”警告标志。",
    "冰箱内温度计读数为6摄氏度。",
]


@pytest.mark.parametrize("line", REFUSED_WORDS)
def test_the_record_refuses_articles_judgements_penalties_orders_and_hearsay(line):
    found = list(rules.wording_objections(["一层为接待区。", line]))
    assert found and {objection.field for objection in found} == {"seen-1-text"}
    assert all(objection.values["line"] == 2 for objection in found)


@pytest.mark.parametrize("line", FACTUAL_LINES)
def test_the_record_takes_what_was_seen_counted_and_read(line):
    assert list(rules.wording_objections([line])) == []
    assert list(rules.wording_hints([line])) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("垃圾桶混乱摆放", "evaluation"),
        ("可能使用过", "evaluation"),
        ("护士自称有证", "hearsay"),
        ("据该店店长介绍，开业三个月", "hearsay"),
    ],
)
def test_softer_words_are_pointed_out(line, kind):
    assert [(hint.line, hint.kind) for hint in rules.wording_hints(["一层。", line])] == [(1, kind)]


@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_is_judged_without_an_error(lines):
    for objection in rules.wording_objections(lines):
        assert 1 <= objection.values["line"] <= len(lines)
    for hint in rules.wording_hints(lines):
        assert hint.words in lines[hint.line]


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({}, []),
        ({"seen": ()}, ["seen"]),
        ({"seen": ("  ",)}, ["seen"]),
        ({"findings": (("MC-001", " "),)}, ["findings-0-facts"]),
        ({"correction_text": None}, ["correction_text"]),
        ({"correction_text": None, "order_correction": False}, []),
    ],
)
def test_gaps_among_the_findings_are_named(changed, wrong):
    assert fields(rules.finding_gaps(FOUND._replace(**changed))) == wrong


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"findings": (("MC-001", "a"), ("MC-001", "b"))}, ["findings-1-facts"]),
        ({"findings": ()}, ["order"]),
        ({"findings": (), "order_correction": False}, []),
        ({"correction_due_on": DAY - timedelta(days=1)}, ["correction_due_on"]),
        ({"correction_due_on": DAY}, []),
    ],
)
def test_findings_and_order_do_not_contradict_each_other(changed, wrong):
    assert fields(rules.finding_objections(FOUND._replace(**changed))) == wrong


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        (SIGNED, []),
        (Statement(None, None, None, VISIT.left_at), ["signature"]),
        (Statement("signed", None, None, None), ["left"]),
        (Statement("refused", None, None, VISIT.left_at), ["refusal_reason"]),
        (Statement("refused", "对记录有异议", None, VISIT.left_at), []),
        (Statement("refused", None, "社区工作人员赵强", VISIT.left_at), []),
        (Statement("absent", None, "社区工作人员赵强", VISIT.left_at), ["refusal_reason"]),
        (Statement("absent", "大门紧锁，电话无人接听", None, VISIT.left_at), []),
    ],
)
def test_without_signature_there_is_a_reason_or_a_witness(statement, wrong):
    assert fields(rules.statement_objections(statement)) == wrong


def test_somebody_of_the_party_is_named_unless_nobody_was_there():
    alone = VISIT._replace(escort=None)
    absent = Statement("absent", "大门敞开，无人应答", None, VISIT.left_at)
    assert fields(rules.report_objections(alone, FOUND, SIGNED, APPROVED, True, NOW)) == ["escort"]
    assert fields(rules.report_objections(alone, FOUND, absent, APPROVED, True, NOW)) == []
