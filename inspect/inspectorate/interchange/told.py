"""What an interchange record tells of a case without saying it: its state and its name."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..law.violations import violation
from ..procedure.states import State
from ..registry.models import Subject


def state_told_by(record: Mapping[str, Any]) -> State:
    """The state of a case of which only the record is known."""
    if record["closed_on"]:
        return State.CLOSED
    decisions = [respondent["decision"] for respondent in record["respondents"]]
    if not all(decisions):
        return State.INVESTIGATION
    return State.EXECUTION if all(decision["served_on"] for decision in decisions) else State.DECIDED


def name_told_by(record: Mapping[str, Any], subjects: Sequence[Subject]) -> str:
    """The name of a case of which only the record is known: the first party and its first violation."""
    charges = record["respondents"][0]["violations"]
    return f"{subjects[0].name}{violation(charges[0]['code']).title_zh if charges else ''}案"[:300]
