"""What state a case is in, judged by nothing but the dates that an interchange record tells."""

from collections.abc import Mapping
from typing import Any

from ..procedure.states import State


def state_told_by(record: Mapping[str, Any]) -> State:
    """The state of a case of which only the record is known."""
    if record["closed_on"]:
        return State.CLOSED
    decisions = [respondent["decision"] for respondent in record["respondents"]]
    if not all(decisions):
        return State.INVESTIGATION
    return State.EXECUTION if all(decision["served_on"] for decision in decisions) else State.DECIDED
