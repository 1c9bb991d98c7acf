"""The conditions of the steps: each a named pure function that yields an objection for whatever is not yet right.

All guards of a step are asked, so that whoever wants to take it sees everything that is missing at once.
"""

from .charge import (
    acts_dated,
    competent,
    evidence_present,
    facts_stated,
    parties_charged,
    summary_stated,
    within_limitation,
)
from .hearing import (
    defence_settled,
    defence_term_over,
    hearing_held,
    hearing_offered,
    no_review_demanded,
    notice_served,
    review_passed,
)
from .order import after_the_last_step, not_in_the_future, reason_given
from .outcome import crime_transferred, executed, facts_as_noticed, not_increased
from .people import (
    actor_is_handler,
    approver_independent,
    certificates_valid,
    reviewer_independent,
    reviewer_qualified,
    two_handlers,
)
from .proposal import (
    correction_ordered,
    discretion_reasoned,
    fines_within_range,
    income_confiscated,
    penalties_proposed,
)

__all__ = [
    "actor_is_handler",
    "acts_dated",
    "after_the_last_step",
    "approver_independent",
    "certificates_valid",
    "competent",
    "correction_ordered",
    "crime_transferred",
    "defence_settled",
    "defence_term_over",
    "discretion_reasoned",
    "evidence_present",
    "executed",
    "facts_as_noticed",
    "facts_stated",
    "fines_within_range",
    "hearing_held",
    "hearing_offered",
    "income_confiscated",
    "no_review_demanded",
    "not_in_the_future",
    "not_increased",
    "notice_served",
    "parties_charged",
    "penalties_proposed",
    "reason_given",
    "review_passed",
    "reviewer_independent",
    "reviewer_qualified",
    "summary_stated",
    "two_handlers",
    "within_limitation",
]
