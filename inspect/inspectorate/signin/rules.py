"""How long to wait after failures, when a session ends, which codes are codes."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

STEP = 30
"""Seconds that a code of the second factor lives (RFC 6238)."""

DRIFT = 1
"""Steps by which a phone's clock may be early or late."""

RECOVERY_CODES = 10


class Limit(NamedTuple):
    """``free`` failures cost nothing, the next ones a wait that doubles from ``first`` seconds to ``longest``."""

    free: int
    first: int
    longest: int
    forgotten: timedelta

    def wait(self, failures: int) -> int:
        """Seconds to wait after the last of so many failures in a row."""
        if failures < self.free:
            return 0
        # Beyond twenty doublings every limit has long been reached.
        return min(self.first * 2 ** min(failures - self.free, 20), self.longest)

    def open_at(self, failures: int, last_at: datetime, now: datetime) -> datetime:
        """From when on the next attempt is taken."""
        if now - last_at >= self.forgotten:
            return last_at
        return last_at + timedelta(seconds=self.wait(failures))


LOCK = 15 * 60
"""Seconds of the longest wait of a name: what the administrator sees as a lock."""

LIMITS = {
    "pair": Limit(free=3, first=2, longest=LOCK, forgotten=timedelta(hours=2)),
    "device": Limit(free=3, first=2, longest=LOCK, forgotten=timedelta(hours=2)),
    "name": Limit(free=30, first=15, longest=LOCK, forgotten=timedelta(hours=6)),
    "address": Limit(free=100, first=2, longest=60, forgotten=timedelta(hours=1)),
    "link": Limit(free=20, first=2, longest=60, forgotten=timedelta(hours=1)),
}
"""A county's office may stand behind one address: an address waits late and briefly, a name from it early and long.

``link``: wrong codes of links that are open to everybody, counted by address, apart from signing in.
"""

LOCKED_FROM = {kind: limit.free + 5 for kind, limit in LIMITS.items()}
"""Failures from which the administrator is shown them."""


class Lifetime(NamedTuple):
    """How long a session lasts: without a request, and at the most."""

    idle: timedelta
    longest: timedelta

    def over(self, started_at: datetime, seen_at: datetime, now: datetime) -> bool:
        """Whether it has ended by itself."""
        return now - seen_at > self.idle or now - started_at > self.longest


def plain_code(text: str) -> str:
    """A code as it is compared: without the blanks and hyphens that people type, in small letters."""
    return re.sub(r"[\s-]", "", text).lower()


def is_totp(code: str) -> bool:
    """Whether it is a code of the phone, six digits, and not one for recovery."""
    return len(code) == 6 and code.isascii() and code.isdigit()
