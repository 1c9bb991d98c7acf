"""典型案例: the cases that each office has chosen and sent up, their accounts, how names are shown, and what an
exposure list leaves out."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..cases.models import Decision
from ..columns import Instant, Json, Versioned
from ..extensions import Model


class TypicalCase(Versioned, Model):
    """A decided case chosen for a campaign's material of one region: once at most in each region.

    Nominated, it lies with the office above, which takes it (a row of its own region, ``nominated_from`` this one) or
    sends it back with a reason.
    """

    __tablename__ = "typical_case"
    __table_args__ = (
        UniqueConstraint("campaign", "region_code", "case_id"),
        CheckConstraint("state IN ('chosen', 'nominated', 'returned')", name="state"),
        Index("ix_typical_case_state", "campaign", "state", "region_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    case_id: Mapped[int] = mapped_column(ForeignKey("enforcement_case.id"), index=True)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default="chosen")
    nominated_from: Mapped[str | None] = mapped_column(String(6))
    """The region below that nominated it; None: this office chose it itself."""
    nominated_at: Mapped[datetime | None] = mapped_column(Instant)
    nominated_by: Mapped[str | None] = mapped_column(String(120))
    returned_at: Mapped[datetime | None] = mapped_column(Instant)
    returned_by: Mapped[str | None] = mapped_column(String(120))
    returned_reason: Mapped[str | None] = mapped_column(Text)
    account: Mapped[str | None] = mapped_column(Text)
    """案情概述, where the office has rewritten the proposed one: the newest of ``accounts``."""
    names: Mapped[list[str]] = mapped_column(Json, default=list)
    """Names of persons and places that the office masks besides those that the record knows."""
    looked_at: Mapped[list[str]] = mapped_column(Json, default=list)
    """What looked like a name, or was doubtful, and somebody has looked at and let stand."""
    digest: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of what the file said when the account was written or the case nominated: afterwards it may change."""

    accounts: Mapped[list["TypicalAccount"]] = relationship(
        cascade="all, delete-orphan", order_by="TypicalAccount.number"
    )


class TypicalAccount(Model):
    """One version of an account as an office wrote it, beside the draft of that day."""

    __tablename__ = "typical_account"
    __table_args__ = (UniqueConstraint("typical_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    typical_id: Mapped[int] = mapped_column(ForeignKey("typical_case.id"))
    number: Mapped[int]
    text: Mapped[str | None] = mapped_column(Text)
    """None: drafted anew from the file."""
    draft: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime] = mapped_column(Instant)
    written_by: Mapped[str] = mapped_column(String(120))


class TypicalMaterial(Versioned, Model):
    """How a region's material of a campaign shows the names of persons and of institutions."""

    __tablename__ = "typical_material"
    record_type = "typical_material"
    __table_args__ = (
        UniqueConstraint("campaign", "region_code"),
        CheckConstraint("persons IN ('surname', 'initial', 'full')", name="persons"),
        CheckConstraint("places IN ('kind', 'place', 'full')", name="places"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    persons: Mapped[str] = mapped_column(String(10), default="surname")
    places: Mapped[str] = mapped_column(String(10), default="kind")


class ExposureLeftOut(Model):
    """A decision that an office keeps off its exposure lists, with the reason; repaired credit keeps it off all."""

    __tablename__ = "exposure_left_out"
    __table_args__ = (
        UniqueConstraint("decision_id", "region_code"),
        CheckConstraint("kind IN ('repaired', 'stayed', 'other')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    region_code: Mapped[str] = mapped_column(String(6))
    kind: Mapped[str] = mapped_column(String(10))
    """repaired (信用修复), stayed (复议、诉讼期间停止公示), other."""
    reason: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(120))

    decision: Mapped[Decision] = relationship()
