"""The one clock: the only place that asks what time it is, so that tests and demos can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_standing: ContextVar[datetime | None] = ContextVar("standing", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _standing.get() or datetime.now(UTC)


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Inside, it is that instant (aware), for whoever asks: so the demo's past has its own days and hours."""
    token = _standing.set(instant.astimezone(UTC))
    try:
        yield
    finally:
        _standing.reset(token)


def today() -> date:
    """Today's date in China."""
    return now().astimezone(SHANGHAI).date()


def local(instant: datetime) -> datetime:
    """The instant on a Chinese wall clock; naive instants from the database are UTC."""
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return aware.astimezone(SHANGHAI)


def from_local(wall: datetime) -> datetime:
    """A wall-clock time typed in China as an aware instant in UTC."""
    return wall.replace(tzinfo=SHANGHAI).astimezone(UTC)
