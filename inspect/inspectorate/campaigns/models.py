"""专项行动 beyond those that ship with the code, forms loaded at run time, and the typical cases chosen."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..columns import Instant, Json, Versioned
from ..extensions import Model


class Campaign(Versioned, Model):
    """A campaign with its own dates, categories and chain; uses one or more forms."""

    __tablename__ = "campaign"
    record_type = "campaign"
    __table_args__ = (CheckConstraint("date_to >= date_from", name="dates"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    notice: Mapped[str | None] = mapped_column(String(300))
    region_code: Mapped[str] = mapped_column(String(6))
    date_from: Mapped[date]
    date_to: Mapped[date]
    forms: Mapped[list[str]] = mapped_column(Json)
    categories: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    chain: Mapped[list[str]] = mapped_column(Json)
    due: Mapped[dict[str, str]] = mapped_column(Json, default=dict)


class LoadedForm(Versioned, Model):
    """A form definition accepted by ``flask campaign load-form``."""

    __tablename__ = "loaded_form"
    record_type = "loaded_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    definition: Mapped[str] = mapped_column(Text)
    loaded_at: Mapped[datetime] = mapped_column(Instant)


class TypicalCase(Versioned, Model):
    """典型案例: a decided case chosen for a campaign's material of one region."""

    __tablename__ = "typical_case"
    __table_args__ = (UniqueConstraint("campaign", "region_code", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    case_id: Mapped[int] = mapped_column(ForeignKey("enforcement_case.id"), index=True)
    position: Mapped[int]
    account: Mapped[str | None] = mapped_column(Text)
    """案情概述, where the office has rewritten the proposed one."""
    names: Mapped[list[str]] = mapped_column(Json, default=list)
    """Names of persons and places that the office masks besides those that the record knows."""
