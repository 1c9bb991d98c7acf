"""The record on screen: the auditor's region and nothing else."""

import pytest

from inspectorate import clock
from inspectorate.accounts.actor import actor_of
from inspectorate.accounts.permissions import Role
from inspectorate.audit.actions import record
from inspectorate.audit.models import RecordEntry
from inspectorate.audit.presentation import readable
from inspectorate.extensions import unit_of_work
from tests import client as browser
from tests import factories


@pytest.fixture
def auditor(session):
    return factories.user(Role.AUDITOR, agency=factories.agency(factories.CITY))


def something_done(agency, by, times=1):
    browser.save()
    with unit_of_work():
        for number in range(times):
            agency.phone = f"0571-{number}"
            record(agency, "accounts:agency:change", actor_of(by), reason=f"换号{number}")


def test_an_auditor_reads_what_was_done_in_the_region_newest_first(sign_in, auditor):
    somebody = factories.user(Role.ADMINISTRATOR, display_name="管理员甲")
    something_done(somebody.agency, somebody, times=60)
    client = sign_in(auditor)
    first = client.get("/record").text
    assert "换号59" in first and "换号0<" not in first and "管理员甲" in first and "修改机关信息" in first
    assert "换号59" in client.get("/record?who=管理员甲").text
    assert "换号59" in client.get(f"/record?q={somebody.agency.name}").text
    assert "没有符合条件的记录" in client.get("/record?q=没有这个词").text
    assert "没有符合条件的记录" in client.get("/record?who=没有这个人").text
    assert client.get("/record?after=nonsense&subject=nonsense").status_code == 200


@pytest.mark.parametrize(("region", "sector"), [(factories.OTHER_PROVINCE, "health"), (factories.COUNTY, "market")])
def test_neither_another_region_nor_another_sector_is_shown(sign_in, auditor, region, sector):
    stranger = factories.user(Role.ADMINISTRATOR, agency=factories.agency(region, sector), display_name="外人")
    something_done(stranger.agency, stranger)
    assert "外人" not in sign_in(auditor).get("/record").text


def test_only_auditors_open_it(sign_in):
    assert sign_in(factories.user(Role.ADMINISTRATOR)).get("/record").status_code == 403


@pytest.mark.parametrize(
    ("row", "column", "code", "word"),
    [
        ("enforcement_case:1", "state", "decision_approval", "决定待审批"),
        ("inspection:1", "state", "submitted", "已提交"),
        ("evidence:1", "kind", "party_statement", "当事人陈述"),
        ("penalty:1", "kind", "confiscate_income", "没收违法所得"),
        ("finding:1", "violation", "MC-001", "无医疗机构执业许可证开展医疗美容"),
        ("inspection:1", "region_code", "330106", "浙江省杭州市西湖区"),
        ("app_user:1", "roles", ["supervisor"], "负责人"),
        ("case_finding:1", "tier", "serious", "情节严重"),
        ("document:1", "kind", "D34", "行政处罚决定书"),
        ("campaign_return:1", "kind", "level", "本级汇总表"),
        ("campaign_return:1", "state", "returned", "已退回"),
        ("campaign_return:1", "objections", [{"row": "a", "col": "b", "reason": "请核对"}], "请核对"),
        ("typical_case:1", "state", "nominated", "已上报"),
        ("campaign_account_section:1", "name", "problems", "存在的问题和困难"),
        ("penalty:1", "kind", "no_longer_known", "no_longer_known"),
    ],
)
def test_codes_are_read_as_words(app, row, column, code, word):
    entry = RecordEntry(
        at=clock.now(),
        actor_id=1,
        actor_name="王",
        event="cases:case:open",
        subject_type="case",
        subject_id="1",
        changes=[{"row": row, "op": "insert", "set": {column: [None, code]}}],
    )
    with app.test_request_context():
        assert [after for _label, _before, after in readable([entry])[0].changes] == [word]


def test_what_the_machine_did_by_itself_is_said_to_be_the_system_s(app):
    entry = RecordEntry(
        at=clock.now(),
        actor_id=None,
        actor_name="system",
        event="documents:document:print",
        subject_type="case",
        subject_id="1",
        changes=[],
    )
    with app.test_request_context():
        assert readable([entry])[0].who == "系统"


def test_where_a_sign_in_came_from_is_told_as_such_and_reasons_as_reasons(sign_in, auditor):
    something_done(auditor.agency, auditor)
    with unit_of_work():
        record(auditor, "signin:session:start", actor_of(auditor), reason="127.0.0.1")
    page = sign_in(auditor).get("/record").text
    assert '<p class="timeline-reason">来自 127.0.0.1</p>' in page
    assert '<p class="timeline-reason">说明：换号0</p>' in page
