"""裁量基准: the discretion standards that agencies load for their regions."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Agency
from ..columns import Instant, Versioned
from ..extensions import Model


class LocalStandard(Versioned, Model):
    """A standard as it was loaded. It binds the agencies of its sector in its region and below, nearest region first.

    Columns repeat what lists and look-ups need of ``definition``, the file itself, which ``law.standards`` reads.
    """

    __tablename__ = "local_standard"
    record_type = "standard"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= in_force_from", name="dates"),
        Index("ix_standard_sector_region", "sector", "region_code", "in_force_from"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    region_code: Mapped[str] = mapped_column(String(6))
    sector: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    document_number: Mapped[str] = mapped_column(String(80), index=True)
    """文号."""
    issuer: Mapped[str] = mapped_column(String(120))
    """The agency that issued it, as the document names it."""
    in_force_from: Mapped[date]
    ended_on: Mapped[date | None]
    """Last day in force; None: in force until further notice."""
    end_reason: Mapped[str | None] = mapped_column(Text)
    definition: Mapped[str] = mapped_column(Text)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    """The agency that loaded it."""
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("local_standard.id"), index=True)
    loaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    loaded_at: Mapped[datetime] = mapped_column(Instant)

    agency: Mapped[Agency] = relationship()
    replaces: Mapped["LocalStandard | None"] = relationship(remote_side=[id])

    def in_force_on(self, day: date) -> bool:
        """Whether it binds on a day."""
        return self.in_force_from <= day and (self.ended_on is None or day <= self.ended_on)
