"""The screens: empty, full, and each form as somebody fills it."""

import io
from typing import Any

import pytest
from lxml import html
from pypdf import PdfReader
from sqlalchemy import select

from inspectorate.extensions import db
from inspectorate.joint.models import Activity, JointMeeting, Liaison, RecheckOrder, Resolution
from tests.client import form_of
from tests.inspections.scene import picture
from tests.joint.scene import CAMPAIGN, COUNTY, Offices, enter_liaison, held, hold, inspected, order, resolve

BASE = f"/campaigns/{CAMPAIGN}/joint"
PARTS = ("", "/liaisons", "/meetings", "/resolutions", "/rechecks", "/activities")


def words(page: str) -> str:
    return " ".join(html.fromstring(page).find(".//main").text_content().split())


def problems(answer: Any) -> list[str]:
    page = html.fromstring(answer.get_data(as_text=True))
    return [one.text_content() for name in ("wrong", "error-summary") for one in page.find_class(name)]


@pytest.mark.one_database
def test_every_part_says_why_it_is_empty_and_what_to_do(client: Any, offices: Offices) -> None:
    client.sign_in(offices.county_user)
    for part in PARTS:
        assert client.get(BASE + part).status_code == 200, part
    assert "未确定联络员的部门" in words(client.get(BASE).text)
    assert "尚未登记联席会议" in words(client.get(f"{BASE}/meetings").text)
    assert "尚未部署回头看" in words(client.get(f"{BASE}/rechecks").text)
    assert "尚无登记" in words(client.get(f"{BASE}/activities").text)
    assert "尚无已提交的检查" in words(client.get(f"{BASE}/rechecks/new").text)


def test_a_full_campaign_shows_its_joint_side_to_the_county_and_the_city(client: Any, offices: Offices) -> None:
    enter_liaison(offices.county)
    enter_liaison(offices.city, name="钱进", department="市消费者协会")
    meeting = hold(offices.county)
    resolution = resolve(offices.county, meeting)
    for code in ("MC-001", "MC-002"):
        inspected(offices.county_user.agency, code)
    ordered = order(offices.city)
    activity = held(offices.county, "a")
    task_id, ids = ordered.tasks[0].id, (meeting.id, resolution.id, ordered.id, activity.id)
    for user in (offices.county_user, offices.city_user):
        client.sign_in(user)
        for part in PARTS:
            assert client.get(BASE + part).status_code == 200, part
        pages = [f"/joint/meetings/{ids[0]}", f"/joint/resolutions/{ids[1]}", f"/joint/activities/{ids[3]}"]
        for page in [*pages, f"/joint/tasks/{task_id}"]:
            assert client.get(page).status_code == 200, page
        told = words(client.get(f"{BASE}/liaisons").text)
        assert "钱进" in told and "137****1234" in told and "13700001234" not in told
    assert "重新抽取，结果一致" in words(client.get(f"/joint/rechecks/{ids[2]}").text)
    assert "逾期" in words(client.get(f"{BASE}/resolutions").text)
    for file in ("rechecks/list.xlsx", "activities/list.csv"):
        assert client.get(f"{BASE}/{file}").status_code == 200


@pytest.mark.one_database
def test_a_liaison_person_is_entered_changed_and_shown_in_full_for_a_reason(client: Any, offices: Offices) -> None:
    client.sign_in(offices.county_user)
    place = f"{BASE}/liaisons/new"
    typed = {"department": "other", "other": "区消费者协会", "name": "孙丽", "phone": "13800005678"}
    answer = client.post(place, data=form_of(client.get(place).text) | typed)
    assert answer.status_code == 302, problems(answer)
    row = db.session.scalars(select(Liaison)).one()
    assert (row.department, row.region_code) == ("区消费者协会", COUNTY)
    place = f"/joint/liaisons/{row.id}"
    assert client.post(place, data=form_of(client.get(place).text) | {"post": "秘书长"}).status_code == 302
    db.session.expire_all()
    assert (row.post, row.phone) == ("秘书长", "13800005678")
    shown = client.post(f"{place}/numbers", data=form_of(client.get(f"{place}/numbers").text) | {"reason": "contact"})
    assert "13800005678" in shown.text


