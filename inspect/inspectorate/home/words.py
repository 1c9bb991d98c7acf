"""What is to be done, in words: for each state of a case, and for each part of the list."""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from ..accounts.permissions import Permission as P
from ..procedure.states import State
from .rules import Urgency

STEPS = {
    State.INTAKE: _l("Ask for the case to be opened"),
    State.FILING_PROPOSED: _l("Decide whether the case is opened"),
    State.INVESTIGATION: _l("Investigate and write the final report"),
    State.REPORTED: _l("Hold the collegial discussion and send the case on"),
    State.LEGAL_REVIEW: _l("Review the case"),
    State.NOTICE_APPROVAL: _l("Decide on the prior notice"),
    State.NOTICE_ISSUED: _l("Serve the prior notice"),
    State.DEFENCE_TERM: _l("Record the party's statement, or its waiver"),
    State.DEFENCE_HEARD: _l("Review the party's statement"),
    State.DECISION_DRAFT: _l("Propose the decision"),
    State.DECISION_APPROVAL: _l("Decide on the penalty"),
    State.DECIDED: _l("Serve the decision"),
    State.EXECUTION: _l("Record payment and execution"),
    State.CLOSING_PROPOSED: _l("Decide on closing the case"),
}

PARTS = {
    Urgency.LATE: _l("Late"),
    Urgency.SOON: _l("Due within 3 days"),
    Urgency.RETURNED: _l("Returned to me"),
    Urgency.WAITING: _l("Waiting for me"),
}


class Beginning(NamedTuple):
    """Where somebody with nothing to do begins: the page's main action, and the advice of an empty list."""

    permission: P
    label: Any
    icon: str
    endpoint: str
    advice: Any


BEGINNINGS = (
    Beginning(
        P.INSPECTION_WRITE,
        _l("Start an inspection"),
        "clipboard-plus",
        "inspections.new",
        _l("Ask for the approval of an entry, or start a field report at an approved place."),
    ),
    Beginning(
        P.CASE_APPROVE,
        _l("Look through the cases"),
        "folder2-open",
        "cases.index",
        _l("What your handlers submit appears here, sorted by its last day."),
    ),
    Beginning(
        P.CASE_REVIEW,
        _l("Look through the cases"),
        "folder2-open",
        "cases.index",
        _l("What handlers send to legal review appears here, sorted by its last day."),
    ),
    Beginning(
        P.CAMPAIGN_WRITE,
        _l("Open the campaigns"),
        "table",
        "campaigns.index",
        _l("The tables of the running campaigns are filled from the records; look at what does not add up."),
    ),
    Beginning(
        P.ACCOUNTS_WRITE,
        _l("Open the accounts"),
        "people",
        "accounts.index",
        _l("Certificates that end within a month appear here."),
    ),
    Beginning(
        P.RECORD_READ,
        _l("Verify the record"),
        "journal-check",
        "audit.index",
        _l("Auditors read everything in their region; nothing is assigned to them."),
    ),
)
