"""Agencies, officers and users."""

from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..columns import Fen, Instant, Json, Keyed, Versioned
from ..extensions import Model
from .permissions import Role
from .words import ROLES


class Agency(Keyed, Versioned, Model):
    """执法机关: a punishing authority, or a team or institute that acts for one (``acts_for``)."""

    __tablename__ = "agency"
    record_type = "agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    region_code: Mapped[str] = mapped_column(String(6), index=True)
    sector: Mapped[str] = mapped_column(String(20), index=True)
    acts_for_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    number_prefix: Mapped[str | None] = mapped_column(String(20))
    """地区简称 in a 文号, such as 杭西."""
    address: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(10))
    phone: Mapped[str | None] = mapped_column(String(40))
    reconsideration_body: Mapped[str | None] = mapped_column(String(120))
    court: Mapped[str | None] = mapped_column(String(120))
    bank: Mapped[str | None] = mapped_column(String(120))
    bank_account: Mapped[str | None] = mapped_column(String(120))
    hearing_person_fen: Mapped[Fen | None]
    hearing_org_fen: Mapped[Fen | None]
    """Fines from which a hearing must be offered (行政处罚法63); None: not set, so always offered."""
    major_decision_fen: Mapped[Fen | None]
    """Fine from which the agency's list of major decisions demands legal review (行政处罚法58); None: not set."""

    acts_for: Mapped["Agency | None"] = relationship(remote_side=[id])

    @property
    def authority(self) -> "Agency":
        """The punishing authority whose name and seal stand on decisions."""
        return self.acts_for or self


class Officer(Keyed, Versioned, Model):
    """执法人员 with a certificate; exists with or without a sign-in."""

    __tablename__ = "officer"
    record_type = "officer"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    certificate: Mapped[str] = mapped_column(String(60))
    certificate_from: Mapped[date | None]
    certificate_to: Mapped[date | None]
    """Last day of validity; None: not recorded."""
    legal_qualification: Mapped[bool] = mapped_column(default=False)
    """国家统一法律职业资格, demanded of first-time legal reviewers (行政处罚法58)."""

    agency: Mapped[Agency] = relationship()

    def certified_on(self, day: date) -> bool:
        """Whether the certificate is valid on a day."""
        begun = self.certificate_from is None or self.certificate_from <= day
        return begun and (self.certificate_to is None or day <= self.certificate_to)


class User(UserMixin, Versioned, Model):
    """A sign-in, in one agency, with one or more roles, perhaps linked to an officer."""

    __tablename__ = "app_user"
    record_type = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    display_name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200))
    one_time_until: Mapped[datetime | None] = mapped_column(Instant)
    """Until when a password that somebody else has given may be used, once, to set an own one; None: it is the own."""
    one_time_by: Mapped[str | None] = mapped_column(String(120))
    """Who gave it."""
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    roles: Mapped[list[str]] = mapped_column(Json)
    active: Mapped[bool] = mapped_column("active", default=True)
    locale: Mapped[str | None] = mapped_column(String(10))

    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    officer: Mapped[Officer | None] = relationship()

    @property
    def is_active(self) -> bool:
        """Whether the sign-in may be used (asked by flask-login)."""
        return self.active

    @property
    def role_names(self) -> list[str]:
        """The roles in words."""
        return [str(ROLES[role]) for role in Role if role in self.role_set]

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles as values of the enumeration."""
        return frozenset(Role(role) for role in self.roles)
