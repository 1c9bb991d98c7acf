"""Mixins and column types shared by the models of all areas."""

import uuid
from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, String, TypeDecorator, UniqueConstraint
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

Json = JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

Fen = Annotated[int, mapped_column(BigInteger)]
"""An amount of money in fen."""


class Instant(TypeDecorator[datetime]):
    """An aware instant, kept in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        """What is bound and given."""
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Refuse naive instants: nobody knows which clock they are from."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive instant has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Always aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def new_key() -> str:
    """A key for a record made here."""
    return str(uuid.uuid4())


class Keyed:
    """``source`` and ``key``: the sender's identifier in interchange and the device's UUID, unique together."""

    source: Mapped[str] = mapped_column(String(60), default="local")
    key: Mapped[str] = mapped_column(String(120), default=new_key)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("source", "key"),)


class Versioned:
    """An editable row: each save raises ``version``, so that a late save is noticed."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}
