"""典型案例: the cases that an office has chosen for its campaign's material."""

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ..columns import Json, Versioned
from ..extensions import Model


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
