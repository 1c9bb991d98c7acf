"""What must hold for a complaint, step by step, and where it stands. Pure.

Terms: market authorities decide within fifteen working days whether to open a case (市场监管程序 18(1)); other sectors
have no term of their own in the rules known here, and none is invented.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple, Protocol

from ..law.statutes import Citation
from ..masking import IN_FULL, MARK
from ..objections import N_, Objection
from ..procedure.calendar import working_days_between
from ..procedure.clocks import clock_rules

FIRST_DAY = date(2000, 1, 1)
BEFORE_RECEIPT = N_("This day lies before the day of receipt, %(day)s. Compare the two.")
BEFORE_ACCEPTANCE = N_("This day lies before the day of acceptance, %(day)s. Compare the two.")
BEFORE_CLOSING = N_("This day lies before the day of closing, %(day)s. Compare the two.")
CHANNELS = ("hotline", "letter", "visit", "internet", "transfer", "other")


class State(StrEnum):
    """Where a complaint stands; it follows from its days."""

    RECEIVED = "received"
    HANDLING = "handling"
    CLOSED = "closed"
    REPLIED = "replied"
    WITHDRAWN = "withdrawn"


class Days(Protocol):
    """The days of a complaint, as rows and facts have them."""

    received_on: date
    accepted_on: date | None
    closed_on: date | None
    replied_on: date | None


class Standing(Days, Protocol):
    """What the state follows from."""

    withdrawn_reason: str | None


class ComplaintFacts(NamedTuple):
    """What is written down when a complaint comes in; ``subject_id`` once it is found in the registry."""

    received_on: date | None
    channel: str | None
    region_code: str
    text: str
    subject_id: int | None = None
    subject_text: str | None = None
    campaign: str | None = None
    category: str | None = None
    anonymous: bool = False
    reporter_name: str | None = None
    reporter_phone: str | None = None


class Term(NamedTuple):
    """A term that runs from the day of receipt; ``days_left`` counts working days, negative when it is over."""

    label: str
    citation: Citation
    started_on: date
    due_on: date
    days_left: int
    estimated: bool


def state_of(complaint: Standing) -> State:
    """Where it stands; a reply without an end, from history, does not end it."""
    if complaint.withdrawn_reason is not None:
        return State.WITHDRAWN
    if complaint.closed_on:
        return State.REPLIED if complaint.replied_on else State.CLOSED
    return State.HANDLING if complaint.accepted_on else State.RECEIVED


def term_of(complaint: Standing, sector: str, today: date) -> Term | None:
    """The term of the sector's own procedure for deciding on an open complaint; None where there is none."""
    if state_of(complaint) not in (State.RECEIVED, State.HANDLING):
        return None
    for rule in clock_rules():
        if rule.starts == "received_on" and (rule.sectors is None or sector in rule.sectors):
            end = rule.term.ends_after(complaint.received_on)
            left = working_days_between(today, end.due)
            return Term(rule.label, rule.citation, complaint.received_on, end.due, left, end.estimated)
    return None


def check_receipt(facts: ComplaintFacts, today: date) -> list[Objection]:
    """What is wrong with a complaint as written down."""
    found = []
    if facts.received_on is None:
        found.append(Objection(N_("Enter the day on which it was received."), "received_on"))
    elif not FIRST_DAY <= facts.received_on <= today:
        found.append(Objection(N_("The day of receipt lies in the future or before the year 2000."), "received_on"))
    if facts.channel not in CHANNELS:
        found.append(Objection(N_("Choose how it came in."), "channel"))
    if facts.subject_id is None and not facts.subject_text:
        text = N_("Write whom it is about in the reporter's words, or find the establishment in the registry.")
        found.append(Objection(text, "subject_text"))
    if not facts.text.strip():
        found.append(Objection(N_("Write what is reported: when, where, what."), "text"))
    return found + _check_reporter(facts)


def _check_reporter(facts: ComplaintFacts) -> list[Objection]:
    named = bool(facts.reporter_name or facts.reporter_phone)
    if MARK in (facts.reporter_phone or ""):
        return [Objection(IN_FULL, "reporter_phone")]
    if facts.anonymous and named:
        text = N_("An anonymous report bears no name and no telephone. Remove them, or untick “anonymous”.")
        return [Objection(text, "anonymous")]
    if not facts.anonymous and not named:
        text = N_("Enter the reporter's name or telephone, or tick “anonymous”.")
        return [Objection(text, "reporter_name")]
    return []


def check_acceptance(complaint: Standing, accepted_on: date | None, today: date) -> list[Objection]:
    """A complaint is accepted, and given to a handler, until it is closed."""
    if state_of(complaint) not in (State.RECEIVED, State.HANDLING):
        return [Objection(N_("Only an open complaint can be accepted and assigned."))]
    if accepted_on is None:
        return [Objection(N_("Enter the day of acceptance."), "accepted_on")]
    return _in_order("accepted_on", accepted_on, complaint.received_on, today, BEFORE_RECEIPT)


def check_closing(complaint: Standing, closed_on: date | None, outcome: str, today: date) -> list[Objection]:
    """An open complaint is closed with its outcome, on or after the days of receipt and acceptance."""
    if state_of(complaint) not in (State.RECEIVED, State.HANDLING):
        return [Objection(N_("Only an open complaint can be closed."))]
    found = []
    if not outcome.strip():
        found.append(Objection(N_("Write what was found and what was done."), "outcome"))
    if closed_on is None:
        return [*found, Objection(N_("Enter the day on which it was closed."), "closed_on")]
    earliest = max(filter(None, [complaint.received_on, complaint.accepted_on]))
    early = BEFORE_ACCEPTANCE if complaint.accepted_on else BEFORE_RECEIPT
    return found + _in_order("closed_on", closed_on, earliest, today, early)


def check_reply(complaint: Standing, replied_on: date | None, reply: str, today: date) -> list[Objection]:
    """A closed complaint is replied to, on or after the day on which it was closed."""
    if complaint.closed_on is None or complaint.withdrawn_reason is not None:
        return [Objection(N_("Close the complaint before you reply: the reply says what came of it."))]
    found = []
    if not reply.strip():
        found.append(Objection(N_("Write what the reporter was told."), "reply"))
    if replied_on is None:
        return [*found, Objection(N_("Enter the day of the reply."), "replied_on")]
    return found + _in_order("replied_on", replied_on, complaint.closed_on, today, BEFORE_CLOSING)


def check_reopening(complaint: Standing, reason: str) -> list[Objection]:
    """Closed by mistake: it is opened again with a reason, as long as nobody has been told of its end."""
    if state_of(complaint) is not State.CLOSED:
        return [Objection(N_("Only a closed complaint without a reply can be opened again."))]
    return _reason(reason)


def check_withdrawal(complaint: Standing, reason: str) -> list[Objection]:
    """Entered by mistake or twice: withdrawn with a reason, never deleted, never counted."""
    if complaint.withdrawn_reason is not None:
        return [Objection(N_("The complaint has been withdrawn already."))]
    return _reason(reason)


def _reason(reason: str) -> list[Objection]:
    return [] if reason.strip() else [Objection(N_("Write the reason."), "reason")]


def _in_order(name: str, day: date, earliest: date, today: date, early: str) -> list[Objection]:
    if day > today:
        return [Objection(N_("This day lies in the future. Enter the day on which it was done."), name)]
    return [Objection(early, name, {"day": earliest.isoformat()})] if day < earliest else []
