"""会议纪要 as offices send it round: red mark, number, body, resolutions, who came (GB/T 9704-2012, 10.3).

The text is Chinese whatever the language of the screen.
"""

from collections.abc import Sequence
from typing import NamedTuple

from flask_babel import force_locale

from ..accounts.regions import region_name
from ..campaigns.catalogue import CampaignFacts
from ..documents.dates import printed_date
from .departments import department_name
from .models import Attendance, Duty, JointMeeting, Resolution

NUMERALS = "一二三四五六七八九十"
MOST_NUMERALS = 99


class Minutes(NamedTuple):
    """The paper, part by part; ``present`` and ``absent`` are pairs of department and persons."""

    mark: str
    number: str
    office: str
    day: str
    title: str
    opening: str
    agenda: Sequence[str]
    said: Sequence[str]
    resolved: Sequence[tuple[str, str]]
    """What was resolved, and in brackets who is responsible until when."""
    present: Sequence[tuple[str, str]]
    absent: Sequence[tuple[str, str]]
    chair: str
    recorder: str
    sent_to: str
    draft: bool
    iso_day: str

    @property
    def parts(self) -> list[tuple[str, Sequence[str]]]:
        """The numbered parts of the body that have anything: heading and paragraphs."""
        resolved = [f"（{numeral(n)}）{text}{note}" for n, (text, note) in enumerate(self.resolved, 1)]
        agenda = [f"{n}．{text}" for n, text in enumerate(self.agenda, 1)]
        found = [("会议议题", agenda), ("会议情况", self.said), ("议定事项", resolved)]
        kept = [(heading, paragraphs) for heading, paragraphs in found if paragraphs]
        return [(f"{numeral(n)}、{heading}", paragraphs) for n, (heading, paragraphs) in enumerate(kept, 1)]


def numeral(number: int) -> str:
    """1 → 一, 11 → 十一, 23 → 二十三; beyond 99 figures."""
    if not 0 < number <= MOST_NUMERALS:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones - 1]
    return (NUMERALS[tens - 1] if tens > 1 else "") + "十" + (NUMERALS[ones - 1] if ones else "")


def minutes_of(meeting: JointMeeting, campaign: CampaignFacts) -> Minutes:
    """The paper of a meeting; a draft as long as nothing of what was said or resolved is entered."""
    with force_locale("zh"):
        present = [_line(one) for one in meeting.attendance if one.present]
        absent = [_line(one) for one in meeting.attendance if not one.present]
        resolved = [(_sentence(one.text), _duties(one)) for one in meeting.resolutions if one.state != "dropped"]
    said = [line.strip() for line in (meeting.minutes or "").splitlines() if line.strip()]
    return Minutes(
        mark="联席会议纪要",
        number=f"第{meeting.ordinal}次",
        office=meeting.agency.name,
        day=printed_date(meeting.held_on),
        title=f"{campaign.title}工作第{numeral(meeting.ordinal)}次联席会议纪要",
        opening=_opening(meeting, campaign, [department for department, _persons in present]),
        agenda=[_sentence(one) for one in meeting.agenda],
        said=said,
        resolved=resolved,
        present=present,
        absent=absent,
        chair=meeting.chair,
        recorder=meeting.recorder or "",
        sent_to="、".join(dict.fromkeys(department for department, _persons in (*present, *absent))),
        draft=not (said or resolved),
        iso_day=meeting.held_on.isoformat(),
    )


def _line(one: Attendance) -> tuple[str, str]:
    return f"{department_name(one.department)}部门" if _is_sector(one.department) else one.department, one.persons or ""


def _is_sector(department: str) -> bool:
    return department_name(department) != department


def _duty(duty: Duty, resolution: Resolution) -> str:
    where = "" if duty.region_code == resolution.region_code else region_name(duty.region_code)
    name = department_name(duty.department)
    return f"{where}{name}部门" if _is_sector(duty.department) else f"{where}{name}"


def _duties(one: Resolution) -> str:
    who = "、".join(_duty(duty, one) for duty in one.duties)
    return f"（责任单位：{who}；完成时限：{printed_date(one.due_on) if one.due_on else '长期坚持'}）"


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith(("。", "！", "？", "；")) else f"{text}。"


def _opening(meeting: JointMeeting, campaign: CampaignFacts, departments: Sequence[str]) -> str:
    came = f"{'、'.join(departments)}有关负责同志参加会议。" if departments else ""
    return (
        f"{printed_date(meeting.held_on)}，{meeting.chair}在{meeting.place}主持召开{campaign.title}工作"
        f"第{numeral(meeting.ordinal)}次联席会议。{came}现将会议情况纪要如下："
    )
