"""The record: one append-only chain of entries per subject, and one chain of seals over all entries.

Database triggers (migration 0002) refuse UPDATE and DELETE on both tables.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..columns import Instant, Json
from ..extensions import Model
from .rules import Covered


class RecordEntry(Model):
    """Who did what to a subject, when, why, and every column that changed, chained by SHA-256."""

    __tablename__ = "record_entry"
    __table_args__ = (
        UniqueConstraint("subject_type", "subject_id", "seq"),
        # What an auditor asks for, each in the order of the list (``events.py``).
        Index("ix_record_entry_actor", "actor_id", "id"),
        Index("ix_record_entry_event", "event", "id"),
        Index("ix_record_entry_subject", "subject_type", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    seal_id: Mapped[int] = mapped_column(index=True)
    """The seal that its transaction is closed with; no foreign key, because the seal is written last."""
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Instant)
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(120))
    event: Mapped[str] = mapped_column(String(80))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    reason: Mapped[str | None] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class RecordSeal(Model):
    """Closes a transaction: names its entries with their hashes, follows the seal before it, is stamped with the key.

    A chain of hashes alone could be written anew from any point by whoever can write to the database. The stamp needs
    the key of the installation, which is not in the database.
    """

    __tablename__ = "record_seal"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    """1, 2, 3 … in the order of commits, without gaps."""
    installation: Mapped[str] = mapped_column(String(32))
    """Drawn with the first seal: tells one record from another."""
    at: Mapped[datetime] = mapped_column(Instant)
    covers: Mapped[list[Covered]] = mapped_column(Json)
    """Id, name (``case:12 #5``) and hash of every entry, in the order of writing."""
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    stamp: Mapped[str] = mapped_column(String(64))
    """HMAC-SHA256 of ``hash`` by the installation's record key."""
