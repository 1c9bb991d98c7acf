"""Reading the record of one subject; ``events.py`` reads that of a region."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from ..extensions import db
from .models import RecordEntry


def history(subject: Any) -> Sequence[RecordEntry]:
    """All entries of one subject, oldest first. The caller has loaded the subject within the actor's scope."""
    query = (
        select(RecordEntry)
        .where(RecordEntry.subject_type == subject.record_type, RecordEntry.subject_id == subject.id)
        .order_by(RecordEntry.seq)
    )
    return db.session.scalars(query).all()
