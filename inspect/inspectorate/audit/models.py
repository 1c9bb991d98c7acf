"""The record: one append-only chain of entries per subject, and the seals over all chains.

Database triggers (migration 0002) refuse UPDATE and DELETE on both tables.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..columns import Instant, Json
from ..extensions import Model


class RecordEntry(Model):
    """Who did what to a subject, when, why, and every column that changed, chained by SHA-256."""

    __tablename__ = "record_entry"
    __table_args__ = (UniqueConstraint("subject_type", "subject_id", "seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    actor_id: Mapped[int | None] = mapped_column(index=True)
    actor_name: Mapped[str] = mapped_column(String(120))
    event: Mapped[str] = mapped_column(String(80), index=True)
    changes: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    reason: Mapped[str | None] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class RecordSeal(Model):
    """A hash over the heads of all chains at one moment; exported, it proves later that nothing was cut off."""

    __tablename__ = "record_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    last_entry_id: Mapped[int]
    chains: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
