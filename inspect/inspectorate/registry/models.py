"""监督对象: establishments and persons, their licences, and who is connected with whom."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..columns import Json, new_key
from ..extensions import Model
from ..search.searched import Searched, Touch, owner


class Subject(Model):
    """Whom inspections and cases are about: an establishment (``party`` org) or a natural person (``party`` person)."""

    __tablename__ = "subject"
    record_type = "subject"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(60), default="local")
    key: Mapped[str] = mapped_column(String(120), default=new_key)
    version: Mapped[int] = mapped_column(default=1)
    party: Mapped[str] = mapped_column(String(6))
    name: Mapped[str] = mapped_column(String(200))
    region_code: Mapped[str] = mapped_column(String(6))
    address: Mapped[str | None] = mapped_column(String(300))
    phone: Mapped[str | None] = mapped_column(String(40))
    attributes: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Attributes by kind, validated by ``registry.rules``: departments of a clinic, hazards of a workplace, …"""

    licences: Mapped[list["Licence"]] = relationship(
        back_populates="subject", cascade="all, delete-orphan", order_by="Licence.id"
    )

    __table_args__ = (
        UniqueConstraint("source", "key"),
        CheckConstraint("party IN ('org', 'person')", name="party"),
        # Lists run by region and name, or by name alone; a county is one range of the first, a nation all of it.
        Index("ix_subject_party_region_name", "party", "region_code", "name", "id"),
        Index("ix_subject_party_name", "party", "name", "id"),
    )
    # All columns are in one table: rows met as subjects are read whole, not once more for what their party has.
    __mapper_args__ = {"polymorphic_on": "party", "version_id_col": version, "with_polymorphic": "*"}  # noqa: RUF012


class Establishment(Subject):
    """An establishment; an unlicensed place has no ``uscc``: its address and the persons met there tell it."""

    kind: Mapped[str | None] = mapped_column(String(30), index=True)
    subkind: Mapped[str | None] = mapped_column(String(30))
    uscc: Mapped[str | None] = mapped_column(String(18), index=True)
    """统一社会信用代码 (GB 32100), check digit verified."""
    legal_representative: Mapped[str | None] = mapped_column(String(60))
    legal_representative_title: Mapped[str | None] = mapped_column(String(30))
    opened_on: Mapped[date | None]
    closed_on: Mapped[date | None]

    people: Mapped[list["Connection"]] = relationship(
        foreign_keys="Connection.establishment_id", back_populates="establishment", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"polymorphic_identity": "org"}  # noqa: RUF012


class Person(Subject):
    """A natural person: practitioner, operator of an unlicensed place, responsible person."""

    id_number: Mapped[str | None] = mapped_column(String(18), index=True)
    """居民身份证号 (GB 11643), check digit verified; shown masked."""
    sex: Mapped[str | None] = mapped_column(String(1))
    born_on: Mapped[date | None]
    employer: Mapped[str | None] = mapped_column(String(200))

    __mapper_args__ = {"polymorphic_identity": "person"}  # noqa: RUF012


class Licence(Model):
    """许可证、执业许可证、备案 with its validity."""

    __tablename__ = "licence"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    number: Mapped[str | None] = mapped_column(String(80), index=True)
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    """Last day of validity; None: without end, or not recorded."""

    subject: Mapped[Subject] = relationship(back_populates="licences")


class Connection(Model):
    """A person's part in an establishment: operator, practitioner, staff met there."""

    __tablename__ = "subject_connection"
    __table_args__ = (UniqueConstraint("establishment_id", "person_id", "relation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("subject.id"), index=True)
    relation: Mapped[str] = mapped_column(String(30))

    establishment: Mapped[Establishment] = relationship(foreign_keys=[establishment_id], back_populates="people")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


SEARCHED = Searched(
    Subject,
    ("name", "address", "legal_representative", "employer"),
    codes=("uscc",),
    department="party",
    beside=[select(Licence.subject_id, Licence.number)],
    touched_by=[Touch(Licence, frozenset({"number"}), owner("subject_id"))],
)
"""Identity numbers and telephones are in no index: they are found whole, or not at all."""
