"""联络员、联席会议与议定事项、回头看、宣传与培训: rows of a campaign, each of one region and one sector.

``department`` is the sector's code, or the name of one that no sector stands for (``departments.department_name``).
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Agency
from ..cases.models import Case
from ..columns import Instant, Json, Keyed, Versioned, new_key
from ..extensions import Model
from ..inspections.models import Inspection
from ..registry.models import Subject

LIVE = "withdrawn_reason IS NULL"


class Liaison(Versioned, Model):
    """联络员 of one department in a region for some days, or who stands in for one."""

    __tablename__ = "liaison"
    record_type = "liaison"
    __table_args__ = (
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="days"),
        Index("ix_liaison_campaign_region", "campaign", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    sector: Mapped[str] = mapped_column(String(20))
    """The sector of the office that keeps the entry, not that of the person."""
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    department: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(60))
    post: Mapped[str | None] = mapped_column(String(120))
    office_phone: Mapped[str | None] = mapped_column(String(40))
    """That of the office: public, shown to all."""
    phone: Mapped[str | None] = mapped_column(String(40))
    """The person's own: shown masked, in full on request with a reason."""
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    """Last day; None: until further notice."""
    stands_in_for_id: Mapped[int | None] = mapped_column(ForeignKey("liaison.id"), index=True)

    stands_in_for: Mapped["Liaison | None"] = relationship(remote_side=[id])

    def serves_on(self, day: date) -> bool:
        """Whether the person can be turned to on a day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


class JointMeeting(Versioned, Model):
    """联席会议: the N-th of a campaign in a region, with who came and its minutes."""

    __tablename__ = "joint_meeting"
    record_type = "joint_meeting"
    __table_args__ = (
        CheckConstraint("ordinal > 0", name="ordinal"),
        Index(
            "ix_joint_meeting_ordinal",
            *("campaign", "region_code", "ordinal"),
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), default=new_key, unique=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    sector: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    """The authority that called it."""
    ordinal: Mapped[int]
    """第N次."""
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(String(200))
    chair: Mapped[str] = mapped_column(String(120))
    recorder: Mapped[str | None] = mapped_column(String(60))
    agenda: Mapped[list[str]] = mapped_column(Json, default=list)
    minutes: Mapped[str | None] = mapped_column(Text)
    """What was said, in paragraphs (会议情况)."""
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)

    agency: Mapped[Agency] = relationship()
    attendance: Mapped[list["Attendance"]] = relationship(
        cascade="all, delete-orphan", order_by="Attendance.position", back_populates="meeting"
    )
    resolutions: Mapped[list["Resolution"]] = relationship(order_by="Resolution.position", back_populates="meeting")


class Attendance(Model):
    """A department at a meeting: who came for it, or that nobody did."""

    __tablename__ = "meeting_attendance"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("joint_meeting.id"), index=True)
    position: Mapped[int]
    department: Mapped[str] = mapped_column(String(60))
    persons: Mapped[str | None] = mapped_column(String(300))
    """Names with posts; of an absent department the reason, where one was given."""
    present: Mapped[bool] = mapped_column(default=True)

    meeting: Mapped[JointMeeting] = relationship(back_populates="attendance")


class Resolution(Versioned, Model):
    """议定事项 of a meeting: what is to be done by whom until when. Overdue is never stored."""

    __tablename__ = "resolution"
    record_type = "resolution"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'done', 'dropped')", name="state"),
        Index("ix_resolution_campaign_region", "campaign", "region_code", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), default=new_key, unique=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("joint_meeting.id"), index=True)
    position: Mapped[int]
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    sector: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date | None]
    """Last day; None: lasting, without a term."""
    state: Mapped[str] = mapped_column(String(12), default="open")
    settled_on: Mapped[date | None]
    """When it was done or dropped."""
    settled_reason: Mapped[str | None] = mapped_column(Text)
    """How it was done, or why it was dropped."""

    meeting: Mapped[JointMeeting] = relationship(back_populates="resolutions")
    duties: Mapped[list["Duty"]] = relationship(cascade="all, delete-orphan", order_by="Duty.id")
    follow_ups: Mapped[list["FollowUp"]] = relationship(order_by="FollowUp.id", back_populates="resolution")


class Duty(Model):
    """责任单位 of a resolution: a department of the meeting's region, or of one below it."""

    __tablename__ = "resolution_duty"
    __table_args__ = (Index("ix_resolution_duty_department", "department", "region_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolution.id"), index=True)
    department: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))


