"""When it happened and why: the file is complete and in order."""

from collections.abc import Iterator

from ...objections import N_, Objection
from ..articles import apl
from ..facts import CaseFacts
from ..objections import against


def not_in_the_future(facts: CaseFacts) -> Iterator[Objection]:
    """Only what has happened is recorded (行政处罚法47)."""
    if facts.on > facts.today:
        yield against(N_("%(day)s is in the future. Enter the day it happened."), apl(47), "on", {"day": facts.on})


def after_the_last_step(facts: CaseFacts) -> Iterator[Objection]:
    """The file follows the order of events (行政处罚法47)."""
    if facts.last_event_on and facts.on < facts.last_event_on:
        message = N_("%(day)s is before the step that comes first (%(last)s). Check the date.")
        yield against(message, apl(47), "on", {"day": facts.on, "last": facts.last_event_on})


def reason_given(facts: CaseFacts) -> Iterator[Objection]:
    """Whoever returns, refuses or ends a case says why (行政处罚法47)."""
    if not facts.reason.strip():
        yield against(N_("State the reason; it goes into the record of the case."), apl(47), "reason")
