"""行政检查审批、现场检查、证据: entry approvals, field reports with their findings, and evidence."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Agency, Officer
from ..columns import Instant, Json, Keyed, Versioned, new_key
from ..extensions import Model
from ..registry.models import Subject
from ..search.searched import Searched, Touch

_COUNTED = ("state", "category", "subject_id", "order_correction")


class EntryApproval(Versioned, Model):
    """行政检查审批: entry is approved before, or within a day after where urgent (国办发〔2024〕54号)."""

    __tablename__ = "entry_approval"
    record_type = "entry_approval"
    __table_args__ = (Index("ix_entry_approval_agency_state", "agency_id", "state", "decided_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), default=new_key, unique=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    region_code: Mapped[str] = mapped_column(String(6), index=True)
    sector: Mapped[str] = mapped_column(String(20))
    campaign: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(20))
    items: Mapped[str] = mapped_column(Text)
    """检查事项, as on the published list."""
    planned_from: Mapped[date]
    planned_to: Mapped[date]
    urgent: Mapped[bool] = mapped_column(default=False)
    urgent_reason: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default="requested")
    """requested, approved, refused."""
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    requested_at: Mapped[datetime] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    opinion: Mapped[str | None] = mapped_column(Text)

    subject: Mapped[Subject] = relationship()
    agency: Mapped[Agency] = relationship()


class Inspection(Keyed, Versioned, Model):
    """现场检查 with its 现场笔录. A draft is edited; a submitted one is corrected only by a supplement."""

    __tablename__ = "inspection"
    record_type = "inspection"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        CheckConstraint("state IN ('draft', 'submitted', 'withdrawn')", name="state"),
        # Everything that a campaign's table counts: it never reads the rows.
        Index("ix_inspection_campaign_region", "campaign", "region_code", "inspected_on", *_COUNTED),
        Index("ix_inspection_region_date", "region_code", "inspected_on", *_COUNTED),
        # Lists run by day and id: a county finds its own rows, wider offices walk by the day past those of others.
        Index("ix_inspection_region_list", "region_code", "sector", "inspected_on", "id", "state"),
        Index("ix_inspection_sector_list", "sector", "inspected_on", "id", "region_code", "state"),
        Index("ix_inspection_state_list", "sector", "state", "inspected_on", "id", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(String(60), index=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    """The agency or team whose officers came; decisions carry its authority."""
    region_code: Mapped[str] = mapped_column(String(6))
    sector: Mapped[str] = mapped_column(String(20))
    campaign: Mapped[str | None] = mapped_column(String(60))
    category: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(20))
    """campaign, routine, random, complaint, follow_up, transfer, recheck."""
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"), index=True)
    entry_approval_id: Mapped[int | None] = mapped_column(ForeignKey("entry_approval.id"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="draft")
    imported: Mapped[bool] = mapped_column(default=False)
    remarks: Mapped[list[str]] = mapped_column(Json, default=list)
    """What an import found in conflict with the rules: kept, shown, never hidden."""

    inspected_on: Mapped[date]
    entered_at: Mapped[datetime | None] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    place: Mapped[str | None] = mapped_column(String(300))
    identity_shown: Mapped[bool | None]
    """执法证件已出示 (行政处罚法55)."""
    recusal_answer: Mapped[str | None] = mapped_column(String(20))
    """Answer to the right to ask for recusal (行政处罚法43): none, requested, refused_to_answer."""
    escort: Mapped[str | None] = mapped_column(String(60))
    escort_title: Mapped[str | None] = mapped_column(String(60))
    seen: Mapped[list[str]] = mapped_column(Json, default=list)
    """What was seen, in order: facts only, no evaluation, article or penalty."""
    party_statement: Mapped[str | None] = mapped_column(Text)
    signature: Mapped[str | None] = mapped_column(String(12))
    """signed, refused, absent; refusal and absence need a witness or a reason (行政处罚法55, 令87)."""
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    witness: Mapped[str | None] = mapped_column(String(60))
    order_correction: Mapped[bool] = mapped_column(default=False)
    correction_text: Mapped[str | None] = mapped_column(Text)
    correction_due_on: Mapped[date | None]
    """Deadline of the order to correct; None with an order: at once."""
    opinion_text: Mapped[str | None] = mapped_column(Text)
    """监督意见 of the 卫生监督意见书."""
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)

    subject: Mapped[Subject] = relationship()
    agency: Mapped[Agency] = relationship()
    entry_approval: Mapped[EntryApproval | None] = relationship()
    officers: Mapped[list["InspectionOfficer"]] = relationship(
        cascade="all, delete-orphan", order_by="InspectionOfficer.position"
    )
    findings: Mapped[list["Finding"]] = relationship(cascade="all, delete-orphan", order_by="Finding.position")
    evidence: Mapped[list["Evidence"]] = relationship(order_by="Evidence.id")
    supplements: Mapped[list["Supplement"]] = relationship(order_by="Supplement.id")


class InspectionOfficer(Model):
    """An officer who took part (two at least: 行政处罚法42), with the certificate shown that day."""

    __tablename__ = "inspection_officer"
    __table_args__ = (UniqueConstraint("inspection_id", "officer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    certificate: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]

    officer: Mapped[Officer] = relationship()


class Finding(Model):
    """违法行为 as found: a violation of the catalogue and its facts."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    violation: Mapped[str] = mapped_column(String(20), index=True)
    """Code in the catalogue of violations."""
    facts: Mapped[str] = mapped_column(Text)
    position: Mapped[int]


class Supplement(Model):
    """A correction or addition to a submitted report; the report itself stays as it was."""

    __tablename__ = "supplement"

    id: Mapped[int] = mapped_column(primary_key=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)


class Evidence(Model):
    """证据 of one of the eight kinds (行政处罚法46), taken at an inspection or for a case."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("inspection_id IS NOT NULL OR case_id IS NOT NULL", name="belongs"),
        UniqueConstraint("key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), default=new_key)
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("enforcement_case.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    """documentary, physical, audiovisual, electronic, testimony, party_statement, expert_opinion, inspection_record."""
    title: Mapped[str] = mapped_column(String(200))
    proves: Mapped[str | None] = mapped_column(Text)
    filename: Mapped[str | None] = mapped_column(String(200))
    media_type: Mapped[str | None] = mapped_column(String(80))
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    """Also the name of the file in the store; None for evidence that is no file, such as a seized object."""
    captured_at: Mapped[datetime] = mapped_column(Instant)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)


SEARCHED = Searched(
    Inspection,
    (),
    codes=("number",),
    department="sector",
    day="inspected_on",
    beside=[select(Inspection.id, Subject.name).join(Subject, Subject.id == Inspection.subject_id)],
    touched_by=[
        Touch(
            Subject,
            frozenset({"name"}),
            lambda subject: select(Inspection.id).where(Inspection.subject_id == subject.id),
            changes_only=True,
        )
    ],
)
