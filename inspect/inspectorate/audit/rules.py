"""How entries and seals of the record are hashed and stamped. Pure."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64

Covered = list[Any]
"""What a seal says of an entry: its id, its name and its hash."""


def canonical(value: Any) -> str:
    """One JSON text for one value, whatever the database did to key order or spacing."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def instant(at: datetime) -> str:
    """An instant as it is hashed: UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _sha256(parts: Sequence[Any]) -> str:
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def entry_hash(
    *,
    subject_type: str,
    subject_id: int,
    seq: int,
    at: datetime | str,
    actor_id: int | None,
    actor_name: str,
    event: str,
    changes: list[dict[str, Any]],
    reason: str | None,
    previous_hash: str,
) -> str:
    """SHA-256 of everything an entry says, chained to the entry before it; ``at`` may be text of ``instant``."""
    stamp = at if isinstance(at, str) else instant(at)
    return _sha256([subject_type, subject_id, seq, stamp, actor_id, actor_name, event, changes, reason, previous_hash])


def entry_name(subject_type: str, subject_id: int, seq: int) -> str:
    """How an entry is named: its chain and its place in it, ``case:12 #5``."""
    return f"{subject_type}:{subject_id} #{seq}"


def seal_hash(
    *, number: int, installation: str, at: datetime | str, covers: Sequence[Covered], previous_hash: str
) -> str:
    """SHA-256 of everything a seal says, chained to the seal before it; ``at`` may be text of ``instant``."""
    moment = at if isinstance(at, str) else instant(at)
    return _sha256([number, installation, moment, covers, previous_hash])


def stamp(key: bytes, hash_: str) -> str:
    """HMAC-SHA256 of a seal's hash: made only by who has the installation's record key."""
    return hmac.digest(key, hash_.encode(), "sha256").hex()
