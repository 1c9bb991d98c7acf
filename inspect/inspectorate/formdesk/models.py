"""Forms being made: drafts of definitions, which count nothing until they are published."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Agency
from ..columns import Instant, Json, Versioned
from ..extensions import Model


class FormDraft(Versioned, Model):
    """A definition on its way, of one office. ``definition`` is always TOML whose tables have the right shape.

    ``title`` and ``code`` repeat what the list needs of it.
    """

    __tablename__ = "form_draft"
    record_type = "form_draft"
    __table_args__ = ({"info": {"unrecorded": "working paper: what is published is recorded whole", "kept": True}},)

    id: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    code: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    definition: Mapped[str] = mapped_column(Text)
    before: Mapped[str | None] = mapped_column(Text)
    """The definition before the last change, to go back to."""
    log: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """The last changes, the newest first: {"at", "who", "what", "changes": [[label, before, after]]}."""
    changed_at: Mapped[datetime] = mapped_column(Instant)
    published_at: Mapped[datetime | None] = mapped_column(Instant)

    agency: Mapped[Agency] = relationship()
