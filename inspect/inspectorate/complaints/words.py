"""Codes of complaints in words."""

from flask_babel import lazy_gettext as _l

from .rules import State

CHANNELS = {
    "hotline": _l("Hotline (12345 and others)"),
    "letter": _l("Letter"),
    "visit": _l("In person"),
    "internet": _l("Internet"),
    "transfer": _l("Passed on by another authority"),
    "other": _l("Another way"),
}

STATES = {
    State.RECEIVED: (_l("to be accepted"), "warning"),
    State.HANDLING: (_l("being handled"), "info"),
    State.CLOSED: (_l("closed, reply due"), "warning"),
    State.REPLIED: (_l("closed and replied to"), "success"),
    State.WITHDRAWN: (_l("withdrawn"), "neutral"),
}
"""The state, with the tone of its badge."""

EVENTS = {
    "received": _l("Received"),
    "closed": _l("Closed"),
    "penalised": _l("Led to a penalty"),
    "replied": _l("Replied to"),
    "satisfied": _l("Reporter satisfied"),
}
"""What the annex counts, in its order."""

COLUMNS = {
    "received_on": _l("Received on"),
    "channel": _l("How it came in"),
    "region_code": _l("Region"),
    "subject_text": _l("Whom it is about, in the reporter's words"),
    "campaign": _l("Campaign"),
    "category": _l("Category"),
    "text": _l("What is reported"),
    "anonymous": _l("Anonymous"),
    "accepted_on": _l("Accepted on"),
    "closed_on": _l("Closed on"),
    "outcome": _l("Outcome"),
    "penalised": _l("Led to a penalty"),
    "replied_on": _l("Replied on"),
    "reply": _l("Reply"),
    "satisfied": _l("Reporter satisfied"),
}
"""Columns that the record shows; the reporter stays out of it."""


def satisfied_in_words(satisfied: bool | None) -> str:
    """Satisfied, not satisfied, or not said."""
    return str({True: _l("satisfied"), False: _l("not satisfied")}.get(satisfied, _l("not said")))  # type: ignore[arg-type]
