"""A save that comes too late: who changed what in the meantime, with everything typed still in the form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .audit.presentation import readable
from .audit.queries import history
from .extensions import db
from .fields import VersionedForm


@dataclass(frozen=True)
class Change:
    """One line of what ``components/forms.html`` shows as ``stale``."""

    who: str
    when: datetime
    what: str


def late_save(form: VersionedForm, row: Any, shown: int = 3) -> list[Change]:
    """The latest changes of the row. The form then carries its present version: sent again, it is saved knowingly."""
    db.session.rollback()
    form.version.data = str(row.version)
    entries = readable(history(row)[-shown:])
    return [Change(entry.who, entry.at, _in_words(entry)) for entry in reversed(entries)]


def _in_words(entry: Any) -> str:
    changes = "；".join(f"{label} {before or '—'} → {after or '—'}" for label, before, after in entry.changes)
    return f"{entry.what}（{changes}）" if changes else str(entry.what)
