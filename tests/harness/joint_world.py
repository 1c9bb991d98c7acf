"""The joint side of a world: a row of each kind, of the own office and of strangers, by the names of addresses."""

from datetime import date, timedelta
from typing import Any

from inspectorate import clock, files
from inspectorate.accounts.models import Agency
from inspectorate.inspections.models import Inspection
from inspectorate.joint.models import (
    Activity,
    Attendance,
    Duty,
    FollowUp,
    JointMeeting,
    Liaison,
    RecheckOrder,
    RecheckTask,
    Resolution,
)
from tests import factories
from tests.inspections.scene import picture


def joint_rows(
    agency: Agency, campaign: str, shared: str, own: str, report: Inspection, near: Agency | None = None
) -> dict[str, int]:
    """``shared`` names what all sectors of a region read, ``own`` what the own sector alone may see.

    ``near``: the office that keeps the liaison person, where those of the agency's own are read by all below it.
    """
    kept: dict[str, Any] = {"campaign": campaign, "region_code": agency.region_code, "sector": agency.sector,
                            "agency_id": agency.id}  # fmt: skip
    today = clock.today()
    person = kept if near is None else kept | {"region_code": near.region_code, "agency_id": near.id}
    liaison = factories.add(
        Liaison(**person, department="market", name=f"{shared}甲", post="科长", phone="13700000000",
                from_on=date(2026, 1, 1))
    )  # fmt: skip
    came = [Attendance(position=0, department="health", persons=f"{shared}乙")]
    meeting = factories.add(
        JointMeeting(**kept, ordinal=1, held_on=date(2026, 3, 2), place=f"{shared}会议室", chair="周局",
                     agenda=["通报"], minutes=f"{shared}情况", attendance=came)
    )  # fmt: skip
    duties = [Duty(department="health", region_code=agency.region_code)]
    bound = {"campaign": campaign, "region_code": agency.region_code, "sector": agency.sector}
    resolution = factories.add(
        Resolution(**bound, meeting_id=meeting.id, position=1, text=f"{shared}排查", due_on=today + timedelta(9),
                   duties=duties)
    )  # fmt: skip
    proof = picture()
    follow_up = factories.add(
        FollowUp(resolution_id=resolution.id, done_on=today, text=f"{shared}落实", made_by=f"{shared}办",
                 made_at=clock.now(), filename=f"{shared}.jpg", media_type="image/jpeg", size=len(proof),
                 sha256=files.put(proof))
    )  # fmt: skip
    term = {"due_on": today + timedelta(9)}
    order = factories.add(RecheckOrder(**kept, **term, title=f"{own}回头看", ordered_on=today, method="named"))
    task = factories.add(
        RecheckTask(**kept, **term, order_id=order.id, subject_id=report.subject_id, earlier_id=report.id,
                    note=f"{own}重点")
    )  # fmt: skip
    activity = factories.add(
        Activity(**kept, side="publicity", kind="lecture", held_on=date(2026, 3, 2), title=f"{shared}讲座",
                 place=f"{shared}礼堂", people=9)
    )  # fmt: skip
    return {
        "liaison_id": liaison.id,
        "meeting_id": meeting.id,
        "resolution_id": resolution.id,
        "follow_up_id": follow_up.id,
        "order_id": order.id,
        "task_id": task.id,
        "activity_id": activity.id,
    }
