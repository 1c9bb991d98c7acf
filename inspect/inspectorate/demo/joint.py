"""What the departments of the demo's campaign do together, in a county, its city and its province."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from ..accounts.actor import Actor
from ..accounts.models import Agency
from ..accounts.permissions import Role
from ..accounts.scope import in_region
from ..campaigns.queries import campaign_for
from ..extensions import db
from ..inspections.uploads import Upload
from ..joint.actions import activities, liaison, meetings
from ..joint.actions.liaison import LiaisonFacts
from ..joint.actions.meetings import Came, MeetingFacts, ResolutionFacts
from ..joint.departments import Part, parts_of
from ..joint.models import JointMeeting, Resolution
from ..joint.rules import ActivityFacts
from .chance import Chance
from .joint_rechecks import make_rechecks
from .offices import person_name
from .pictures import photograph
from .sign_ins import HANGZHOU, ZHEJIANG
from .stage import Calendar
from .world import WEST_LAKE, campaign_on

UNNAMED = {WEST_LAKE: {"postal", "telecom"}, HANGZHOU: {"telecom"}, ZHEJIANG: set[str]()}
"""Departments that have named nobody yet."""

NEIGHBOURS_NAME = 3
"""How many departments have named somebody in the counties around."""

POSTS = {
    "health": "监督处处长",
    "market": "稽查处处长",
    "drug": "稽查处副处长",
    "cyberspace": "综合处处长",
    "telecom": "信息安全处处长",
    "postal": "行业处处长",
    "police": "治安部门副大队长",
    "customs": "卫生检疫处处长",
}

LECTURES = ("医疗美容安全科普讲座", "美容消费维权讲座", "校园防范医美陷阱宣讲")
ADVICE = ("“医美安全进社区”咨询活动", "商圈现场咨询活动")
VIDEOS = ("“如何辨别正规医美机构”短视频", "典型案例警示短视频")


def make_joint(people: Mapping[str, Actor], seed: int, today: date) -> None:
    """Liaison persons, meetings with resolutions in every state, re-checks with results, publicity and training."""
    chance, campaign_id = Chance(seed, "joint"), campaign_on(today).id
    levels = {WEST_LAKE: "county-office", HANGZHOU: "city-office", ZHEJIANG: "province-office"}
    offices = {region: people[name] for region, name in levels.items()}
    for region, actor in offices.items():
        _liaisons(chance, actor, campaign_id, UNNAMED[region], today)
    for actor in _neighbours(offices[ZHEJIANG]):
        _liaisons(chance, actor, campaign_id, set(), today, NEIGHBOURS_NAME)
        _activities(chance, actor, campaign_id, today, 2)
    for (region, actor), number in zip(offices.items(), (7, 4, 3), strict=True):
        _activities(chance, actor, campaign_id, today, number)
        _hold(actor, campaign_id, 1, today - timedelta(100), today)
        if region != ZHEJIANG:
            _follow_up(people, _hold(actor, campaign_id, 2, today - timedelta(38), today), actor, chance, today)
    make_rechecks(people, campaign_id, today)


def _neighbours(province: Actor) -> list[Actor]:
    """The campaign offices of the province's other authorities, which have no sign-in in the demo."""
    known = (WEST_LAKE, HANGZHOU, ZHEJIANG)
    query = select(Agency).where(
        in_region(Agency.region_code, ZHEJIANG),
        Agency.sector == province.sector,
        Agency.acts_for_id.is_(None),
        Agency.region_code.not_in(known),
    )
    roles = frozenset({Role.CAMPAIGN_OFFICE})
    return [
        Actor(None, f"{agency.name}专项办", agency.id, agency.id, agency.region_code, agency.sector, roles)
        for agency in db.session.scalars(query.order_by(Agency.region_code))
    ]


def _parts(actor: Actor, campaign_id: str) -> list[Part]:
    return parts_of(campaign_for(actor, campaign_id))


# ---------------------------------------------------------------- liaison


def _liaisons(
    chance: Chance, actor: Actor, campaign_id: str, unnamed: set[str], today: date, most: int | None = None
) -> None:
    first = campaign_on(today).first
    with Calendar(today - timedelta(120), today).at_work():
        for number, part in enumerate(_parts(actor, campaign_id)[:most]):
            if part.code in unnamed:
                continue
            post = f"{part.name}部门{POSTS.get(part.code, '综合处处长')}"
            post = post if actor.region_code.endswith("00") else post.replace("处", "科")
            facts = LiaisonFacts(
                part.code, person_name(chance), post, chance.digits("0571-8###0##"), chance.digits("139########"), first
            )
            row = liaison.add_liaison(actor, campaign_id, facts)
            if number == 1 and most is None:
                away = today - timedelta(10), today + timedelta(20)
                phone = chance.digits("139########")
                stands_in = facts._replace(name=person_name(chance), phone=phone, from_on=away[0], to_on=away[1])
                liaison.add_liaison(actor, campaign_id, stands_in._replace(stands_in_for_id=row.id))


# ---------------------------------------------------------------- meetings

RESOLVED = (
    ("对辖区生活美容场所开展联合排查，建立底数清单，发现违法线索当日移送卫生健康部门", "health market", 30),
    ("清理整治违法医疗美容广告和互联网信息，对主要平台开展约谈", "market cyberspace", 45),
    ("对药品、医疗器械购进使用环节开展倒查，查清来源去向", "drug market", 60),
    ("建立部门间线索移送和信息共享机制", "health", None),
)


