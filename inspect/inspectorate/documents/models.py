"""文书: numbered, frozen documents, the series their numbers come from, and the proof of their service."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Agency
from ..columns import Instant, Json, new_key
from ..extensions import Model


class NumberSeries(Model):
    """The last serial of a series in a year; locked while a number is given, so that none is lost or doubled."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("agency_id", "series", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    series: Mapped[str] = mapped_column(String(40))
    """执法类别 and 执法性质, such as 医罚, or the kind of a 编号."""
    year: Mapped[int]
    last_serial: Mapped[int] = mapped_column(default=0)


class Document(Model):
    """One issued version of a document: its data are frozen, its number is never used again."""

    __tablename__ = "document"
    record_type = "document"
    __table_args__ = (
        UniqueConstraint("agency_id", "series", "year", "serial", "revision"),
        CheckConstraint("case_id IS NOT NULL OR inspection_id IS NOT NULL OR complaint_id IS NOT NULL", name="belongs"),
        Index("ix_document_case_kind", "case_id", "kind"),
        Index("ix_document_inspection_kind", "inspection_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), default=new_key, unique=True)
    kind: Mapped[str] = mapped_column(String(6))
    """D01 … as in the table of documents."""
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("enforcement_case.id"))
    respondent_id: Mapped[int | None] = mapped_column(ForeignKey("respondent.id"))
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"))
    complaint_id: Mapped[int | None] = mapped_column(ForeignKey("complaint.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The document that this one serves or lists, such as the decision of a 送达回执."""
    number: Mapped[str | None] = mapped_column(String(60), index=True)
    series: Mapped[str | None] = mapped_column(String(40))
    year: Mapped[int | None]
    serial: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=1)
    issued_on: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(Instant)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    template_version: Mapped[str] = mapped_column(String(20))
    snapshot: Mapped[dict[str, Any]] = mapped_column(Json)
    snapshot_sha256: Mapped[str] = mapped_column(String(64))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    """Set once, when the PDF is first made; also its name in the file store."""
    void_reason: Mapped[str | None] = mapped_column(Text)

    agency: Mapped[Agency] = relationship()
    services: Mapped[list["Service"]] = relationship(back_populates="document", order_by="Service.id")


class Service(Model):
    """送达: how, when and to whom a document was served; every term runs from here."""

    __tablename__ = "service"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    way: Mapped[str] = mapped_column(String(20))
    """direct, left, entrusted, post, electronic, announcement."""
    served_on: Mapped[date]
    place: Mapped[str | None] = mapped_column(String(300))
    receiver: Mapped[str | None] = mapped_column(String(60))
    receiver_relation: Mapped[str | None] = mapped_column(String(60))
    servers: Mapped[list[str]] = mapped_column(Json)
    refusal_reason: Mapped[str | None] = mapped_column(Text)
    witness: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(Text)

    document: Mapped[Document] = relationship(back_populates="services")
