"""Joint meetings, what they resolve, who follows up, and the minutes."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from docx import Document

from inspectorate.campaigns.queries import campaign
from inspectorate.errors import Forbidden, NotFound, Refusal, Refusals, Stale
from inspectorate.extensions import db
from inspectorate.home.queries import resolutions_to_carry_out
from inspectorate.inspections.uploads import Upload
from inspectorate.joint.actions import meetings as actions
from inspectorate.joint.minutes import minutes_of
from inspectorate.joint.minutes_files import render_docx
from inspectorate.joint.queries import meetings as queries
from tests.inspections.scene import picture
from tests.joint.scene import CAMPAIGN, CITY, COUNTY, TODAY, Offices, hold, resolve


def add(actor: Any, row: Any, **changed: Any) -> Any:
    values = {"done_on": date(2021, 8, 20), "text": "已排查12户", "upload": None, "today": TODAY,
              "key": f"{actor.name}-{len(row.follow_ups)}", "version": None}  # fmt: skip
    return actions.follow_up(actor, row.id, **values | changed)


def test_a_number_is_given_once_and_free_again_when_the_meeting_is_withdrawn(offices: Offices) -> None:
    first = hold(offices.county)
    assert hold(offices.county) is first, "the same form sent twice"
    with pytest.raises(Refusals, match="2"):
        actions.hold_meeting(offices.county, CAMPAIGN, FACTS, key="another")
    assert hold(offices.city).ordinal == 1, "each region counts its own"
    actions.withdraw_meeting(offices.county, first.id, reason="误录", version=None)
    assert actions.hold_meeting(offices.county, CAMPAIGN, FACTS, key="another").ordinal == 1


FACTS = actions.MeetingFacts(1, date(2021, 7, 9), "会议室", "周明", None, [], None, [actions.Came("health", "周明")])


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"held_on": date(2021, 5, 31)}, "held_on"),
        ({"ordinal": 0}, "ordinal"),
        ({"attendance": [actions.Came("police", None, False)]}, "attendance"),
    ],
)
@pytest.mark.one_database
def test_a_meeting_is_of_the_campaigns_days_and_of_departments(
    offices: Offices, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusals) as refused:
        actions.hold_meeting(offices.county, CAMPAIGN, FACTS._replace(**changed), key="x")
    assert [one.field for one in refused.value.refusals] == [field]


@pytest.mark.one_database
def test_the_office_named_as_responsible_sees_the_resolution_from_above_and_follows_up(offices: Offices) -> None:
    meeting = hold(offices.city)
    row = resolve(offices.city, meeting, duties=[("market", COUNTY), ("police", CITY)])
    assert queries.resolution(offices.market, row.id) is row
    assert [todo.about for todo in resolutions_to_carry_out(offices.market, TODAY)] == [row.text]
    assert [todo.about for todo in resolutions_to_carry_out(offices.city, TODAY)] == [row.text]
    assert not resolutions_to_carry_out(offices.county, TODAY)
    made = add(offices.market, row, upload=Upload("排查.jpg", picture()))
    assert made.sha256 and queries.follow_up(offices.city, made.id) is made
    assert add(offices.market, row, key=made.key) is made, "the same form sent twice"
    for actor, error in ((offices.county, NotFound), (offices.neighbour, NotFound), (offices.inspector, NotFound)):
        with pytest.raises(error):
            add(actor, row)
    with pytest.raises(Forbidden):
        actions.settle(offices.market, row.id, state="done", reason="办结", today=TODAY, version=None)


@pytest.mark.one_database
def test_a_resolution_that_is_carried_out_takes_no_follow_up_and_leaves_home(offices: Offices) -> None:
    row = resolve(offices.county, hold(offices.county))
    add(offices.county, row)
    actions.settle(offices.county, row.id, state="done", reason=None, today=TODAY, version=None)
    assert (row.state, row.settled_on) == ("done", TODAY) and not resolutions_to_carry_out(offices.county, TODAY)
    with pytest.raises(Refusal):
        add(offices.county, row)
    actions.settle(offices.county, row.id, state="open", reason="反弹", today=TODAY, version=None)
    assert row.settled_on is None and add(offices.county, row).text
    with pytest.raises(Stale):
        actions.settle(offices.county, row.id, state="dropped", reason="撤销", today=TODAY, version=1)


@pytest.mark.one_database
def test_a_withdrawn_meetings_resolutions_bind_nobody(offices: Offices) -> None:
    meeting = hold(offices.county)
    resolve(offices.county, meeting)
    actions.withdraw_meeting(offices.county, meeting.id, reason="误录", version=None)
    assert not resolutions_to_carry_out(offices.county, TODAY)
    assert not queries.first_resolutions(queries.resolutions(offices.county, CAMPAIGN, "", TODAY))


@pytest.mark.parametrize(
    ("standing", "texts"), [("", "逾期 在办 长期 办结"), ("overdue", "逾期"), ("open", "在办 长期"), ("done", "办结")]
)
@pytest.mark.one_database
def test_resolutions_are_found_by_how_they_stand(offices: Offices, standing: str, texts: str) -> None:
    meeting = hold(offices.county)
    for text, due in (("逾期", TODAY - timedelta(1)), ("在办", TODAY), ("长期", None), ("办结", TODAY - timedelta(9))):
        resolve(offices.county, meeting, text=text, due_on=due)
    actions.settle(offices.county, meeting.resolutions[-1].id, state="done", reason="是", today=TODAY, version=None)
    found = queries.first_resolutions(queries.resolutions(offices.city, CAMPAIGN, standing, TODAY))
    assert [one.text for one in found] == texts.split()


@pytest.mark.parametrize("duties", [[], [("market", COUNTY)] * 2, [("market", "330105")]])
@pytest.mark.one_database
def test_duties_are_of_departments_in_the_meetings_region_each_once(offices: Offices, duties: Any) -> None:
    meeting = hold(offices.county)
    with pytest.raises((Refusal, Refusals)):
        resolve(offices.county, meeting, duties=duties)


@pytest.mark.one_database
def test_the_minutes_say_who_came_what_was_said_and_who_does_what_by_when(offices: Offices) -> None:
    meeting = hold(offices.county)
    resolve(offices.county, meeting, duties=[("market", COUNTY), ("区消费者协会", COUNTY)])
    resolve(offices.county, meeting, text="建立信息共享机制。", due_on=None)
    dropped = resolve(offices.county, meeting, text="不再办理", due_on=None)
    actions.settle(offices.county, dropped.id, state="dropped", reason="并入他项", today=TODAY, version=None)
    db.session.expire(meeting)
    known = campaign(CAMPAIGN)
    assert known is not None
    paper = minutes_of(meeting, known)
    assert paper.present == [("卫生健康部门", "周明"), ("市场监管部门", "赵倩")]
    assert paper.absent == [("公安部门", "执行任务")] and not paper.draft
    assert dict(paper.parts)["三、议定事项"] == [
        "（一）开展医疗美容广告联合排查。（责任单位：市场监管部门、区消费者协会；完成时限：2021年8月31日）",
        "（二）建立信息共享机制。（责任单位：市场监管部门；完成时限：长期坚持）",
    ]
    assert "第一次联席会议" in paper.title and "主持召开" in paper.opening
    text = "\n".join(one.text for one in Document(io.BytesIO(render_docx(paper))).paragraphs)
    for wanted in ("出席：", "请假：", "分送：", "（一）", "不再办理"):
        assert (wanted in text) is (wanted != "不再办理"), wanted
