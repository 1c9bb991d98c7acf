"""投诉举报 with what campaign tables count: received, closed, penalised, replied, satisfied."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Agency, Officer
from ..columns import Json, Keyed, Versioned
from ..extensions import Model
from ..registry.models import Subject
from ..search.searched import Searched, Touch

OPEN = "closed_on IS NULL AND withdrawn_reason IS NULL"


class Complaint(Keyed, Versioned, Model):
    """A complaint or report; the reporter is shielded from everyone who does not handle it."""

    __tablename__ = "complaint"
    record_type = "complaint"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        CheckConstraint("closed_on IS NULL OR closed_on >= received_on OR imported", name="closed_after_received"),
        CheckConstraint("replied_on IS NULL OR replied_on >= received_on OR imported", name="replied_after_received"),
        # Everything that a campaign's table counts: it never reads the rows.
        Index(
            "ix_complaint_campaign_region",
            *("campaign", "region_code", "received_on", "closed_on", "replied_on"),
            *("penalised", "satisfied", "withdrawn_reason", "category"),
        ),
        Index("ix_complaint_region_date", "region_code", "received_on"),
        # Lists run by day and id: a county finds its own rows, wider offices walk by the day past those of others.
        Index("ix_complaint_region_list", "region_code", "sector", "received_on", "id"),
        Index("ix_complaint_sector_list", "sector", "received_on", "id", "region_code"),
        Index(
            "ix_complaint_counted",
            *("sector", "region_code", "received_on", "closed_on", "replied_on", "penalised", "satisfied"),
            *("channel", "campaign", "category", "withdrawn_reason"),
            sqlite_where=text("withdrawn_reason IS NULL"),
            postgresql_where=text("withdrawn_reason IS NULL"),
        ),
        # What waits: few among many. SQLite wants the columns of the condition in the index, to read nothing else.
        Index(
            "ix_complaint_open",
            *("sector", "handler_id", "received_on", "id", "agency_id", "region_code", "closed_on", "withdrawn_reason"),
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str | None] = mapped_column(String(60))
    campaign: Mapped[str | None] = mapped_column(String(60))
    category: Mapped[str | None] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    sector: Mapped[str] = mapped_column(String(20))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("subject.id"), index=True)
    subject_text: Mapped[str | None] = mapped_column(String(300))
    """Whom it is about, in the reporter's words, while no subject is identified."""
    channel: Mapped[str | None] = mapped_column(String(20))
    """hotline, letter, visit, internet, transfer, other."""
    text: Mapped[str | None] = mapped_column(Text)
    reporter_name: Mapped[str | None] = mapped_column(String(60))
    reporter_phone: Mapped[str | None] = mapped_column(String(40))
    anonymous: Mapped[bool] = mapped_column(default=False)
    received_on: Mapped[date]
    accepted_on: Mapped[date | None]
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), index=True)
    closed_on: Mapped[date | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    penalised: Mapped[bool] = mapped_column(default=False)
    replied_on: Mapped[date | None]
    reply: Mapped[str | None] = mapped_column(Text)
    satisfied: Mapped[bool | None]
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)
    imported: Mapped[bool] = mapped_column(default=False)
    remarks: Mapped[list[str]] = mapped_column(Json, default=list)

    agency: Mapped[Agency | None] = relationship()
    subject: Mapped[Subject | None] = relationship()
    handler: Mapped[Officer | None] = relationship()


SEARCHED = Searched(
    Complaint,
    ("subject_text", "text"),
    codes=("number",),
    department="sector",
    day="received_on",
    beside=[select(Complaint.id, Subject.name).join(Subject, Subject.id == Complaint.subject_id)],
    touched_by=[
        Touch(
            Subject,
            frozenset({"name"}),
            lambda subject: select(Complaint.id).where(Complaint.subject_id == subject.id),
            changes_only=True,
        )
    ],
)
"""The reporter is never searched for."""