@pytest.mark.one_database
def test_a_meeting_is_written_down_resolved_followed_up_and_printed(client: Any, offices: Offices) -> None:
    client.sign_in(offices.county_user)
    filled = form_of(client.get(f"{BASE}/meetings/new").text)
    typed = {"held_on": "20210702", "place": "三号会议室", "chair": "周明副局长", "agenda": "通报\n研究",
             "minutes": "会议听取了汇报。", "attendance-0-persons": "王芳"}  # fmt: skip
    answer = client.post(f"{BASE}/meetings/new", data=filled | typed)
    assert answer.status_code == 302, problems(answer)
    meeting = db.session.scalars(select(JointMeeting)).one()
    place = f"/joint/meetings/{meeting.id}"
    duty = {"text": "联合排查广告", "due_on": "20210930", "duties-0-department": "health", "duties-0-region": COUNTY}
    answer = client.post(f"{place}/resolutions/new", data=form_of(client.get(f"{place}/resolutions/new").text) | duty)
    assert answer.status_code == 302, problems(answer)
    resolution = db.session.scalars(select(Resolution)).one()
    step = f"/joint/resolutions/{resolution.id}/follow-up"
    proof = {"text": "已排查12户", "files": (io.BytesIO(picture()), "排查.jpg")}
    answer = client.post(step, data=form_of(client.get(step).text) | proof, content_type="multipart/form-data")
    assert answer.status_code == 302, problems(answer)
    db.session.expire_all()
    made = resolution.follow_ups[0]
    assert client.get(f"/joint/follow-ups/{made.id}/file").get_data() == picture()
    settle = f"/joint/resolutions/{resolution.id}/settle"
    assert client.post(settle, data=form_of(client.get(settle).text) | {"state": "done"}).status_code == 302
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(client.get(f"{place}/minutes.pdf").data)).pages)
    assert "议定事项" in text and "联合排查广告" in text and "2021年9月30日" in text


@pytest.mark.one_database
def test_a_sample_is_drawn_and_ticked_places_are_ordered(client: Any, offices: Offices) -> None:
    reports = [inspected(offices.county_user.agency, "MC-001") for _ in range(4)]
    client.sign_in(offices.county_user)
    place = f"{BASE}/rechecks/new?earlier=found"
    typed = {"title": "回头看", "due_on": "20210930", "size": "2"}
    answer = client.post(place, data=form_of(client.get(place).text) | typed)
    assert answer.status_code == 302, problems(answer)
    drawn = db.session.scalars(select(RecheckOrder)).one()
    assert len(drawn.tasks) == 2 and drawn.criteria == {"earlier": "found"}
    left = next(one.id for one in reports if one.id not in [task.earlier_id for task in drawn.tasks])
    typed |= {"method": "named", "chosen": str(left)}
    answer = client.post(place, data=form_of(client.get(place).text) | typed)
    assert answer.status_code == 302, problems(answer)
    assert client.post(place, data=form_of(client.get(place).text) | typed).status_code == 200, "it waits already"


@pytest.mark.one_database
def test_an_activity_is_entered_corrected_with_a_reason_and_withdrawn(client: Any, offices: Offices) -> None:
    client.sign_in(offices.county_user)
    place = f"{BASE}/activities/new/publicity"
    typed = {"kind": "lecture", "held_on": "20210705", "title": "进社区", "people": "1,200", "copies": "300"}
    answer = client.post(place, data=form_of(client.get(place).text) | typed)
    assert answer.status_code == 302, problems(answer)
    twice = client.post(place, data=form_of(client.get(place).text) | typed)
    assert twice.status_code == 200 and "同日同名" in words(twice.text) and 'name="apart"' in twice.text
    row = db.session.scalars(select(Activity)).one()
    step = f"/joint/activities/{row.id}/correct"
    fixed = {"people": "1300", "reason": "漏计一场"}
    answer = client.post(step, data=form_of(client.get(step).text) | fixed)
    assert answer.status_code == 302, problems(answer)
    told = words(client.get(f"/joint/activities/{row.id}").text)
    assert "已更正1次" in told and "1200" in told and "1300" in told and "漏计一场" in told
    step = f"/joint/activities/{row.id}/withdraw"
    assert client.post(step, data=form_of(client.get(step).text) | {"reason": "重复"}).status_code == 302
    assert "已撤回" in words(client.get(f"{BASE}/activities").text)
