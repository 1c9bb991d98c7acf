"""How an entry of the record is hashed. Pure."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """One JSON text for one value, whatever the database did to key order or spacing."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_hash(
    *,
    subject_type: str,
    subject_id: int,
    seq: int,
    at: datetime,
    actor_id: int | None,
    actor_name: str,
    event: str,
    changes: list[dict[str, Any]],
    reason: str | None,
    previous_hash: str,
) -> str:
    """SHA-256 of everything an entry says, chained to the entry before it."""
    stamp = at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [subject_type, subject_id, seq, stamp, actor_id, actor_name, event, changes, reason, previous_hash]
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def seal_hash(heads: Iterable[tuple[str, int, int, str]]) -> str:
    """SHA-256 over the sorted heads ``(subject type, subject id, seq, hash)`` of all chains."""
    digest = hashlib.sha256()
    for head in sorted(heads):
        digest.update(canonical(list(head)).encode() + b"\n")
    return digest.hexdigest()