def _hold(actor: Actor, campaign_id: str, number: int, on: date, today: date) -> JointMeeting:
    """The N-th meeting of an office with all that was resolved there."""
    parts = _parts(actor, campaign_id)
    came = [Came(part.code, "分管负责同志、联络员") for part in parts[:-1]]
    facts = MeetingFacts(
        ordinal=number,
        held_on=on,
        place="机关三号会议室",
        chair="卫生健康部门分管负责同志",
        recorder="专项办联络员",
        agenda=["通报专项行动进展情况", "研究联合检查和线索移送工作", "部署下一阶段任务"],
        minutes="会议听取了各成员单位工作情况汇报，分析了当前非法医疗美容的突出问题和监管难点。\n"
        "会议强调，要压实属地责任，强化部门协同，做到线索共享、执法联动、结果互认，对无证行医和使用假劣药械的从严查处。",
        attendance=[*came, Came(parts[-1].code, "因参加上级会议请假", False)],
    )
    key = f"demo-meeting-{actor.region_code}-{number}"
    with Calendar(on + timedelta(1), today).at_work():
        meeting = meetings.hold_meeting(actor, campaign_id, facts, key=key)
        known = {part.code for part in parts}
        for position, (text, departments, days) in enumerate(RESOLVED[: 4 if number == 1 else 3]):
            duties = [(one, actor.region_code) for one in departments.split() if one in known]
            due = on + timedelta(days) if days else None
            meetings.resolve(actor, meeting.id, ResolutionFacts(text, due, duties), key=f"{key}-{position}")
    if number == 1:
        _settle(actor, meeting, today)
    return meeting


def _settle(actor: Actor, meeting: JointMeeting, today: date) -> None:
    """Of the first meeting two are done, one is dropped, one goes on."""
    for row, (state, reason) in zip(meeting.resolutions, SETTLED, strict=False):
        if state == "open":
            continue
        day = (row.due_on or today) - timedelta(3)
        if state == "done":
            _report(actor, row, day, "已完成排查，底数清单报专项办备案，移送线索已逐条核查。", today)
        with Calendar(day + timedelta(1), today).at_work() as on:
            meetings.settle(actor, row.id, state=state, reason=reason, today=on, version=None)


SETTLED = (
    ("done", None),
    ("done", "已约谈平台并完成首轮清理"),
    ("dropped", "并入药品监管部门年度抽检计划统一实施"),
    ("open", None),
)


def _report(actor: Actor, row: Resolution, day: date, text: str, today: date, upload: Upload | None = None) -> None:
    key = f"demo-follow-up-{row.id}-{actor.sector}-{day.isoformat()}"
    with Calendar(day, today).at_work() as on:
        meetings.follow_up(
            actor, row.id, done_on=on, text=text, upload=upload, today=on, key=key, version=None
        )  # fmt: skip


def _follow_up(
    people: Mapping[str, Actor], meeting: JointMeeting, actor: Actor, chance: Chance, today: date
) -> None:  # fmt: skip
    """Of the second meeting the first is overdue by some days; the market office has proved a part of its own."""
    day = meeting.held_on + timedelta(14)
    picture = Upload("联合排查照片.png", photograph(chance, (f"联合排查现场  {day.isoformat()}", "第一组")))
    _report(
        actor, meeting.resolutions[0], day, "已排查生活美容场所46家，发现线索5条，其余乡镇正在排查。", today, picture
    )
    if meeting.region_code == WEST_LAKE:
        text = "已监测广告320条次，责令下架违法广告12条，立案2件。"
        _report(people["market-office"], meeting.resolutions[1], day + timedelta(3), text, today)


# ---------------------------------------------------------------- publicity and training


def _activities(chance: Chance, actor: Actor, campaign_id: str, today: date, number: int) -> None:
    """Of each office every third one is a course; the county corrects one and withdraws one."""
    rows = []
    for turn in range(number):
        day = today - timedelta(5 + turn * 13)
        facts = _course(chance, day) if turn % 3 == 2 else _publicity(chance, day)
        key = f"demo-activity-{actor.region_code}-{turn}"
        with Calendar(day, today).at_work() as on:
            rows.append((facts, activities.enter_activity(actor, campaign_id, facts, on, key=key)))
    if actor.region_code == WEST_LAKE and len(rows) > 4:
        with Calendar(today, today).at_work() as on:
            facts, row = rows[0]
            more = facts._replace(people=facts.people + 45, apart=True)
            activities.correct_activity(actor, row.id, more, on, reason="漏计下午场参加人数", version=None)
            activities.withdraw_activity(actor, rows[4][1].id, reason="与街道登记的活动重复", version=None)


def _publicity(chance: Chance, day: date) -> ActivityFacts:
    kind, titles = chance.pick((("lecture", LECTURES), ("advice", ADVICE), ("video", VIDEOS)))
    people = chance.count(2_000, 30_000) if kind == "video" else chance.count(40, 260)
    copies = 0 if kind == "video" else chance.count(60, 500)
    place = "官方公众号" if kind == "video" else chance.pick(("街道文化礼堂", "社区广场", "大学活动中心"))
    return ActivityFacts("publicity", kind, day, chance.pick(titles), place, 1, people, copies, apart=True)


def _course(chance: Chance, day: date) -> ActivityFacts:
    kind, title = chance.pick((("own_staff", "医疗美容监督执法业务培训"), ("units", "医疗美容机构负责人法规培训"),
                               ("departments", "跨部门联合执法培训")))  # fmt: skip
    people = chance.count(20, 120)
    return ActivityFacts("training", kind, day, title, "行政服务中心报告厅", 1, people, 0, apart=True)
