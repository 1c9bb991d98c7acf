"""What an office tells about a campaign in words: its monthly bulletins (通报) and its campaign report (总结)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.models import Agency
from ..columns import Instant, Json, Versioned
from ..extensions import Model


class Bulletin(Versioned, Model):
    """The bulletin of one region for one month. A draft has the figures of the day on which it is read; issued, it is
    what was drawn then (``content``), with its hash, and never changes.
    """

    __tablename__ = "campaign_bulletin"
    record_type = "bulletin"
    __table_args__ = (
        UniqueConstraint("campaign", "region_code", "month"),
        UniqueConstraint("campaign", "region_code", "number"),
        CheckConstraint("(issued_at IS NULL) = (sha256 IS NULL)", name="issued"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    month: Mapped[date]
    """Its first day."""
    number: Mapped[int | None]
    """第N期 of the campaign in this region, given when it is issued."""
    opening: Mapped[str] = mapped_column(Text, default="")
    """What stands before the figures, where the office wants other words than the usual ones."""
    requirements: Mapped[str] = mapped_column(Text, default="")
    """工作要求: what is demanded for the coming month."""
    issued_at: Mapped[datetime | None] = mapped_column(Instant)
    issued_by: Mapped[str | None] = mapped_column(String(120))
    content: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The whole bulletin as it was issued (`bulletin.Sheet`); empty for a draft."""
    sha256: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of ``content`` in canonical JSON."""

    agency: Mapped[Agency] = relationship()

    @property
    def is_issued(self) -> bool:
        """Whether it stands for ever."""
        return self.issued_at is not None


class CampaignAccount(Versioned, Model):
    """总结 of one region about a campaign: an official letter to the office above."""

    __tablename__ = "campaign_account"
    record_type = "campaign_account"
    __table_args__ = (UniqueConstraint("campaign", "region_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    addressee: Mapped[str] = mapped_column(String(200), default="")
    """主送机关."""
    number: Mapped[str | None] = mapped_column(String(80))
    """发文字号, where the letter has been given one."""
    dated_on: Mapped[date | None]
    """成文日期."""

    agency: Mapped[Agency] = relationship()
    sections: Mapped[list["AccountSection"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="AccountSection.id"
    )


class AccountSection(Versioned, Model):
    """What the office has written for one section of the account; figures stand in it as fields such as {cases}."""

    __tablename__ = "campaign_account_section"
    record_type = "account_section"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("campaign_account.id"))
    name: Mapped[str] = mapped_column(String(20))
    """Which section, a key of `account.SECTIONS`."""
    text: Mapped[str] = mapped_column(Text)

    account: Mapped[CampaignAccount] = relationship(back_populates="sections")
