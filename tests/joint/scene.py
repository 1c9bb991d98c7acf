"""Offices of a county, its city and its province in the campaign of 2021, and what they do together."""

from datetime import date
from typing import Any

from inspectorate.accounts.actor import Actor, actor_of
from inspectorate.accounts.models import User
from inspectorate.accounts.permissions import Role
from inspectorate.inspections.models import Finding, Inspection
from inspectorate.joint.actions import activities, liaison, meetings, rechecks
from inspectorate.joint.actions.liaison import LiaisonFacts
from inspectorate.joint.actions.meetings import Came, MeetingFacts, ResolutionFacts
from inspectorate.joint.actions.rechecks import OrderFacts
from inspectorate.joint.models import Activity, JointMeeting, Liaison, RecheckOrder, Resolution
from inspectorate.joint.queries.rechecks import Criteria
from inspectorate.joint.rules import ActivityFacts
from tests import factories

CAMPAIGN = "medical_cosmetology_2021"
TODAY = date(2021, 9, 15)
COUNTY, CITY, PROVINCE = factories.COUNTY, factories.CITY, factories.PROVINCE


class Offices:
    """Who acts: campaign offices of three levels and of two sectors, and the county's inspector."""

    def __init__(self) -> None:
        self.county_user = self._office(COUNTY)
        self.city_user = self._office(CITY)
        self.county, self.city = actor_of(self.county_user), actor_of(self.city_user)
        self.province = actor_of(self._office(PROVINCE))
        self.market = actor_of(self._office(COUNTY, "market"))
        self.neighbour = actor_of(self._office(factories.OTHER_COUNTY))
        self.inspector_user = factories.user(Role.INSPECTOR, agency=self.county_user.agency, display_name="李明")
        self.inspector = actor_of(self.inspector_user)

    @staticmethod
    def _office(region: str, sector: str = "health") -> User:
        agency = factories.agency(region, sector)
        return factories.user(Role.CAMPAIGN_OFFICE, agency=agency, display_name=f"{region}专项办", linked=False)


def enter_liaison(actor: Actor, **changed: Any) -> Liaison:
    """Somebody of the market department."""
    values = {"department": "market", "name": "赵倩", "post": "执法稽查科科长", "office_phone": "0571-12345",
              "phone": "13700001234", "from_on": date(2021, 6, 1)}  # fmt: skip
    return liaison.add_liaison(actor, CAMPAIGN, LiaisonFacts(**values | changed))


def hold(actor: Actor, **changed: Any) -> JointMeeting:
    """A meeting at which two departments were, and one was not."""
    values = {
        "ordinal": 1,
        "held_on": date(2021, 7, 2),
        "place": "区政府三号会议室",
        "chair": "区卫生健康局副局长周明",
        "recorder": "李强",
        "agenda": ["通报进展", "研究联合检查"],
        "minutes": "各部门通报了工作进展。\n会议强调要形成合力。",
        "attendance": [Came("health", "周明"), Came("market", "赵倩"), Came("police", "执行任务", False)],
    }
    facts = MeetingFacts(**values | changed)
    return meetings.hold_meeting(actor, CAMPAIGN, facts, key=f"meeting-{actor.region_code}-{facts.ordinal}")


def resolve(actor: Actor, meeting: JointMeeting, **changed: Any) -> Resolution:
    """The market department is to look through advertisements until the end of August."""
    values = {"text": "开展医疗美容广告联合排查", "due_on": date(2021, 8, 31), "duties": [("market", COUNTY)]}
    facts = ResolutionFacts(**values | changed)
    return meetings.resolve(actor, meeting.id, facts, key=f"resolution-{meeting.id}-{facts.text}")


def inspected(agency: Any, *codes: str, **changed: Any) -> Inspection:
    """A submitted report of the campaign at a clinic of its own, with findings."""
    values = {"region_code": agency.region_code, "sector": "health", "campaign": CAMPAIGN,
              "category": "licensed_institution", "inspected_on": date(2021, 7, 10), "reason": "campaign",
              "state": "submitted", "order_correction": bool(codes)}  # fmt: skip
    subject = changed.pop("subject", None) or factories.establishment(agency.region_code)
    row = Inspection(subject=subject, agency=agency, **values | changed)
    row.findings = [Finding(violation=code, facts="…", position=number) for number, code in enumerate(codes)]
    factories.add(row)
    return row


def order(actor: Actor, size: int = 2, seed: str = "abc", **changed: Any) -> RecheckOrder:
    """A draw from what was inspected."""
    values = {"title": "第三季度回头看", "due_on": date(2021, 9, 30), "assign": "local"}
    facts = OrderFacts(**values | changed)
    return rechecks.order_drawn(actor, CAMPAIGN, facts, Criteria(), size, seed, TODAY, key=f"order-{seed}")


def held(actor: Actor, key: str, **changed: Any) -> Activity:
    """A lecture for thirty people with fifty leaflets."""
    values = {"side": "publicity", "kind": "lecture", "held_on": date(2021, 7, 5), "title": f"讲座{key}",
              "place": "文化礼堂", "times": 1, "people": 30, "copies": 50}  # fmt: skip
    return activities.enter_activity(actor, CAMPAIGN, ActivityFacts(**values | changed), TODAY, key=key)
