"""What followed a decision, as far as the records know: re-checks of the parties and the place."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ..cases.models import Case
from ..extensions import db
from ..inspections.models import Inspection
from .parties import Decided

_AGAIN = ("follow_up", "recheck")
_SOON = 365
"""Calendar days after the decision within which a visit is its re-check."""

_MOST = 3
"""Re-checks told of a case, the first ones after the decision."""


def rechecks(case: Case, decided: Sequence[Decided]) -> list[Inspection]:
    """Re-checks of the parties, or of the place inspected, after the first decision, in the order of days."""
    days = [decision.decided_on for _respondent, decision in decided if decision.decided_on]
    if not days:
        return []
    subjects = {respondent.subject_id for respondent, _decision in decided}
    if case.inspection is not None:
        subjects.add(case.inspection.subject_id)
    query = (
        select(Inspection)
        .where(Inspection.subject_id.in_(sorted(subjects)), Inspection.state == "submitted")
        .where(Inspection.reason.in_(_AGAIN), Inspection.inspected_on > min(days))
        .where(Inspection.inspected_on <= max(days) + timedelta(_SOON))
        .where(Inspection.sector == case.sector)
        .order_by(Inspection.inspected_on, Inspection.id)
        .limit(_MOST)
        .options(selectinload(Inspection.findings), joinedload(Inspection.subject), joinedload(Inspection.agency))
    )
    return list(db.session.scalars(query))