class FollowUp(Model):
    """落实情况: what was done for a resolution, perhaps with a file that proves it. Never changed afterwards."""

    __tablename__ = "resolution_follow_up"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), default=new_key, unique=True)
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolution.id"), index=True)
    done_on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    filename: Mapped[str | None] = mapped_column(String(200))
    media_type: Mapped[str | None] = mapped_column(String(80))
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    """Also the name of the file in the store."""
    made_by: Mapped[str] = mapped_column(String(120))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)

    resolution: Mapped[Resolution] = relationship(back_populates="follow_ups")
    agency: Mapped[Agency | None] = relationship()


class RecheckOrder(Versioned, Model):
    """回头看 ordered by an office for places that have been inspected: named ones, or a draw from all that fit.

    ``population`` are the inspections from which was drawn, in the order of their ids; with ``seed`` and ``size`` it
    gives the same draw again (``rules.draw``).
    """

    __tablename__ = "recheck_order"
    record_type = "recheck_order"
    __table_args__ = (
        CheckConstraint("method IN ('named', 'drawn')", name="method"),
        CheckConstraint("due_on >= ordered_on", name="days"),
        Index("ix_recheck_order_campaign_region", "campaign", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), default=new_key, unique=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    sector: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    ordered_on: Mapped[date]
    due_on: Mapped[date]
    method: Mapped[str] = mapped_column(String(12))
    criteria: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What a draw was narrowed to: region, category, earlier result, days."""
    seed: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]
    population: Mapped[list[int] | None] = mapped_column(Json)
    note: Mapped[str | None] = mapped_column(Text)

    agency: Mapped[Agency] = relationship()
    tasks: Mapped[list["RecheckTask"]] = relationship(order_by="RecheckTask.id", back_populates="order")


class RecheckTask(Versioned, Model):
    """One place to be looked at again; its result is that of a real inspection with the reason ``recheck``."""

    __tablename__ = "recheck_task"
    record_type = "recheck_task"
    __table_args__ = (
        CheckConstraint("result IS NULL OR result IN ('mended', 'partly', 'unmended', 'impossible')", name="result"),
        CheckConstraint("result IS NULL OR result = 'impossible' OR inspection_id IS NOT NULL", name="inspected"),
        Index("ix_recheck_task_campaign_region", "campaign", "region_code", "sector", "result", "due_on"),
        Index("ix_recheck_task_agency", "agency_id", "result", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("recheck_order.id"), index=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    """That of the place."""
    sector: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    """The authority whose officers go there."""
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("enforcement_case.id"), index=True)
    claimed: Mapped[str | None] = mapped_column(String(20))
    """What the office below had reported as mended: case_closed, follow_up; None: nothing yet."""
    claimed_on: Mapped[date | None]
    due_on: Mapped[date]
    result: Mapped[str | None] = mapped_column(String(12))
    """mended (已整改), partly (部分整改), unmended (未整改), impossible (无法检查); None: not looked at yet."""
    result_on: Mapped[date | None]
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"), index=True)
    found_anew: Mapped[bool] = mapped_column(default=False)
    """Whether violations were found that were not there before."""
    note: Mapped[str | None] = mapped_column(Text)
    dropped_reason: Mapped[str | None] = mapped_column(Text)

    order: Mapped[RecheckOrder] = relationship(back_populates="tasks")
    agency: Mapped[Agency] = relationship()
    subject: Mapped[Subject] = relationship()
    earlier: Mapped[Inspection | None] = relationship(foreign_keys=[earlier_id])
    inspection: Mapped[Inspection | None] = relationship(foreign_keys=[inspection_id])
    case: Mapped[Case | None] = relationship()


class Activity(Keyed, Versioned, Model):
    """宣传活动 or 培训班, counted by the office that held it: its figures stand in no other row."""

    __tablename__ = "activity"
    record_type = "activity"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        CheckConstraint("side IN ('publicity', 'training')", name="side"),
        CheckConstraint("times > 0 AND people >= 0 AND copies >= 0", name="figures"),
        CheckConstraint("side = 'publicity' OR copies = 0", name="copies"),
        # Everything that a campaign's table counts: it never reads the rows.
        Index(
            "ix_activity_counted",
            *("campaign", "region_code", "held_on", "side", "times", "people", "copies", "withdrawn_reason"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    sector: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    side: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(20))
    """Of publicity: lecture, advice, leaflets, media, video, other; of training: own_staff, units, departments."""
    held_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str | None] = mapped_column(String(200))
    times: Mapped[int] = mapped_column(BigInteger, default=1)
    """场次; of training 期数."""
    people: Mapped[int] = mapped_column(BigInteger, default=0)
    """受众人次; of training the persons trained."""
    copies: Mapped[int] = mapped_column(BigInteger, default=0)
    """发放材料份数."""
    corrections: Mapped[int] = mapped_column(default=0)
    """How often it was corrected since it was entered; the record has each."""
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)

    agency: Mapped[Agency] = relationship()
