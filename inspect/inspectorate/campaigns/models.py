"""专项行动 beyond those that ship with the code, and forms loaded at run time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..accounts.actor import NATION
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
    issuers: Mapped[str | None] = mapped_column(String(300))
    departments: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    indicators: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    monthly_due: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    """Level → day of the following month by which it sends its monthly return; empty: there is none."""
    template: Mapped[str | None] = mapped_column(String(60))
    choices: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    asks: Mapped[list[str]] = mapped_column(Json, default=list)
    standing: Mapped[bool] = mapped_column(default=False)


class CampaignChoice(Versioned, Model):
    """What a province has chosen for itself where a campaign lets it choose, such as its industries."""

    __tablename__ = "campaign_choice"
    record_type = "campaign_choice"
    __table_args__ = (UniqueConstraint("campaign", "choice", "region_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign: Mapped[str] = mapped_column(String(60))
    choice: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str] = mapped_column(String(6))
    values: Mapped[list[str]] = mapped_column(Json)


class LoadedForm(Versioned, Model):
    """A form definition accepted by ``flask campaign load-form``, or published by a province or the nation."""

    __tablename__ = "loaded_form"
    record_type = "loaded_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    definition: Mapped[str] = mapped_column(Text)
    region_code: Mapped[str] = mapped_column(String(6), default=NATION)
    """Whose form it is: only offices of that region replace it."""
    loaded_by: Mapped[str] = mapped_column(String(120), default="")
    loaded_at: Mapped[datetime] = mapped_column(Instant)

    editions: Mapped[list["FormEdition"]] = relationship(back_populates="form", order_by="FormEdition.number")


class FormEdition(Model):
    """A definition that another has replaced; ``number`` counts from 1. It stays readable."""

    __tablename__ = "form_edition"
    __table_args__ = ({"info": {"unrecorded": "the entry of what replaced it holds both texts", "kept": True}},)

    form_id: Mapped[int] = mapped_column(ForeignKey("loaded_form.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    definition: Mapped[str] = mapped_column(Text)
    loaded_by: Mapped[str] = mapped_column(String(120))
    loaded_at: Mapped[datetime] = mapped_column(Instant)

    form: Mapped[LoadedForm] = relationship(back_populates="editions")
