"""汇总表 on their way up: what an office or a department reports, and what it has said each time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Agency
from ..columns import Instant, Json, Versioned
from ..extensions import Model

MADE_FROM_SNAPSHOTS = {"info": {"unrecorded": "the snapshot of the same submission tells all of it", "kept": True}}

WITHOUT_CAMPAIGN = ""
"""What a return of a form bears that belongs to no campaign."""


class Return(Versioned, Model):
    """One table for one region and period: of the region's campaign office (``level``), or of a department that adds
    figures which the system does not have (``department``).

    ``period`` is both days in one word (`periods.Period.key`), so that the same return cannot be begun twice.
    """

    __tablename__ = "campaign_return"
    record_type = "return"
    __table_args__ = (
        UniqueConstraint("campaign", "form", "period", "region_code", "reporter"),
        CheckConstraint("kind IN ('level', 'department')", name="kind"),
        Index("ix_return_region", "form", "campaign", "region_code", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60), default=WITHOUT_CAMPAIGN)
    form: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    region_code: Mapped[str] = mapped_column(String(6))
    reporter: Mapped[str] = mapped_column(String(140))
    """``level``, or ``agency:<key>``: there is one return of each reporter for a region and period."""
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    period: Mapped[str] = mapped_column(String(21))
    period_from: Mapped[date | None]
    period_to: Mapped[date | None]
    due_on: Mapped[date | None]
    """Last day on which it is in time; None: nobody has set one."""
    covers_below: Mapped[bool] = mapped_column(default=False)
    """Whether a department's figures include those of its offices in the regions below: theirs are then not added."""
    state: Mapped[str] = mapped_column(String(12), default="open")
    state_since: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was first submitted: what on time and late are told by."""
    draft: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What is being typed and has not been submitted: {"cells": {row: {column: text}}, "foot": {name: text}}."""
    reasons: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Written reasons by the check or change that they explain; they travel upward with the snapshot."""
    signers: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Who signs, by the form's words (签发人 …)."""
    signed_by: Mapped[str | None] = mapped_column(String(120))
    signed_at: Mapped[datetime | None] = mapped_column(Instant)
    signed_hash: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the figures that were signed: another table needs another signature."""
    objections: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    """Why it was sent back: [{"row", "col", "reason"}], row and column empty for the whole."""
    warnings: Mapped[int] = mapped_column(default=0)
    """How many warnings the last submission explained."""
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was first frozen: from then on it changes by corrections only."""
    reminded_at: Mapped[datetime | None] = mapped_column(Instant)
    reminded_by: Mapped[str | None] = mapped_column(String(120))
    """Who asked for it last, while it had not come."""

    agency: Mapped[Agency] = relationship()
    figures: Mapped[list["ReturnFigure"]] = relationship(back_populates="owner", cascade="all, delete-orphan")
    snapshots: Mapped[list["ReturnSnapshot"]] = relationship(
        back_populates="owner", order_by="ReturnSnapshot.number", cascade="all, delete-orphan"
    )


class ReturnFigure(Model):
    """What a submitted return adds at one place, in kept units: fen, whole numbers, millionths of a quantity."""

    __tablename__ = "return_figure"
    __table_args__ = MADE_FROM_SNAPSHOTS

    return_id: Mapped[int] = mapped_column(ForeignKey("campaign_return.id", ondelete="CASCADE"), primary_key=True)
    row: Mapped[str] = mapped_column(String(120), primary_key=True)
    """Row id, or `measures.wishes.FOOT` for a count of the footer."""
    col: Mapped[str] = mapped_column(String(120), primary_key=True)
    value: Mapped[int | None] = mapped_column(BigInteger)
    words: Mapped[str | None] = mapped_column(Text)

    owner: Mapped[Return] = relationship(back_populates="figures")


class FormText(Model):
    """A form's definition by its SHA-256, kept as long as a snapshot was drawn with it."""

    __tablename__ = "form_text"
    __table_args__ = MADE_FROM_SNAPSHOTS

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    definition: Mapped[str] = mapped_column(Text)


class ReturnSnapshot(Model):
    """What was reported at one moment, never changed: the whole table with its hash. ``number`` counts from 1."""

    __tablename__ = "return_snapshot"
    record_type = "return_snapshot"
    __table_args__ = (
        UniqueConstraint("return_id", "number"),
        CheckConstraint("purpose IN ('submission', 'freeze', 'correction')", name="purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("campaign_return.id"), index=True)
    number: Mapped[int]
    purpose: Mapped[str] = mapped_column(String(12))
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str] = mapped_column(String(120))
    form_sha256: Mapped[str] = mapped_column(ForeignKey("form_text.sha256"))
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    """The table as a document (`snapshots.content_of`): days, lines of the region, records, returns, foot, checks,
    reasons, signers, the snapshots below with their hashes."""
    sha256: Mapped[str] = mapped_column(String(64))
    """SHA-256 of ``content`` in canonical JSON."""

    owner: Mapped[Return] = relationship(back_populates="snapshots")


class ReturnLink(Versioned, Model):
    """A link with a code by which a department without a sign-in files one return; the code itself is not kept."""

    __tablename__ = "return_link"
    record_type = "return_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("campaign_return.id"), index=True)
    code_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    expires_on: Mapped[date]
    """Last day on which it opens."""
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))

    owner: Mapped[Return] = relationship()
