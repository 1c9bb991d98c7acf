"""Sessions, known devices, failures and the second factor.

Sessions, devices, failures and used codes are the working of the door, not of the office: what matters of them stands
as events in the chain of the user, and the rows are swept away. The second factor is recorded as any other row.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from ..accounts.models import User
from ..columns import Instant
from ..extensions import Model

HASH = 64
"""Hexadecimal digits of a SHA-256."""

DOOR = {"info": {"unrecorded": "the working of the door"}}


class SignInSession(Model):
    """A signed-in browser. Its cookie carries a token of which only the hash is kept here."""

    __tablename__ = "sign_in_session"
    __table_args__ = DOOR

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(HASH), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant, index=True)
    """When the last request came, to the minute."""
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    address: Mapped[str] = mapped_column(String(45))
    agent: Mapped[str] = mapped_column(String(300))
    """What the browser calls itself."""
    by_single_sign_on: Mapped[bool] = mapped_column(default=False)
    second_factor: Mapped[bool] = mapped_column(default=False)
    """Whether a second factor was shown, here or at the single sign-on."""
    kept_path: Mapped[str | None] = mapped_column(String(2000))
    """Where a form typed into an ended session is shown again."""
    kept: Mapped[str | None] = deferred(mapped_column(Text))
    """What was typed into it, sealed."""

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class KnownDevice(Model):
    """A browser from which somebody has signed in before: others who guess at the name do not lock it out."""

    __tablename__ = "known_device"
    __table_args__ = (UniqueConstraint("user_id", "device_hash"), DOOR)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    device_hash: Mapped[str] = mapped_column(String(HASH), index=True)
    seen_at: Mapped[datetime] = mapped_column(Instant, index=True)


class Failures(Model):
    """How often in a row signing in failed for one name from one address, for one name, from one address, …"""

    __tablename__ = "sign_in_failures"
    __table_args__ = (UniqueConstraint("kind", "key_hash"), DOOR)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    """``pair`` (name and address), ``name``, ``address``, ``device`` (name and known device) or ``link`` (address)."""
    key_hash: Mapped[str] = mapped_column(String(HASH))
    """So that names nobody bears, perhaps passwords typed into the wrong field, stand nowhere."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"), index=True)
    address: Mapped[str] = mapped_column(String(45))
    """Where the last one came from."""
    number: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Instant, index=True)


class SecondFactor(Model):
    """The secret that a user's phone computes codes from (TOTP, RFC 6238), sealed with the installation's secret."""

    __tablename__ = "second_factor"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), unique=True)
    sealed_secret: Mapped[str] = mapped_column(String(300))
    since: Mapped[datetime] = mapped_column(Instant)


class RecoveryCode(Model):
    """A code for the day on which the phone is lost; good for once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(HASH))
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class UsedStep(Model):
    """The latest half minute whose code a user has shown: no code is taken twice."""

    __tablename__ = "used_step"
    __table_args__ = DOOR

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("app_user.id"), unique=True)
    step: Mapped[int]
