"""Who looked, who took a file away and who was refused: entries of the record that no change of a row brings about.

An entry stands in the chain of what was looked at, else in the chain of the person's own use. It is committed before
the answer is given: what cannot be recorded is not given. Refusals cannot flood the record: of equal ones within a
minute the first is entered, of different ones the first ``MOST``; all are in the log.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import select

from .. import clock
from ..accounts.actor import SYSTEM, Actor
from ..extensions import Base, db, is_writing, unit_of_work
from ..masking import masked_identity, masked_numbers, masked_phone
from .actions import record
from .models import RecordEntry
from .words import REFUSALS

log = logging.getLogger(__name__)

SPAN = timedelta(minutes=1)
MOST = 20
"""Refusals of one person that are entered within ``SPAN``."""

SHORTEST_IDENTITY = 14
"""Characters that an identity number has more than, and no telephone."""

LONGEST = 500
"""Characters of what an entry says was asked for."""

TABLES = {
    "agency_id": "agency",
    "officer_id": "officer",
    "user_id": "app_user",
    "subject_id": "subject",
    "connection_id": "subject_connection",
    "approval_id": "entry_approval",
    "inspection_id": "inspection",
    "evidence_id": "evidence",
    "complaint_id": "complaint",
    "case_id": "enforcement_case",
    "respondent_id": "respondent",
    "document_id": "document",
    "standard_id": "local_standard",
    "liaison_id": "liaison",
    "meeting_id": "joint_meeting",
    "resolution_id": "resolution",
    "follow_up_id": "resolution_follow_up",
    "order_id": "recheck_order",
    "task_id": "recheck_task",
    "activity_id": "activity",
}
"""The table whose row an address names."""


class Chain(NamedTuple):
    """What an entry is about."""

    record_type: str
    id: int


INSTALLATION = Chain("installation", 1)
"""What is done with the whole: exports by the operator."""

CHAINS = {"document_id": "document"}
"""Addresses whose looks stand in the chain of what they show; those of lists and drafts stand in the person's own."""


def own_use(actor: Actor) -> Chain:
    """The chain of what a person looked at, took away and was refused, apart from the changes of the account."""
    return Chain("access", actor.user_id or 0)


def note(subject: Any, event: str, actor: Actor, *, reason: str | None = None) -> None:
    """Enter a look in a transaction of its own, beside that of the request, committed on return.

    Not while the request's own transaction holds the writer's lock: there ``record`` is the way.
    """
    with _aside():
        record(Chain(subject.record_type, subject.id), event, actor, reason=reason)


def taken(event: str, actor: Actor, asked: str, arguments: Mapping[str, Any]) -> None:
    """Enter that somebody took a file away; ``asked`` is its address with the filters, ``arguments`` what it names."""
    named = (Chain(CHAINS[name], row_id) for name, row_id in arguments.items() if name in CHAINS)
    note(next(named, own_use(actor)), event, actor, reason=_told(asked))


def sought(actor: Actor, numbers: Sequence[str]) -> None:
    """Enter that somebody looked for a person by whole numbers: who tries ten thousand of them is seen.

    A masked number leaves no more to be guessed than that, and a search answers each guess. The entry is masked.
    """
    told = "、".join(masked_identity(one) if len(one) > SHORTEST_IDENTITY else masked_phone(one) for one in numbers)
    chain, event = own_use(actor), "registry:numbers:seek"
    if is_writing():
        record(chain, event, actor, reason=told[:LONGEST])
    else:
        note(chain, event, actor, reason=told[:LONGEST])


def exported(event: str, what: str) -> None:
    """Enter that the operator of the machine wrote a file by command, before it is written."""
    note(INSTALLATION, event, SYSTEM, reason=_told(what))


def refused(event: str, actor: Actor, asked: str) -> None:
    """Enter a refusal to somebody who has signed in; never fails, since the refusal stands either way.

    What the request had begun is undone first: it may hold the writer's lock.
    """
    db.session.rollback()
    log.warning("%s: user %s, %s", event, actor.user_id, _told(asked))
    if actor.user_id is None:
        return
    try:
        with _aside():
            if not _floods(actor, event, _told(asked)):
                record(own_use(actor), event, actor, reason=_told(asked))
    except Exception:
        log.exception("a refusal could not be entered")


def exists(arguments: Mapping[str, Any]) -> bool:
    """Whether all the records that an address names are there, in whatever region."""
    named = [(Base.metadata.tables[TABLES[name]], value) for name, value in arguments.items() if name in TABLES]
    return bool(named) and all(
        db.session.scalar(select(table.c.id).where(table.c.id == value)) is not None for table, value in named
    )


@contextmanager
def _aside() -> Iterator[None]:
    with current_app.app_context(), unit_of_work():
        yield


def _told(asked: str) -> str:
    return masked_numbers(asked)[:LONGEST]


def _floods(actor: Actor, event: str, asked: str) -> bool:
    """Whether the person was refused the same, or too much, a moment ago."""
    chain = own_use(actor)
    query = (
        select(RecordEntry.event, RecordEntry.reason, RecordEntry.at)
        .where(RecordEntry.subject_type == chain.record_type, RecordEntry.subject_id == chain.id)
        .order_by(RecordEntry.seq.desc())
        .limit(MOST)
    )
    recent = [row for row in db.session.execute(query) if row.at > clock.now() - SPAN and row.event in REFUSALS]
    return len(recent) == MOST or any((row.event, row.reason) == (event, asked) for row in recent)
